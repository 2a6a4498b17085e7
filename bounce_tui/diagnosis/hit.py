"""A rule that a reply calls, and how much that is worth."""

from msgspec import Struct

from bounce_tui.diagnosis.rule import Rule

CODE, STATUS_AND_TEXT, TEXT, MEANING, STATUS, CATCH_WORD, VAGUE = range(7, 0, -1)
"""Ranks of a hit, the highest first."""


class Hit(Struct, frozen=True, gc=False):
    """A rule that the reply calls.  `start` and `end` mark the words that decided in the folded text,
    -1 where no words did; `at_home` tells that the rule's own provider speaks."""

    rule: Rule
    rank: int
    points: int
    start: int = -1
    end: int = -1
    at_home: bool = False
