"""Which rules a reply calls, best first.

All English literals are looked for in one pass (`literal_finder`), those of other languages in a second that
is only made where the first finds no wording.  A pass names the few rules whose longest word occurs; only
those are looked at, and only their regexes run.

The order is that of the facts: a code that means one thing, then wording that the status code bears
out, wording alone (the longest first; of equal ones the K12USA guide's come last), then what wording
that nobody knows is about (`meaning`, asked only where none of the former is found), a status code that
says something, a catch-word ("blocked"), and last a vague status or a bare reply code.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.candidate import Candidate, weigh, weigh_codes
from bounce_tui.diagnosis.hit import MEANING, STATUS, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.literal_finder import borders, touched
from bounce_tui.diagnosis.meaning import Meanings
from bounce_tui.diagnosis.precedence import says_why
from bounce_tui.diagnosis.reply import LiteralMatch, Reply
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rulebook import (
    Index,
    Rulebook,
    Rules,
    unpack_calls,
    unpack_index,
    unpack_meanings,
    words_of,
)

_STANDS_ALONE_BELOW: Final = 6
"""Literals shorter than this must be words of their own: "spf" is not in "transpfer"."""


class Matcher:
    """Finds the hits of a reply.  Built once from the rulebook; safe to use from several threads.

    `literals` are the English ones, `whole` the places of those that count only where they stand alone: which
    of them a reply has comes with it."""

    def __init__(self, rulebook: Rulebook, rules: Rules) -> None:
        self._book = rulebook
        self._rules = rules
        english = unpack_index(rulebook.english)
        self._english = _Language(english, rules)
        self.literals = english.literals
        self.whole = self._english.whole
        self._vague = frozenset(detail for detail, status in rulebook.statuses.items() if status.vague)
        self._wordless: dict[int, Candidate] = {}
        self._of_status: dict[str, Hit] = {}
        self._beyond: tuple[_Language, AhoCorasick, Meanings] | None = None

    def match(self, reply: Reply) -> list[Hit]:
        """The hits of `reply`, best first; those that are vague only where there are no others.  The
        same reply gives the same list."""
        hits = self._english.hits(reply, reply.words)
        if not _worded(hits):
            foreign, automaton, meanings = self._beyond or self._beyond_english()
            found = foreign.counted(
                reply.text, automaton.find_matches_as_indexes(reply.text, overlapping=True)
            )
            hits += _taken_in(foreign.hits(reply, found), meanings.hits(reply))
        for provider in reply.speakers:
            self._add_of_provider(provider, reply, hits)
        of_status = self._hit_of_status(reply.status) if reply.status is not None else None
        if of_status is not None and of_status.rank > VAGUE:
            hits.append(of_status)
        if not hits:
            if of_status is not None:
                hits.append(of_status)
            if reply.reply is not None:
                self._add_of_code(reply.reply, reply.command, hits)
        if len(hits) > 1:
            hits.sort(key=_order)
        return hits

    def _beyond_english(self) -> "tuple[_Language, AhoCorasick, Meanings]":
        """Built for the first reply that no English wording explains: most runs of one mail need none."""
        index = unpack_index(self._book.foreign)
        automaton = AhoCorasick(
            list(index.literals), implementation=Implementation.ContiguousNFA, store_patterns=False
        )
        meanings = Meanings(unpack_meanings(self._book.meanings), self._rules)
        self._beyond = _Language(index, self._rules), automaton, meanings
        return self._beyond

    def _add_of_provider(self, provider: str, reply: Reply, hits: list[Hit]) -> None:
        for number in self._book.by_provider.get(provider, ()):
            candidate = self._wordless.get(number)
            if candidate is None:
                candidate = self._wordless[number] = Candidate(self._rules[number], (), {})
            hit = weigh_codes(candidate, reply)
            if hit is not None:
                hits.append(hit)

    def _hit_of_status(self, status: str) -> Hit | None:
        hit = self._of_status.get(status)
        if hit is not None:
            return hit
        number = self._book.by_status.get(status)
        if number is not None:
            rank = VAGUE if status[2:] in self._vague else STATUS
            hit = self._of_status[status] = Hit(self._rules[number], rank, 1)
            return hit
        # A detail that no registry has still tells its subject (RFC 3463 section 2).
        general = self._book.by_status.get(f"{status.rpartition('.')[0]}.0")
        return None if general is None else Hit(self._rules[general], VAGUE, 1)

    def _add_of_code(self, code: str, command: str | None, hits: list[Hit]) -> None:
        for number in self._book.by_reply.get(code, ()):
            rule = self._rules[number]
            if not rule.commands or command in rule.commands:
                hits.append(Hit(rule, VAGUE, 2 if rule.commands else 0))


class _Language:
    """The literals of some languages, and what they call."""

    def __init__(self, index: Index, rules: Rules) -> None:
        self._index = index
        self._rules = rules
        self.whole: Final = frozenset(
            number
            for number, literal in enumerate(index.literals)
            if number in index.tokens or (len(literal) < _STANDS_ALONE_BELOW and number not in index.loose)
        )
        """The places of those literals that count only where they stand alone."""
        self._numbers: dict[str, int] = {}
        self._candidates: list[tuple[Candidate, ...] | None] = [None] * len(index.literals)

    def counted(self, text: str, seen: Iterable[LiteralMatch]) -> dict[int, int]:
        """Those of the literals `seen` in `text` that count, and where each stands first."""
        found: dict[int, int] = {}
        literals = self._index.literals
        for number, start, end in seen:
            alone = number not in self.whole or not touched(borders(literals[number]), text, start, end)
            if alone and number not in found:
                found[number] = start
        return found

    def hits(self, reply: Reply, found: Mapping[int, int]) -> list[Hit]:
        """What the literals call that were `found` in `reply`."""
        hits = []
        for number in found:
            candidates = self._candidates[number]
            if candidates is None:
                candidates = self._candidates[number] = self._called(number)
            for candidate in candidates:
                hit = weigh(candidate, reply, found)
                if hit is not None:
                    hits.append(hit)
        return hits

    def _called(self, number: int) -> tuple[Candidate, ...]:
        if not self._numbers:
            self._numbers = {literal: at for at, literal in enumerate(self._index.literals)}
        calls = unpack_calls(self._index.calls[number])
        return tuple([self._candidate(self._rules[rule], group) for rule, group in calls])

    def _candidate(self, rule: Rule, group: int) -> Candidate:
        return Candidate(rule, words_of(rule, group), self._numbers, of_group=group > 0)


def _worded(hits: Iterable[Hit]) -> bool:
    for hit in hits:  # noqa: SIM110 - any() with a generator takes three times as long, on every reply
        if hit.rank >= TEXT:
            return True
    return False


def _taken_in(foreign: list[Hit], meanings: list[Hit]) -> list[Hit]:
    """Wordings of other languages, and what the reply is about where none is found or where the best is
    only part of it: "not found" says less than "domain of the recipient not found", which takes it in, and
    "connection refused" less than "no reverse name", which stands beside it and tells why."""
    if not _worded(foreign):
        return foreign + meanings
    if meanings:
        wording, meant = min(foreign, key=_order), min(meanings, key=_order)
        said_more = meant.rank == MEANING and meant.rule.reason != wording.rule.reason
        if said_more and (_covers(meant, wording) or says_why(meant, wording)):
            return [msgspec.structs.replace(meant, rank=wording.rank, points=wording.points + 1), *foreign]
    return foreign


def _covers(wide: Hit, narrow: Hit) -> bool:
    """True when the words of `wide` meet those of `narrow` and reach further."""
    meet = wide.start < narrow.end and narrow.start < wide.end
    return meet and (wide.start < narrow.start or narrow.end < wide.end)


def _order(hit: Hit) -> tuple[int, int, bool, int, str]:
    return -hit.rank, -hit.points, not hit.rule.own, hit.start, hit.rule.id
