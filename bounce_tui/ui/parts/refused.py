"""What could not be read, and the page that lists it."""

from collections.abc import Container, Iterable, Sequence

from bounce_tui.mailbox import Refusal
from bounce_tui.mailbox.refusal import still_refused
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.loads import Loads
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.text.status_text import refused


class Refused:
    """The `refusals` of all that `loads` has read, after the `faults` of the config."""

    def __init__(self, screen: HostScreen, loads: Loads, faults: Sequence[Refusal]) -> None:
        self._screen = screen
        self._loads = loads
        self._faults = faults
        self.refusals: list[Refusal] = list(faults)
        self._page: PageScreen | None = None

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Take in `refusals`: more that could not be read."""
        self.refusals += refusals

    def came(self, files: Container[str]) -> None:
        """Mail has come from `files`, of which some may have been empty."""
        self.refusals = still_refused(self.refusals, files)

    def replace(self, refusals: Iterable[Refusal]) -> None:
        """Take `refusals` in the place of all: everything was read again."""
        self.refusals = [*self._faults, *refusals]

    def renew(self) -> None:
        """Write the page again, if it is on screen: there is more to tell, or reading has ended."""
        if self._page is not None:
            self._page.renew()

    async def action_refused(self) -> None:
        """Show what could not be read; what comes while the page stands is added."""
        page = PageScreen("Refused", lambda width: refused(width, self.refusals, self._loads.unfinished))
        self._page = page

        def closed(result: str | None) -> None:
            self._page = None

        await self._screen.app.push_screen(page, closed)
