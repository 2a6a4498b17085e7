"""What is sent to the terminal: all that the app writes, or only the cells that it changes."""

from collections.abc import Iterator
from typing import Protocol

from bounce_tui.regex import regex
from bounce_tui.ui.driver.cells import UNKNOWN, Cells
from bounce_tui.ui.driver.look import PLAIN, after_sgr
from bounce_tui.ui.driver.pen import Pen
from bounce_tui.ui.terminal import VT100, Abilities

_TOKENS = regex(
    # What Textual sends most: text in a look of its own, reset after it.
    r"\x1b\[(?P<style>[0-9;]*)m(?P<styled>[^\x00-\x1f\x7f-\x9f]+)\x1b\[0m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
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
_HELD_FROM = 1200  # characters; what one packet of a remote line carries arrives at once anyway


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
    shows is then unknown: a row is sent whole when the app next writes on it.

    What is asked of the terminal, beyond its `abilities`, see Pen.
    """

    def __init__(self, width: int, height: int, abilities: Abilities = VT100) -> None:
        self._wanted = Cells(width, height, " ")
        self._shown = Cells(width, height, UNKNOWN)
        self._pen = Pen(abilities)
        self._written: set[int] = set()
        self._ready: list[str] = []
        self._holds = False
        self.backlog = 0

    def write(self, data: str) -> None:
        """Take in what the app sends."""
        wanted = self._wanted
        for token in _TOKENS.finditer(data):
            kind = token.lastgroup
            if kind == "styled":
                look = after_sgr(wanted.look, token["style"])
                if look is None:
                    self._pass(token[0], understood=False)
                    continue
                wanted.look = look
                wanted.put(token["styled"])
                wanted.look = PLAIN._replace(link=look.link) if look.link else PLAIN
                self._written.add(wanted.y)
            elif kind == "text":
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
        self._pen.forget()

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
                yield from self._pen.row(y, self._wanted.rows[y], self._shown.rows[y])
                self._shown.copy_row(y, self._wanted)
        self._written.clear()
        cursor = (min(self._wanted.x, self._wanted.width - 1), self._wanted.y)
        if wrote or not self._pen.is_lost:
            yield self._pen.to(*cursor)
