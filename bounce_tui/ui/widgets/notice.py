"""The notice at the bottom of a screen: the keys on offer, or words that are shown whole."""

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from bounce_tui.ui.text.cells import cut, fit, shown, width_of, wrap
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
        self._kept = 0

    def offer(self, keys: str) -> None:
        """Show the keys on offer, each a piece that two blanks set off."""
        self._change(keys, offers=True)

    def tell(self, words: str, *, keep: str = "") -> None:
        """Show `words`, all of them.  Where they are more than it can grow to, the end of `keep`, with which
        they begin, stays in sight."""
        self._change(words, offers=False, kept=len(shown(keep)))

    def _change(self, words: str, *, offers: bool, kept: int = 0) -> None:
        height = len(self._lines(self.size.width))
        self._kept = kept
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
        wrapped = wrap(self._left, width - 2)
        lines = [f" {self._left[start:end]}" for start, end in wrapped]
        if right and width_of(lines[-1]) + width_of(right) + 3 > width:
            lines.append("")
        lines[-1] = _beside(lines[-1].removeprefix(" "), right, width)
        most = max(self.screen.size.height // _SHARE, 1)
        if len(lines) <= most:
            return lines
        last = sum(start < self._kept for start, _ in wrapped)
        if last <= most:
            return [*lines[: most - 1], fit(lines[most - 1], width - 2) + "…"]
        # The line that one types in, and what is said behind it, scroll by whole lines below the first one.
        end = min(last + 1, len(lines))
        return [fit(lines[0], width - 2) + "…", *lines[end - most + 1 : end]]


def _beside(left: str, right: str, width: int) -> str:
    left = f" {left}"
    return left + " " * (width - width_of(left) - width_of(right) - 1) + right if right else left


def _whole_pieces(text: str, width: int) -> str:
    while width_of(text) > width and "  " in text:
        text = text.rpartition("  ")[0].rstrip()
    return cut(text, width)
