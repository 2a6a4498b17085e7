"""The words beside which replies say what checks ask for: `quoted_words.toml`."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

LONGEST_READ = 4000
"""Characters of a reply that are looked at."""


class QuotedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words by what stands beside them; the file says more of each."""

    turn_to: tuple[str, ...]
    mail_to: tuple[str, ...]
    try_again: tuple[str, ...]
    refused: tuple[str, ...]
    seconds: tuple[str, ...]
    minutes: tuple[str, ...]
    hours: tuple[str, ...]


@cache
def quoted_words() -> QuotedWords:
    """The words, which are read once."""
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=QuotedWords)


def one_of(words: Iterable[str]) -> str:
    """The pattern of any of `words`."""
    return f"(?:{'|'.join(map(re.escape, words))})"
