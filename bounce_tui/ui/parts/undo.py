"""The changes of a session, the last of which can be undone."""

from collections.abc import Awaitable, Callable

from bounce_tui.triage.undo import UndoStack
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.widgets.queue_list import QueueList

TakeBack = Callable[[], Awaitable[str | None]]
"""Takes a change back; what it returns is why that is not kept."""


class Undo:
    """Every change of marks, states, notes and the filter is told here, and shows in `bounces`."""

    def __init__(self, screen: HostScreen, bounces: QueueList) -> None:
        self._screen = screen
        self._bounces = bounces
        self._undo_stack: UndoStack[TakeBack] = UndoStack()

    def add(self, words: str, back: TakeBack) -> None:
        """Note that `words` was done, and that `back` undoes it."""
        self._undo_stack.add(words, back)

    async def action_undo(self) -> None:
        """Take back the last change of marks, states, notes or the filter."""
        last = self._undo_stack.take()
        if last is None:
            self._screen.dialogue.tell("there is nothing left to undo")
        else:
            words, back = last
            self._screen.dialogue.tell(await back() or f"taken back: {words}")
        self._bounces.refresh()
        self._screen.send()
