"""How many mails of each kind were read, and how many inputs could not be."""

from collections import Counter
from collections.abc import Iterable

from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.text.status_text import counts
from bounce_tui.ui.widgets.bar import Bar


class Tally:
    """Counts the mails of `queue` by kind and shows the numbers in `top`, beside those `refused`."""

    def __init__(self, screen: HostScreen, queue: Queue, refused: Refused, top: Bar) -> None:
        self._screen = screen
        self._queue = queue
        self._refused = refused
        self._top = top
        self._kinds: Counter[str] = Counter()

    def add(self, rows: Iterable[Row]) -> None:
        """Count `rows`, too."""
        self._kinds.update(row.kind for row in rows)

    def subtract(self, rows: Iterable[Row]) -> None:
        """Count `rows` no longer."""
        self._kinds.subtract(row.kind for row in rows)

    def start_over(self, rows: Iterable[Row]) -> None:
        """Count `rows`, and no others."""
        self._kinds = Counter(row.kind for row in rows)

    def show(self) -> None:
        """Show the numbers, and the refused inputs where they are on screen."""
        refusals = len(self._refused.refusals)
        self._top.say(right=counts(self._queue.total, self._kinds, refusals, self._screen.keys))
        self._refused.renew()
