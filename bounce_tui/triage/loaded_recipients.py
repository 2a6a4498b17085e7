"""The recipients of the loaded bounces, for telling which of them one that failed is a typo of."""

import threading
from collections.abc import Iterator

from bounce_tui.hints.similar_addresses import Addresses
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row


class LoadedRecipients:
    """Grows with its queue, in whichever thread asks: each row is looked at once.

    Looking at a hundred thousand rows takes a tenth of a second, so the event loop must not ask.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._addresses = Addresses("also in this list")
        self._seen = 0
        self._lock = threading.Lock()

    def addresses(self) -> Addresses:
        """The index of all rows that have arrived."""
        with self._lock:
            rows = self._queue.arrived(self._seen)
            self._seen += len(rows)
            self._addresses.add(_known(rows))
            return self._addresses


def _known(rows: list[Row]) -> Iterator[tuple[str, str | None]]:
    for row in rows:
        if row.recipient:
            yield row.recipient, row.reason
        for other in row.others:
            for address in other.addresses:
                yield address, other.reason
