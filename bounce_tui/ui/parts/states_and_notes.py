"""States and notes on the marked mails."""

from collections.abc import Mapping

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.memory import STATES
from bounce_tui.triage.store.records import Change, TriageState
from bounce_tui.ui.dialogue import Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.marking import Marking
from bounce_tui.ui.parts.undo import Undo
from bounce_tui.ui.threaded_notebook import ThreadedNotebook
from bounce_tui.ui.widgets.queue_list import QueueList


class StatesAndNotes:
    """Writes into the `notebook` how mails stand, and shows it in `bounces`."""

    def __init__(
        self,
        screen: HostScreen,
        marking: Marking,
        notebook: ThreadedNotebook,
        bounces: QueueList,
        cursor: Cursor,
        undo: Undo,
    ) -> None:
        self._screen = screen
        self._marking = marking
        self._notebook = notebook
        self._bounces = bounces
        self._cursor = cursor
        self._undo = undo

    async def action_stand(self, state: TriageState) -> None:
        """Give the marked mails, or this one, another state."""
        rows = self._marking.targets()
        if not rows:
            return
        words = f"{counted(len(rows), 'mail')} {'reopened' if state == 'todo' else f'set to {STATES[state]}'}"
        changes, trouble = await self._notebook.change(rows, state=state)
        if not self._marking.has_marks:
            self._bounces.move(1)
        self._bounces.refresh()
        self._changed(words, changes, trouble)
        self._cursor.moved()

    def action_note(self) -> None:
        """Ask for a note on the marked mails, or on this one."""
        rows = self._marking.targets()
        if not rows:
            return
        annotation = self._notebook.annotations.get(rows[0].identity)

        async def answer(text: str) -> None:
            words = f"note on {counted(len(rows), 'mail')}"
            self._changed(words, *await self._notebook.change(rows, note=text.strip()))
            self._bounces.refresh()

        note = annotation.note if annotation and len(rows) == 1 else ""
        line = LineEdit(note, prose=True)
        self._screen.dialogue.ask(Question(line, lambda text: f"note: {text}_", answer))

    def _changed(self, words: str, changes: Mapping[bytes, Change], trouble: str | None) -> None:
        self._undo.add(words, lambda: self._notebook.restore(changes))
        undo = self._screen.keys.key("undo")
        self._screen.dialogue.tell(trouble or f"{words}; {undo} takes it back")
