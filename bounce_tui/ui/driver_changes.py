"""What is sent to the terminal: all that the app writes, or only the cells that it changes."""

import re
from collections.abc import Iterator
from typing import Protocol

from bounce_tui.ui.driver_cells import REST_OF_WIDE, UNKNOWN, Cells
from bounce_tui.ui.driver_look import Look, after_sgr, transition

_TOKENS = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<sgr>[0-9;]*)m"
    r"|\x1b\[(?P<row>[0-9]*)(?:;(?P<column>[0-9]*))?H"
    r"|(?P<newline>\n)"
    r"|(?P<held>\x1b\[\?2026[hl])"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    # Bell, titles and clipboard, modes that move nothing, queries, keyboard protocols.
    r"|(?P<aside>\x07|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?(?:25|100[0-6]|101[56]|2004|2048)[hl]"
    r"|\x1b\[\?[0-9]*\$p|\x1b\[[<>=?][0-9;]*u)"
    # Everything else, a whole sequence at a time where it has an end.
    r"|(?P<unknown>\x1b\[[0-?]*[ -/]*[@-~]|\x1b[P^_X][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f-\x9f])"
)

_HOLD, _SHOW = "\x1b[?2026h", "\x1b[?2026l"
_HELD_FROM = 256  # characters; less than this arrives at once anyway
_SHORT_GAP = 4  # cells; stepping over them costs as much as sending them again
_ERASE_FROM = 9  # blanks; fewer are as cheap as erasing them and stepping over them
_EDGE_FROM = 4  # blanks up to the right edge: nothing is to be stepped over
# Characters of one width on every terminal: letters, punctuation, lines and blocks; kana, Han, Hangul.
_AGREED = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u259f"
    "\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]"
)


class Outgoing(Protocol):
    """What `write` was given, until `take` hands it to the line.  `backlog` is in characters."""

    backlog: int

    def write(self, data: str) -> None:
        """Take in what the app sends."""
        ...

    def take(self) -> str:
        """What is to be sent now; "" when there is nothing."""
        ...

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size now."""
        ...


class Everything:
    """Sends what the app writes, as it writes it."""

    def __init__(self) -> None:
        self._data: list[str] = []
        self.backlog = 0

    def write(self, data: str) -> None:
        """Take in what the app sends."""
        self._data.append(data)
        self.backlog += len(data)

    def take(self) -> str:
        """All that was written since the last time."""
        data = "".join(self._data)
        self._data.clear()
        self.backlog = 0
        return data

    def resize(self, width: int, height: int) -> None:
        """Nothing here depends on the size."""


class Changes:
    """Sends only the cells that differ from what the terminal shows.

    `_wanted` is the screen as the app has written it, `_shown` as the terminal has it.  A sequence
    that is not understood goes out as it is, after all that came before it, and what the terminal
    shows is then unknown: a row is sent whole when the app next writes on it.  `erases` allows
    sequences that erase (EL, ECH), `colours_erased` says that these take the background colour.
    """

    def __init__(
        self, width: int, height: int, *, erases: bool = False, colours_erased: bool = False
    ) -> None:
        self._wanted = Cells(width, height, " ")
        self._shown = Cells(width, height, UNKNOWN)
        self._erases = erases
        self._colours_erased = colours_erased
        self._written: set[int] = set()
        self._ready: list[str] = []
        self._at: tuple[int | None, int] | None = None
        self._look: Look | None = None
        self._holds = False
        self.backlog = 0

    def write(self, data: str) -> None:
        """Take in what the app sends."""
        wanted = self._wanted
        for token in _TOKENS.finditer(data):
            kind = token.lastgroup
            if kind == "text":
                wanted.put(token["text"])
                self._written.add(wanted.y)
            elif kind == "sgr":
                look = after_sgr(wanted.look, token["sgr"])
                if look is None:
                    self._pass(token[0], understood=False)
                else:
                    wanted.look = look
            elif kind in ("row", "column"):
                wanted.move(int(token["column"] or 1) - 1, int(token["row"] or 1) - 1)
            elif kind == "newline" and wanted.y + 1 < wanted.height:
                wanted.move(0, wanted.y + 1)
            elif kind == "held":
                self._holds = True
            elif kind == "link":
                link = token["link"]
                wanted.look = wanted.look._replace(link="" if link == ";" else link)
            else:
                self._pass(token[0], understood=kind == "aside")

    def take(self) -> str:
        """The least that makes the terminal show what the app has written."""
        self._ready.append(self._difference())
        ready = "".join(self._ready)
        self._ready.clear()
        self.backlog = 0
        return ready

    def resize(self, width: int, height: int) -> None:
        """What the terminal shows is unknown now: each one reflows in its own way."""
        self._wanted.resize(width, height)
        self._written = {y for y in self._written if y < height}
        self._forget()

    def _forget(self) -> None:
        self._shown = Cells(self._wanted.width, self._wanted.height, UNKNOWN)
        self._at = self._look = None

    def _pass(self, data: str, *, understood: bool) -> None:
        self._ready += (self._difference(), data)
        self.backlog += len(data)
        if not understood:
            self._forget()

    def _difference(self) -> str:
        changed = list(self._changed_rows())
        out = "".join(changed)
        if self._holds and len(out) > _HELD_FROM:
            out = f"{_HOLD}{out}{_SHOW}"
        return out

    def _changed_rows(self) -> Iterator[str]:
        wrote = bool(self._written)
        for y in sorted(self._written):
            if self._shown.rows[y] != self._wanted.rows[y]:
                yield from self._changed_row(y)
        self._written.clear()
        cursor = (min(self._wanted.x, self._wanted.width - 1), self._wanted.y)
        if wrote or self._at is not None:
            yield self._motion(*cursor)

    def _changed_row(self, y: int) -> Iterator[str]:
        texts, looks = self._wanted.rows[y]
        for start, end in self._spans(y):
            x = start
            while x < end:
                yield self._motion(x, y)
                if looks[x] != self._look:
                    yield transition(self._look, looks[x])
                    self._look = looks[x]
                if blanks := self._erasable(y, x, end):
                    yield "\x1b[K" if x + blanks == self._wanted.width else f"\x1b[{blanks}X"
                    x += blanks
                else:
                    text = texts[x] or " "
                    wide = x + 1 < len(texts) and texts[x + 1] == REST_OF_WIDE
                    x += 2 if wide else 1
                    if _AGREED.fullmatch(text):
                        yield text
                        self._at = (x if x < self._wanted.width else None, y)
                    else:
                        # Terminals do not agree how wide this is: clear its place, and then go by
                        # absolute positions only.
                        if wide:
                            yield "  "
                            self._at = (None, y)
                            yield self._motion(x - 2, y)
                        yield text
                        self._at = (None, y)
        shown_texts, shown_looks = self._shown.rows[y]
        shown_texts[:], shown_looks[:] = texts, looks

    def _spans(self, y: int) -> list[tuple[int, int]]:
        """The stretches of row `y` to send again, in whole characters; a gap between two is taken
        in where that is no dearer than stepping over it."""
        texts, looks = self._wanted.rows[y]
        shown_texts, shown_looks = self._shown.rows[y]
        width = len(texts)
        differs = [
            text != shown_text or look != shown_look
            for text, shown_text, look, shown_look in zip(texts, shown_texts, looks, shown_looks, strict=True)
        ]
        for x in range(width):
            if not differs[x]:
                continue
            if texts[x] == REST_OF_WIDE:
                differs[x - 1] = True
            if x + 1 < width and (texts[x + 1] == REST_OF_WIDE or not _AGREED.fullmatch(texts[x] or " ")):
                differs[x + 1] = True
        spans: list[tuple[int, int]] = []
        x = 0
        while x < width:
            if not differs[x]:
                x += 1
                continue
            start = x
            while x < width and differs[x]:
                x += 1
            if spans and self._cheap_gap(y, spans[-1][1], start):
                start = spans.pop()[0]
            spans.append((start, x))
        return spans

    def _cheap_gap(self, y: int, start: int, end: int) -> bool:
        texts, looks = self._wanted.rows[y]
        return end - start <= _SHORT_GAP and all(
            (texts[x] or "").isascii() and texts[x] != REST_OF_WIDE and looks[x] == looks[start - 1]
            for x in range(start, end)
        )

    def _erasable(self, y: int, start: int, end: int) -> int:
        """How many blanks from `start` on can be erased rather than written; 0 when it does not pay."""
        texts, looks = self._wanted.rows[y]
        look = looks[start]
        if not self._erases or texts[start] != " " or look.attributes or look.link:
            return 0
        if look.background and not self._colours_erased:
            return 0
        x = start
        while x < end and texts[x] == " " and looks[x] == look:
            x += 1
        return x - start if x - start >= (_EDGE_FROM if x == self._wanted.width else _ERASE_FROM) else 0

    def _motion(self, x: int, y: int) -> str:
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
                ways.append(f"\r\n{along}")
        return min(ways, key=len)


def _steps(count: int, way: str) -> str:
    return f"\x1b[{count if count > 1 else ''}{way}"
