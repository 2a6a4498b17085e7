"""Why the list is empty: in words, and on the page that stands in place of a mail."""

from bounce_tui.triage.queue import Queue
from bounce_tui.ui.list_filter import ListFilter
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.loads import Loads
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.text.status_text import empty, nothing_passes
from bounce_tui.ui.widgets.page_pane import Writer


class EmptyList:
    """Tells why the list is empty: `loads` brought nothing into `queue`, or nothing passes `list_filter`."""

    def __init__(
        self, screen: HostScreen, queue: Queue, list_filter: ListFilter, loads: Loads, refused: Refused
    ) -> None:
        self._screen = screen
        self._queue = queue
        self._list_filter = list_filter
        self._loads = loads
        self._refused = refused

    def why(self, level_below: str) -> str:
        """Why the list is empty and where the way back leads, "" where it is not empty."""
        if self._queue:
            return ""
        if not self._queue.total:
            words = self._loads.words
            return f"there is no mail yet: {words}" if words else "there is no mail here"
        lifts = f"{self._screen.keys.key('quit')} {level_below}" if level_below else ""
        return f"no mail passes {self._list_filter.now.words}: {lifts}"

    def page(self) -> Writer:
        """The function that writes the page, as things stand now."""
        keys = self._screen.keys
        if self._queue.total:
            words, doubt = self._list_filter.now.words, self._list_filter.doubt
            return lambda width: nothing_passes(width, words, doubt, keys)
        paths, loading, follows = self._loads.paths, self._loads.awaits, self._loads.follows
        return lambda width: empty(width, paths, loading, self._refused.refusals, keys, follows=follows)
