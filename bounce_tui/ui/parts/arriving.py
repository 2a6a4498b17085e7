"""Mail on its way into the list."""

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.loading import Arrivals
from bounce_tui.ui.parts.causes import Causes
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.moved_mail import MovedMail
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.recall import Recall
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.parts.tally import Tally
from bounce_tui.ui.text.status_text import progress
from bounce_tui.ui.widgets.queue_list import QueueList


class Arriving:
    """Takes rows into the queue of `bounces` and tells each part of the screen that works with them."""

    def __init__(
        self,
        screen: HostScreen,
        bounces: QueueList,
        bounce: OpenBounce,
        cursor: Cursor,
        *,
        causes: Causes,
        refused: Refused,
        tally: Tally,
        moved_mail: MovedMail,
        recall: Recall,
    ) -> None:
        self._screen = screen
        self._queue = bounces.queue
        self._bounces = bounces
        self._bounce = bounce
        self._cursor = cursor
        self._causes = causes
        self._refused = refused
        self._tally = tally
        self._moved_mail = moved_mail
        self._recall = recall
        self._came = 0
        self._is_loaded = False

    def take(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        if not self._screen.is_up:
            return
        first = self._queue.focus is None
        line = self._bounces.cursor_line
        self._renew(arrivals)
        self._queue.add(arrivals.rows)
        if self._queue:
            self._screen.dialogue.found()
        self._came += len(arrivals.rows) if self._is_loaded else 0
        self._is_loaded = self._is_loaded or arrivals.finished
        self._refuse(arrivals)
        self._tally.add(arrivals.rows)
        if arrivals.rows or arrivals.renewed:
            self._bounces.renew(line)
        if arrivals.rows or arrivals.renewed or arrivals.finished:
            rows = [*(row for _, row in arrivals.renewed), *arrivals.rows]
            self._recall.look_up(rows, is_loaded=self._is_loaded)
        self._tally.show()
        self._screen.dialogue.aside(progress(arrivals, self._screen.keys, self._came))
        for place in arrivals.unwatched:
            self._screen.dialogue.tell(f"{place.file}: {place.reason}")
        if first or arrivals.renewed:
            self._cursor.moved(by_key=not first)
        self._screen.send()
        self._causes.rows_came()

    def replaced(self, *, same: bool) -> None:
        """All rows are others; `same` where the mail under the cursor is the one that was there, unmoved."""
        rows = self._queue.arrived(0)
        self._came = 0
        self._tally.start_over(rows)
        self._recall.look_up(rows, is_loaded=self._is_loaded)
        self._bounces.renew()
        self._bounces.refresh()
        self._tally.show()
        self._bounce.outdated(same=same)
        self._cursor.moved()

    def _renew(self, arrivals: Arrivals) -> None:
        """Mails of the list lie elsewhere, have grown or are away."""
        if not arrivals.renewed:
            return
        pairs = self._queue.renew(arrivals.renewed)
        self._bounces.refresh()
        self._tally.subtract(before for before, _ in pairs)
        self._tally.add(after for _, after in pairs)
        self._moved_mail.tell(pairs)

    def _refuse(self, arrivals: Arrivals) -> None:
        self._refused.came({row.file for row in arrivals.rows})
        self._refused.add(arrivals.refusals)
        if arrivals.trouble:
            self._refused.add([Refusal("loading", f"broke off: {arrivals.trouble}")])
