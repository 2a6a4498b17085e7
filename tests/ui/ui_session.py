"""An app under a pilot, and what a person would ask of it."""

import asyncio
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from bounce_tui.ui.app import BounceApp
from bounce_tui.ui.screens.triage import TriageScreen
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.widgets.notice import Notice
from bounce_tui.ui.widgets.pane import LinePane

Opening = Callable[..., AbstractAsyncContextManager["Session"]]


async def threads_end(name: str, others: Collection[threading.Thread] = ()) -> None:
    """Wait until no thread of this `name` lives but `others`; fail where one does not end."""
    end = time.monotonic() + 120
    while any(one.name == name and one not in others for one in threading.enumerate()):
        assert time.monotonic() < end, f"a thread of the name {name} lives on"
        await asyncio.sleep(0.01)


def spans_of(pane: LinePane) -> list[Line]:
    """All that `pane` holds, what is scrolled out of sight included."""
    return [pane.line_at(at) for at in range(pane.count())]


def text_of(pane: LinePane) -> list[str]:
    """The same, as lines of text."""
    return ["".join(span.text for span in line) for line in spans_of(pane)]


def runs_under_way() -> int:
    """How many mails are being checked."""
    names = (task.get_name() for task in asyncio.all_tasks())
    return sum(name.startswith("checks of ") and name != "checks of many" for name in names)


class Session:
    """One run of the app."""

    def __init__(self, app: BounceApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def triage(self) -> TriageScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, TriageScreen)
        return screen

    @property
    def strips(self) -> list[Strip]:
        """The lines of the screen as they are drawn; Textual has no public name for them."""
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        return [strip.text for strip in self.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def page(self) -> list[str]:
        """The lines about the open bounce, those too that are scrolled out of sight."""
        return text_of(self.triage.detail)

    @property
    def notice(self) -> str:
        """What the notice says, whole however many lines it takes, its cursor included."""
        return self.app.screen.query_one("#bottom", Notice).text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait until `holds`, at most two minutes; fail with the screen."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if holds():
                return
            if not self.app.is_running:
                pytest.fail(f"the app has ended before: {what}")
            await self.pilot.pause(0.01)
        pytest.fail(f"never happened: {what}\n{self.text}")

    async def finished(self) -> None:
        """Wait until the page of the open bounce tells all that it will."""
        await self.until(lambda: "Headers" in self.page, "the page is finished")

    async def loaded(self) -> None:
        await self.until(lambda: not self.triage.loads.is_loading, "loading ends")
        if self.triage.queue:
            await self.until(lambda: self.triage.view.case is not None, "a bounce is open")
            await self.until(lambda: self.triage.detail.count() > 0, "the detail is written")
