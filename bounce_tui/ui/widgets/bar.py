"""A bar of one line: words at the left, words at the right."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from bounce_tui.ui.text.cells import cut, fit, shown, width_of
from bounce_tui.ui.widgets.lean_style import lean_style


class Bar(Widget, inherit_bindings=False):
    """Draws what it is told; the left side gives way where both do not fit."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = ""
        self._right = ""

    @property
    def text(self) -> str:
        """What is on the bar."""
        return f"{self._left} {self._right}".strip()

    def say(self, left: str | None = None, right: str | None = None) -> None:
        """Replace the left or the right words, or both."""
        before = (self._left, self._right)
        self._left = self._left if left is None else shown(left)
        self._right = self._right if right is None else shown(right)
        if before != (self._left, self._right):
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The whole bar; a taller one is empty below its words."""
        width = self.size.width
        if y > 0:
            return Strip.blank(width)
        right = cut(self._right, width - 2)
        left = cut(f" {self._left}", width - width_of(right) - (3 if right else 0))
        text = left + " " * (width - width_of(left) - width_of(right) - 1) + right if right else left
        text = fit(text, width)
        return Strip([Segment(text, lean_style(self.rich_style))], width)
