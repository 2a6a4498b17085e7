"""Which failure of a mail with several recipients is meant by a filter, a cause or the words of a search."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol

from bounce_tui.model import Case
from bounce_tui.triage.other_recipients import outcome_of
from bounce_tui.triage.row import RecipientOutcome, Row

OutcomeTest = Callable[[Row, RecipientOutcome], bool]
"""Whether an outcome of a row passes a filter, belongs to a cause or has the words of a search."""
OutcomePicker = Callable[[Row], Iterable[RecipientOutcome]]
"""Picks the outcomes of a row that count: those that pass a filter, or all."""


class MailTest(Protocol):
    """A test of rows by their outcomes, one for each recipient or several that fared alike."""

    def __call__(self, row: Row) -> bool:
        """Whether any outcome of the row passes."""
        ...

    def suits(self, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether this outcome of the row passes."""
        ...

    def passing(self, row: Row) -> Iterator[RecipientOutcome]:
        """The outcomes of the row that pass."""
        ...


def outcome_meant(row: Row, suits: OutcomeTest) -> RecipientOutcome:
    """The outcome that a filtered list shows of `row`: the leading one where it passes `suits`, else the
    first that does; the leading one where none does."""
    if row.others and not suits(row, row):
        return next((one for other in row.others for one in other.singly() if suits(row, one)), row)
    return row


def failures_meant(case: Case, row: Row, suits: OutcomeTest | None) -> list[int]:
    """The indexes of the failures of `case`, whose row is `row`, that pass `suits` (None: all of them);
    reports of success are left out."""
    bounce = case.bounce
    leading = bounce.leading
    return [
        index
        for index, failure in enumerate(bounce.failures)
        if index == leading or failure.action in ("failed", "delayed")
        if suits is None or suits(row, row if index == leading else outcome_of(case, index, leading))
    ]


def failure_meant(case: Case, row: Row, suits: OutcomeTest, start: int | None = None) -> int:
    """The index of the failure of `case`, whose row is `row`, to show: `start` where it passes `suits`, else
    the leading one where that does, else the first that does; `start` where none does."""
    total = len(case.bounce.failures)
    leading = case.bounce.leading
    first = leading if start is None else start
    for index in chain((first, leading), range(total)):
        if index < total and suits(row, row if index == leading else outcome_of(case, index, leading)):
            return index
    return first
