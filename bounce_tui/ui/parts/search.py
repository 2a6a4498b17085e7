"""The search of a screen: its words, and the way to the next hit in a pane."""

from collections.abc import Callable, Iterable

from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.widgets.choice_list import ChoiceList
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.pane import LinePane


class Search:
    """`words` are those that were searched for last, "" for none; `pages` are the panes that mark a hit."""

    def __init__(self, screen: HostScreen, pages: Callable[[], Iterable[PagePane]]) -> None:
        self._screen = screen
        self._pages = pages
        self.words = ""

    def forget(self) -> None:
        """Drop the search."""
        self.words = ""
        for pane in self._pages():
            pane.mark_found(None)

    def find(self, pane: LinePane, step: int, *, fresh: bool) -> None:
        """Go to the next hit in `pane`; a fresh search may find the line that it stands on."""
        if not pane.count() and self._screen.lacks():
            return
        if not self.words:
            self._screen.dialogue.tell(f"nothing to search for yet: {self._screen.keys.key('search')} asks")
        elif isinstance(pane, PagePane):
            start = pane.found if pane.found is not None else pane.top - (step if not fresh else 0)
            start = start if fresh else start + step
            found = pane.find(self.words, start, step) if pane.count() else None
            pane.mark_found(found)
            self._tell(found)
        elif isinstance(pane, ChoiceList):
            found = pane.find(self.words, pane.chosen + (0 if fresh else step), step)
            if found is not None:
                pane.move(found - pane.chosen)
            self._tell(found)
        self._screen.send()

    def _tell(self, found: int | None) -> None:
        self._screen.dialogue.tell("" if found is not None else f"not found: {self.words}")
