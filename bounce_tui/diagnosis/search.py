"""Looking things up by words: every word must occur, and the nearest come first."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from bounce_tui.diagnosis.folding import fold

T = TypeVar("T")


class CodeRange(Struct, frozen=True, gc=False):
    """Codes that differ in a number: `prefix`, perhaps letters or dashes, then `digits` digits within `low`
    to `high`; without `digits`, any number of them."""

    prefix: str
    low: int
    high: int
    digits: int = 0

    def holds(self, word: str) -> bool:
        """Whether `word`, folded, is one of the codes."""
        if not word.startswith(self.prefix) or len(word) > len(self.prefix) + 40:
            return False
        rest = word[len(self.prefix) :]
        number = rest.lstrip("abcdefghijklmnopqrstuvwxyz-") if self.digits else rest
        if not (number.isascii() and number.isdecimal()) or len(number) != (self.digits or len(number)):
            return False
        return self.low <= int(number) <= self.high


class Places(Struct, frozen=True, gc=False):
    """The texts by which something is found: its `codes` (a word that is one of them, or lies in one of the
    `ranges`, is as near as can be), then other `texts`, the telling ones first."""

    codes: Sequence[str]
    texts: Sequence[Sequence[str]]
    ranges: Sequence[CodeRange] = ()


class SearchIndex(Generic[T]):
    """Things with the places where words may find them; folded once, so that a search of two thousand takes a
    few milliseconds."""

    def __init__(self, found_by: Iterable[tuple[T, Places]]) -> None:
        self._things: list[tuple[T, frozenset[str], Sequence[CodeRange], str, tuple[str, ...]]] = []
        for thing, places in found_by:
            codes = tuple(map(fold, places.codes))
            groups = (codes, *(map(fold, texts) for texts in places.texts))
            joined = tuple("\n".join(texts) for texts in groups)
            self._things.append((thing, frozenset(codes), places.ranges, "\n".join(joined), joined))

    def search(self, words: str) -> list[T]:
        """What holds every one of `words` somewhere, the nearest first; the order of the index decides
        between equals."""
        wanted = fold(words).split()
        found = []
        for thing, codes, ranges, whole, texts in self._things:
            total = 0
            for word in wanted:
                if word in codes or (ranges and any(one.holds(word) for one in ranges)):
                    continue
                if word not in whole:
                    break
                total += next((rank for rank, text in enumerate(texts, 1) if word in text), len(texts))
            else:
                found.append((total, thing))
        found.sort(key=lambda one: one[0])
        return [thing for _, thing in found]
