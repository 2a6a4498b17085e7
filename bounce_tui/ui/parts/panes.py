"""The panes of the triage screen: which one has the keys, and how much room each is given."""

from typing import Protocol

from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.pane import LinePane
from bounce_tui.ui.widgets.queue_list import QueueList


class PanedScreen(HostScreen, Protocol):
    """A screen whose panes are laid out by its classes."""

    @property
    def active(self) -> LinePane:
        """The pane that has the keys."""

    def set_focus(self, widget: LinePane) -> None:
        """Give the keys to a pane."""

    def set_class(self, add: bool, *class_names: str) -> object:
        """Put on or take off classes."""

    def toggle_class(self, *class_names: str) -> object:
        """Put on the classes that are off, and the other way round."""

    def has_class(self, *class_names: str) -> bool:
        """Whether all of these classes are on."""


class Panes:
    """The list over the detail beside the checks.  The style sheet lays them out by classes of the screen:
    `-open` gives the bounce more room, `-full` all of it, and where there is room for one pane only,
    `-on-checks` says which."""

    def __init__(self, screen: PanedScreen, bounces: QueueList, detail: PagePane, checks: PagePane) -> None:
        self._screen = screen
        self._bounces = bounces
        self._detail = detail
        self._checks = checks

    @property
    def is_open(self) -> bool:
        """Whether the keys are in the bounce rather than in the list."""
        return self._screen.active is not self._bounces

    def action_pane(self, step: int) -> None:
        """The keys go to the next or previous pane."""
        panes: list[LinePane] = [self._bounces, self._detail, self._checks]
        self._enter(panes[(panes.index(self._screen.active) + step) % len(panes)])

    def action_open(self) -> None:
        """From the list into the detail; in a pane, the whole width on and off."""
        if self.is_open:
            self._screen.toggle_class("-full")
        elif not self._screen.lacks():
            self._screen.set_class(True, "-open")
            self._enter(self._checks if self._screen.has_class("-on-checks") else self._detail)

    def leave_bounce(self) -> None:
        """From the open bounce to the list."""
        self._screen.set_class(False, "-open", "-full")
        self._enter(self._bounces)

    def turn_to_detail(self) -> None:
        """Where there is room for one pane only, begin another mail with its diagnosis."""
        self._screen.set_class(False, "-on-checks")

    def turn_to_checks(self) -> None:
        """Show the checks where there is room for one pane only."""
        self._screen.set_class(True, "-on-checks")
        is_alone = self._screen.has_class("-narrow") or self._screen.has_class("-full")
        if self._screen.active is self._detail and is_alone:
            self._screen.set_focus(self._checks)

    def _enter(self, pane: LinePane) -> None:
        if pane is not self._bounces:
            self._screen.set_class(pane is self._checks, "-on-checks")
        self._screen.set_focus(pane)
        self._screen.dialogue.offer_anew()
