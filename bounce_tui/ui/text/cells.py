"""Text measured in terminal cells: made safe, cut, padded, wrapped."""

from rich.cells import cell_len, get_character_cell_size

from bounce_tui.regex import regex
from bounce_tui.reporting.visible import visible

_SELECTORS = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS_KEPT = 2
# Characters that surely take one cell each: Latin, Greek, Cyrillic, punctuation, box drawing.
_NARROW = regex("[ -\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u257f]*")


def shown(text: str) -> str:
    """`text` as the screen may draw it: `visible`, and of a width that every terminal agrees on.

    Variation selectors are dropped (they change the width of an emoji in some terminals only), and a
    character keeps two combining marks, so that no cell can hold a megabyte.
    """
    text = visible(text)
    if _is_narrow(text):
        return text
    text = _SELECTORS.sub("", text)
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if get_character_cell_size(char) == 0 else 0
        if marks <= _MARKS_KEPT:
            kept.append(char)
    return "".join(kept)


def width_of(text: str) -> int:
    """Cells that `text` takes."""
    return len(text) if _is_narrow(text) else cell_len(text)


def cut(text: str, width: int) -> str:
    """The beginning of `text` that fits into `width` cells, its last cell "…" where something is left out."""
    if width <= 0:
        return ""
    # Cells are at most two to a character, so longer text cannot fit and need not be measured.
    text = text if len(text) <= 4 * width + 4 else text[: 4 * width + 4]
    if width_of(text) <= width:
        return text
    return text[: _reach(text, 0, width - 1)] + "…"


def end_of(text: str, width: int) -> str:
    """The end of `text` that fits into `width` cells, its first cell "…" where something is left out."""
    if width_of(text) <= width:
        return text
    text = text[-width:] if width > 1 else ""
    while text and width_of(text) >= width:
        text = text[1:]
    return f"…{text}" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells, cut or filled with spaces."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end when it is wrapped at spaces into `width` cells.

    A word longer than a line is broken; the spaces at a break belong to no line.  Linear in `text`.
    """
    width = max(width, 2)
    lines: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while start < size:
        end = _reach(text, start, width)
        if end < size and text[end] != " ":
            space = text.rfind(" ", start, end)
            if space > start:
                end = space
        lines.append((start, end))
        start = end
        while start < size and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def _reach(text: str, start: int, width: int) -> int:
    # The first index after `start` that no longer fits into `width` cells.
    piece = text[start : start + width]
    if _is_narrow(piece) and not _is_joined(text, start + len(piece)):
        return start + len(piece)
    used, end = 0, start
    while end < len(text):
        used += get_character_cell_size(text[end])
        if used > width:
            break
        end += 1
    return end


def _is_narrow(text: str) -> bool:
    return text.isascii() or _NARROW.fullmatch(text) is not None


def _is_joined(text: str, at: int) -> bool:
    # A combining mark after the last character that fits belongs to it.
    return at < len(text) and get_character_cell_size(text[at]) == 0
