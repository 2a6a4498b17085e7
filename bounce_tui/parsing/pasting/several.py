"""Bounces that somebody pasted into one text, one below another, with rules or numbers between."""

import re
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Bounce, Failure
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.worded_report import read_words
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.regex import regex

_BETWEEN: Final = regex(
    r"^[ \t]*(?:[=*#~_-]{6,100}[ \t]*$|\(?\d{1,2}[.)](?=[ \t]*$|[ \t]+\S)|#\d{1,2}\b:?"
    r"|(?=\*\* \S[^\n]{0,60}\*\*$))",
    re.M,
)
# Each begins as a mail system's report does, or with its sender.
_OPENING: Final = regex(
    r"^(?=(?:From|Von|De|Da|Van)[ \t]?:[^\n]{0,80}(?:mailer-daemon|postmaster@|mail delivery)"
    r"|This message was created automatically|This is the mail system at host"
    r"|Delivery has failed to these recipients|Hi\. This is the)",
    re.M | re.I,
)
# A rule, lines between the same signs, and the rule again: Postfix puts its warning into one.
_BOX: Final = regex(
    r"^[ \t]*([#*=])\1{5,100}[ \t]*\n(?:[ \t]*\1[^\n]{0,200}\1[ \t]*\n){1,6}[ \t]*\1{6,100}[ \t]*$", re.M
)
_MOST: Final = 40
_SHORT: Final = 400
_SEVERAL: Final = 2


def with_others(whole: Bounce, text: str, read: Callable[[str], Bounce]) -> Bounce:
    """`whole`, which was read of `text`, with the failures of all the bounces that stand in it, where each
    read by itself names more recipients than all of them together."""
    text = _BOX.sub("", text)
    sections = _BETWEEN.split(text, _MOST)
    if len(sections) < _SEVERAL:
        sections = _OPENING.split(text, _MOST)
    if len(sections) < _SEVERAL + 1:
        return whole
    found: dict[str, Failure] = {}
    bounces = [read(section) for section in sections]
    if sum(one.is_bounce for one in bounces) >= _SEVERAL:
        # Among others a line that would be no report alone is one.
        bounces = [
            one if one.is_bounce else _line_of_list(section)
            for one, section in zip(bounces, sections, strict=True)
        ]
    bounces = [one for one in bounces if one.is_bounce]
    for one in bounces:
        for failure in one.failures:
            if failure.recipient:
                found.setdefault(failure.recipient.lower(), replace(failure, date=failure.date or one.date))
    known = {one.recipient.lower() for one in whole.failures if one.recipient}
    if len(bounces) < _SEVERAL or len(found) <= len(known) or not known <= found.keys():
        return whole
    failed = any(one.kind == "failed" for one in bounces)
    return replace(
        whole if whole.is_bounce else bounces[0],
        kind="failed" if failed else "delayed",
        failures=tuple(found.values()),
        because=f"{len(bounces)} reports stand in one text: {bounces[0].because}",
    )


def _line_of_list(section: str) -> Bounce:
    """An address and why it failed, in no more than a line or two."""
    if len(section) > _SHORT or not says_failing(section):
        return Bounce()
    failures = read_words(Report(Mail(as_wire(section.strip("\n")))))[0]
    named = tuple(one for one in failures if one.recipient)
    return Bounce(kind="failed", failures=named) if named else Bounce()
