"""What is listed of the mails of a plain session, and what was listed before."""

from typing import NamedTuple

from bounce_tui.triage.queue import Queue, Test
from bounce_tui.triage.row import Key

_SLICE = 10_000


class View(NamedTuple):
    """What is listed: what passes `test`, everything with None; and the mail that was in hand."""

    test: Test | None = None
    in_hand: Key | None = None


class Views:
    """The way through the lists of `queue`, forth and back."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._now = View()
        self._before: list[View] = []

    def turn_to(self, test: Test | None) -> None:
        """List what passes `test`; what was listed and in hand can be come back to."""
        in_hand = self._queue.focused
        self._before.append(View(self._now.test, in_hand.key if in_hand is not None else None))
        self._now = View(test)
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
