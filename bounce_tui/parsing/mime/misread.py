"""In which charset a line was written that was read as Latin-1, told by how frequent its letters are there.

Every charset that gives the bytes of a line a meaning is tried; the likeliest counts, where it is likely at
all.  `letters.toml` beside this module holds the letters, the most frequent first.
"""

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from bounce_tui.regex import regex

_LETTERS: Final = Path(__file__).with_name("letters.toml")
_CHARSETS: Final = {
    "gbk": ("simplified_chinese", 0),
    "big5": ("traditional_chinese", 0),
    "cp932": ("japanese", 0),
    "euc_jp": ("japanese", 0),
    "cp949": ("korean", 0),
    "cp1251": ("cyrillic", 0),
    "koi8-u": ("cyrillic", -1.5),
    "iso8859-5": ("cyrillic", -2),
    "cp1253": ("greek", 0),
    "cp1255": ("hebrew", 0),
    "cp1256": ("arabic", -0.5),
    "iso8859-6": ("arabic", -1),
    "cp874": ("thai", -0.5),
}
"""The script of each charset, and the logarithm of how common it is beside the others."""
_ALPHABETS: Final = frozenset({"arabic", "cyrillic", "greek", "hebrew", "thai"})
_OF_TWO_BYTES: Final = tuple(name for name, (script, _) in _CHARSETS.items() if script not in _ALPHABETS)
_LIKELY: Final = -4.4
"""What the logarithm of a letter's frequency comes to at least, on the average of the bytes beyond ASCII."""
_SAMPLE: Final = 120
_LOOKS: Final = 40
_RUNS: Final = 8
_FEWEST_BYTES: Final = 5
_RARE_LETTER: Final = math.log(2e-4)
_RARE_SIGN: Final = math.log(2.5e-5)
_NO_LETTER: Final = -12.0
_LOST: Final = "\ufffd"
_WORD: Final = regex(r"(?<![A-Za-z])[\x80-\xff]+(?![A-Za-z])")
_RUN: Final = regex(r"[\x81-\xff]{4,40}")
_PAIRS: Final = regex(r"(?:[\x81-\xf9][@-~\x80-\xfe]){4,20}")
_LETTERS_OF_LATIN: Final = regex(r"[\x81-\x84\x8a\xc0-\xff]")
_OF_ONE_LANGUAGE: Final = regex(
    r"[åäöæøüéß]+|[áéíóúüñ]+|[áéíóúýþæöð]+|[àâçéèêëîïôùûüÿæ]+|[àáâãçéêíóôõú]+", re.IGNORECASE
)
"""The letters beyond ASCII of languages of Western Europe: a test mail has them in a row."""


class Rereader:
    """Gives lines their charset: as most of a text came the same way, each line of its beginning is looked at
    by itself, and what stands behind is taken to be like the last of them."""

    __slots__ = ("_charset", "_looks")

    def __init__(self) -> None:
        self._looks = _LOOKS
        self._charset: str | None = None

    def reread(self, line: str) -> str:
        """`line`, each of whose characters was a byte, in its charset; as it is where none is likely."""
        charset = self._charset
        if self._looks:
            self._looks -= 1
            charset = charset_of(line)
            self._charset = charset or self._charset
        return line if charset is None else _as(charset, line)


def charset_of(line: str) -> str | None:
    """The charset of `line`, each of whose characters was a byte; None where none is likely."""
    charsets: Iterable[str] = _CHARSETS
    run = next(filter(_is_no_word, islice(_RUN.finditer(line), _RUNS)), None)
    if run is None:
        # Signs of two bytes, the second of which may be one of ASCII, make no such run.
        run = _PAIRS.search(line)
        if run is None or len(set(run[0])) < _FEWEST_BYTES:
            return None
        charsets = _OF_TWO_BYTES
    # From a blank on: within a word nothing tells the first byte of a sign from the second.
    start = line.rfind(" ", 0, run.start()) + 1
    if run.end() - start > _SAMPLE:
        start = run.start()  # a long word stands before it: of a link, or of a row without blanks
    sample = line[start : start + _SAMPLE].encode("latin-1")
    likelihood, charset = max((_likelihood(sample, charset), charset) for charset in charsets)
    return charset if likelihood >= _LIKELY else None


def _as(charset: str, line: str) -> str:
    decoded = line.encode("latin-1").decode(charset, "replace")
    if charset in _OF_TWO_BYTES:
        return decoded
    # Each word is taken from its place there: one with letters of ASCII stays.
    return _WORD.sub(lambda word: decoded[word.start() : word.end()], line)


def _is_no_word(run: re.Match[str]) -> bool:
    """True for a run that no word of a language has that Latin-1 is for; rows of one sign are ornament."""
    said = run[0]
    if len(set(said)) < 3 or len(_LETTERS_OF_LATIN.findall(said)) < 2:
        return False
    return _OF_ONE_LANGUAGE.fullmatch(said) is None


def _likelihood(sample: bytes, charset: str) -> float:
    """The logarithm of how likely the script of `charset` has what stands beyond ASCII in `sample`, for each
    byte of it."""
    script, score = _CHARSETS[charset]
    known = _frequencies(script)
    rare = _RARE_LETTER if script in _ALPHABETS else _RARE_SIGN
    ascii_bytes = 0
    for char in sample.decode(charset, "replace"):
        if char < "\x80":
            ascii_bytes += 1
        elif (frequency := known.get(char)) is not None:
            score += frequency
        else:
            score += rare if char != _LOST and char.isprintable() else _NO_LETTER
    return score / (len(sample) - ascii_bytes or 1)


@cache
def _frequencies(script: str) -> dict[str, float]:
    """The logarithm of how often each letter of `script` occurs: half a text in an alphabet is written with
    seven letters, and half a text in Chinese with seventy signs."""
    letters = "".join(_scripts()[script].split())
    if script in _ALPHABETS:
        return {letter: max(math.log(0.1) - rank / 10, _RARE_LETTER) for rank, letter in enumerate(letters)}
    return {letter: math.log(0.28 / (rank + 10)) for rank, letter in enumerate(letters)}


@cache
def _scripts() -> dict[str, str]:
    return msgspec.toml.decode(_LETTERS.read_bytes(), type=dict[str, str])
