"""Which rules a reply calls, best first.

All English literals stand in one Aho-Corasick automaton, those of other languages in a second that is
only asked where the first finds no wording.  One pass over the reply names the few rules whose longest
word occurs; only those are looked at, and only their regexes run.

The order is that of the facts: a code that means one thing, then wording that the status code bears
out, wording alone (the longest first; of equal ones the K12USA guide's come last), then what wording
that nobody knows is about (`meaning`, asked only where none of the former is found), a status code that
says something, a catch-word ("blocked"), and last a vague status or a bare reply code.
"""

from collections.abc import Iterable
from functools import cached_property

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.candidate import (
    MEANING,
    STATUS,
    TEXT,
    VAGUE,
    Candidate,
    Hit,
    Reply,
    weigh,
    weigh_codes,
)
from bounce_tui.diagnosis.meaning import Meanings
from bounce_tui.diagnosis.rulebook import (
    Index,
    Rulebook,
    Rules,
    unpack_calls,
    unpack_index,
    unpack_meanings,
    words_of,
)

_STANDS_ALONE_BELOW = 6
"""Literals shorter than this must be words of their own: "spf" is not in "transpfer"."""


class Matcher:
    """Finds the hits of a reply.  Built once from the rulebook; safe to use from several threads."""

    def __init__(self, rulebook: Rulebook, rules: Rules) -> None:
        self._book = rulebook
        self._rules = rules
        self._english = _Language(unpack_index(rulebook.english), rules)
        self._vague = frozenset(detail for detail, status in rulebook.statuses.items() if status.vague)
        self._wordless: dict[int, Candidate] = {}

    @cached_property
    def _foreign(self) -> "_Language":
        return _Language(unpack_index(self._book.foreign), self._rules)

    @cached_property
    def _meanings(self) -> Meanings:
        return Meanings(unpack_meanings(self._book.meanings), self._rules)

    def match(self, reply: Reply) -> list[Hit]:
        """All hits of `reply`, best first; the same reply gives the same list."""
        hits = self._english.hits(reply)
        if not _worded(hits):
            foreign = self._foreign.hits(reply)
            hits += _taken_in(foreign, self._meanings.hits(reply))
        self._add_by_codes(reply, hits)
        if len(hits) > 1:
            hits.sort(key=_order)
        return hits

    def _add_by_codes(self, reply: Reply, hits: list[Hit]) -> None:
        book = self._book
        for provider in reply.speakers:
            for number in book.by_provider.get(provider, ()):
                candidate = self._wordless.get(number)
                if candidate is None:
                    candidate = self._wordless[number] = Candidate(self._rules[number], (), {})
                hit = weigh_codes(candidate, reply)
                if hit is not None:
                    hits.append(hit)
        if reply.status is not None and (number := book.by_status.get(reply.status, -1)) >= 0:
            hits.append(Hit(self._rules[number], VAGUE if reply.status[2:] in self._vague else STATUS, 1))
        if reply.reply is not None:
            for number in book.by_reply.get(reply.reply, ()):
                rule = self._rules[number]
                if not rule.commands or reply.command in rule.commands:
                    hits.append(Hit(rule, VAGUE, 2 if rule.commands else 0))


class _Language:
    """One automaton and what its literals call."""

    def __init__(self, index: Index, rules: Rules) -> None:
        self._index = index
        self._rules = rules
        self._bounded = [
            number in index.tokens or (len(literal) < _STANDS_ALONE_BELOW and number not in index.loose)
            for number, literal in enumerate(index.literals)
        ]
        self._candidates: dict[int, tuple[Candidate, ...]] = {}
        self._automaton = AhoCorasick(
            list(index.literals), implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {literal: number for number, literal in enumerate(self._index.literals)}

    def hits(self, reply: Reply) -> list[Hit]:
        text = reply.text
        bounded = self._bounded
        found: dict[int, int] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if number not in found and not (bounded[number] and _touched(text, start, end)):
                found[number] = start
        hits = []
        for number in found:
            candidates = self._candidates.get(number)
            if candidates is None:
                candidates = self._candidates[number] = tuple(self._called(number))
            for candidate in candidates:
                hit = weigh(candidate, reply, found)
                if hit is not None:
                    hits.append(hit)
        return hits

    def _called(self, number: int) -> Iterable[Candidate]:
        for rule_number, group in unpack_calls(self._index.calls[number]):
            rule = self._rules[rule_number]
            yield Candidate(rule, words_of(rule, group), self._numbers, of_group=group > 0)


def _worded(hits: list[Hit]) -> bool:
    return any(hit.rank >= TEXT for hit in hits)


def _taken_in(foreign: list[Hit], meanings: list[Hit]) -> list[Hit]:
    """Wordings of other languages, and what the reply is about where none is found or where the best is
    only part of it: "not found" says less than "domain of the recipient not found", which takes it in."""
    if not _worded(foreign):
        return foreign + meanings
    if meanings:
        wording, meant = min(foreign, key=_order), min(meanings, key=_order)
        if meant.rank == MEANING and meant.rule.reason != wording.rule.reason and _covers(meant, wording):
            return [msgspec.structs.replace(meant, rank=wording.rank, points=wording.points + 1), *foreign]
    return foreign


def _covers(wide: Hit, narrow: Hit) -> bool:
    """True when the words of `wide` hold those of `narrow` and more."""
    longer = wide.end - wide.start > narrow.end - narrow.start
    return longer and wide.start <= narrow.start and narrow.end <= wide.end


def _order(hit: Hit) -> tuple[int, int, bool, int, str]:
    return -hit.rank, -hit.points, not hit.rule.own, hit.start, hit.rule.id


def _touched(text: str, start: int, end: int) -> bool:
    """True when a letter or digit touches the words, so that they are part of a longer one."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum() and text[start - 1].isascii():
        return True
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and text[end].isascii()
