"""The marks, states and notes of a plain session, and the way back from each change."""

from collections.abc import Callable, Sequence

from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.notebook import Notebook
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.records import TriageState
from bounce_tui.triage.undo import UndoStack


class Changes:
    """Changes the mails of `queue` in `marks` and `notebook`."""

    def __init__(self, queue: Queue, marks: Marks, notebook: Notebook) -> None:
        self._queue = queue
        self._marks = marks
        self._notebook = notebook
        self._undo_stack: UndoStack[Callable[[], object]] = UndoStack()

    def targets(self) -> list[Row]:
        """What a command for many works on: the marked mails that are listed, else the mail in hand."""
        return targets(self._queue, self._marks)

    def mark(self, rows: Sequence[Row]) -> None:
        """Mark `rows`; undo takes it back."""
        self._remarked(self._marks.add(rows), "mark")

    def unmark(self, rows: Sequence[Row]) -> None:
        """Take the marks of `rows` away."""
        self._remarked(self._marks.toggle(row for row in rows if row in self._marks), "unmark")

    def unmark_all(self) -> None:
        """No mail is marked."""
        self._remarked(self._marks.clear(), "unmark all")

    def change(self, *, state: TriageState | None = None, note: str | None = None) -> int:
        """Give the marked mails, or the one in hand, another state or note; how many they are."""
        rows = self.targets()
        if rows:
            changes = self._notebook.change(rows, state=state, note=note)
            self._undo_stack.add(state or "note", lambda: self._notebook.restore(changes))
        return len(rows)

    def undo(self) -> str:
        """Take the last change back; what it was, "" when there is none left."""
        last = self._undo_stack.take()
        if last is None:
            return ""
        words, back = last
        back()
        return words

    def _remarked(self, changed: bool, words: str) -> None:
        if changed:
            self._undo_stack.add(words, self._marks.undo)
