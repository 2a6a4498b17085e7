"""What loads: the first reading of the given places, and the one that reads them again."""

import asyncio
from collections.abc import Callable, Sequence

from bounce_tui.triage.loading import Arrivals
from bounce_tui.ui.intake import Intake

Deliver = Callable[[Arrivals], None]
Begin = Callable[[Sequence[str], Deliver], Intake]
"""Starts to load the paths it is given."""

_PATIENCE_S = 2.0


class Loads:
    """The readings of `paths`, two at most: the one that the list came from, and a second one that may take
    its place."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self._begin: Begin | None = None
        self._intake: Intake | None = None
        self._again: Intake | None = None

    def start(self, begin: Begin, deliver: Deliver) -> None:
        """Load the given paths by `begin`, now and whenever it is asked for."""
        self._begin = begin
        self._intake = begin(self.paths, deliver)

    def start_again(self, paths: Sequence[str], deliver: Deliver) -> None:
        """Load `paths` while the list stays."""
        if self._begin is not None:
            self._again = self._begin(paths, deliver)

    def drop_again(self) -> None:
        """The second reading was stopped: the list stays with the first."""
        self._again = None

    def adopt_again(self) -> None:
        """The list comes from the second reading now."""
        if self._intake is not None:
            self._intake.close(0)
        self._intake, self._again = self._again, None

    @property
    def have_begun(self) -> bool:
        """Whether anything was ever read."""
        return self._begin is not None

    @property
    def is_loading(self) -> bool:
        """While the first reading is under way."""
        return self._intake is not None and self._intake.is_loading

    @property
    def is_reading_again(self) -> bool:
        """While the second reading is under way, or its mail is taken in."""
        return self._again is not None

    @property
    def awaits(self) -> bool:
        """Whether there are places that are not all read yet."""
        return bool(self.paths) and (self._intake is None or self._intake.is_loading)

    @property
    def follows(self) -> bool:
        """Whether mail that comes later is taken in, too."""
        return self._intake is not None and self._intake.follows

    @property
    def words(self) -> str:
        """What to say while the first reading is under way, "" afterwards."""
        return "still reading ..." if self.is_loading else ""

    @property
    def was_stopped(self) -> bool:
        """Whether the first reading was stopped before its end."""
        return self._intake is not None and self._intake.was_stopped

    @property
    def unfinished(self) -> str:
        """Why there may be more that cannot be read than is known, "" where there is not."""
        if self._again is not None:
            return "Reading again; this is what could not be read the time before."
        if self.is_loading:
            return "Still reading; what cannot be read is added here."
        if self.was_stopped:
            return "Loading was stopped; what it did not come to is not told here."
        return ""

    def cancel(self) -> str:
        """Stop what loads; what that means, "" where nothing loads."""
        if self._again is not None and self._again.cancel():
            return "reading again is stopped; the list stays as it was"
        if self._intake is not None and self._intake.cancel():
            return "loading is stopped; what was read stays"
        return ""

    async def stop(self) -> None:
        """Leave no reading thread behind, unless it hangs."""
        for intake in (self._again, self._intake):
            if intake is not None:
                await asyncio.to_thread(intake.close, _PATIENCE_S)
