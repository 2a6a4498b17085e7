"""Lotus Domino and Notes: "was not delivered to: ... because: ..."."""

from itertools import islice

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

_MOST_HEADINGS = 1000
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
    headings = list(islice(_DELIVERED_TO.finditer(text), _MOST_HEADINGS))
    ends = [*(heading.start() for heading in headings), len(text)][1:]
    # Who the mail was for tells whom a heading means only where it is the only one.
    meant = report.original_recipients[:1] if len(headings) == 1 else []
    return [
        one
        for heading, end in zip(headings, ends, strict=True)
        for one in _told(heading[1], text[heading.end() - 1 : end], meant, report)
    ]


def _told(to: str, below: str, meant: list[str], report: Report) -> list[Failure]:
    """The recipients in `to`, or else those `meant`, for the reason that stands `below` them."""
    because = _BECAUSE.search(below)
    if because is None:
        return []
    words = because[1]
    recipients = find_all(to) or find_all(words) or meant
    return [failure(address, words, action_of(report)) for address in recipients]
