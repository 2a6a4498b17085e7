"""The order of the list, and what it holds in numbers."""

import asyncio

from bounce_tui.triage.queue import ORDERS, Queue
from bounce_tui.triage.summary import summarise
from bounce_tui.ui.list_filter import ListFilter
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.loads import Loads
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.text.summary_text import summary
from bounce_tui.ui.widgets.queue_list import QueueList


class Ordering:
    """Sorts `queue`, which `bounces` shows, and counts what `list_filter` lets pass; `loads` tells whether
    that is all."""

    def __init__(
        self, screen: HostScreen, queue: Queue, bounces: QueueList, list_filter: ListFilter, loads: Loads
    ) -> None:
        self._screen = screen
        self._loads = loads
        self._queue = queue
        self._bounces = bounces
        self._list_filter = list_filter

    def action_sort(self) -> None:
        """Sort by the next order."""
        self._queue.sort(ORDERS[(ORDERS.index(self._queue.order) + 1) % len(ORDERS)])
        self._reordered()

    def action_reverse(self) -> None:
        """Reverse the order of the list."""
        self._queue.reverse()
        self._reordered()

    def _reordered(self) -> None:
        self._bounces.renew()
        self._screen.dialogue.tell(f"sorted {self._bounces.order}")
        self._screen.send()

    async def action_summary(self) -> None:
        """Show the rows of the list, counted."""
        so_far = self._so_far()
        # In a thread, and once, whatever the width becomes: a hundred thousand rows take half a second.
        found = await asyncio.to_thread(summarise, list(self._queue), self._list_filter.passing)
        page = PageScreen("Summary", lambda width: summary(width, found, so_far))
        await self._screen.app.push_screen(page)

    def _so_far(self) -> str:
        """Why there may be more mail than was counted, "" where there is not."""
        if self._loads.is_loading:
            return "still reading: this counts what was read so far"
        if self._loads.was_stopped:
            again = self._screen.keys.key("reload")
            return f"loading was stopped: this counts what was read; {again} in the list reads all"
        return ""
