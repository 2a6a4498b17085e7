"""Where a returned message begins inside the text of a report."""

import re

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
    r"\n[ \t>]{0,8}+(?:[-=*_#]{2,80}+[ \t]?[^\n]{0,60}?(?:[Cc]opy of|[Oo]riginal [Mm]essage"
    r"|[Oo]riginal [Mm]ail"
    r"|[Mm]essage [Hh]eader|[Rr]eturned [Mm](?:ail|essage)|[Hh]eaders? of|[Uu]nsent [Mm]essage"
    r"|[Uu]ndelivered [Mm]essage|[Bb]elow this line|[Mm]essage text follows|[Uu]rsprüngliche)"
    r"|(?:Original (?:text of )?(?:the )?(?:message|mail)(?: headers?| text)? follows?"
    r"|Message headers? follow|Included is a copy of|Below is a copy of"
    r"|A copy of the original|Original mail as follows|Original message headers:"
    r"|The (?:first \d+ lines|header) of (?:the|your)|Your (?:original )?message(?: headers?)? follows?"
    r"|Original message as received|Original message:|Undelivered message headers?:"
    r"|Old message:))[^\n]{0,120}(?=\n|$)"
)
_HEADERISH = regex(r"[> |]{0,6}[A-Za-z][A-Za-z0-9-]{1,60}:|[> |]{0,6}[ \t]+\S")
_QUOTE = regex(r"^[> |]{1,6}", re.M)


def original_start(body: str) -> tuple[int, int]:
    """Where the report's words end in the text `body`, and where the returned message begins behind the
    line that announces it; -1 twice without one."""
    field = _FIELD.search(body)
    at = -1
    if field is not None:
        at = field.start() + 1
        while at > 0:
            line = body.rfind("\n", 0, at - 1) + 1
            if line == at or not _HEADERISH.match(body, line, at):
                break
            at = line
    announced = _ANNOUNCED.search(body, 0, at + 200 if at >= 0 else len(body))
    if announced is not None and (at < 0 or announced.start() < at):
        return announced.start(), announced.end()
    return at, at


def unquoted(text: str) -> str:
    """`text` without the marks of quotation that its first line has."""
    first = text.lstrip("\n -=")[:1]
    return _QUOTE.sub("", text) if first in "> |" and first else text
