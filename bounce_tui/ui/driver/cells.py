"""A grid of cells that takes text as a terminal does, with line wrap off."""

from collections.abc import Callable

from rich import cells as rich_cells

from bounce_tui.ui.driver.look import PLAIN, Look

Row = tuple[list[str | None], list[Look]]
REST_OF_WIDE = ""  # what the second cell of a wide character holds
UNKNOWN = None


def _spans_by_character(text: str) -> tuple[list[tuple[int, int, int]], int]:
    spans = [(at, at + 1, rich_cells.cell_len(character)) for at, character in enumerate(text)]
    return spans, sum(width for _, _, width in spans)


# Textual lays out by Rich's widths, so the grid does too.  Rich before 14.3 knows only characters.
_graphemes: Callable[[str], tuple[list[tuple[int, int, int]], int]] = getattr(
    rich_cells, "split_graphemes", _spans_by_character
)


class Cells:
    """What each cell holds: `rows` are pairs of lists, the text of each cell and its look.

    A cell's text is one grapheme, REST_OF_WIDE after a wide one, or UNKNOWN.  `x` may equal the
    width: the cursor then waits on the last column, which the next character replaces.
    """

    def __init__(self, width: int, height: int, text: str | None) -> None:
        self.width = width
        self.height = height
        self.rows: list[Row] = [_row(width, text) for _ in range(height)]
        self.x = self.y = 0
        self.look = PLAIN

    def resize(self, width: int, height: int) -> None:
        """Cut and fill with blanks, at the right and at the bottom."""
        self.rows = [_fitted(row, width) for row in self.rows[:height]]
        self.rows += [_row(width, " ") for _ in range(height - len(self.rows))]
        self.width, self.height = width, height
        self.move(self.x, self.y)

    def move(self, x: int, y: int) -> None:
        """Put the cursor there, or as near as the grid allows."""
        self.x = min(max(x, 0), self.width - 1)
        self.y = min(max(y, 0), self.height - 1)

    def copy_row(self, y: int, other: "Cells") -> None:
        """Hold in row `y` what `other` holds there."""
        texts, looks = other.rows[y]
        self.rows[y] = (texts[:], looks[:])

    def put(self, text: str) -> None:
        """Write `text` (no controls) at the cursor in the current look."""
        if text.isascii():
            self._put_plain(text)
            return
        for start, end, width in _graphemes(text)[0]:
            if width == 0:
                self._add_to_last(text[start:end])
            else:
                self._put_one(text[start:end], width)

    def _put_plain(self, text: str) -> None:
        room = self.width - self.x
        if len(text) > room:
            # Each further character replaces the last column's; the last one stays.
            last = self.width - 1
            text = text[: last - self.x] + text[-1] if self.x < last else text[-1]
            self.x = min(self.x, last)
        self._fill(list(text))

    def _put_one(self, grapheme: str, width: int) -> None:
        self.x = min(self.x, self.width - width)
        if self.x < 0:
            self.x = 0
            return
        self._fill([grapheme, *[REST_OF_WIDE] * (width - 1)])

    def _fill(self, texts: list[str]) -> None:
        row, looks = self.rows[self.y]
        start, end = self.x, self.x + len(texts)
        # Half of a wide character cannot stay when its other half goes.
        if start and row[start] == REST_OF_WIDE:
            row[start - 1] = " "
        if end < self.width and row[end] == REST_OF_WIDE:
            row[end] = " "
        row[start:end] = texts
        looks[start:end] = [self.look] * len(texts)
        self.x = end

    def _add_to_last(self, marks: str) -> None:
        row, _ = self.rows[self.y]
        at = self.x - 1
        if at > 0 and row[at] == REST_OF_WIDE:
            at -= 1
        if at >= 0:
            row[at] = (row[at] or " ") + marks


def _row(width: int, text: str | None) -> Row:
    return [text] * width, [PLAIN] * width


def _fitted(row: Row, width: int) -> Row:
    texts, looks = row[0][:width], row[1][:width]
    if len(row[0]) > width and row[0][width] == REST_OF_WIDE:
        texts[-1] = " "
    more, plain = _row(width - len(texts), " ")
    return texts + more, looks + plain
