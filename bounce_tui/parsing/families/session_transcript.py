"""MDaemon's transcript: "--> RCPT To:<address>" sent, "<-- 550 ..." answered; before the arrows may stand
a date, and old versions draw none.  What was sent tells whose refusal is whose.
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "MDaemon's transcript"
MARKS = ("session transcript",)

_LONGEST = 8192

_SESSION = regex(r"^[ \t]*(?:-{2,20} ?)?Session Transcript(?: ?-{2,20}|:)[ \t]*\n", re.I | re.M)
_END = regex(r"^[ \t]*-{2,20} ?End Transcript", re.I | re.M)
_LINE = regex(r"^[^\n]{0,60}?(-->|<--)[ \t]*([^\n]*)$", re.M)
_UNMARKED = regex(
    r"^[^\n]{0,40}?(?:(?P<sent>\b(?:EHLO|HELO|MAIL|RCPT|DATA|QUIT|RSET)\b)|(?P<got>\b[245]\d\d[ -]))[^\n]*$",
    re.M,
)
_MX = regex(r"MX=\[([A-Za-z0-9_.-]{1,255})\]\s{0,8}\{([0-9a-fA-F.:]{3,45})\}")
_RCPT = regex(r"RCPT TO: ?<?([^\s<>]{3,320})", re.I)
_SERVER = regex(r"(?:-> ?|connection to )\[?([0-9a-fA-F.:]{3,39}?)(?::\d{1,5})?[\])]", re.I)


class _Session(Struct):
    """What was refused: for each recipient, and for all of them together."""

    recipients: dict[str, str]
    general: str = ""
    command: str | None = None


def read(report: Report) -> list[Failure]:
    """The recipients whose RCPT was refused; all of them when the refusal came before or after it."""
    words = between(report.text, _SESSION, _END)
    if words is None:
        return []
    session = _session(words)
    server = _SERVER.search(words)
    ip = server[1] if server is not None and public(server[1]) else None
    host = next((mx[1] for mx in _MX.finditer(words) if mx[2] == ip), None)
    refused = {one: said for one, said in session.recipients.items() if said}
    if not refused and not session.general:
        return []
    found = []
    for one, said in (refused or dict.fromkeys(session.recipients, session.general)).items():
        told = failure(clean(one), said, action_of(report))
        found.append(
            replace(
                told,
                command="RCPT" if refused else session.command,
                remote_mta=host or told.remote_mta,
                remote_ip=ip or told.remote_ip,
            )
        )
    return found


def _session(words: str) -> _Session:
    session = _Session({})
    command: str | None = None
    about: str | None = None
    for sent, said in _lines(words):
        if sent:
            rcpt = _RCPT.match(said)
            about = rcpt[1] if rcpt is not None else None
            command = said[:4].upper() or command
            if about is not None:
                session.recipients.setdefault(about, "")
        elif said[:1] in ("4", "5") and said[:3].isdecimal():
            if about is not None:
                session.recipients[about] = _more(session.recipients[about], said)
            elif command != "QUIT":
                session.general = _more(session.general, said) if session.command == command else said
                session.command = command
    return session


def _lines(words: str) -> Iterator[tuple[bool, str]]:
    """Each line of the session, with True for what was sent and False for what was answered."""
    if "<--" in words:
        for line in _LINE.finditer(words):
            yield line[1] == "-->", line[2].strip()
        return
    for line in _UNMARKED.finditer(words):
        sent = line["sent"] is not None
        yield sent, line[0][line.start("sent" if sent else "got") - line.start() :].strip()


def _more(words: str, said: str) -> str:
    return f"{words}\n{said}".lstrip() if len(words) < _LONGEST else words
