"""The number of letters in the words of a reply."""

from typing import Final

from bounce_tui.regex import regex

_WORD: Final = regex(r"(?:[\w-]++\.)+\w+|([^\W\d_]+)")
"""A word, nothing for the name of a host."""
_IN_A_HOST: Final = regex(r"[\d.](?:(?<=[a-z_-]\.)\w|(?<=[\w-]\.)\d*+[a-z_-]|(?<=[a-z_-]\d)\d*+\.[\w-])")
"""What every such name has that is not all digits: a dot with more than digits before or behind it."""
_NO_LETTERS: Final = bytes(byte for byte in range(128) if not chr(byte).isalpha())


def letters_of_words(text: str) -> int:
    """The letters of the folded `text`, without those of hosts' names."""
    if text.isascii() and _IN_A_HOST.search(text) is None:
        return len(text.encode().translate(None, _NO_LETTERS))  # nearly always, at a tenth of the cost
    return sum(map(len, _WORD.findall(text)))
