"""The typo, of a finger or an ear, that makes one word of another."""

from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from bounce_tui.hints.tables import typos

_SEPARATORS = "._-"


class Typo(Struct, frozen=True, gc=False):
    """`words` say what happened.  `likely` is False for one letter in place of any other, which makes
    another real name as often as a mistyped one; `firm` is True for what hardly happens but by mistake,
    letters swapped or doubled.  `digits` is True where a digit came, went or changed: in a local part that
    is rather another person.  `separator` is True where all that differs is a dot, hyphen or underscore."""

    words: str
    likely: bool = True
    firm: bool = False
    digits: bool = False
    separator: bool = False


def typo_between(typed: str, meant: str) -> Typo | None:
    """The one typo that makes `typed` of `meant`: a letter missing, too many, wrong, or two swapped
    (optimal string alignment, distance 1).  None when they are equal or further apart."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return None
    start, shorter = 0, min(len(typed), len(meant))
    while start < shorter and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < shorter - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    digits = any(char.isdigit() for char in wrong + right)
    separator = all(char in _SEPARATORS for char in wrong + right)
    if len(wrong) + len(right) == 1:
        longer = typed if wrong else meant
        doubled = longer[start : start + 1] == longer[start - 1 : start]
        words = f"{_named(wrong)} too many" if wrong else f"{_named(right)} is missing"
        return Typo(words, firm=doubled, digits=digits, separator=separator)
    if len(wrong) == len(right) == 2 and wrong == right[::-1]:
        return Typo(f"{wrong} for {right}, swapped", firm=True, digits=digits)
    if len(wrong) == len(right) == 1:
        likely = separator or frozenset((wrong, right)) in _mistaken()
        return Typo(f"{_named(wrong)} for {_named(right)}", likely=likely, digits=digits, separator=separator)
    return None


def _named(char: str) -> str:
    return {".": "a dot", "-": "a hyphen", "_": "an underscore"}.get(char, f"“{char}”")


@lru_cache(maxsize=1)
def _mistaken() -> frozenset[frozenset[str]]:
    """Pairs of characters that are typed for each other: keys side by side, and letters of one sound."""
    pairs = {frozenset(pair) for pair in typos().sounds}
    for rows in typos().keyboards:
        for upper, lower in zip(rows, (*rows[1:], ""), strict=True):
            pairs.update(frozenset(two) for two in pairwise(upper))
            # Each row lies half a key further right, so a key touches two of the row below.
            pairs.update(frozenset(two) for two in zip(upper, lower, strict=False))
            pairs.update(frozenset(two) for two in zip(upper[1:], lower, strict=False))
    return frozenset(pairs)
