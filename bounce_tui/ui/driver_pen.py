"""The shortest sequences that bring a row of the terminal from what it shows to what it should."""

import re
from collections.abc import Iterator
from operator import ne, or_
from typing import cast

from bounce_tui.ui.driver_cells import REST_OF_WIDE, Row
from bounce_tui.ui.driver_look import Look, transition

_SHORT_GAP = 4  # cells; stepping over them costs as much as sending them again
_ERASE_FROM = 9  # blanks; fewer are as cheap as erasing them and stepping over them
_LAST_FROM = 6  # blanks at the end of a stretch: a move follows anyway
_EDGE_FROM = 4  # blanks up to the right edge: nothing is to be stepped over
# Characters of one width on every terminal: letters, punctuation, lines and blocks; kana, Han, Hangul.
_AGREED = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u259f"
    "\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]+"
)
_BLANKS = re.compile(" {4,}")
_DIFFERENT = re.compile(b"\x01+")


class Pen:
    """The terminal's cursor and its current look, as far as they are known, and what moves them.

    `erases` allows sequences that erase (EL, ECH); `colours_erased` says that these take the
    background colour.  A line feed moves straight down: the terminal must not be set to return with
    it (ONLCR).
    """

    def __init__(self, *, erases: bool, colours_erased: bool) -> None:
        self._erases = erases
        self._colours_erased = colours_erased
        # The column is None behind a character in the last one, or of doubtful width.
        self._at: tuple[int | None, int] | None = None
        self._look: Look | None = None

    def forget(self) -> None:
        """Something else has moved the cursor or changed its look."""
        self._at = self._look = None

    @property
    def is_lost(self) -> bool:
        """Whether nothing is known of the cursor."""
        return self._at is None

    def row(self, y: int, wanted: Row, shown: Row) -> Iterator[str]:
        """What turns row `y` from `shown` into `wanted`."""
        texts, looks = wanted
        for start, end in _spans(wanted, shown):
            x = start
            while x < end:
                look, run_end = looks[x], x + 1
                while run_end < end and looks[run_end] == look:
                    run_end += 1
                yield self.to(x, y)
                if look != self._look:
                    yield transition(self._look, look)
                    self._look = look
                run = "".join(cast(list[str], texts[x:run_end]))
                if len(run) == run_end - x and _AGREED.fullmatch(run):
                    yield from self._plain_run(run, look, (x, y), end, len(texts))
                else:
                    yield from self._cell_by_cell(texts, x, run_end, y)
                x = run_end

    def _plain_run(
        self, run: str, look: Look, at: tuple[int, int], span_end: int, width: int
    ) -> Iterator[str]:
        """Send a run of single cells in one look; blanks are erased where that is shorter."""
        x, y = at
        sent = 0
        end = x + len(run)
        if self._erases_in(look):
            for blanks in _BLANKS.finditer(run):
                start, stop = blanks.span()
                to_edge = stop == len(run) and end == width
                last = stop == len(run) and end == span_end
                if stop - start < (_EDGE_FROM if to_edge else _LAST_FROM if last else _ERASE_FROM):
                    continue
                if start > sent:
                    yield self.to(x + sent, y)
                    yield run[sent:start]
                    self._at = (x + start, y)
                yield self.to(x + start, y)
                yield "\x1b[K" if to_edge else f"\x1b[{stop - start}X"
                sent = stop
        if sent < len(run):
            yield self.to(x + sent, y)
            yield run[sent:]
            self._at = (end if end < width else None, y)

    def _cell_by_cell(self, texts: list[str | None], x: int, end: int, y: int) -> Iterator[str]:
        """Send what may be wide; where terminals do not agree how wide, by absolute positions only."""
        while x < end:
            text = texts[x] or " "
            wide = x + 1 < len(texts) and texts[x + 1] == REST_OF_WIDE
            agreed = _AGREED.fullmatch(text)
            yield self.to(x, y)
            if wide and not agreed:
                yield "  "
                self._at = (None, y)
                yield self.to(x, y)
            yield text
            x += 2 if wide else 1
            self._at = (x if agreed and x < len(texts) else None, y)

    def _erases_in(self, look: Look) -> bool:
        """Whether an erased cell is a blank in `look`."""
        if not self._erases or look.attributes or look.link:
            return False
        return self._colours_erased or not look.background

    def to(self, x: int, y: int) -> str:
        """The shortest way for the terminal's cursor to (x, y)."""
        at, self._at = self._at, (x, y)
        if at == (x, y):
            return ""
        column = f";{x + 1}" if x else ""
        ways = [f"\x1b[{y + 1 if y else ''}{column}H"]
        if at is not None:
            from_x, from_y = at
            along = _steps(x, "C") if x else ""
            if from_y == y:
                ways.append(f"\r{along}")
                if from_x is not None:
                    ways.append(_steps(x - from_x, "C") if x > from_x else _steps(from_x - x, "D"))
            elif from_y + 1 == y:
                ways.append(f"\r\n{along}" if from_x != x else "\n")
        return min(ways, key=len)


def _spans(wanted: Row, shown: Row) -> list[tuple[int, int]]:
    """The stretches of a row to send again, in whole characters; a gap between two is taken in
    where that is no dearer than stepping over it."""
    (texts, looks), (shown_texts, shown_looks) = wanted, shown
    differs = bytearray(map(or_, map(ne, texts, shown_texts), map(ne, looks, shown_looks)))
    if not "".join(cast(list[str], texts)).isascii():
        _keep_whole(texts, differs)
    spans: list[tuple[int, int]] = []
    for stretch in _DIFFERENT.finditer(differs):
        start, end = stretch.span()
        if spans and _is_cheap_gap(wanted, spans[-1][1], start):
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _keep_whole(texts: list[str | None], differs: bytearray) -> None:
    """Widen `differs` to both halves of wide characters, and to what a character of doubtful width
    may have covered."""
    for x in range(len(texts)):
        if not differs[x]:
            continue
        if texts[x] == REST_OF_WIDE:
            differs[x - 1] = True
        if x + 1 < len(texts) and (texts[x + 1] == REST_OF_WIDE or not _AGREED.fullmatch(texts[x] or " ")):
            differs[x + 1] = True


def _is_cheap_gap(row: Row, start: int, end: int) -> bool:
    texts, looks = row
    return end - start <= _SHORT_GAP and all(
        (texts[x] or "").isascii() and texts[x] != REST_OF_WIDE and looks[x] == looks[start - 1]
        for x in range(start, end)
    )


def _steps(count: int, way: str) -> str:
    return f"\x1b[{count if count > 1 else ''}{way}"
