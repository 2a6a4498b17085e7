"""The rows of the list, and by which of its failures each mail is listed."""

from bounce_tui.model import Case, Message
from bounce_tui.triage.matching import OutcomeTest, failure_meant, outcome_meant
from bounce_tui.triage.queue import Queue, found_by
from bounce_tui.triage.row import Key, RecipientOutcome, Row
from bounce_tui.ui.list_filter import ListFilter


class ListedFailures:
    """The rows of `queue`.  Each shows the outcome that passes `list_filter`, or the one that the last search
    has found."""

    def __init__(self, queue: Queue, list_filter: ListFilter) -> None:
        self.queue = queue
        self._list_filter = list_filter
        # The mail that the last search has found, and what tells for which of its failures.
        self._hit: tuple[Key, OutcomeTest] | None = None

    @property
    def wanted(self) -> Message | None:
        """The mail under the cursor."""
        row = self.queue.focused
        return row.message if row else None

    def suits(self, row: Row) -> OutcomeTest | None:
        """The test of the outcomes that `row` is listed by; None where that is its leading one."""
        if self._hit is not None and self._hit[0] == row.key:
            return self._hit[1]
        return self._list_filter.suits

    def outcome(self, row: Row) -> RecipientOutcome:
        """The outcome that `row` is listed by."""
        suits = self.suits(row) if row.others else None
        return outcome_meant(row, suits) if suits is not None else row

    def failure(self, case: Case, start: int | None = None) -> int:
        """The index of the failure of `case` to show; `start` is the one on screen, None for another mail."""
        row = self.queue.focused
        if row is not None and row.message == case.message and (suits := self.suits(row)) is not None:
            return failure_meant(case, row, suits, start)
        return case.bounce.leading if start is None else start

    def hit(self, row: Row, words: str) -> bool:
        """A search for `words` has found `row`: list it by the outcome that has them.  False where every row
        is listed as before."""
        before = self._hit
        self._hit = (row.key, found_by(words)) if row.others else None
        return before is not None or self._hit is not None

    def forget_hit(self) -> None:
        """Forget what a search has found: each row is listed by the outcome that passes the filter."""
        self._hit = None
