"""Reading the given places, and reading them again."""

import asyncio
from collections.abc import Callable, Sequence

from textual import work as in_background

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.open import Opener
from bounce_tui.triage.reloading import Reloading
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.intake import Intake
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.many import ManyScreen
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.text.status_text import progress, refused, reread

Deliver = Callable[[Arrivals], None]
Begin = Callable[[Sequence[str], Deliver], Intake]
"""Starts to load the paths it is given."""

SLICE = 2000
_PATIENCE_S = 2.0


class RereadingScreen(ManyScreen, inherit_bindings=False):
    """Owns what loads.  Reading again leaves the list as it is until all has come; then each mail that is
    still there keeps its mark, its verdict and the cursor, wherever its file lies now."""

    BINDINGS = bindings("reading", "list", "bounce", "checks")

    def __init__(
        self,
        paths: tuple[str, ...],
        checking: Checking,
        opener: Opener,
        notebook: Notebook,
        preferences: AppPreferences,
    ) -> None:
        super().__init__(checking, opener, notebook, preferences)
        self.refusals: list[Refusal] = list(preferences.refusals)
        self._faults = preferences.refusals
        self._paths = paths
        self._begin: Begin | None = None
        self._intake: Intake | None = None
        self._again: Intake | None = None
        self._refused_page: PageScreen | None = None

    def deliver(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        raise NotImplementedError

    def replaced(self, *, same: bool) -> None:
        """All rows are others; `same` where the mail under the cursor is the one that was there, unmoved."""
        raise NotImplementedError

    def read_from(self, begin: Begin) -> None:
        """Load the given paths by `begin`, now and whenever it is asked for."""
        self._begin = begin
        self._intake = begin(self._paths, self.deliver)

    def cancel_reading(self) -> str:
        """Stop what loads; what that means, "" where nothing loads."""
        if self._again is not None and self._again.cancel():
            return "reading again is stopped; the list stays as it was"
        if self._intake is not None and self._intake.cancel():
            return "loading is stopped; what was read stays"
        return ""

    async def stop_reading(self) -> None:
        """Leave no reading thread behind, unless it hangs."""
        for intake in (self._again, self._intake):
            if intake is not None:
                await asyncio.to_thread(intake.close, _PATIENCE_S)

    def action_reload(self) -> None:
        """Read all given places again."""
        reloading = Reloading(self._paths)
        if self._begin is None or not reloading.paths:
            self.dialogue.tell(
                "standard input can be read only once" if self._paths else "there is nothing to read again"
            )
        elif self._again is not None or (self._intake is not None and self._intake.is_loading):
            self.dialogue.tell(f"still reading; {self.keys.key('back')} stops it")
        else:
            self.dialogue.tell("reading again ...")
            self._again = self._begin(reloading.paths, self._gathering(reloading))
        self.send()

    async def action_refused(self) -> None:
        """What could not be read; what comes while the page stands is added."""
        page = PageScreen("Refused", lambda width: refused(width, self.refusals, self._unfinished))
        self._refused_page = page

        def closed(result: str | None) -> None:
            self._refused_page = None

        await self.app.push_screen(page, closed)

    def renew_refused(self) -> None:
        """More could not be read, or reading has ended: the page of that tells it, if it is on screen."""
        if self._refused_page is not None:
            self._refused_page.renew()

    @property
    def _unfinished(self) -> str:
        """Why there may be more that cannot be read than is known, "" where there is not."""
        if self._again is not None:
            return "Reading again; this is what could not be read the time before."
        if self._intake is not None and self._intake.is_loading:
            return "Still reading; what cannot be read is added here."
        if self._intake is not None and self._intake.was_stopped:
            return "Loading was stopped; what it did not come to is not told here."
        return ""

    def _gathering(self, reloading: Reloading) -> Deliver:
        """What takes in a second run: all of it for `reloading`, and what comes later as new mail."""
        later: list[Arrivals] | None = None

        def take(arrivals: Arrivals) -> None:
            nonlocal later
            if not self.stands:
                return
            if later is not None:
                if self._again is None:
                    self.deliver(arrivals)
                else:
                    later.append(arrivals)
                return
            reloading.take(arrivals)
            called_off = arrivals.finished and arrivals.cancelled
            follows = "following" if self._intake is not None and self._intake.follows else ""
            self.notice.say(right=follows if called_off else progress(arrivals, self.keys))
            if arrivals.finished and arrivals.cancelled:
                self._again = None
                self.renew_refused()
            elif arrivals.finished:
                # With --follow more comes, and may come before the list is the new one.
                later = []
                self._adopt(reloading, later)
            self.send()

        return take

    @in_background(group="reading again")
    async def _adopt(self, reloading: Reloading, later: Sequence[Arrivals]) -> None:
        before = self.queue.arrived(0)
        again = await asyncio.to_thread(reloading.against, before, self.refusals)
        if not self.stands:
            return
        # The filter may ask for marks and verdicts.
        self.marks.carry(again.heirs)
        looked_at = self.queue.focused
        for _ in self.queue.replace(again.rows, again.heirs, SLICE):
            await asyncio.sleep(0)
            looked_at = self.queue.focused
        self._opener.forget()
        self._checking.carry(again.moved)
        if self._intake is not None:
            self._intake.close(0)
        self._intake, self._again = self._again, None
        self.refusals = [*self._faults, *again.refusals]
        heir = again.heirs.get(looked_at.key) if looked_at else None
        self.dialogue.tell(reread(again))
        self.replaced(same=looked_at is not None and heir is not None and heir.message == looked_at.message)
        for arrivals in later:
            self.deliver(arrivals)
