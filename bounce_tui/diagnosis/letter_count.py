"""How many letters the words of a reply have."""

from typing import Final

from bounce_tui.regex import regex

_WORD: Final = regex(r"(?:[\w-]++\.)+\w+|([^\W\d_]+)")
"""A word, nothing for the name of a host."""
_NO_LETTERS: Final = bytes(byte for byte in range(128) if not chr(byte).isalpha())


def has_more_letters(text: str, most: float) -> bool:
    """Whether the words of the folded `text` have more than `most` letters, without those of hosts' names."""
    if not text.isascii():
        return _read(text) > most
    # The engine reads no more than what may be a host's name, and only where that decides: all else is
    # counted at a tenth of the cost.
    letters = _letters(text)
    if letters <= most:
        return False
    dotted = " ".join([word for word in text.split() if "." in word])
    certain = letters - _letters(dotted)
    return certain > most or certain + _read(dotted) > most


def _read(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))


def _letters(text: str) -> int:
    """All letters of `text`, which is ASCII."""
    return len(text.encode().translate(None, _NO_LETTERS))
