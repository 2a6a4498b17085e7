"""What the notebook knows of mail that has come into the list."""

from collections.abc import Sequence
from functools import partial

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.row import Row
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.threaded_notebook import ThreadedNotebook
from bounce_tui.ui.widgets.queue_list import QueueList


class Recall:
    """Looks up in `notebook` the states, notes and verdicts of mails, and shows them in `bounces`."""

    def __init__(
        self,
        screen: HostScreen,
        notebook: ThreadedNotebook,
        bounces: QueueList,
        bounce: OpenBounce,
        refused: Refused,
    ) -> None:
        self._screen = screen
        self._notebook = notebook
        self._bounces = bounces
        self._bounce = bounce
        self._refused = refused

    def look_up(self, rows: Sequence[Row], *, is_loaded: bool) -> None:
        """Look up `rows` in the background.  Once the first reading `is_loaded`, the open bounce is told too:
        what came may say more of its address."""
        self._screen.in_background(partial(self._look_up, rows, is_loaded=is_loaded), "notebook")

    async def _look_up(self, rows: Sequence[Row], *, is_loaded: bool) -> None:
        if await self._notebook.learn(rows) and self._screen.is_up:
            self._bounces.refresh()
            self._screen.send()
        if is_loaded and self._screen.is_up:
            await self._bounce.tell_what_came()
        trouble = self._notebook.take_trouble() if self._screen.is_up else None
        if trouble is not None:
            self._refused.add([Refusal("states and notes", trouble)])
            self._screen.dialogue.tell(trouble)
            self._screen.send()
