"""Text cut and padded to terminal columns, where wide characters take two and combining ones none."""

from collections.abc import Callable

from bounce_tui.regex import regex
from bounce_tui.reporting.visible import visible

# Characters that surely take one column each: Latin, Greek, Cyrillic, punctuation, box drawing.
_NARROW = regex("[ -\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u257f]*")


def is_narrow(text: str) -> bool:
    """Whether `text` surely takes a column for each of its characters."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


class Ruler:
    """Measures by the tables of whoever draws the text: `size` tells the columns of one character, `sizes`
    those of a text, in which some characters may join."""

    def __init__(self, size: Callable[[str], int], sizes: Callable[[str], int]) -> None:
        self._size = size
        self._sizes = sizes

    def width_of(self, text: str) -> int:
        """Columns that `text` takes."""
        return len(text) if is_narrow(text) else self._sizes(text)

    def cut(self, text: str, width: int) -> str:
        """The beginning of `text` that fits into `width` columns, its last one "…" where something is left
        out."""
        if width <= 0:
            return ""
        # A column holds few characters, so longer text cannot fit and need not be measured.
        text = text if len(text) <= 4 * width + 4 else text[: 4 * width + 4]
        if self.width_of(text) <= width:
            return text
        return text[: self.reach(text, 0, width - 1)] + "…"

    def end_of(self, text: str, width: int) -> str:
        """The end of `text` that fits into `width` columns, its first one "…" where something is left out."""
        if self.width_of(text) <= width:
            return text
        if width <= 0:
            return ""
        used, start = 0, len(text)
        while start and (used := used + self._size(text[start - 1])) < width:
            start -= 1
        return f"…{text[start:]}"

    def fit(self, text: str, width: int) -> str:
        """`text` in exactly `width` columns, cut or filled with spaces."""
        text = self.cut(text, width)
        return text + " " * (width - self.width_of(text))

    def reach(self, text: str, start: int, width: int) -> int:
        """The first index after `start` that no longer fits into `width` columns."""
        piece = text[start : start + width]
        if is_narrow(piece) and not self._is_joined(text, start + len(piece)):
            return start + len(piece)
        used, end = 0, start
        while end < len(text):
            used += self._size(text[end])
            if used > width:
                break
            end += 1
        return end

    def _is_joined(self, text: str, at: int) -> bool:
        # A combining mark after the last character that fits belongs to it.
        return at < len(text) and self._size(text[at]) == 0


def fit(text: str, columns: int) -> str:
    """`text` made visible and exactly `columns` wide; what does not fit ends in "…"."""
    return _RULER.fit(visible(text), columns)


def fit_end(text: str, columns: int) -> str:
    """`text` made visible and at most `columns` wide; of what does not fit the end stays, behind "…"."""
    return _RULER.end_of(visible(text), columns)


# The tables of wcwidth take longer to load than most scans; what is narrow needs none of them.
def _size(char: str) -> int:
    from wcwidth import wcwidth

    return max(0, wcwidth(char))


def _sizes(text: str) -> int:
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


_RULER = Ruler(_size, _sizes)
