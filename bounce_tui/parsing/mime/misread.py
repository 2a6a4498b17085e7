"""In which charset a line was written that was read as Latin-1, or in the charset of another script that is
named wrongly, told by how frequent its letters are there.

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

_SAME: Final = {
    "gb18030": "gbk",
    "gb2312": "gbk",
    "big5hkscs": "big5",
    "cp950": "big5",
    "shift_jis": "cp932",
    "euc_jis_2004": "euc_jp",
    "euc_kr": "cp949",
    "koi8-r": "koi8-u",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""Charsets of the same letters, by the names of Python's codecs."""
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
    "cp866": ("cyrillic", -2.5),
    "mac-cyrillic": ("cyrillic", -2.5),
    "cp1253": ("greek", 0),
    "cp1255": ("hebrew", 0),
    "cp1256": ("arabic", -0.5),
    "iso8859-6": ("arabic", -1),
    "cp874": ("thai", -0.5),
}
"""The script of each charset, and the logarithm of how common it is beside the others."""
_ALPHABETS: Final = frozenset({"arabic", "cyrillic", "greek", "hebrew", "thai"})
_OF_TWO_BYTES: Final = tuple(name for name, (script, _) in _CHARSETS.items() if script not in _ALPHABETS)
_COMMON_OF_MOST: Final = 11
_COMMON: Final = {"thai": 20}
"""How many letters of an alphabet make up most of any text in it."""
_MOST_OTHERS: Final = 0.5
_MORE: Final = 4.0
"""How much likelier another charset must be than the one that is named, as a logarithm."""
_MORE_EACH: Final = 0.4
"""The same for each byte."""
_CAPITAL: Final = -0.3
_CAPITAL_WITHIN: Final = -3.0
_ASCII: Final = bytes(range(0x80))
_IN_LATIN: Final = regex(r"[A-Za-z][\x80-\xff]{1,2}[A-Za-z]")
_LETTERS_TOGETHER: Final = {False: regex(r"[\x80-\xff]{3}"), True: regex(r"[\x80-\xff]{2}")}
"""What no word in Latin letters has, in a charset of one byte a letter, and of two."""
_FINAL: Final = frozenset("ךםןףץ")
"""Forms that letters of Hebrew have at the end of a word."""
_NOT_AT_AN_END: Final = -6.0
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
_LETTERS_OF_LATIN: Final = regex(r"[\x81-\x84\x8a\xa0\xa5\xa8\xad\xae\xc0-\xff]")
"""Also the bytes of the most frequent vowels, and of "н", in the charset of Russian DOS."""
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


def is_known(codec: str) -> bool:
    """Whether `codec` is a charset of another script than Latin that is known here."""
    return _SAME.get(codec, codec) in _CHARSETS


def is_plausible(wire: str, codec: str) -> bool:
    """False where `wire`, each of whose characters was a byte, is hardly text in `codec`, a known one: of an
    alphabet the letters that make up most of any text are rare there."""
    known = _SAME.get(codec, codec)
    if known in _OF_TWO_BYTES:
        run = _PAIRS.search(wire) or _RUN.search(wire)
        if run is None:
            return True
        sample = wire[run.start() : run.start() + _SAMPLE].encode("latin-1", "ignore")
        return _likelihood(sample, known) >= _LIKELY
    beyond = wire.encode("latin-1", "ignore").translate(None, _ASCII)
    if len(beyond) < _FEWEST_BYTES:
        return True
    if len(beyond.translate(None, _strange_bytes(known))) < len(beyond):
        return False
    return len(beyond.translate(None, _common_bytes(known))) <= _MOST_OTHERS * len(beyond)


def has_latin_words(wire: str) -> bool:
    """True where a word in ASCII has something else within."""
    return _IN_LATIN.search(wire) is not None


def is_latin_text(wire: str, codec: str) -> bool:
    """True for words in Latin letters, with a letter here and there that is none of ASCII, in a charset of
    another script: nobody writes both in one word."""
    if not has_latin_words(wire):
        return False
    of_two = _SAME.get(codec, codec) in _OF_TWO_BYTES
    if _LETTERS_TOGETHER[of_two].search(wire) is not None:
        return False
    if not of_two:
        return True
    # A sign between letters, of which the second byte is one of ASCII.
    text = wire.encode("latin-1", "ignore").decode(codec, "replace")
    return any(char >= "\x80" and (char.isalpha() or char == _LOST) for char in text)


def other_charset(line: str, codec: str) -> str | None:
    """The charset of `line`, each of whose characters was a byte, where it is much likelier than `codec`, a
    known one; None where none is."""
    known = _SAME.get(codec, codec)
    run = _RUN.search(line) or _PAIRS.search(line)
    if run is None:
        return None
    start = line.rfind(" ", 0, run.start()) + 1
    if run.end() - start > _SAMPLE:
        start = run.start()
    sample = line[start : start + _SAMPLE].encode("latin-1")
    beyond = len(sample.translate(None, _ASCII))
    if beyond < 2 * _FEWEST_BYTES and known in _OF_TWO_BYTES:
        return None
    likelihood, other = max((_likelihood(sample, charset), charset) for charset in _CHARSETS)
    if other == known or likelihood < _LIKELY:
        return None
    more = likelihood - _likelihood(sample, known)
    return other if more >= _MORE_EACH and more * beyond >= _MORE else None


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
    small_before = final_before = False
    for char in sample.decode(charset, "replace"):
        small = char.islower()
        if char < "\x80":
            ascii_bytes += 1
        elif (frequency := known.get(char if small else char.lower())) is not None:
            if small or not char.isupper():
                score += frequency
            else:
                score += max(frequency, _RARE_LETTER) + (_CAPITAL_WITHIN if small_before else _CAPITAL)
        else:
            score += rare if char != _LOST and char.isprintable() else _NO_LETTER
        if final_before and char.isalpha():
            score += _NOT_AT_AN_END
        small_before, final_before = small, char in _FINAL
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


@cache
def _common_bytes(charset: str) -> bytes:
    """The bytes of the most frequent letters of the script of `charset`."""
    script = _CHARSETS[charset][0]
    letters = "".join(_scripts()[script].split())
    return letters[: _COMMON.get(script, _COMMON_OF_MOST)].encode(charset, "ignore")


@cache
def _strange_bytes(charset: str) -> bytes:
    """The bytes of letters that are none of the script of `charset`."""
    letters = _scripts()[_CHARSETS[charset][0]]
    strange = []
    for code in range(0x80, 0x100):
        char = bytes((code,)).decode(charset, "ignore")
        if char.isalpha() and char.lower() not in letters:
            strange.append(code)
    return bytes(strange)
