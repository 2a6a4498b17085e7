"""Words of a heading or a cell, in any language, for what a mail met with: "PENDING", "Not delivered:", "OK".

Most say it only where they stand alone, or first: in a sentence they could mean anything
(`words/outcomes.toml`).
"""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import fold

_SHORT = 4
_EACH_FIRST = r"[^\w✓✔✅✗✘❌]{0,6}"


def goes_on(words: str) -> bool:
    """True where `words` say anywhere that delivery is tried again."""
    folded = fold(words)
    denials = lexicon("outcomes", "denial")
    found = _tried_again().find_matches_as_indexes(folded, overlapping=True)
    return any(not folded.endswith(denials, 0, start) for _, start, _ in found)


def begins_with_waiting(words: str) -> bool:
    """True where `words` begin with one that says that the mail waits."""
    return _first_of(lexicon("outcomes", "waiting")).match(fold(words)) is not None


def begins_with_failed(words: str) -> bool:
    """True where `words` begin with one that says that the mail failed."""
    return _first_of(lexicon("outcomes", "failed")).match(fold(words)) is not None


def names_arrival(words: str) -> bool:
    """True where `words` say anywhere that mail arrived."""
    folded = fold(words)
    return any(word in folded for word in _arrivals())


@cache
def _arrivals() -> tuple[str, ...]:
    return tuple(map(fold, lexicon("outcomes", "arrived")))


@cache
def _tried_again() -> AhoCorasick:
    said = [fold(word) for word in lexicon("outcomes", "tried_again")]
    return AhoCorasick(said, implementation=Implementation.ContiguousNFA)


@cache
def _first_of(words: tuple[str, ...]) -> re.Pattern[str]:
    # Made when the first report with several recipients asks.
    folded = sorted({fold(word) for word in words}, key=len, reverse=True)
    # A short one in Latin letters is a whole word: "ng", "fail".
    forms = (
        re.escape(word) + (r"(?!\w)" if word.isascii() and len(word) <= _SHORT else "") for word in folded
    )
    return re.compile(f"{_EACH_FIRST}(?:{'|'.join(forms)})")
