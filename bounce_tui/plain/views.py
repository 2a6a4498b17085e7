"""What is listed of the mails of a plain session, and what was listed before."""

from typing import NamedTuple

from bounce_tui.triage.matching import Picks
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Key

_SLICE = 10_000


class View(NamedTuple):
    """What is listed: what passes `test`, which `words` name, everything with None; and the mail that was in
    hand."""

    test: Picks | None = None
    words: str = ""
    in_hand: Key | None = None


class Views:
    """The way through the lists of `queue`, forth and back."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._now = View()
        self._before: list[View] = []

    @property
    def words(self) -> str:
        """What decides which mails are listed; "" for nothing."""
        return self._now.words

    @property
    def test(self) -> Picks | None:
        """What passes is listed; None where everything is."""
        return self._now.test

    def turn_to(self, test: Picks | None, words: str = "") -> None:
        """List what passes `test`, called `words`; what was listed and in hand can be come back to."""
        in_hand = self._queue.focused
        self._before.append(self._now._replace(in_hand=in_hand.key if in_hand is not None else None))
        self._now = View(test, words)
        self._list()

    def back(self) -> bool:
        """List what was listed before, with the mail in hand that was; False where nothing was."""
        if not self._before:
            return False
        self._now = self._before.pop()
        self._list()
        places = (place for place, row in enumerate(self._queue) if row.key == self._now.in_hand)
        self._queue.look_at(next(places, self._queue.focus or 0))
        return True

    def _list(self) -> None:
        for _ in self._queue.narrow(self._now.test, _SLICE):
            pass
