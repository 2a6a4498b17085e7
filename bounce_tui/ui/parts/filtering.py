"""The user's hand on the filter of the list: it is asked for, applied and undone."""

from functools import partial

from bounce_tui.triage.filter import FilterError
from bounce_tui.triage.queue import Queue
from bounce_tui.ui.dialogue import Proposals, Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.list_filter import SLICE, FilterInForce, ListFilter
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.undo import Undo
from bounce_tui.ui.widgets.queue_list import QueueList


class Filtering:
    """Asks the user for a filter, applies it by `list_filter`, and shows in `bounces` what passes."""

    def __init__(
        self,
        screen: HostScreen,
        list_filter: ListFilter,
        listed: ListedFailures,
        bounces: QueueList,
        bounce: OpenBounce,
        cursor: Cursor,
        undo: Undo,
    ) -> None:
        self._screen = screen
        self._list_filter = list_filter
        self._listed = listed
        self._bounces = bounces
        self._bounce = bounce
        self._cursor = cursor
        self._undo = undo

    @property
    def _queue(self) -> Queue:
        return self._listed.queue

    def action_filter(self) -> None:
        """Ask for a filter, beginning with the one in force; what is typed behind it narrows further."""
        begun = self._list_filter.outside.text
        self._ask(f"{begun} " if begun else "")

    def _ask(self, begun: str, *, refused: str | None = None) -> None:
        def say(text: str) -> str:
            trouble = self._list_filter.fault(text, typed=text != refused)
            back = "ctrl+u and enter show all" if text else "empty shows all"
            return f"filter: {text}_  {trouble or f'tab completes, {back}'}"

        async def complete(text: str) -> Proposals:
            found = await self._list_filter.completion(text)
            return Proposals(found.line, found.lines, found.words)

        self._screen.dialogue.ask(Question(LineEdit(begun), say, self._answered, complete))

    async def _answered(self, text: str) -> None:
        if self._queue.total > SLICE:
            self._screen.dialogue.tell("filtering ...")
            self._screen.send()
        try:
            await self.lay_on(text)
        except FilterError:
            self._ask(text, refused=text)

    async def lay_on(self, text: str) -> None:
        """Show what passes `text`, all where that is empty.

        Raises:
            FilterError: It cannot be read; the list stays as it is.
        """
        before = self._list_filter.now
        if not await self._list_filter.lay_on(text):
            return
        now = self._list_filter.now
        if now.words != before.words:
            words = f"filter {now.text}" if now.text else f"lifting the filter {before.text or before.words}"
            self._undo.add(words, partial(self.put, before))
        self.laid_on()

    async def put(self, chosen: FilterInForce) -> None:
        """Show again what `chosen` once showed."""
        if await self._list_filter.put(chosen):
            self._bounces.narrowed(chosen.words)
            self._screen.dialogue.tell()
            self._cursor.moved()

    def laid_on(self) -> None:
        """Tell by what the rows now shown were picked, and what may be wrong with that."""
        words, doubt = self._list_filter.now.words, self._list_filter.doubt
        self._listed.forget_hit()
        self._bounces.narrowed(words)
        self._bounce.turn_to_meant()
        change, lift = self._screen.keys.key("filter"), self._screen.keys.key("quit")
        if self._queue:
            joined = doubt if doubt.endswith("?") else f"{doubt};"
            self._screen.dialogue.tell(f"{joined} {change} changes it" if doubt else "")
        else:
            why = doubt or f"{change} changes it, {lift} lifts it"
            self._screen.dialogue.tell(f"nothing passes {words}; {why}")
        self._cursor.moved()
