"""Microsoft 365's notice in HTML, in any language: whom it was for on top, the reply among the details.

The labels ("Reported error:", "Gemeldeter Fehler:" ...) are translated, the reply itself never is; so
the reply is known by its form, and the status code that the notice repeats by its lack of words.  Where the
code is all that is left of it, as in a notice copied without its last lines, the headline says why.
"""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.contact_label import to_contact
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Microsoft 365"
MARKS = ("office 365", "microsoft 365", "office365", ".prod.outlook.com", ".prod.exchangelabs.com")

_REPLY = regex(
    r"(?:^|[:：>\t])[ \t]{0,20}"
    r"([45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}(?!\.?\d)[ \t]*[;:,-]?[ \t]*([^\n]{0,2000}))",
    re.M,
)
_GIVEN = regex(r"^[ \t]*(\S{1,255}\.\S{1,60}) gave this error:[ \t]*\n\s{0,20}(\S[^\n]{0,2000})", re.M | re.I)
_REJECTED_BY = regex(
    r"(?:[Rr]ejected by|Remote ?[Ss]erver|Serveur distant|Servidor remoto|Server remoto|Externe server"
    r"|Serwer zdalny|Zdalny serwer|Entfernter Server|Remoteserver|Serveur à distance"
    r"|Удаленный сервер|リモート サーバー|远程服务器|遠端伺服器)"
    r"[ \t]?[:：][ \t]*([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})[ \t]*$",
    re.M,
)
_HEADLINE = regex(r"[^\n]{0,400}\n\s{0,20}(\S[^\n]{8,400}[.。！!])[ \t]*(?:\n|$)")
"""The sentence below the line that names the recipient: "b wasn't found at dest.example."."""
_DETAILS = 20_000


def read(report: Report) -> list[Failure]:
    """The addresses of the first line that names any but our own, each with the fullest reply."""
    text = report.text[:_DETAILS]
    replies = list(_REPLY.finditer(text))
    recipients = _recipients(report, text)
    if not replies or not recipients:
        return []
    reply = max(replies, key=lambda found: len(found[2]))
    words = reply[1].rstrip()
    given = _GIVEN.search(text)
    if not reply[2].strip():
        said = given[2] if given is not None else _headline(text, recipients[0])
        words = f"{words} {said}".rstrip()
    by = _REJECTED_BY.search(text)
    host = given[1] if given is not None else by[1] if by is not None else None
    found = [failure(address, words, action_of(report)) for address in recipients]
    return [replace(one, remote_mta=one.remote_mta or host) for one in found]


def _recipients(report: Report, text: str) -> list[str]:
    own = {address.lower() for field in ("from", "to") for address in find_all(report.head.raw(field))}
    own |= to_contact(text)
    # An address inside a reply is often another's: whom somebody may not send as, whom to ask.
    return _named_first(_REPLY.sub("\n", text), own) or _named_first(text, own)


def _headline(text: str, recipient: str) -> str:
    """What the notice says above its details of why it could not be delivered to `recipient`, or nothing."""
    place = text.find(recipient)
    found = _HEADLINE.match(text, place) if place >= 0 else None
    return found[1] if found is not None else ""


def _named_first(text: str, own: set[str]) -> list[str]:
    for line in text.split("\n"):
        # Chinese and Japanese sentences end right behind the address.
        named = [address.rstrip("。，、；：") for address in find_all(line)]
        wanted = [address for address in named if address.lower() not in own]
        if wanted:
            return wanted
    return []
