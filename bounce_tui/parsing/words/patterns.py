"""Patterns made of the words of a lexicon."""

import re
from collections.abc import Iterable
from typing import Final

_REST_OF_WORD: Final = r"\w{0,30}"
_FEW_WORDS: Final = r"(?: [\w-]+){0,3} "


def any_of(words: Iterable[str]) -> str:
    """A pattern of any one of `words`, the first of them that fits.  In a word "*" stands for the rest of it,
    in a phrase " ... " for none to three words.

    Those that begin with the same letter stand behind that letter: the engine tries all words of a row one by
    one, and most places of a text begin none of them."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(_pattern(word[1:]))
    return "|".join([f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()])


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\*", _REST_OF_WORD).replace(r"\ \.\.\.\ ", _FEW_WORDS)


def whole(words: Iterable[str]) -> str:
    """The same, where no letter stands before it or behind it."""
    return rf"(?<!\w)(?:{any_of(words)})(?!\w)"
