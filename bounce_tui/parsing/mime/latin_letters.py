"""In which charset text in Latin letters was written that was read in another one, told by its letters beyond
ASCII: each language has few of them, and some much more often than others.

`latin_letters.toml` beside this module holds the letters of each language.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from bounce_tui.regex import regex

_LETTERS: Final = Path(__file__).with_name("latin_letters.toml")
_CHARSETS: Final = {
    "cp1252": ("western", 0.0),
    "cp1250": ("central", 0.0),
    "iso8859-2": ("central", -0.5),
    "cp1254": ("turkish", 0.0),
    "cp1257": ("baltic", -3.0),
    "cp850": ("western", -4.0),
    "cp852": ("central", -3.5),
    "mac_roman": ("western", -4.0),
}
"""Whose letters each charset is for, and the logarithm of how common it is beside the others."""
_SAME: Final = {"iso8859-9": "cp1254", "iso8859-13": "cp1257", "iso8859-15": "cp1252"}
"""Charsets with the same letters, or nearly."""
_ASCII: Final = bytes(range(0x80))
_SAMPLE: Final = 4000
_MORE: Final = 2.4
"""How much likelier another charset must be than the one that is named, as a logarithm."""
_FIRST: Final = -1.0
_FALL: Final = -0.35
_NOT_OF_IT: Final = -7.0
_IN_A_WORD: Final = -9.0
_BESIDE: Final = -2.5
_LIKELY: Final = -4.5
_CAPITAL: Final = -0.3
_NEIGHBOUR: Final = rb"[A-Za-z\x80-\xff]"
_WITHIN: Final = re.compile(rb"(?<=" + _NEIGHBOUR + rb")[\x80-\xff](?=" + _NEIGHBOUR + rb")")
_FOUR: Final = re.compile(rb"[\x80-\xff]{4}")
"""No word in Latin letters has four that are none of ASCII in a row."""
_BEYOND: Final = regex(r"[\x80-\xff]")
_JOINS: Final = frozenset("'’‘´`·–—-")
"""What may stand within a word and is no letter."""
_ACUTE: Final = "áéíóúÁÉÍÓÚ".encode("cp1252")
_ICELANDIC: Final = _ACUTE + "ðöýþæÐÖÝÞÆ„“–…\xa0".encode("cp1252")
"""Turkish has the bytes of "ðýþ" as well, but none with an acute accent."""
_SIGNS: Final = frozenset("ºª¿¡")
"""What some languages write as often as letters, but never within a word."""
_SELDOM: Final = frozenset("ýþðõÿ")
"""Letters of few western languages: with one of them frequencies are asked."""
_SMALL: Final = {"western_small": -5.0}
"""Languages of few speakers, which have letters of many others."""
_PLURAL: Final = (b"\xf5e", b"\xe3e")
"""Where Portuguese has the "õ", which most often is misread Hungarian, and what stands for it there."""


def is_latin(codec: str) -> bool:
    """Whether `codec` is a charset of Latin letters that is known here."""
    return _SAME.get(codec, codec) in _CHARSETS


def is_plausible(wire: str, codec: str) -> bool:
    """True where one language of `codec`, a charset that `is_latin`, has all letters of `wire`, each of whose
    characters was a byte."""
    sample = _sample(wire)
    beyond = sample.translate(None, _ASCII)
    known = _SAME.get(codec, codec)
    if any(not beyond.translate(None, allowed) for allowed in _alphabets(known)):
        return True
    acute = len(beyond.translate(None, _ACUTE)) < len(beyond)
    return acute and known == "cp1252" and not beyond.translate(None, _ICELANDIC)


def charset_of(wire: str, declared: str) -> str | None:
    """The charset of `wire`, each of whose characters was a byte, where it is another one than `declared`, a
    charset that `is_latin`; None where no other one is much likelier."""
    known = _SAME.get(declared, declared)
    sample = _sample(wire)
    if _FOUR.search(sample) is not None:
        return None
    beyond = sample.translate(None, _ASCII)
    within = Counter(_WITHIN.findall(sample))
    all_of_it = Counter(beyond)
    likelihood, other = max((_likelihood(all_of_it, within, charset), charset) for charset in _CHARSETS)
    if other == known or likelihood < _LIKELY * len(beyond):
        return None
    return other if likelihood >= _likelihood(all_of_it, within, known) + _MORE else None


def _sample(wire: str) -> bytes:
    first = _BEYOND.search(wire)
    start = max(first.start() - 1, 0) if first is not None else 0
    return wire[start : start + _SAMPLE].encode("latin-1", "ignore").replace(*_PLURAL)


def _likelihood(beyond: Counter[int], within: Counter[bytes], charset: str) -> float:
    """The logarithm of how likely the likeliest language of `charset` has the bytes `beyond` ASCII, of which
    some stand `within` words."""
    chars = _characters(charset)
    counted = [(chars[byte], count, within.get(bytes((byte,)), 0)) for byte, count in beyond.items()]
    return _CHARSETS[charset][1] + max(
        common + sum(_of_sign(char, count, inside, known) for char, count, inside in counted)
        for known, common in _languages(charset)
    )


def _of_sign(char: str, count: int, inside: int, known: dict[str, float]) -> float:
    if char in _SIGNS:
        return _IN_A_WORD * inside + _BESIDE * (count - inside)
    if char in known:
        return count * known[char]
    if char.isalpha():
        return count * _NOT_OF_IT
    if not char.isprintable() and char != "\xa0":
        return count * _IN_A_WORD
    return (_BESIDE if char in _JOINS else _IN_A_WORD) * inside + _BESIDE * (count - inside)


@cache
def _languages(charset: str) -> tuple[tuple[dict[str, float], float], ...]:
    """Of each language the logarithm of how often each of its letters stands among those beyond ASCII, and of
    how common the language is."""
    script = _CHARSETS[charset][0]
    return tuple(
        (_frequencies(letters), _SMALL.get(group, 0.0))
        for group, languages in _letters().items()
        if group.startswith(script)
        for letters in languages
    )


def _frequencies(letters: str) -> dict[str, float]:
    known = {}
    for rank, letter in enumerate(letters):
        known[letter] = _FIRST + _FALL * rank
        capital = letter.upper()
        if capital != letter and len(capital) == 1:
            known.setdefault(capital, known[letter] + _CAPITAL)
    return known


@cache
def _characters(charset: str) -> str:
    """What each byte is in `charset`; a control for those that are nothing there."""
    return "".join(bytes((code,)).decode(charset, "ignore") or chr(code & 0x1F) for code in range(256))


@cache
def _alphabets(charset: str) -> tuple[bytes, ...]:
    """For each language of `charset` the bytes that its texts may have: its letters, and signs that are no
    letters in another charset."""
    chars = _characters(charset)
    seldom = _SELDOM if _CHARSETS[charset][0] == "western" else frozenset()
    signs = {
        char for char in chars[0x80:] if not char.isalnum() and char.isprintable()
    } - _letters_elsewhere()
    return tuple(
        bytes(
            code
            for code, char in enumerate(chars)
            if code >= 0x80 and (char in signs or char == "\xa0" or (char in known and char not in seldom))
        )
        for known, common in _languages(charset)
        if not common
    )


@cache
def _letters_elsewhere() -> frozenset[str]:
    """Signs of Windows-1252 and ISO 8859-2 whose bytes are letters of frequent use in another charset."""
    return frozenset("¹³º±¶¼¾¿µ²ª¥£¯")


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    texts = msgspec.toml.decode(_LETTERS.read_bytes(), type=dict[str, str])
    return {
        script: tuple(line.split(None, 1)[1] for line in text.split("\n") if line)
        for script, text in texts.items()
    }
