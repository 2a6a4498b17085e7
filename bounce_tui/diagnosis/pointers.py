"""Sentences at the end of a reply that only point to a page or to a person, and tell no cause."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.regex import regex

_DATA: Final = Path(__file__).with_suffix(".toml")
_LONGEST: Final = 240
"""Characters of such a sentence."""
_MOST: Final = 3
"""Sentences that are passed over."""
_FEWEST: Final = 2
"""Words that must stand before them: where nothing else is said, a pointer is all that is to be read."""
_BEGINS: Final = regex(r"[.!?;\])>] |[.!?;:] ?[-(\[] ?| [-(] ?|\u3002")
"""Behind what a sentence begins."""
_LINK: Final = regex(r"https?://\S{1,400}|(?<!\w)www\.\S{1,200}")
_NO_WORD: Final = regex(r"\*{3,320}|[a-z]{0,12}\d[\w.-]{0,80}")
_WORD: Final = regex(r"[^\W\d_]{1,40}")
_MARKS: Final = ".,;:!?()[]<>\"'"


class _Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `pointers.toml`, which says what each set is."""

    whom: str
    turn: str
    beside: str


def end_before_pointers(text: str, begin: int, end: int) -> int:
    """Where the words of the folded `text` between `begin` and `end` stop that say more than which page to
    read or whom to ask."""
    if _ends_in_cause(text, begin, end):
        return end
    for _ in range(_MOST):
        starts = [found.end() for found in _BEGINS.finditer(text, max(begin, end - _LONGEST), end - 1)]
        if not starts or not _only_points(text[starts[-1] : end]):
            break
        if len(_WORD.findall(text, begin, starts[-1])) < _FEWEST:
            break
        end = starts[-1]
    return end


def _ends_in_cause(text: str, begin: int, end: int) -> bool:
    """True where the last word before `end` is one that no pointer has: of most replies no more has to be
    looked at."""
    word = text[text.rfind(" ", begin, end) + 1 : end].strip(_MARKS)
    return word.isalpha() and word not in _vocabulary()[2]


def _only_points(sentence: str) -> bool:
    """True for a `sentence` that names a page, or whom to ask, and tells nothing else."""
    whom, turn, every = _vocabulary()
    rest = _LINK.sub(" ", sentence)
    words = _WORD.findall(_NO_WORD.sub(" ", rest))
    if not every.issuperset(words):
        return False
    if rest != sentence:
        return not words or not turn.isdisjoint(words)
    return not (turn.isdisjoint(words) or whom.isdisjoint(words))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    read = msgspec.toml.decode(_DATA.read_bytes(), type=_Vocabulary)
    whom, turn = frozenset(read.whom.split()), frozenset(read.turn.split())
    return whom, turn, whom | turn | frozenset(read.beside.split())
