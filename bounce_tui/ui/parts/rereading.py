"""Reading the given places again."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.reloading import Reloading
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.parts.arriving import Arriving
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.loads import Deliver, Loads
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.text.status_text import progress, reread

SLICE = 2000
"""Rows between two looks at the keyboard."""


class Rereading:
    """Leaves the list as it is until all has come; then each mail that is still there keeps its mark, its
    verdict and the cursor, wherever its file lies now."""

    def __init__(
        self,
        screen: HostScreen,
        loads: Loads,
        queue: Queue,
        marks: Marks,
        *,
        arriving: Arriving,
        refused: Refused,
        opener: Opener,
        checking: BackgroundChecks,
    ) -> None:
        self._screen = screen
        self._loads = loads
        self._queue = queue
        self._marks = marks
        self._arriving = arriving
        self._refused = refused
        self._opener = opener
        self._checking = checking

    def action_reload(self) -> None:
        """Read all given places again."""
        reloading = Reloading(self._loads.paths)
        dialogue = self._screen.dialogue
        if not self._loads.have_begun or not reloading.paths:
            only_once = "standard input can be read only once"
            dialogue.tell(only_once if self._loads.paths else "there is nothing to read again")
        elif self._loads.is_reading_again or self._loads.is_loading:
            dialogue.tell(f"still reading; {self._screen.keys.key('back')} stops it")
        else:
            dialogue.tell("reading again ...")
            self._loads.start_again(reloading.paths, self._gathering(reloading))
        self._screen.send()

    def _gathering(self, reloading: Reloading) -> Deliver:
        """The function that takes in a second run: all of it for `reloading`, and what comes later as new
        mail."""
        later: list[Arrivals] | None = None

        def take(arrivals: Arrivals) -> None:
            nonlocal later
            if not self._screen.is_up:
                return
            if later is not None:
                if self._loads.is_reading_again:
                    later.append(arrivals)
                else:
                    self._arriving.take(arrivals)
                return
            reloading.take(arrivals)
            called_off = arrivals.finished and arrivals.cancelled
            follows = "following" if self._loads.follows else ""
            self._screen.dialogue.aside(follows if called_off else progress(arrivals, self._screen.keys))
            if called_off:
                self._loads.drop_again()
                self._refused.renew()
            elif arrivals.finished:
                # With --follow more comes, and may come before the list is the new one.
                later = []
                self._screen.in_background(partial(self._adopt, reloading, later), "reading again")
            self._screen.send()

        return take

    async def _adopt(self, reloading: Reloading, later: Sequence[Arrivals]) -> None:
        before = self._queue.arrived(0)
        again = await asyncio.to_thread(reloading.against, before, self._refused.refusals)
        if not self._screen.is_up:
            return
        # The filter may ask for marks and verdicts.
        self._marks.carry(again.heirs)
        looked_at = self._queue.focused
        for _ in self._queue.replace(again.rows, again.heirs, SLICE):
            await asyncio.sleep(0)
            looked_at = self._queue.focused
        self._opener.forget()
        self._checking.carry(again.moved)
        self._loads.adopt_again()
        self._refused.replace(again.refusals)
        heir = again.heirs.get(looked_at.key) if looked_at else None
        self._screen.dialogue.tell(reread(again))
        same = looked_at is not None and heir is not None and heir.message == looked_at.message
        self._arriving.replaced(same=same)
        for arrivals in later:
            self._arriving.take(arrivals)
