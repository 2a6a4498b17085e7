"""The search through the rows of the list."""

import asyncio

from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.widgets.queue_list import QueueList

SLICE = 2000
"""Rows between two looks at the keyboard."""


class ListSearch:
    """Looks through all that is `listed`; a hit stands for the recipient whose words were found."""

    def __init__(
        self,
        screen: HostScreen,
        listed: ListedFailures,
        bounces: QueueList,
        bounce: OpenBounce,
        cursor: Cursor,
    ) -> None:
        self._screen = screen
        self._listed = listed
        self._bounces = bounces
        self._bounce = bounce
        self._cursor = cursor

    async def find(self, words: str, step: int, *, fresh: bool) -> None:
        """Go to the next hit; a fresh search may find the row that it stands on."""
        queue = self._listed.queue
        place = (queue.focus or 0) + (0 if fresh else step)
        left, found = len(queue), None
        while left > 0 and found is None:
            found, place = queue.find(words, place, step, min(left, SLICE))
            left -= SLICE
            await asyncio.sleep(0)
        if found is None:
            self._screen.dialogue.tell(f"not found: {words}")
            self._screen.send()
            return
        if self._listed.hit(queue[found], words):
            self._bounces.refresh()
        self._bounces.move_to(found)
        self._bounce.turn_to_meant()
        self._cursor.moved()
        self._screen.dialogue.offer_anew()
