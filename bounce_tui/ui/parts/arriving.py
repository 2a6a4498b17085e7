"""Mail on its way into the list."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row
from bounce_tui.triage.row_tracker import Renewed
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.causes import Causes
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.text.status_text import counts, progress
from bounce_tui.ui.threaded_notebook import ThreadedNotebook
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.queue_list import QueueList


class Arriving:
    """Takes rows into `queue` and tells everyone whom that concerns: what belongs to a mail goes with it,
    wherever its file lies now.  `top` counts the mails."""

    def __init__(
        self,
        screen: HostScreen,
        queue: Queue,
        marks: Marks,
        *,
        top: Bar,
        bounces: QueueList,
        bounce: OpenBounce,
        view: BounceView,
        cursor: Cursor,
        causes: Causes,
        refused: Refused,
        opener: Opener,
        checking: BackgroundChecks,
        notebook: ThreadedNotebook,
    ) -> None:
        self._screen = screen
        self._queue = queue
        self._marks = marks
        self._top = top
        self._bounces = bounces
        self._bounce = bounce
        self._view = view
        self._cursor = cursor
        self._causes = causes
        self._refused = refused
        self._opener = opener
        self._checking = checking
        self._notebook = notebook
        self._kinds: Counter[str] = Counter()
        self._came = 0
        self._is_loaded = False

    def take(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        if not self._screen.is_up:
            return
        first = self._queue.focus is None
        line = self._bounces.cursor_line
        self._renew(arrivals.renewed)
        self._queue.add(arrivals.rows)
        if self._queue:
            self._screen.dialogue.found()
        self._came += len(arrivals.rows) if self._is_loaded else 0
        self._is_loaded = self._is_loaded or arrivals.finished
        self._refused.came({row.file for row in arrivals.rows})
        self._refused.add(arrivals.refusals)
        if arrivals.trouble:
            self._refused.add([Refusal("loading", f"broke off: {arrivals.trouble}")])
        self._kinds.update(row.kind for row in arrivals.rows)
        if arrivals.rows or arrivals.renewed:
            self._bounces.renew(line)
        if arrivals.rows or arrivals.renewed or arrivals.finished:
            self._learn([*(row for _, row in arrivals.renewed), *arrivals.rows])
        self._count()
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
        self._kinds = Counter(row.kind for row in rows)
        self._came = 0
        self._learn(rows)
        self._bounces.renew()
        self._bounces.refresh()
        self._count()
        self._bounce.outdated(same=same)
        self._cursor.moved()

    def _count(self) -> None:
        refusals = len(self._refused.refusals)
        self._top.say(right=counts(self._queue.total, self._kinds, refusals, self._screen.keys))
        self._refused.renew()

    def _renew(self, renewed: Sequence[Renewed]) -> None:
        """Mails lie elsewhere, have grown or are away: what belongs to each goes with it."""
        if not renewed:
            return
        pairs = self._queue.renew(renewed)
        self._bounces.refresh()
        self._kinds.subtract(before.kind for before, _ in pairs)
        self._kinds.update(after.kind for _, after in pairs)
        self._marks.renew({before.key: after.key for before, after in pairs})
        moved = {
            before.message: after.message for before, after in pairs if before.identity == after.identity
        }
        self._checking.move(moved)
        self._opener.move(moved)
        self._view.renewed(moved)

    def _learn(self, rows: Sequence[Row]) -> None:
        """Look up how `rows` stand and what their checks came to."""
        self._screen.in_background(partial(self._look_up, rows), "notebook")

    async def _look_up(self, rows: Sequence[Row]) -> None:
        if await self._notebook.learn(rows) and self._screen.is_up:
            self._bounces.refresh()
            self._screen.send()
        if self._is_loaded and self._screen.is_up:
            await self._bounce.tell_what_came()
        trouble = self._notebook.take_trouble() if self._screen.is_up else None
        if trouble is not None:
            self._refused.add([Refusal("states and notes", trouble)])
            self._screen.dialogue.tell(trouble)
            self._screen.send()
