"""Lotus Domino and Notes: "was not delivered to: ... because: ..."."""

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Domino"
MARKS = (
    "failure reasons",
    "was not delivered to:",
    "not listed in domino directory",
    "not listed in public name",
)

_DELIVERED_TO = regex(
    r"was not delivered to:?[ \t]*\n\s*+([^\n]{1,2000}(?:\n[ \t]*[^\n]{1,2000}@[^\n]{1,300}){0,200})\n"
)
_REASONS = regex(r"(?<!-)-{3,} ?Failure Reasons? +-{3,}[ \t]*\n")
_RETURNED = regex(r"\n-{3,} ?Returned Message")
_BECAUSE = regex(r"\n[ \t]*because(?: of)?:?[ \t]*\n?\s*([^\n]{1,2000}(?:\n[ \t]*\S[^\n]{0,2000}){0,10})")


def read(report: Report) -> list[Failure]:
    """The addresses, or who the mail was for where Notes names only people, and the reason."""
    text = "\n" + report.text
    reasons = between(text, _REASONS, _RETURNED)
    if reasons is not None:
        recipients = find_all(reasons) or report.original_recipients[:1]
        return [failure(address, reasons, action_of(report)) for address in recipients]
    to = _DELIVERED_TO.search(text)
    if to is None:
        return []
    because = _BECAUSE.search(text, to.end() - 1)
    if because is None:
        return []
    words = because[1]
    recipients = find_all(to[1]) or find_all(words) or report.original_recipients[:1]
    return [failure(address, words, action_of(report)) for address in recipients]
