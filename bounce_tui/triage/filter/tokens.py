"""A filter's text cut into tokens, each with the place where it stands."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bounce_tui.regex import regex

Kind = Literal["and", "or", "not", "open", "close", "term", "end"]

# A term: a name with its sign, then a value in quotes or up to a blank or bracket; or such a value alone.
_TERM = regex(r'(?:([A-Za-z_]+)(:|<|>))?(?:"([^"]*)("?)|([^\s()&|"]*))')
_SIGNS: dict[str, Kind] = {"&": "and", "|": "or", "!": "not", "(": "open", ")": "close"}
_SPOKEN: dict[str, Kind] = {"and": "and", "or": "or", "not": "not"}
"""The signs as other languages write them; in quotes they are words."""


class FilterError(ValueError):
    """A filter that cannot be read: `reason` says why, `place` is the offset of the first character that
    is wrong."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class Token(NamedTuple):
    """`name` and `sign` are "" for plain words; `place` is where the token begins, `value_at` its value."""

    kind: Kind
    place: int
    name: str = ""
    sign: str = ""
    value: str = ""
    value_at: int = 0

    @property
    def names_saved(self) -> bool:
        """Whether this is "@name"; in quotes it is the words."""
        return not self.name and self.value[:1] == "@" and not self.is_quoted

    @property
    def is_quoted(self) -> bool:
        """Whether these are words in quotes, which nothing but words can be."""
        return not self.name and self.value_at > self.place


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text`, the last of kind "end".  Raises FilterError."""
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
        elif sign in _SIGNS:
            yield Token(_SIGNS[sign], at)
            at += 1
        else:
            token, at = _term(text, at)
            yield token
    yield Token("end", len(text))


def _term(text: str, at: int) -> tuple[Token, int]:
    found = _TERM.match(text, at)
    if found is None or found.end() == at:
        raise FilterError(f"{text[at]} means nothing here", at)
    quoted = found[3] is not None
    if quoted and not found[4]:
        raise FilterError("the quotation mark is never closed", found.start(3) - 1)
    value, value_at = (found[3], found.start(3)) if quoted else (found[5], found.start(5))
    name, sign = (found[1] or "").lower(), found[2] or ""
    if not name and not quoted and (kind := _SPOKEN.get(value.lower())):
        return Token(kind, at), found.end()
    return Token("term", at, name, sign, value, value_at), found.end()
