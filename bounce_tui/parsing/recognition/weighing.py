"""What the signs of a message weigh together, where no rule is sure whether it is a report.

What each sign weighs was learnt (tests/parsing/learn_signs.py: logistic regression whose weights keep the
direction that the name of the sign gives).
"""

import tomllib
from collections.abc import Collection
from functools import cache
from math import fsum
from pathlib import Path
from typing import Final

from bounce_tui.parsing.recognition.addressing import came_to_bounces, is_named_daemon
from bounce_tui.parsing.recognition.failure_words import failing_subject
from bounce_tui.parsing.recognition.plausible import is_mail_server
from bounce_tui.parsing.recognition.signs import outer_signs, signs, with_words
from bounce_tui.parsing.recognition.subject_marks import is_passed_on
from bounce_tui.parsing.report import Report

_FILE: Final = Path(__file__).with_name("weights.toml")
BIAS: Final = "bias"
_ENOUGH: Final = 0.0
_UNLIKELY: Final = -2.0
_UNLIKELY_SUBJECT: Final = -3.0
_DUBIOUS: Final = -1.0
"""Below these no words of a report make one: logs, tickets and announcements have them, too.  The second is
for words in the subject, the last for mail that is rather about something else, or names nobody."""
_ELSE: Final = frozenset(
    ("-subject: a ticket", "-text: a ticket", "-text: goods", "-sender: a monitor", "-text: lure")
)
_OUTER: Final = frozenset(
    (
        "+returned mail",
        "+sender: a mail system",
        "+sender: a program",
        "+head: sent by itself",
        "+text: a reply",
        "+text: a status",
        "+text: a labelled address",
        "+text: an address alone",
    )
)
"""Every report that a person's name stands on has one of these.  They are looked for first: most mail between
people has none and costs little."""


@cache
def weights() -> dict[str, float]:
    """How far each sign speaks for a report."""
    learnt = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in learnt["weights"].items()}


def weight(found: Collection[str]) -> float:
    """What signs weigh together: above zero for what is rather a report than not."""
    of = weights()
    # Summed without rounding: a set has no order that the next process would keep.
    return fsum((of[BIAS], *(of.get(name, 0.0) for name in found)))


def is_likely_report(report: Report) -> bool:
    """True where the signs together speak for a report."""
    outer = outer_signs(report)
    if "-sender: a person" in outer and _OUTER.isdisjoint(outer):
        return False
    return weight(with_words(report, outer)) > _ENOUGH


def is_unlikely_report(report: Report, *, named: bool) -> bool:
    """True where a mail has a report's words, and its signs together speak so much against a report that
    somebody only speaks of one.  `named`: it says who failed."""
    if report.returned is not None or report.failed_recipients or came_to_bounces(report):
        return False
    in_subject = not is_passed_on(report.subject) and failing_subject(report) is not None
    named_so = is_mail_server(report) or (in_subject and is_named_daemon(report))
    if named_so and "://" not in report.text:
        return False  # but for a lure nobody poses as a mail system
    found = signs(report)
    least = _UNLIKELY_SUBJECT if in_subject else _UNLIKELY
    if not named or not _ELSE.isdisjoint(found):
        least = _DUBIOUS
    return weight(found) < least
