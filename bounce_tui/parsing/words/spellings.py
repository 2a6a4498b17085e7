"""The spellings of servers that write plain letters only."""

import unicodedata

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_ONE_LETTER = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d", "œ": "oe", "’": "'"}
)
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""The marks that are taken from letters of Latin script where they are taken apart."""
_END_OF_LATIN = "\u0250"
_VIETNAMESE = ("\u1e00", "\u1f00")


def spellings(words: tuple[str, ...]) -> set[str]:
    """`words`, and each of Latin script without its accents and with the two letters that stand for an
    umlaut: "zurückgesandt", "zuruckgesandt", "zurueckgesandt"."""
    found = set(words)
    for word in words:
        # Most are settled by their highest letter: all words are spelt at every start.
        if word.isascii() or not (max(word) < _END_OF_LATIN or all(map(_is_latin, word))):
            continue
        found.add(word.translate(_TWO_LETTERS))
        plain = unicodedata.normalize("NFKD", word.translate(_ONE_LETTER))
        found.add(plain.translate(_ACCENTS))
    return found


def _is_latin(char: str) -> bool:
    return char < _END_OF_LATIN or char == "’" or _VIETNAMESE[0] <= char < _VIETNAMESE[1]
