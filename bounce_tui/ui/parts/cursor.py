"""The open bounce at the cursor of the list."""

from collections.abc import Callable

from bounce_tui.model import Message
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.held_key import HELD_S, HeldKey
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.widgets.page_pane import Writer


class Cursor:
    """Lets the detail and the checks follow the cursor of the list.

    The neighbours of the cursor are read ahead, so that a key moves list, detail and checks in one
    frame; while a key is held, the list alone moves, and the page of the mail that was left makes way.
    Before another mail is shown, `turning` is called; without one the page says why there is `none`.
    """

    def __init__(
        self,
        screen: HostScreen,
        listed: ListedFailures,
        bounce: OpenBounce,
        view: BounceView,
        opener: Opener,
        turning: Callable[[], None],
        none: Callable[[], Writer],
    ) -> None:
        self._screen = screen
        self._listed = listed
        self._bounce = bounce
        self._view = view
        self._opener = opener
        self._turning = turning
        self._none = none
        self._place = 0
        self._key = HeldKey()
        self._left_at = 0.0

    def moved(self, *, by_key: bool = True) -> None:
        """The cursor may stand on another mail: show it."""
        message = self._listed.wanted
        if message is None:
            self._view.show_nothing(self._none())
        elif not self._view.shows(message):
            self._turning()
            held = self._key.moves()
            case = self._opener.known(message)
            if not held:
                self._left_at = self._key.moved_at
                if case is not None:
                    self._bounce.show(case)
            elif self._view.case is not None and self._key.moved_at - self._left_at > HELD_S:
                self._view.make_way()
            self._bounce.settle(self._neighbours(), held=held, rests=not by_key)
        self._screen.send()

    def _neighbours(self) -> list[Message]:
        # Two rows in the direction of the last move and one against it.
        queue = self._listed.queue
        place = queue.focus or 0
        ahead = -1 if place < self._place else 1
        self._place = place
        places = (place + ahead, place + 2 * ahead, place - ahead)
        return [queue[one].message for one in places if 0 <= one < len(queue)]
