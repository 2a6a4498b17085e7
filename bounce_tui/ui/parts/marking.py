"""Marks on mails, and what a command for many works on."""

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.undo import Undo
from bounce_tui.ui.widgets.queue_list import QueueList


class Marking:
    """Puts `marks` on rows of `queue`, which `bounces` shows."""

    def __init__(
        self,
        screen: HostScreen,
        queue: Queue,
        marks: Marks,
        bounces: QueueList,
        cursor: Cursor,
        undo: Undo,
    ) -> None:
        self._screen = screen
        self._queue = queue
        self._marks = marks
        self._bounces = bounces
        self._cursor = cursor
        self._undo = undo

    @property
    def has_marks(self) -> bool:
        """Whether any mail is marked."""
        return bool(self._marks)

    def targets(self) -> list[Row]:
        """What a command for many works on: the marked mails shown, or, without marks, the one under the
        cursor.  Where that is nothing, says why."""
        rows = targets(self._queue, self._marks)
        if not rows and self._marks:
            unmark = self._screen.keys.key("unmark")
            self._screen.dialogue.tell(
                f"{len(self._marks):,} marked, none of them shown: {unmark} unmarks them"
            )
            self._screen.send()
        elif not rows:
            self._screen.lacks()
        return rows

    def action_mark(self) -> None:
        """Mark or unmark the mail under the cursor, and go on to the next."""
        row = self._queue.focused
        if row is None:
            self._screen.lacks()
        else:
            word = "unmarked" if row in self._marks else "marked"
            changed = self._marks.toggle([row])
            self._bounces.move(1)
            self._remarked(changed, f"1 mail {word}")
            self._cursor.moved()

    def action_mark_shown(self) -> None:
        """Mark all mails that the list shows."""
        if not self._screen.lacks():
            words = f"{counted(len(self._queue), 'mail')} marked"
            self._remarked(self._marks.add(self._queue), words)

    def action_mark_range(self) -> None:
        """Mark the mails from the one marked last to this one, as the list shows them."""
        here, first = self._queue.focus, self._marks.last
        there = next((place for place, row in enumerate(self._queue) if row.key == first), None)
        if self._screen.lacks():
            return
        if here is None or there is None:
            begin, end = self._screen.keys.key("mark"), self._screen.keys.key("mark-range")
            self._screen.dialogue.tell(f"{begin} marks where the range begins, {end} marks up to here")
            self._screen.send()
            return
        rows = self._queue[min(here, there) : max(here, there) + 1]
        self._remarked(self._marks.add(rows), f"a range of {counted(len(rows), 'mail')} marked")

    def action_invert(self) -> None:
        """Mark those shown that are not marked, and unmark the others."""
        if not self._screen.lacks():
            self._remarked(self._marks.toggle(self._queue), "marks inverted")

    def action_unmark(self) -> None:
        """Take the marks off all mail."""
        words = f"{counted(len(self._marks), 'mail')} unmarked"
        if not self._marks:
            self._screen.dialogue.tell("no mail is marked")
        self._remarked(self._marks.clear(), words)

    def _remarked(self, changed: bool, words: str) -> None:
        if changed:
            self._undo.add(words, self._unmark_last)
        self._bounces.refresh()
        self._screen.send()

    async def _unmark_last(self) -> None:
        self._marks.undo()
