"""Text measured in terminal cells: made safe, cut, padded, wrapped."""

from rich.cells import cell_len, get_character_cell_size

from bounce_tui.regex import regex
from bounce_tui.reporting.columns import Ruler, is_narrow
from bounce_tui.reporting.visible import visible

_SELECTORS = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS_KEPT = 2
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

    A word longer than a line is broken; the spaces at a break belong to no line.  Linear in `text`.
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
        lines.append((start, end))
        start = end
        while start < size and text[start] == " ":
            start += 1
    return lines or [(0, 0)]
