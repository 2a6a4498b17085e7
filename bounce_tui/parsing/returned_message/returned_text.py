"""Where a returned message begins inside the text of a report."""

import re
from itertools import islice

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.regex import regex

RULES = " \t\n-=_*"
"""What a line that separates the two is made of."""

# Where a returned message begins inside the text: a header field that people do not write.
_FIELD = re.compile(
    r"\n[> |]{0,6}+(?:Received|X-Received|Return-[Pp]ath|DKIM-Signature|DomainKey-Signature|ARC-Seal"
    r"|Delivered-To"
    r"|X-Google-[A-Za-z-]{3,30}|Message-I[Dd]|MIME-Version|Mime-Version):"
)
# Or a line that announces it.
_ANNOUNCED = re.compile(
    r"\n[ \t>]{0,20}+(?:[-=*_#]{2,80}+[ \t]?[^\n]{0,60}?(?:[Cc]opy of|[Oo]riginal [Mm]essage"
    r"|[Oo]riginal (?:[Mm]ail|[Tt]ext)"
    r"|[Mm]essage [Hh]eader|[Rr]eturned [Mm](?:ail|essage)|[Hh]eaders? of|[Uu]nsent [Mm]essage"
    r"|[Uu]ndelivered [Mm]essage|[Bb]elow this line|[Mm]essage text follows"
    r"|[Tt]ext of [Mm](?:ail|essage) follows|[Uu]rsprüngliche)"
    r"|(?:Original (?:text of )?(?:the )?(?:message|mail)(?: headers?| text)? follows?"
    r"|Message headers? follow|Included is a copy of|Below is a copy of"
    r"|A copy of the original|Original mail as follows|Original message headers:"
    r"|The (?:first \d+ lines|header) of (?:the|your)|Your (?:original )?message(?: headers?)? follows?"
    r"|Original message as received|Original message:|Undelivered message headers?:"
    r"|Old message:))[^\n]{0,120}(?=\n|$)"
)
# Or a line of dashes in whatever words, with nothing but fields of a mail and a blank line below it.
_SHOWN = (
    r"(?:From|To|Cc|Bcc|Subject|Date|Sender|Reply-To|Organi[sz]ation|User-Agent|Importance|Priority"
    r"|Content-[A-Za-z-]{2,30}|X-[A-Za-z-]{2,40})"
)
_BELOW_DASHES = regex(
    r"\n[ \t>]{0,8}+[-=*_#~+]{2,80}+[^\n]{0,100}+\n(?:[ \t>]*+\n)?"
    rf"((?>(?:[> |]{{0,6}}{_SHOWN}[ \t]?:[^\n]*+"
    rf"(?>(?:\n(?![> |]{{0,6}}{_SHOWN}[ \t]?:)[>|]{{0,6}}+[ \t]++\S[^\n]*+)*)(?:\n|\Z)){{3,30}}))"
    r"(?=[> |]{0,6}[ \t]*(?:\n|\Z))",
    re.I,
)
# What else a report says in lines of dashes before the message begins: that Exim brings a part of the body.
_REMARKS = regex(r"(?:\n[> |]{0,6}-{3,80}[ \t][^\n]{1,200}){1,4}(?=\n|\Z)")
_SENDER = regex(r"^[> |]{0,6}From[ \t]?:[^\n]*", re.I | re.M)
_HEADERISH = regex(r"[> |]{0,6}[A-Za-z][A-Za-z0-9-]{1,60}:|[> |]{0,6}[ \t]+\S")
_LEAD = 3000
_MOST_SAID = 1000
_DAEMONS = ("daemon", "postmaster", "mail delivery", "mail system", "delivery system", "<>")
_QUOTE = regex(r"^[> |]{1,6}", re.M)


def original_start(body: str) -> tuple[int, int]:
    """Where the report's words end in the text `body`, and where the returned message begins behind the
    line that announces it; -1 twice without one."""
    field = _FIELD.search(body)
    detail = _end_of_details(body, field.start() + 1) if field is not None else -1
    if detail >= 0:
        field = _FIELD.search(body, detail)
    at = -1
    if field is not None:
        at = field.start() + 1
        while at > 0:
            line = body.rfind("\n", 0, at - 1) + 1
            if line == at or not _HEADERISH.match(body, line, at):
                break
            at = line
    announced = _ANNOUNCED.search(body, 0, at + 200 if at >= 0 else len(body))
    if announced is None or 0 <= at <= announced.start():
        return at, at
    if at >= 0 and _is_said_between(body[announced.end() : at]):
        return at, at
    remarks = _REMARKS.match(body, announced.end())
    return announced.start(), remarks.end() if remarks is not None else announced.end()


def _end_of_details(body: str, at: int) -> int:
    """Where a paragraph of fields ends that stands indented at `at`, -1 where the words do not go on behind
    it unindented: a report names the mail that it is about by them (Mercury/32)."""
    if not body.startswith("  ", at):
        return -1
    end = body.find("\n\n", at)
    following = body[end + 2 : end + 3] if end >= 0 else ""
    return end if following.isalpha() else -1


def _is_said_between(text: str) -> bool:
    """True where between the line that announces the returned message and its header comes what became of
    it, with somebody's address."""
    first = text.lstrip()
    return "@" in first[:_MOST_SAID] and len(first) <= _MOST_SAID and _HEADERISH.match(first) is None


def returned_start(text: str, head: Head) -> tuple[int, int]:
    """As `original_start`, in the `text` of a report with this `head`, also of a message that a line of
    dashes announces in whatever words and that shows only the fields which people read.

    That counts where the words above name somebody else: the fields may describe the mail that failed, and
    To be all that tells who.  Several such are a list of mails; a mail system's is a report, which is passed
    on."""
    end, start = original_start(text)
    if end >= 0 or "\nSubject:" not in text or "\nTo:" not in text:
        return end, start
    found = list(islice(_BELOW_DASHES.finditer(text), 2))
    if len(found) != 1 or not _is_by_somebody(found[0][1]):
        return -1, -1
    end, start = found[0].start(), found[0].start(1)
    return (end, start) if _names_another(text[:end], head, found[0][1]) else (-1, -1)


def _is_by_somebody(fields: str) -> bool:
    sender = _SENDER.search(fields)
    return sender is not None and not any(one in sender[0].lower() for one in _DAEMONS)


def _names_another(words: str, head: Head, fields: str) -> bool:
    """True where `words` name an address that is neither of the sender or reader of the report nor among the
    `fields` of what it returned."""
    raw = head.raw
    known = {one.lower() for text in (raw("from"), raw("to"), fields) for one in find_all(text)}
    return any(one.lower() not in known for one in find_all(words[:_LEAD]))


def unquoted(text: str) -> str:
    """`text` without the marks of quotation that its first line has."""
    first = text.lstrip("\n -=")[:1]
    return _QUOTE.sub("", text) if first in "> |" and first else text
