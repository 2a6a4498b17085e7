"""Which stretches of a row are to be sent again."""

from operator import ne, or_
from typing import NamedTuple, cast

from bounce_tui.regex import regex
from bounce_tui.ui.driver.cells import REST_OF_WIDE, Row

_SHORT_GAP = 4  # cells; stepping over them costs as much as sending them again
_CLEAR_FROM = 4  # blanks up to the edge; fewer are as cheap as clearing the rest of the row
_DIFFERENT = regex(b"\x01+")

# Characters of one width on every terminal: letters, punctuation, lines and blocks; kana, Han, Hangul.
AGREED = regex(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u259f"
    "\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]+"
)


class Stroke(NamedTuple):
    """The cells of row `y` from `start` to `end`, in whole characters; with `clears`, all cells from `end`
    to the edge are blanks in one look, to be cleared at once."""

    y: int
    start: int
    end: int
    clears: bool = False


def edge(row: Row) -> int:
    """Where the blanks in one look begin that end `row`."""
    texts, looks = row
    x = len(texts)
    last = looks[-1]
    while x and texts[x - 1] == " " and looks[x - 1] == last:
        x -= 1
    return x


def strokes(y: int, wanted: Row, shown: Row, clear_from: int) -> list[Stroke]:
    """What turns row `y` from `shown` into `wanted`, from left to right.

    A gap between two strokes is taken in where that is no dearer than stepping over it.  The terminal
    can clear the cells from `clear_from` on, in one go.
    """
    differs = bytearray(map(or_, map(ne, wanted[0], shown[0]), map(ne, wanted[1], shown[1])))
    if not "".join(cast(list[str], wanted[0])).isascii():
        _keep_whole(wanted[0], differs)
    clears = differs.count(1, clear_from) >= _CLEAR_FROM
    found: list[Stroke] = []
    for stretch in _DIFFERENT.finditer(differs, 0, clear_from if clears else len(differs)):
        start, end = stretch.span()
        if found and _is_cheap_gap(wanted, found[-1].end, start):
            start = found.pop().start
        elif start == 1 and wanted[0][0] == " " and wanted[1][0] == wanted[1][1]:
            # A return and a blank are shorter than a move.
            start = 0
        found.append(Stroke(y, start, end))
    if clears:
        start = found.pop().start if found and found[-1].end == clear_from else clear_from
        found.append(Stroke(y, start, clear_from, clears=True))
    return found


def _keep_whole(texts: list[str | None], differs: bytearray) -> None:
    """Widen `differs` to both halves of wide characters, and to what a character of doubtful width
    may have covered."""
    for x in range(len(texts)):
        if not differs[x]:
            continue
        if texts[x] == REST_OF_WIDE:
            differs[x - 1] = True
        if x + 1 < len(texts) and (texts[x + 1] == REST_OF_WIDE or not AGREED.fullmatch(texts[x] or " ")):
            differs[x + 1] = True


def _is_cheap_gap(row: Row, start: int, end: int) -> bool:
    """Whether the cells from `start` to `end` may as well be sent: few, a byte each, and without a look
    that neither the cell before nor the one behind them has."""
    texts, looks = row
    if end - start > _SHORT_GAP:
        return False
    x = start
    while x < end and looks[x] == looks[start - 1]:
        x += 1
    return all(look == looks[end] for look in looks[x:end]) and all(
        text and text.isascii() for text in texts[start:end]
    )
