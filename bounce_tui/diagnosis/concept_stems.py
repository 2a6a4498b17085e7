"""The stems by which concepts are found in replies, sorted by how a word may go on around them."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.rule import BEGINS_WORD, ENDS_WORD, Concept
from bounce_tui.diagnosis.rulebook import Stems

FIRST_IDEOGRAPH: Final = "\u2e80"
"""The first of the signs that are written without blanks between words."""
_WHOLE_WORD, _BEGINNING = 3, 4
"""Longest stems that must be whole words, and that must begin one."""
_FIRST_SEMITIC, _LAST_SEMITIC = "\u0590", "\u06ff"
"""Hebrew and Arabic write articles and prepositions at the front of the word that they belong to."""
_FIRST_THAI, _LAST_LAO = "\u0e00", "\u0eff"
"""Thai and Lao write no blanks between words."""

Kind = tuple[str, bool, bool]
"""The concept of a stem, and whether it counts only where no letter stands right before it, and only where
none stands right behind it."""
Seen = tuple[int, int, int]
"""The number of a stem that was found, and where it begins and ends."""


def sort_stems(concepts: Iterable[Concept]) -> tuple[Stems, ...]:
    """The stems of `concepts`."""
    found: dict[tuple[str, bool, bool, bool], dict[str, None]] = {}
    for concept in concepts:
        for stem in concept.stems:
            letters = stem.removeprefix(BEGINS_WORD).removesuffix(ENDS_WORD)
            kind = (concept.name, *_borders(stem, letters), letters.isascii())
            found.setdefault(kind, {})[letters] = None
    return tuple([Stems(*kind, tuple(stems)) for kind, stems in found.items()])


class StemFinder:
    """Finds stems; `kinds` tells of each, by its number.

    What is written in ASCII, as most replies are, has none of the others: those are built in for the first
    text that may, which saves a third of the time."""

    def __init__(self, stems: Sequence[Stems]) -> None:
        in_ascii = [group for group in stems if group.in_ascii]
        self._others = [group for group in stems if not group.in_ascii]
        self.kinds: list[Kind] = _kinds(in_ascii)
        self._beyond = len(self.kinds)
        self.kinds += _kinds(self._others)
        self._ascii_finder = _automaton(in_ascii)
        self._other_finder: AhoCorasick | None = None

    def find(self, text: str) -> list[Seen]:
        """The stems that occur in the folded `text`, in the order in which they end."""
        found: list[Seen] = self._ascii_finder.find_matches_as_indexes(text, overlapping=True)
        if text.isascii():
            return found
        finder = self._other_finder = self._other_finder or _automaton(self._others)
        for number, start, end in finder.find_matches_as_indexes(text, overlapping=True):
            found.append((number + self._beyond, start, end))
        found.sort(key=itemgetter(2))
        return found


def _kinds(stems: Iterable[Stems]) -> list[Kind]:
    kinds: list[Kind] = []
    for group in stems:
        kinds += [(group.concept, group.begins_word, group.ends_word)] * len(group.letters)
    return kinds


def _automaton(stems: Iterable[Stems]) -> AhoCorasick:
    return AhoCorasick(
        [letters for group in stems for letters in group.letters],
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    )


def _borders(stem: str, letters: str) -> tuple[bool, bool]:
    """Whether `stem` counts only where no letter stands right before it, and only where none stands right
    behind it.  Known once for each stem, that leaves little to ask where one occurs."""
    first = stem[0]
    if first >= FIRST_IDEOGRAPH:
        return False, False
    ends = stem[-1] == ENDS_WORD or len(letters) <= _WHOLE_WORD
    joined = _FIRST_SEMITIC <= first <= _LAST_SEMITIC or _FIRST_THAI <= first <= _LAST_LAO
    begins = first == BEGINS_WORD or ends or (len(letters) <= _BEGINNING and not joined)
    # What begins with a sign is no part of the word before it.
    return begins and letters[0].isalnum(), ends and letters[-1].isalnum()
