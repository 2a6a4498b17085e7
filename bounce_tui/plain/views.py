"""What is listed of the mails of a plain session, and what was listed before."""

from collections.abc import Mapping
from typing import NamedTuple

from bounce_tui.triage.causes import Cause, Group, OfCause, group
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.filter.terms import SessionTest
from bounce_tui.triage.matching import MailTest, OutcomePicker, outcome_meant
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Key, RecipientOutcome, Row, outcomes_of

_SLICE = 10_000


class View(NamedTuple):
    """What is listed: what passes `test`, which `words` name, everything with None; and the mail that was in
    hand."""

    test: MailTest | None = None
    words: str = ""
    in_hand: Key | None = None


class Views:
    """The way through the lists of `queue`, forth and back.  `session` answers the filter's questions about
    what is not in a row; `saved` are the filters that the user keeps, by name."""

    def __init__(self, queue: Queue, session: SessionTest, saved: Mapping[str, str] | None = None) -> None:
        self._queue = queue
        self._session = session
        self._saved = saved
        self._now = View()
        self._before: list[View] = []

    @property
    def words(self) -> str:
        """What decides which mails are listed; "" for nothing."""
        return self._now.words

    @property
    def test(self) -> MailTest | None:
        """What passes is listed; None where everything is."""
        return self._now.test

    @property
    def passing(self) -> OutcomePicker:
        """Picks the outcomes of a row that pass; all of them without a filter."""
        return self._now.test.passing if self._now.test is not None else outcomes_of

    def shown_for(self, row: Row) -> RecipientOutcome:
        """The outcome that `row` is listed by."""
        return outcome_meant(row, self._now.test.suits) if self._now.test is not None else row

    def narrow(self, text: str) -> str:
        """List only what passes the filter `text`; everything with "".  Returns the question that it raises,
        "" for none.  Raises FilterError."""
        test = read_filter(text, session=self._session, saved=self._saved) if text else None
        self._turn_to(test, f"the filter {text}" if text else "")
        return test.doubt if test is not None else ""

    def causes(self) -> list[Group]:
        """The mails listed, by what must be mended."""
        return group(self._queue, self.passing)

    def narrow_to(self, cause: Cause) -> None:
        """Of the mails listed, list only those of `cause`."""
        self._turn_to(OfCause(cause, self._now.test), "this cause")
        self._queue.look_at(0)

    def back(self) -> bool:
        """List what was listed before, with the mail in hand that was; False where nothing was."""
        if not self._before:
            return False
        self._now = self._before.pop()
        self._list()
        places = (place for place, row in enumerate(self._queue) if row.key == self._now.in_hand)
        self._queue.look_at(next(places, self._queue.focus or 0))
        return True

    def _turn_to(self, test: MailTest | None, words: str) -> None:
        in_hand = self._queue.focused
        self._before.append(self._now._replace(in_hand=in_hand.key if in_hand is not None else None))
        self._now = View(test, words)
        self._list()

    def _list(self) -> None:
        test = self._now.test
        for _ in self._queue.narrow(test, _SLICE, test.suits if test is not None else None):
            pass
