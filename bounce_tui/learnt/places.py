"""Where the rows of learnt pieces lie.

There are more than a hundred thousand pieces.  A dictionary of them takes as long to build as a hundred mails
take to read, which ask for a thousand: those are looked up in the sorted text that the file holds.
"""

from bisect import bisect_right
from typing import Final

_STRETCH: Final = 1024
"""Bytes of names, more or less, that are searched for a piece."""
_MANY: Final = 8192
"""Pieces looked up from which on the dictionary is worth its time."""
_BETWEEN: Final = b"\t"


class Places:
    """The places of pieces: `names` are all of them, sorted, with a tab between two, and each has a row of
    `width` bytes.  Threads may share it."""

    def __init__(self, names: bytes, width: int) -> None:
        self._width = width
        self._names = text = _BETWEEN + names + _BETWEEN
        self._firsts: list[bytes] = []
        """The first piece of each stretch; `_begins` holds where the tab before it stands, `_rows` the number
        of its row."""
        self._begins: list[int] = []
        self._rows: list[int] = []
        at = row = 0
        last = len(text) - 1
        while at < last:
            self._firsts.append(text[at + 1 : text.index(_BETWEEN, at + 1)])
            self._begins.append(at)
            self._rows.append(row)
            following = text.index(_BETWEEN, min(at + _STRETCH, last))
            row += text.count(_BETWEEN, at, following)
            at = following
        self._begins.append(last)
        self._count = row
        self._asked = 0
        self._all: dict[str, int] | None = None

    def __len__(self) -> int:
        return self._count

    def find(self, piece: str) -> int | None:
        """The place of a piece's row, None where nothing was learnt of it."""
        if self._all is not None:
            return self._all.get(piece)
        self._asked += 1
        if self._asked > _MANY:
            self._all = self._read_all()
        wanted = b"\t%b\t" % _encoded(piece)
        stretch = bisect_right(self._firsts, wanted[1:-1]) - 1
        if stretch < 0:
            return None
        begin = self._begins[stretch]
        at = self._names.find(wanted, begin, self._begins[stretch + 1] + 1)
        return None if at < 0 else self._place(stretch, at)

    def begun(self, start: str) -> dict[str, int]:
        """The places of the pieces that begin with `start`, by what stands behind it."""
        wanted = _BETWEEN + _encoded(start)
        stretch = max(bisect_right(self._firsts, wanted[1:]) - 1, 0)
        # They may begin with the first piece of the next stretch, and go on in any number of them.
        at = self._names.find(wanted, self._begins[stretch], self._begins[stretch + 1] + len(wanted))
        found: dict[str, int] = {}
        if at < 0:
            return found
        place = self._place(stretch, at)
        while self._names.startswith(wanted, at):
            end = self._names.index(_BETWEEN, at + 1)
            found[self._names[at + len(wanted) : end].decode("utf-8", "replace")] = place
            place += self._width
            at = end
        return found

    def _place(self, stretch: int, at: int) -> int:
        """The place of the piece before which the tab at `at` stands."""
        before = self._names.count(_BETWEEN, self._begins[stretch], at)
        return (self._rows[stretch] + before) * self._width

    def _read_all(self) -> dict[str, int]:
        pieces = self._names[1:-1].decode("utf-8", "replace").split("\t")
        return dict(zip(pieces, range(0, len(pieces) * self._width, self._width), strict=True))


def _encoded(piece: str) -> bytes:
    # What text a message is made to have is never learnt, but may be asked for.
    return piece.encode("utf-8", "surrogatepass")
