"""Where the keys and values of a TOML file stand: offsets, lines and columns.

No TOML library for Python tells the place of a value that parsed well but means nothing (tomllib knows the
line of a syntax error only; tomlkit keeps the layout but no lines, and takes seconds for a file of the size
that is allowed here).  So this walks over a file once, without reading values, and notes where each begins.
It also refuses what `tomllib` would take quadratic time or deep recursion for.
"""

import re
from bisect import bisect_right
from functools import cached_property

from bounce_tui.regex import regex

Path = tuple[str | int, ...]

_DEEPEST = 8
"""Brackets within brackets; a rule needs two."""
_MOST_PARTS = 4
"""Parts of a dotted key; a rule file needs two."""
_LONGEST_BARE = 64
"""Characters of a number, a date or a word without quotes."""

_BLANK = regex(r"(?>(?:[ \t\r\n]|#[^\n]*)*)")
_SPACE = regex(r"[ \t]*+")
_REST = regex(r"[ \t]*+(?:#[^\n]*+)?\r?(?:\n|$)")
_STRING = regex(
    r'"""(?>(?:[^"\\]|\\.|"(?!""))*)"""(?:"{0,2})'
    r"|'''(?>(?:[^']|'(?!''))*)'''(?:'{0,2})"
    r'|"(?>(?:[^"\\\n]|\\[^\n])*)"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE_KEY = regex(r"[A-Za-z0-9_-]++")
_BARE = regex(r"[A-Za-z0-9_+:.-](?>(?:[A-Za-z0-9_+:.-]|[ ](?=\d))*)")


class ScanError(Exception):
    """The text is no TOML from `offset` on, or not of a kind that a rule file needs."""

    def __init__(self, offset: int, problem: str, *, syntax: bool = True) -> None:
        super().__init__(problem)
        self.offset = offset
        self.problem = problem
        self.syntax = syntax


class Places:
    """Offsets by the path to a value: ("rule", 3, "contains", 1).  A path that is not known has the place
    of what holds it.  Without `offsets` the text is walked over when a place is first asked for, and
    must then be TOML."""

    def __init__(self, text: str, offsets: dict[Path, int] | None = None) -> None:
        self._text = text
        self._offsets = offsets

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column of `path`, from 1."""
        if self._offsets is None:
            self._offsets = scan(self._text)
        while path and path not in self._offsets:
            path = path[:-1]
        return self.at(self._offsets.get(path, 0))

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset`, from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]


def scan(text: str) -> dict[Path, int]:
    """The offsets of all keys and array elements of `text`.  Raises ScanError."""
    return _Walk(text).run()


class _Walk:
    """One walk over a text, which notes where each key and value begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._offsets: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        text = self._text
        prefix: Path = ()
        while (at := self._skip(_BLANK)) < len(text):
            if text[at] == "[":
                prefix = self._header(at)
            else:
                keys = self._key()
                self._offsets[prefix + keys] = at
                self._skip(_SPACE)
                self._expect("=")
                self._value(prefix + keys)
            if not (rest := _REST.match(text, self._at)):
                raise ScanError(self._at, "something stands behind the value")
            self._at = rest.end()
        return self._offsets

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return self._at

    def _expect(self, sign: str) -> None:
        if not self._text.startswith(sign, self._at):
            raise ScanError(self._at, f"{sign!r} is missing")
        self._at += len(sign)

    def _header(self, at: int) -> Path:
        twice = self._text.startswith("[[", at)
        self._at += 2 if twice else 1
        self._skip(_SPACE)
        keys = self._key()
        self._skip(_SPACE)
        self._expect("]]" if twice else "]")
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if twice and number == len(keys):
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        self._offsets.setdefault(path, at)
        return path

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            at = self._at
            found = _BARE_KEY.match(self._text, at) or _STRING.match(self._text, at)
            if not found:
                raise ScanError(at, "no key stands here")
            parts.append(found[0].strip("\"'") if found[0][0] in "\"'" else found[0])
            if len(parts) > _MOST_PARTS:
                raise ScanError(at, "a key of too many parts", syntax=False)
            self._at = found.end()
            end = self._at
            if not self._text.startswith(".", self._skip(_SPACE)):
                self._at = end
                return tuple(parts)
            self._at += 1
            self._skip(_SPACE)

    def _value(self, path: Path) -> None:
        """Walk over one value.  `open_` holds the brackets that are open, each array with the path to its
        next element; inside braces nothing is noted."""
        text = self._text
        open_: list[Path | None] = []
        self._skip(_SPACE)
        while True:
            at = self._skip(_BLANK) if open_ else self._at
            sign = text[at : at + 1]
            if not sign:
                raise ScanError(at, "the value does not end")
            here = self._noted(open_, at, sign)
            if sign in "[{":
                if len(open_) >= _DEEPEST:
                    raise ScanError(at, "brackets too deep within brackets", syntax=False)
                whole = path if not open_ else here
                open_.append((*whole, 0) if sign == "[" and whole is not None else None)
                self._at = at + 1
            elif open_ and sign in "]}":
                open_.pop()
                self._at = at + 1
            elif open_ and sign in ",=.":
                if sign == "," and (top := open_[-1]) is not None:
                    open_[-1] = (*top[:-1], int(top[-1]) + 1)
                self._at = at + 1
            else:
                self._scalar(at)
            if not open_:
                return

    def _noted(self, open_: list[Path | None], at: int, sign: str) -> Path | None:
        if not open_ or open_[-1] is None or sign in "]},=.":
            return None
        self._offsets.setdefault(open_[-1], at)
        return open_[-1]

    def _scalar(self, at: int) -> None:
        found = _STRING.match(self._text, at) or _BARE.match(self._text, at)
        if not found:
            raise ScanError(at, "no value stands here")
        if found[0][0] not in "\"'" and found.end() - at > _LONGEST_BARE:
            raise ScanError(at, "a number too long", syntax=False)
        self._at = found.end()
