"""A rulebook made of rules: what calls each of them, packed so that it loads in milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.common_words import how_common
from bounce_tui.diagnosis.concept_stems import sort_stems
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.reference_files import ReferenceTables
from bounce_tui.diagnosis.rule import Concept, Reason, Rule, Speaker
from bounce_tui.diagnosis.rulebook import Index, Meaning, MeaningIndex, Rulebook, words_of

_encoder = msgspec.msgpack.Encoder()


class Changes(Struct, frozen=True):
    """What the user's files come to beside their rules: what is wrong in them, and the ids of our rules that
    they replace or switch off."""

    faults: tuple[Fault, ...] = ()
    replaced: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


UNCHANGED: Final = Changes()


def bind(
    rules: Sequence[Rule], speakers: Iterable[Speaker], tables: ReferenceTables, changes: Changes = UNCHANGED
) -> Rulebook:
    """The rulebook of `rules`, of those who speak in them, and of all that `tables` say."""
    wordless = _Wordless(rules)
    return Rulebook(
        reasons=tables.reasons,
        speakers=tuple(speakers),
        statuses=tables.statuses,
        lists=tables.lists,
        retry_step=tables.retry_step,
        wait_step=tables.wait_step,
        ids=tuple(rule.id for rule in rules),
        packed=tuple(_pack(rule) for rule in rules),
        english=_pack(_index(rules, foreign=False)),
        foreign=_pack(_index(rules, foreign=True)),
        meanings=_pack(_meaning_index(rules, tables.concepts)),
        by_status=wordless.by_status,
        by_reply=wordless.by_reply,
        by_provider=wordless.by_provider,
        plain=_plain(rules, tables.reasons),
        faults=changes.faults,
        replaced=changes.replaced,
        off=changes.off,
        former={former: rule.id for rule in rules for former in rule.formerly},
    )


class _Wordless:
    """The numbers of the rules that no word calls: by status, by reply code, and by provider."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.by_status: dict[str, int] = {}
        self.by_reply: dict[str, tuple[int, ...]] = {}
        self.by_provider: dict[str, tuple[int, ...]] = {}
        for number, rule in enumerate(rules):
            if not (words_of(rule, 0) or rule.any_of or rule.meaning):
                self._put(number, rule)

    def _put(self, number: int, rule: Rule) -> None:
        if rule.kind == "reply" and not rule.examples:
            return  # called by its name only: no reply shows it
        if rule.provider and (rule.hosted or rule.needs_provider):
            self.by_provider[rule.provider] = (*self.by_provider.get(rule.provider, ()), number)
        elif rule.status:
            self.by_status[rule.status] = number
        elif rule.reply:
            self.by_reply[rule.reply] = (*self.by_reply.get(rule.reply, ()), number)


def _plain(rules: Sequence[Rule], reasons: Mapping[str, Reason]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, rule in enumerate(rules):
        if rule.kind == "meaning" and not rule.commands and rule.cause == reasons[rule.reason].cause:
            found.setdefault(rule.reason, number)
    return found


def _meaning_index(rules: Sequence[Rule], concepts: Sequence[Concept]) -> MeaningIndex:
    return MeaningIndex(
        weights={concept.name: concept.weight for concept in concepts},
        stems=sort_stems(concepts),
        meanings=tuple(_meanings(rules)),
    )


def _meanings(rules: Sequence[Rule]) -> Iterable[Meaning]:
    for number, rule in enumerate(rules):
        for group in rule.meaning:
            yield Meaning(rule=number, concepts=group)


def _index(rules: Sequence[Rule], *, foreign: bool) -> Index:
    calls: dict[str, list[tuple[int, int]]] = {}
    tokens: set[str] = set()
    loose: set[str] = set()
    groups = {
        (number, group): words_of(rule, group)
        for number, rule in enumerate(rules)
        if rule.foreign is foreign
        for group in range(len(rule.any_of) + 1)
    }
    common = how_common(
        {literal for words in groups.values() for literal in words},
        (example for rule in rules for example in rule.examples),
    )
    for number, rule in enumerate(rules):
        if rule.foreign is not foreign:
            continue
        for group in range(len(rule.any_of) + 1):
            words = groups[number, group]
            for literal in words:
                calls.setdefault(literal, [])
            if words:
                # By the one that the fewest replies have: the longest calls rules that do not fit.
                calling = min(words, key=lambda literal: (common[literal], -len(literal)))
                calls[calling].append((number, group))
        for literal in rule.unless:
            calls.setdefault(literal, [])
        tokens.update(rule.tokens)
        if rule.regex:
            loose.update(rule.contains)
    numbers = {literal: number for number, literal in enumerate(calls)}
    return Index(
        literals=tuple(calls),
        calls=tuple(_pack(called) for called in calls.values()),
        tokens=frozenset(numbers[literal] for literal in tokens),
        loose=frozenset(numbers[literal] for literal in loose),
    )


def _pack(value: object) -> bytes:
    return _encoder.encode(value)
