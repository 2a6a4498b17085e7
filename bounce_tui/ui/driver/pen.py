"""The terminal's cursor with its current look, and the shortest sequences that draw with it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from bounce_tui.regex import regex
from bounce_tui.ui.driver.cells import REST_OF_WIDE, Row
from bounce_tui.ui.driver.look import PLAIN, Look, transition
from bounce_tui.ui.driver.strokes import AGREED, Stroke, edge, strokes
from bounce_tui.ui.terminal import Abilities

_ERASE_FROM = 9  # blanks; fewer are as cheap as erasing them and stepping over them
_LAST_FROM = 5  # blanks at the end of a stroke: a move follows anyway
_BLANKS = regex(" {5,}")


class Pen:
    """Knows where the terminal's cursor is and which look it writes in, as far as that can be known.

    A line feed moves straight down: the terminal must not be set to return with it (ONLCR).
    """

    def __init__(self, abilities: Abilities) -> None:
        self._can = abilities
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
        clear_from = edge(wanted) if self._erases_in(wanted[1][-1]) else len(wanted[0])
        for stroke in strokes(y, wanted, shown, clear_from):
            yield from self._draw(stroke, wanted)

    def _draw(self, stroke: Stroke, row: Row) -> Iterator[str]:
        y, x, end, clears = stroke
        texts, looks = row
        while x < end:
            look, run_end = looks[x], x + 1
            while run_end < end and looks[run_end] == look:
                run_end += 1
            yield self.to(x, y) + self._take(look)
            run = "".join(cast(list[str], texts[x:run_end]))
            if len(run) == run_end - x and AGREED.fullmatch(run):
                yield from self._plain_run(run, look, (x, y), len(texts), last=run_end == end)
            else:
                yield from self._cell_by_cell(texts, x, run_end, y)
            x = run_end
        if clears:
            yield self.to(end, y)
            yield self._take(looks[-1]) + "\x1b[K"

    def _take(self, look: Look) -> str:
        before, self._look = self._look, look
        return transition(before, look)

    def _plain_run(
        self, run: str, look: Look, at: tuple[int, int], width: int, *, last: bool
    ) -> Iterator[str]:
        """Send a run of single cells in one look; blanks are erased where that is shorter.  With `last`, no
        more of the stroke follows."""
        x, y = at
        sent = 0
        end = x + len(run)
        if self._erases_in(look):
            for blanks in _BLANKS.finditer(run):
                start, stop = blanks.span()
                if stop - start < (_LAST_FROM if last and stop == len(run) else _ERASE_FROM):
                    continue
                if start > sent:
                    yield self.to(x + sent, y)
                    yield run[sent:start]
                    self._at = (x + start, y)
                yield self.to(x + start, y)
                yield f"\x1b[{stop - start}X"
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
            agreed = AGREED.fullmatch(text)
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
        if not self._can.erases:
            return False
        return look == PLAIN or (self._can.colours_erased and look == Look(background=look.background))

    def to(self, x: int, y: int) -> str:
        """The shortest way for the terminal's cursor to (x, y)."""
        at, self._at = self._at, (x, y)
        return _way(at, (x, y), self._can.cha, self._can.vpa)


@lru_cache(maxsize=4096)
def _way(at: tuple[int | None, int] | None, to: tuple[int, int], cha: bool, vpa: bool) -> str:
    if at == to:
        return ""
    x, y = to
    column = f";{x + 1}" if x else ""
    absolute = f"\x1b[{y + 1 if y else ''}{column}H"
    if at is None:
        return absolute
    return min(absolute, _down(at[1], y, vpa) + _along(at[0], x, cha), key=len)


def _down(before: int, y: int, vpa: bool) -> str:
    ways = [f"\x1b[{y + 1}d"] if vpa else []
    ways.append("\n" * (y - before) if 0 <= y - before <= 3 else _steps(y - before, "B", "A"))
    return min(ways, key=len)


def _along(before: int | None, x: int, cha: bool) -> str:
    if x == before:
        return ""
    ways = [f"\r{_steps(x, 'C')}" if x else "\r"]
    if cha:
        ways.append(f"\x1b[{x + 1}G")
    if before is not None:
        ways.append("\b" * (before - x) if 0 < before - x <= 3 else _steps(x - before, "C", "D"))
    return min(ways, key=len)


def _steps(count: int, onward: str, back: str = "") -> str:
    way = onward if count > 0 else back
    count = abs(count)
    return f"\x1b[{count if count > 1 else ''}{way}"
