"""Signs that speak for a report or against one, each alone worth little.

The rules of `report_rules.py` are sure of what they say, and know certain words only.  What they leave is
looked at once more here: who sends it, how, and above all what its sentences say in any words.
"""

from typing import Final

from bounce_tui.parsing.recognition.form_signs import of_form, unquoted
from bounce_tui.parsing.recognition.head_signs import of_head
from bounce_tui.parsing.recognition.likeness import likeness
from bounce_tui.parsing.recognition.subject_marks import without_marks
from bounce_tui.parsing.recognition.word_signs import of_subject, of_text
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.sentences import FORMS, forms

_OF_PROGRAMS: Final = frozenset(("+text: what a server said", "+text: a quoted head"))
_BY_ITSELF: Final = frozenset(("+sender: a mail system", "+sender: a program", "+head: sent by itself"))
_OF_MAIL: Final = frozenset(
    ("+text: mail", "+subject: mail", "+text: a reply", "+text: not delivered", "+returned mail")
)
_FAILS_IN_SUBJECT: Final = frozenset(
    (
        "+subject: not delivered",
        "+subject: undelivered",
        "+subject: was refused",
        "+subject: cause",
        "+subject: full",
    )
)
_FAILS_IN_TEXT: Final = frozenset(f"+text: {form}" for form in FORMS)
_SOLVED: Final = frozenset(("-text: solved", "-subject: solved"))
_STEPS: Final = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
"""Steps of how much a mail reads like a report, in logarithms of odds."""


def signs(report: Report) -> set[str]:
    """The signs of `report`: "+" before those for a report of a failure, "-" before those against."""
    return with_words(report, outer_signs(report))


def outer_signs(report: Report) -> set[str]:
    """The signs of head and form, which cost little beside those of the words."""
    return of_form(report) | of_head(report)


def with_words(report: Report, outer: set[str]) -> set[str]:
    """`outer`, the signs of head and form, and those of the words."""
    found = (
        outer
        | of_likeness(likeness(report.subject, report.text))
        | of_subject(forms(without_marks(report.subject)))
        | of_text(forms(unquoted(report.text)))
    )
    if "-sender: a person" in found:
        found -= _OF_PROGRAMS  # people quote replies and mails when they ask about them
    if "+text: a program's" in found:
        found.discard("-subject: passed on")
    return found | _together(found)


def _together(found: set[str]) -> set[str]:
    """The signs that those `found` make together."""
    tests = {
        "+subject: fails for an address": "+subject: an address" in found
        and not found.isdisjoint(_FAILS_IN_SUBJECT),
        "+sent by itself, and it fails": "+head: sent by itself" in found
        and not found.isdisjoint(_FAILS_IN_TEXT)
        and "-text: absence" not in found,
        "-not a word of mail": found.isdisjoint(_OF_MAIL),
        "-a ticket that is solved": "-subject: a ticket" in found and not found.isdisjoint(_SOLVED),
        "-a person's letter": "-text: letter" in found and _BY_ITSELF.isdisjoint(found),
    }
    return {name for name, holds in tests.items() if holds}


def of_likeness(like: float) -> set[str]:
    """The signs of how much a mail reads like a report (`likeness`), one for each step: what is far off has
    all of its side."""
    found = {f"+reads like a report: {step:g}" for step in _STEPS if like > step}
    return found | {f"-reads like none: {step:g}" for step in _STEPS if like < -step}
