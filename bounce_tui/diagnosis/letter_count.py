"""The number of letters in the words of a reply."""

from typing import Final

from bounce_tui.regex import regex

_WORD: Final = regex(r"(?:[\w-]++\.)+\w+|([^\W\d_]+)")
"""A word, nothing for the name of a host."""
_NO_LETTERS: Final = bytes(byte for byte in range(128) if not chr(byte).isalpha())


def letters_of_words(text: str) -> int:
    """The letters of the folded `text`, without those of hosts' names."""
    if not text.isascii():
        return _read(text)
    # The engine reads no more than what may be a host's name: all else is counted at a tenth of the cost.
    dotted = " ".join([word for word in text.split() if "." in word])
    return _letters(text) - _letters(dotted) + _read(dotted)


def _read(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))


def _letters(text: str) -> int:
    """All letters of `text`, which is ASCII."""
    return len(text.encode().translate(None, _NO_LETTERS))
