"""Macro strings (RFC 7208 section 7): read into tokens, expanded within bounds."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from bounce_tui.checks.authentication.spf.names import LONGEST_NAME, shorten
from bounce_tui.regex import regex

LONGEST_EXPLANATION = 2000
"""Characters: an SMTP reply carries no more, and a hostile exp= text would ask for millions."""

_MOST_PARTS = 999
_DOMAIN_LETTERS = frozenset("slodiphv")
_ALL_LETTERS = _DOMAIN_LETTERS | frozenset("crt")

_MACRO = r"%\{(?P<letter>[A-Za-z])(?P<digits>[0-9]*)(?P<reverse>[rR]?)(?P<delimiters>[.\-+,/_=]*)\}"
_TERM_TOKEN = regex(rf"(?P<literal>[\x21-\x24\x26-\x7e]+)|(?P<escape>%[%_-])|{_MACRO}")
_TEXT_TOKEN = regex(rf"(?P<literal>[\x20-\x24\x26-\x7e]+)|(?P<escape>%[%_-])|{_MACRO}")
_ESCAPES = {"%%": "%", "%_": " ", "%-": "%20"}
_LABEL = regex(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")


class MacroError(ValueError):
    """A macro string that breaks the grammar; the message says where, for people."""


class Macro(Struct, frozen=True, gc=False):
    """One `%{...}`.  `keep` is the number of right-hand parts, 0 for all; `url` asks for URL escaping
    (the upper-case letters)."""

    letter: str
    url: bool = False
    keep: int = 0
    reverse: bool = False
    delimiters: str = ""


Token = str | Macro
MacroString = tuple[Token, ...]


def parse_macro_string(text: str, *, explanation: bool = False) -> MacroString:
    """The tokens of a macro-string, or of an explain-string when `explanation` (spaces and the
    letters c, r, t allowed).  Raises MacroError."""
    return _scan(text, _TEXT_TOKEN if explanation else _TERM_TOKEN, _ALL_LETTERS)[0]


def parse_domain_spec(text: str) -> MacroString:
    """The tokens of a domain-spec: a macro-string that ends in a macro or in a dot and a top label.
    Raises MacroError."""
    tokens, tail = _scan(text, _TERM_TOKEN, _DOMAIN_LETTERS)
    if not tokens:
        raise MacroError("a domain name is missing")
    if tail is None:
        return tokens
    _, dot, label = tail.removesuffix(".").rpartition(".")
    if not dot:
        raise MacroError(f"“{text}” is not a full domain name")
    if not _LABEL.fullmatch(label) or label.isdigit():
        raise MacroError(f"“{text}” does not end in a top-level domain")
    return tokens


def letters_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The macro letters that an expansion of `tokens` needs."""
    return frozenset(token.letter for token in tokens if isinstance(token, Macro))


def expand_domain(tokens: Sequence[Token], values: Mapping[str, str]) -> str:
    """The name that `tokens` stand for: without a last dot, cut from the left to 253 characters.

    Works from the right and stops where the rest would be cut off anyway, so that a record of 64 kB
    of macros costs no more than a short one."""
    parts: list[str] = []
    length = 0
    for token in reversed(tokens):
        part = token if isinstance(token, str) else _value_of(token, values)
        parts.append(part)
        length += len(part)
        if length > LONGEST_NAME + 1:
            break
    return shorten("".join(reversed(parts)).removesuffix("."))


def expand_text(tokens: Sequence[Token], values: Mapping[str, str]) -> str:
    """The text that `tokens` stand for, at most 2,000 characters of it."""
    parts: list[str] = []
    length = 0
    for token in tokens:
        part = token if isinstance(token, str) else _value_of(token, values)
        parts.append(part)
        length += len(part)
        if length > LONGEST_EXPLANATION:
            break
    return "".join(parts)[:LONGEST_EXPLANATION]


def _scan(text: str, pattern: re.Pattern[str], letters: frozenset[str]) -> tuple[MacroString, str | None]:
    """The tokens, and the last one when it is a literal."""
    tokens: list[Token] = []
    tail: str | None = None
    position = 0
    while position < len(text):
        found = pattern.match(text, position)
        if found is None:
            raise MacroError(_complaint(text, position))
        position = found.end()
        tail = found["literal"]
        if tail is not None:
            tokens.append(tail)
        elif found["escape"] is not None:
            tokens.append(_ESCAPES[found["escape"]])
        else:
            tokens.append(_macro(found, letters))
    return tuple(tokens), tail


def _macro(found: re.Match[str], letters: frozenset[str]) -> Macro:
    letter = found["letter"].lower()
    if letter not in letters:
        known = "is allowed in explanation texts only" if letter in _ALL_LETTERS else "does not exist"
        raise MacroError(f"the macro letter “{letter}” {known}")
    digits = found["digits"].lstrip("0")
    if found["digits"] and not digits:
        raise MacroError(f"“{found.group()}” keeps zero parts")
    # int() of thousands of digits raises, and no value has that many parts.
    keep = int(digits or "0") if len(digits) <= 3 else _MOST_PARTS
    return Macro(
        letter=letter,
        url=found["letter"].isupper(),
        keep=keep,
        reverse=bool(found["reverse"]),
        delimiters=found["delimiters"],
    )


def _complaint(text: str, position: int) -> str:
    character = text[position]
    if character == "%":
        return f"“{text[position : position + 8]}” is no macro"
    kind = "control" if character < "\x20" or character == "\x7f" else "non-ASCII"
    return f"a {kind} character (0x{ord(character):02x})"


def _value_of(macro: Macro, values: Mapping[str, str]) -> str:
    value = values[macro.letter]
    if macro.keep or macro.reverse or macro.delimiters:
        delimiters = macro.delimiters or "."
        parts = value.translate(dict.fromkeys(map(ord, delimiters), delimiters[0])).split(delimiters[0])
        if macro.reverse:
            parts.reverse()
        value = ".".join(parts[-macro.keep :] if macro.keep else parts)
    # A sender from a damaged mail may hold lone surrogates.
    return quote(value, safe="", errors="replace") if macro.url else value
