"""Mimecast: every fact on a line of its own behind "--"."""

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Mimecast"
MARKS = ("an email that you attempted to send to the following address could not be",)

_FACT = regex(r"\n[ \t]*-- ([^\n]{1,2000})")
_FURTHER = regex(r"Additional information follows[ \t]*:?")


def read(report: Report) -> list[Failure]:
    """First the address, then the problem, then what the server said."""
    text = report.text
    facts = [(fact.start(), fact[1]) for fact in _FACT.finditer(text)]
    recipients = [address for _, fact in facts[:1] for address in find_all(fact)]
    further = _FURTHER.search(text)
    said = [fact for at, fact in facts if further is not None and at >= further.end() - 1]
    words = said[0] if said else facts[1][1] if len(facts) > 1 else ""
    return [failure(address, words, action_of(report)) for address in recipients]
