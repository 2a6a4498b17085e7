"""Replies that stand alone: nobody is named whose mail they refused, but they say why."""

import re

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.regex import regex

_WINDOW = 20_000
_MOST = 20
_LONGEST = 2000
# At the beginning of a line or behind what announces a reply, or with an enhanced status anywhere.
_REPLY = regex(
    r"(?:^[ \t>*•-]{0,12}|[:(\"'<][ \t]?|\b(?:with|said|replied|answered|returned|error|code)[ \t]{1,3}"
    r"|\b(?=\d{3}[ -]{1,3}#?[45]\.\d{1,3}\.\d))(421|4[345]\d|50[0-4]|521|53[0458]|541|55[0-7])([ -])"
    r"[ -]{0,2}(?=[#<(\w])",
    re.M,
)
_BLANK_LINE = regex(r"\n[ \t>]*\n")


def _action(report: Report, reply: str) -> Action:
    """What the report says became of the mail; of a reply that somebody pasted, what its class says."""
    if report.head or reply[0] != "4":
        return action_of(report)
    return "failed" if has_given_up(report.text) else "delayed"


def replies_alone(report: Report) -> list[Failure]:
    """One failure without a recipient for each different reply that the text quotes."""
    text = report.text[:_WINDOW]
    starts: list[int] = []
    goes_on: str | None = None
    for reply in _REPLY.finditer(text):
        if reply[1] != goes_on:
            starts.append(reply.start(1))
        goes_on = reply[1] if reply[2] == "-" else None  # "550-5.1.1 ..." before "550 5.1.1 ..."
    found: dict[tuple[str | None, str | None], Failure] = {}
    for start, stop in zip(starts, (*starts[1:], len(text)), strict=False):
        words = _BLANK_LINE.split(text[start : min(stop, start + _LONGEST)], maxsplit=1)[0]
        one = failure(None, words, _action(report, words))
        found.setdefault((one.reply_code, one.status), one)
        if len(found) >= _MOST:
            break
    return list(found.values())
