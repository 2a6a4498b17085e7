"""One pass over a reply for all that is looked for in each.

The words of English rules, the hosts and words that tell who speaks, the letters without which nothing is
denied and those without which nobody is asked to wait stand in one Aho-Corasick automaton: a pass costs what
it reads, however much it looks for.
"""

from collections.abc import Collection, Sequence
from string import ascii_letters, digits
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.reply import FoundLiterals, LiteralMatch

_WORD, _SPEAKER, _DENIAL, _WAIT = 0, 4, 5, 6
"""What a literal is.  To _WORD is added where no letter or digit may touch it."""
_APART_BEFORE, _APART_BEHIND = 1, 2
_JOINED: Final = frozenset(ascii_letters + digits)
"""What touches a word so that it is part of a longer one."""


class LiteralFinder:
    """Built once from what is looked for; safe to use from several threads.  Of the `words` those at the
    places of `whole` count only where they stand alone."""

    def __init__(
        self,
        words: Sequence[str],
        whole: Collection[int],
        speakers: Sequence[str],
        denials: Sequence[str],
        waits: Sequence[str],
    ) -> None:
        self._speakers_from = len(words)
        self._denials_from = self._speakers_from + len(speakers)
        self._kinds: Final = [
            *(_WORD + borders(one) if place in whole else _WORD for place, one in enumerate(words)),
            *[_SPEAKER] * len(speakers),
            *[_DENIAL] * len(denials),
            *[_WAIT] * len(waits),
        ]
        self._automaton = AhoCorasick(
            [*words, *speakers, *denials, *waits],
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, text: str) -> FoundLiterals:
        """What occurs in the folded `text` of a reply, each kind numbered by its own place."""
        kinds = self._kinds
        words: dict[int, int] = {}
        speakers: list[LiteralMatch] = []
        denials: list[int] = []
        may_wait = False
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            kind = kinds[number]
            if kind < _SPEAKER:
                if number not in words and not (kind and touched(kind, text, start, end)):
                    words[number] = start
            elif kind == _SPEAKER:
                speakers.append((number - self._speakers_from, start, end))
            elif kind == _DENIAL:
                denials.append(number - self._denials_from)
            else:
                may_wait = True
        return FoundLiterals(words, speakers, denials, may_wait)


def borders(literal: str) -> int:
    """At which ends of a `literal` that must stand alone no letter or digit may touch it: those at which it
    has one itself."""
    return _APART_BEFORE * literal[0].isalnum() + _APART_BEHIND * literal[-1].isalnum()


def touched(apart: int, text: str, start: int, end: int) -> bool:
    """True where what stands in `text` from `start` to `end` is part of a longer word, at an end at which it
    must stand `apart` (`borders`)."""
    # Slices, which are empty beyond the ends of the text.
    if apart & _APART_BEFORE and text[start - 1 : start] in _JOINED:
        return True
    return apart & _APART_BEHIND > 0 and text[end : end + 1] in _JOINED
