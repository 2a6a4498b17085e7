"""Text measured in terminal cells: made safe, cut, padded, wrapped."""

from rich.cells import cell_len, get_character_cell_size

from bounce_tui.regex import regex
from bounce_tui.reporting.columns import Ruler, is_narrow
from bounce_tui.reporting.visible import visible

_SELECTORS = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS_KEPT = 2
_LEAST_REST = 4
# Measured as Textual does, which lays the screen out by it.
_RULER = Ruler(get_character_cell_size, cell_len)
width_of = _RULER.width_of
cut = _RULER.cut
end_of = _RULER.end_of
fit = _RULER.fit


def shown(text: str) -> str:
    """`text` as the screen may draw it: `visible`, and of a width that every terminal agrees on.

    Variation selectors are dropped (they change the width of an emoji in some terminals only), and a
    character keeps two combining marks, so that no cell can hold a megabyte.
    """
    text = visible(text)
    if is_narrow(text):
        return text
    text = _SELECTORS.sub("", text)
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if get_character_cell_size(char) == 0 else 0
        if marks <= _MARKS_KEPT:
            kept.append(char)
    return "".join(kept)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end when it is wrapped at spaces into `width` cells.

    A word longer than a line is broken, but never so that its last few characters stand alone: a full stop on
    a line of its own looks like a fault.  The spaces at a break belong to no line.  Linear in `text`.
    """
    width = max(width, 2)
    lines: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while start < size:
        end = _RULER.reach(text, start, width)
        if end < size and text[end] != " ":
            space = text.rfind(" ", start, end)
            if space > start:
                end = space
            elif width >= 4 * _LEAST_REST:
                end = _with_company(text, start, end)
        lines.append((start, end))
        start = end
        while start < size and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def _with_company(text: str, start: int, end: int) -> int:
    """Where to break a word so that what is left of it is at least `_LEAST_REST` characters."""
    rest = text[end : end + _LEAST_REST].partition(" ")[0]
    at = end - (_LEAST_REST - len(rest))
    while start < at < end and get_character_cell_size(text[at]) == 0:
        at -= 1
    return at if at > start else end
