"""The notice at the bottom of a screen: the keys on offer, or words that are shown whole."""

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from bounce_tui.ui.text.cells import cut, fit, width_of, wrap
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.lean_style import lean_style

_SHARE = 3
"""Of so many lines of the screen the notice takes one at most."""


class Notice(Bar):
    """One line, until its words need more: then it grows upwards, over what stands there, which nothing
    moves.  The keys on offer never make it grow: those that do not fit are left out, the last ones first."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._offers = False

    def offer(self, keys: str) -> None:
        """Show the keys on offer, each a piece that two blanks set off."""
        self._change(keys, offers=True)

    def tell(self, words: str) -> None:
        """Show `words`, all of them."""
        self._change(words, offers=False)

    @property
    def most_lines(self) -> int:
        """The lines that it can grow to."""
        return max(self.screen.size.height // _SHARE, 1)

    def _change(self, words: str, *, offers: bool) -> None:
        height = len(self._lines(self.size.width))
        was_offer, self._offers = self._offers, offers
        self.say(left=words)
        if was_offer != offers:
            self.refresh()
        if height != len(self._lines(self.size.width)):
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self._lines(width))

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the words."""
        width = self.size.width
        lines = self._lines(width)
        text = lines[y] if y < len(lines) else ""
        return Strip([Segment(fit(text, width), lean_style(self.rich_style))], width)

    def _lines(self, width: int) -> list[str]:
        if width < 3:
            return [""]
        right = cut(self._right, width - 2)
        if self._offers:
            return [
                _beside(
                    _whole_pieces(self._left, width - width_of(right) - (4 if right else 1)), right, width
                )
            ]
        lines = [f" {self._left[start:end]}" for start, end in wrap(self._left, width - 2)]
        if right and width_of(lines[-1]) + width_of(right) + 3 > width:
            lines.append("")
        lines[-1] = _beside(lines[-1].removeprefix(" "), right, width)
        most = self.most_lines
        return lines if len(lines) <= most else [*lines[: most - 1], fit(lines[most - 1], width - 2) + "…"]


def _beside(left: str, right: str, width: int) -> str:
    left = f" {left}"
    return left + " " * (width - width_of(left) - width_of(right) - 1) + right if right else left


def _whole_pieces(text: str, width: int) -> str:
    while width_of(text) > width and "  " in text:
        text = text.rpartition("  ")[0].rstrip()
    return cut(text, width)
