"""A pane that shows a page of text."""

from collections.abc import Callable

from textual.geometry import Region
from textual.strip import Strip

from bounce_tui.ui.text.page import Line
from bounce_tui.ui.widgets.pane import LinePane

Writer = Callable[[int], list[Line]]


def nothing(width: int) -> list[Line]:
    """A page without any lines."""
    return []


class PagePane(LinePane):
    """Shows what a writer writes for its width, and asks it again when the width changes."""

    def __init__(self, title: str, id: str | None = None) -> None:
        super().__init__(title, id)
        self._write: Writer = nothing
        self._lines: list[Line] = []
        self._found: int | None = None

    def count(self) -> int:
        """Lines of the page."""
        return len(self._lines)

    def line_at(self, index: int) -> Line:
        """Line `index` of the page."""
        return self._lines[index]

    def show(self, write: Writer, *, keep_place: bool = False) -> None:
        """Show another page, from its top unless `keep_place`; only rows that differ are drawn again."""
        self._write = write
        self.mark_found(None)
        before, height = self._window(), self.body_height
        position = self.position()
        self._lines = write(self.text_width)
        self.top = max(0, min(self.top if keep_place else 0, self.count() - height))
        after = self._window()
        for row in range(height):
            old = before[row] if row < len(before) else None
            new = after[row] if row < len(after) else None
            if old != new:
                self.refresh(Region(0, row + 1, self.size.width, 1))
        if position != self.position():
            self.refresh_header()

    def find(self, words: str, start: int, step: int) -> int | None:
        """The next line with `words` (any case) from line `start` on, around the end; None for no line."""
        words = words.casefold()
        size = self.count()
        for distance in range(size):
            index = (start + step * distance) % size
            if words in "".join(span.text for span in self._lines[index]).casefold():
                return index
        return None

    def mark_found(self, index: int | None) -> None:
        """Mark line `index` as the hit of a search and bring it into the window; None takes the mark away."""
        if self._found is not None:
            self.refresh_line(self._found)
        self._found = index
        if index is not None:
            if not self.top <= index < self.top + self.body_height:
                self.scroll_to_line(index - self.body_height // 3)
            self.refresh_line(index)

    @property
    def found(self) -> int | None:
        """The line that a search has marked."""
        return self._found

    def draw_line(self, index: int) -> Strip:
        """Line `index`, with a mark if a search found it."""
        if index == self._found:
            return self.draw(self.line_at(index), mark=">", over=self.look("cursor"))
        return super().draw_line(index)

    def refit(self) -> None:
        """Wrap the page anew."""
        self._lines = self._write(self.text_width)
        self._found = None
        self.top = max(0, min(self.top, self.count() - self.body_height))

    def _window(self) -> list[Line]:
        return self._lines[self.top : self.top + self.body_height]
