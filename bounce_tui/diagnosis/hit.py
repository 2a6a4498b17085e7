"""What the matcher looks at, and what it finds."""

from typing import Final

from msgspec import Struct

from bounce_tui.diagnosis.rule import Rule
from bounce_tui.regex import regex

CODE, STATUS_AND_TEXT, TEXT, MEANING, STATUS, CATCH_WORD, VAGUE = range(7, 0, -1)
"""Ranks of a hit, the highest first."""

# RFC 5321 section 4.2.1: 2yz is completed, 3yz waits for more; RFC 3463 section 2: class 2 is a success.
POSITIVE: Final = regex(r"\s{0,20}(?:[23][0-5]\d(?=[ -]|$)|2\.\d{1,3}\.\d{1,3}(?=\s|$))")
"""Begins a reply that refuses nothing."""

LiteralMatch = tuple[int, int, int]
"""Which of the literals looked for occurs, and where it begins and ends."""


class FoundLiterals(Struct, frozen=True, gc=False):
    """What one pass over a reply saw (`literal_finder`): words of English rules, what tells who speaks, which
    letters of denials, and whether it may say when to try again."""

    words: list[LiteralMatch]
    speakers: list[LiteralMatch]
    denials: list[int]
    may_wait: bool


class Reply(Struct, frozen=True, gc=False):
    """What is looked at: the folded text, the words of English rules that occur in it, the codes, the SMTP
    command, who speaks, and whether the text may say when to try again."""

    text: str
    words: list[LiteralMatch]
    reply: str | None = None
    status: str | None = None
    command: str | None = None
    speakers: frozenset[str] = frozenset()
    may_wait: bool = False


class Hit(Struct, frozen=True, gc=False):
    """A rule that the reply calls.  `start` and `end` mark the words that decided in the folded text,
    -1 where no words did; `at_home` tells that the rule's own provider speaks."""

    rule: Rule
    rank: int
    points: int
    start: int = -1
    end: int = -1
    at_home: bool = False
