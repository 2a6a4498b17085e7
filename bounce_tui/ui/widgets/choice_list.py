"""A pane of lines, one of which is chosen."""

from textual.strip import Strip

from bounce_tui.ui.widgets.pane import LinePane


class ChoiceList(LinePane):
    """Subclasses say what the lines are; `chosen` is the index of the one with the cursor."""

    GUTTER = 2

    def __init__(self, title: str, id: str | None = None) -> None:
        super().__init__(title, id)
        self.chosen = 0

    def start_over(self) -> None:
        """Show other lines, with the first one chosen."""
        self.chosen = self.top = 0
        self.refresh()

    def draw_line(self, index: int) -> Strip:
        """The chosen one set off as the list's cursor is."""
        if index == self.chosen:
            return self.draw(self.line_at(index), mark=">", over=self.look("cursor"))
        return super().draw_line(index)

    def move(self, delta: int) -> None:
        """Choose the line `delta` further on and scroll to it."""
        self.chosen = max(0, min(self.chosen + delta, self.count() - 1))
        if not self.top <= self.chosen < self.top + self.body_height:
            self.top = max(0, min(self.chosen - self.body_height // 2, self.count() - self.body_height))
        self.refresh()

    def text_at(self, index: int) -> str:
        """What a search looks through of line `index`."""
        return "".join(span.text for span in self.line_at(index))

    def find(self, words: str, start: int, step: int) -> int | None:
        """The next line with `words` (any case) from line `start` on, around the end; None for no line."""
        words, size = words.casefold(), self.count()
        places = ((start + step * distance) % size for distance in range(size))
        return next((place for place in places if words in self.text_at(place).casefold()), None)

    def go_to_start(self) -> None:
        """Choose the first line of the list."""
        self.move(-self.chosen)

    def go_to_end(self) -> None:
        """Choose the last line of the list."""
        self.move(self.count())
