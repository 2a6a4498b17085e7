"""The way back, level by level."""

from bounce_tui.ui.list_filter import ListFilter
from bounce_tui.ui.parts.causes import Causes
from bounce_tui.ui.parts.filtering import Filtering
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.panes import Panes
from bounce_tui.ui.parts.search import Search
from bounce_tui.ui.text.cells import cut, shown

LONGEST_NAMED = 24
"""Cells of a search or filter in the footer, which has other things to say, too."""


class Levels:
    """The way back, one level at a time: from the open bounce to the list, to the causes, out of a search,
    out of the filter."""

    def __init__(
        self,
        screen: HostScreen,
        panes: Panes,
        search: Search,
        list_filter: ListFilter,
        filtering: Filtering,
        causes: Causes,
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._search = search
        self._list_filter = list_filter
        self._filtering = filtering
        self._causes = causes

    @property
    def below(self) -> str:
        """What the way back leads to, one level down, in words; "" where the whole list is shown."""
        if self._panes.is_open:
            return "to the list"
        if self._list_filter.is_of_cause:
            return "to the causes"
        if self._search.words:
            return f"lifts search {_named(self._search.words)}"
        if self._list_filter.now.words:
            return f"lifts filter {_named(self._list_filter.now.words)}"
        return ""

    async def leave(self) -> bool:
        """Go back one level; False where there is nothing to go back to."""
        if self._panes.is_open:
            self._panes.leave_bounce()
        elif self._list_filter.is_of_cause:
            await self._causes.action_causes()
        elif self._search.words:
            self._search.forget()
            self._screen.dialogue.offer_anew()
            self._screen.send()
        elif text := self._list_filter.now.text:
            await self._filtering.lay_on("")
            undo = self._screen.keys.key("undo")
            self._screen.dialogue.tell(f"the filter {text} is lifted; {undo} sets it again")
            self._screen.send()
        else:
            return False
        return True


def _named(words: str) -> str:
    # Two blanks would part the words into two offers.
    return cut(shown(" ".join(words.split())), LONGEST_NAMED)
