"""The rulebook: everything that `knowledge/` says, in a form that loads in milliseconds.

Rules and what a literal calls stay packed until they are asked for: a run that reads ten bounces
unpacks some dozens.
"""

from collections.abc import Iterator, Sequence
from typing import overload

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.rule import NamedList, Reason, Rule, Speaker, StatusMeaning


class Index(Struct, frozen=True, gc=False, array_like=True):
    """Literals and what they call.  `literals` and `calls` run parallel: each call is a rule's number and
    the group of its words (0: contains and tokens; n: `any_of[n - 1]`), packed.  `tokens` are numbers of
    literals that must stand alone, `loose` of those that a regex bounds instead."""

    literals: tuple[str, ...]
    calls: tuple[bytes, ...]
    tokens: frozenset[int]
    loose: frozenset[int]


_rule_decoder = msgspec.msgpack.Decoder(Rule)
_index_decoder = msgspec.msgpack.Decoder(Index)
_calls_decoder = msgspec.msgpack.Decoder(tuple[tuple[int, int], ...])


class Meaning(Struct, frozen=True, gc=False, array_like=True):
    """A rule's number and one group of its concepts."""

    rule: int
    concepts: tuple[str, ...]


class Stems(Struct, frozen=True, gc=False, array_like=True):
    """The stems of a concept that count only where no letter stands right before them (`begins_word`), or
    right behind them (`ends_word`); `in_ascii` are those that are written in it."""

    concept: str
    begins_word: bool
    ends_word: bool
    in_ascii: bool
    letters: tuple[str, ...]


class MeaningIndex(Struct, frozen=True, array_like=True):
    """What `meaning` reads by: the weights of the concepts, their stems, and the groups of concepts in the
    order of the files."""

    weights: dict[str, int]
    stems: tuple[Stems, ...]
    meanings: tuple[Meaning, ...]


_meanings_decoder = msgspec.msgpack.Decoder(MeaningIndex)


class Rulebook(Struct, frozen=True):
    """`english` and `foreign` are the packed Index of rules with words, `by_...` the numbers of rules
    without, `plain` the number of the first rule of each reason that asks only what a reply is about and says
    no more than its reason.  `faults` are those of the user's files; `replaced` and `off` are the ids of our
    rules that the user replaces or switches off; `former` maps the ids that rules once had to those they
    have.  What is packed is bytes, which the decoder steps over; of msgspec's Raw it reads all to find the
    end."""

    reasons: dict[str, Reason]
    speakers: tuple[Speaker, ...]
    statuses: dict[str, StatusMeaning]
    lists: tuple[NamedList, ...]
    retry_step: str
    wait_step: str
    ids: tuple[str, ...]
    packed: tuple[bytes, ...]
    english: bytes
    foreign: bytes
    meanings: bytes
    by_status: dict[str, int]
    by_reply: dict[str, tuple[int, ...]]
    by_provider: dict[str, tuple[int, ...]]
    plain: dict[str, int]
    faults: tuple[Fault, ...] = ()
    replaced: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    former: dict[str, str] = {}


class Rules(Sequence[Rule]):
    """The rules of a rulebook, unpacked when they are asked for."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        self._packed = packed
        self._rules: list[Rule | None] = [None] * len(packed)

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> Rule: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Rule, ...]: ...

    def __getitem__(self, place: int | slice) -> Rule | tuple[Rule, ...]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        rule = self._rules[place]
        if rule is None:
            rule = self._rules[place] = _rule_decoder.decode(self._packed[place])
        return rule

    def __iter__(self) -> Iterator[Rule]:
        return (self[number] for number in range(len(self)))


def words_of(rule: Rule, group: int) -> tuple[str, ...]:
    """The literals of one group of `rule` (see Index)."""
    if group:
        return rule.any_of[group - 1]
    prefix = (rule.token_range.prefix.lower(),) if rule.token_range else ()
    return (*prefix, *rule.tokens, *rule.contains)


def unpack_index(packed: bytes) -> Index:
    """The Index in `packed`."""
    return _index_decoder.decode(packed)


def unpack_meanings(packed: bytes) -> MeaningIndex:
    """The MeaningIndex in `packed`."""
    return _meanings_decoder.decode(packed)


def unpack_calls(packed: bytes) -> tuple[tuple[int, int], ...]:
    """Rule numbers and groups in `packed` (see Index)."""
    return _calls_decoder.decode(packed)
