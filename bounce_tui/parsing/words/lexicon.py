"""The words by which reports are read, in any language: `THEME.toml` beside this module, a file a theme.

A group of words is one text there, a word or a piece of a sentence a line: TOML reads a text in a seventh of
the time that it takes for a list of as many strings, which every start would pay.  A blank that belongs to a
word at its beginning or its end is written "_", as editors take blanks there for dirt.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

FOLDER: Final = Path(__file__).parent


class WordsError(ValueError):
    """A file of words that cannot be used; the message names it and says what is wrong."""


@cache
def lexicon(theme: str, *groups: str) -> tuple[str, ...]:
    """The words of `groups` of a `theme`.  Raises WordsError."""
    texts = _texts(theme)
    try:
        lines = "\n".join(texts[group] for group in groups)
    except KeyError as error:
        raise WordsError(f"{theme}.toml: there is no group {error}") from error
    return tuple(filter(None, f"\n{lines}\n".replace("\n_", "\n ").replace("_\n", " \n").split("\n")))


def groups_of(theme: str) -> dict[str, tuple[str, ...]]:
    """All words of a `theme` by their groups.  Raises WordsError."""
    return {group: lexicon(theme, group) for group in _texts(theme)}


@cache
def _texts(theme: str) -> dict[str, str]:
    try:
        return msgspec.toml.decode((FOLDER / f"{theme}.toml").read_bytes(), type=dict[str, str])
    except msgspec.DecodeError as error:
        raise WordsError(f"{theme}.toml: {error}") from error
