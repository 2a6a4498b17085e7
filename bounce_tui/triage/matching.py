"""Which failure of a mail with several recipients is meant by a filter, a cause or the words of a search."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol

from bounce_tui.model import Case
from bounce_tui.triage.other_recipients import outcome_of
from bounce_tui.triage.row import RecipientOutcome, Row

Suits = Callable[[Row, RecipientOutcome], bool]
"""Whether a mail is meant for what it met with for some of its recipients."""
Passing = Callable[[Row], Iterable[RecipientOutcome]]
"""What of that which a mail met with is meant."""


class MailTest(Protocol):
    """A test of mails by what they met with for each recipient."""

    def __call__(self, row: Row) -> bool:
        """Whether the mail passes."""
        ...

    def suits(self, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether the mail passes for the recipients that `outcome` is about."""
        ...

    def passing(self, row: Row) -> Iterator[RecipientOutcome]:
        """The outcomes of the mail for which it passes."""
        ...


def outcome_meant(row: Row, suits: Suits) -> RecipientOutcome:
    """Which outcome of `row` a list of the mails that `suits` shows: the leading one where that suits, else
    the first that does."""
    if row.others and not suits(row, row):
        return next((one for other in row.others for one in other.singly() if suits(row, one)), row)
    return row


def failures_meant(case: Case, row: Row, suits: Suits | None) -> list[int]:
    """The numbers of all failures of `case`, whose line is `row`, that suit, of those that failed or wait."""
    bounce = case.bounce
    leading = bounce.leading
    return [
        index
        for index, failure in enumerate(bounce.failures)
        if index == leading or failure.action in ("failed", "delayed")
        if suits is None or suits(row, row if index == leading else outcome_of(case, index, leading))
    ]


def failure_meant(case: Case, row: Row, suits: Suits, start: int | None = None) -> int:
    """The number of the failure of `case` to open, whose line is `row`: number `start` where that suits, then
    the leading one, then the first that does."""
    total = len(case.bounce.failures)
    leading = case.bounce.leading
    first = leading if start is None else start
    for index in chain((first, leading), range(total)):
        if index < total and suits(row, row if index == leading else outcome_of(case, index, leading)):
            return index
    return first
