"""Patterns made of the words of a lexicon."""

import re
from collections.abc import Iterable
from typing import Final

_REST_OF_WORD: Final = r"\w{0,30}"
_FEW_WORDS: Final = r"(?: [\w-]+){0,3} "


def any_of(words: Iterable[str]) -> str:
    """A pattern of any one of `words`, the first of them that fits.  In a word "*" stands for the rest of it,
    in a phrase " ... " for none to three words."""
    escaped = map(re.escape, words)
    return "|".join(one.replace(r"\*", _REST_OF_WORD).replace(r"\ \.\.\.\ ", _FEW_WORDS) for one in escaped)


def whole(words: Iterable[str]) -> str:
    """The same, where no letter stands before it or behind it."""
    return rf"(?<!\w)(?:{any_of(words)})(?!\w)"
