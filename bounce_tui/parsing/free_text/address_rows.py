"""Rows of a list or table with one address in each, wherever in the row it stands."""

from collections.abc import Callable

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.recipient_outcomes import replaces
from bounce_tui.regex import regex

_CELL_ENDS = regex(r"(?:[ \t]{2}|[\t;|])[ \t]*$")
_CELL_BEGINS = regex(r"[>\"']?(?:[ \t]{2}|[ \t]?[\t;|])")
_SEPARATORS = ";|\t"
_LONGEST_LABEL = 40
# As in "  Anna Berg <anna@example.net> - no such user".
_NAME = regex(r"[ \t]*(?:(?:[*>•·|-]|\d{1,4}[.)])[ \t]{1,8})?[^\s<>@:][^\n<>@:]{0,60}<$")
_WORDS_FOLLOW = regex(r">[ \t]{0,8}(?:[:：(]|[-–—]{1,2}[ \t])")


class Rows:
    """Each wanted address that is the only one of its line, once, with the words before it and those behind
    it and on the lines below, up to a blank one or the next address."""

    def __init__(self, text: str, wanted: Callable[[str], bool]) -> None:
        self._rows: dict[str, tuple[str, str, list[str]]] = {}
        self._named: set[str] = set()
        self._words: set[int] = set()
        self._columns: set[int | None] = set()
        self._separators: set[int] = set()
        self._in_cells = True
        self._read(text, wanted)

    def _read(self, text: str, wanted: Callable[[str], bool]) -> None:
        current = ""
        words: list[str] = []
        for line in text.split("\n"):
            named = find_all(line) if "@" in line else []
            if len(named) == 1 and self._is_run_again(named[0], line):
                current = named[0].lower()
                before, _, behind = line.partition(named[0])
                words = [behind]
                self._rows[current] = (named[0], before, words)
            elif current and [one.lower() for one in named] == [current]:
                words.append(line)  # its cause may name the address again
            elif len(named) == 1 and wanted(named[0]):
                current = named[0].lower()
                before, _, behind = line.partition(named[0])
                words = [behind]
                self._rows.setdefault(current, (named[0], before, words))
                self._note_form(before, behind)
                if _NAME.match(before) and _WORDS_FOLLOW.match(behind):
                    self._named.add(current)
            elif named or "@" in line or not line.strip():
                current, words = "", []
            else:
                words.append(line)

    def _is_run_again(self, address: str, line: str) -> bool:
        """True for one more row about an `address`, of the same form as the first, that says otherwise."""
        known = self._rows.get(address.lower())
        if known is None:
            return False
        before, _, behind = line.partition(address)
        if len(before.split()) != len(known[1].split()):
            return False
        return replaces(behind, known[2][0]) or replaces(before, known[1])

    def _note_form(self, before: str, behind: str) -> None:
        self._words.add(len(before.split()))
        in_cell = not before.strip() or _CELL_ENDS.search(before) is not None
        self._columns.add(len(before.expandtabs()) if in_cell else None)
        self._separators.add(sum(map(before.count, _SEPARATORS)))
        self._in_cells = self._in_cells and _CELL_BEGINS.match(behind) is not None

    @property
    def are_alike(self) -> bool:
        """True where as much stands before each address, as it does in no running text: as many words, or
        cells, or what fills the same column."""
        cells = len(self._separators) == 1 and 0 not in self._separators
        columns = len(self._columns) == 1 and None not in self._columns
        return len(self._words) == 1 or cells or columns

    def begin_with(self, says: Callable[[str], object]) -> bool:
        """True where few words and a colon that say something to `says` stand before each address."""
        labels = [before.strip() for _, before, _ in self._rows.values()]
        return all(len(one) <= _LONGEST_LABEL and one.endswith((":", "：")) and says(one) for one in labels)

    def keep_named(self) -> bool:
        """Leave only the rows in which a name stands before the address and words behind it; False, and all
        are left, where there are not several."""
        if len(self._named) < 2:
            return False
        self._rows = {key: row for key, row in self._rows.items() if key in self._named}
        return True

    @property
    def are_cells(self) -> bool:
        """True where a cell of its own stands behind each address."""
        return self._in_cells and self.are_alike

    def each(self) -> list[tuple[str, str, str]]:
        """Address, words before it and words behind it."""
        return [
            (address, before.strip(" \t;|,*-"), "\n".join(behind).lstrip(">\"' \t;|,"))
            for address, before, behind in self._rows.values()
        ]
