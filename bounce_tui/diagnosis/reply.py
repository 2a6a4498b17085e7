"""A reply as the matcher looks at it."""

from typing import Final

from msgspec import Struct

from bounce_tui.regex import regex

# RFC 5321 section 4.2.1: 2yz is completed, 3yz waits for more; RFC 3463 section 2: class 2 is a success.
POSITIVE: Final = regex(r"\s{0,20}(?:[23][0-5]\d(?=[ -]|$)|2\.\d{1,3}\.\d{1,3}(?=\s|$))")
"""Begins a reply that refuses nothing."""

LiteralMatch = tuple[int, int, int]
"""Which of the literals looked for occurs, and where it begins and ends."""


class FoundLiterals(Struct, frozen=True, gc=False):
    """What one pass over a reply saw (`literal_finder`): words of English rules, each with where it stands
    first, what tells who speaks, which letters of denials, and whether it may say when to try again."""

    words: dict[int, int]
    speakers: list[LiteralMatch]
    denials: list[int]
    may_wait: bool


class Reply(Struct, frozen=True, gc=False):
    """What is looked at: the folded text, the words of English rules that occur in it and where, the codes,
    the SMTP command, who speaks, whether it is known which host does, and whether the text may say when to
    try again."""

    text: str
    words: dict[int, int]
    reply: str | None = None
    status: str | None = None
    command: str | None = None
    speakers: frozenset[str] = frozenset()
    host_known: bool = False
    may_wait: bool = False
