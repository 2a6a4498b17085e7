"""The files of `knowledge/` beside the rules: reasons, status codes, lists and concepts.

They are ours alone, so that anything wrong in them is raised as a RuleError.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.advice import SLOTS, unknown_slots
from bounce_tui.diagnosis.errors import Fault, RuleError
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.list_file import ListFile
from bounce_tui.diagnosis.rule import BEGINS_WORD, ENDS_WORD, Concept, NamedList, Reason, StatusMeaning
from bounce_tui.diagnosis.rule_entry import is_check, other_check
from bounce_tui.reason import Topic

_T = TypeVar("_T")
_REASONS: Final = "reasons.toml"
_STATUSES: Final = "enhanced_status.toml"
_LISTS: Final = "lists.toml"
_CONCEPTS: Final = "concepts"
"""How the names of the files of concepts begin."""


class ReferenceTables(Struct, frozen=True):
    """What these files say: reasons by slug, the meanings of status codes by subject and detail ("1.1"), the
    step that is added where waiting helps, and the one that says how long."""

    reasons: dict[str, Reason]
    retry_step: str
    wait_step: str
    statuses: dict[str, StatusMeaning]
    lists: tuple[NamedList, ...]
    concepts: tuple[Concept, ...]

    @property
    def concept_names(self) -> frozenset[str]:
        """The concepts that a rule may ask for."""
        return frozenset(concept.name for concept in self.concepts)


class _ReasonFile(Struct, frozen=True, forbid_unknown_fields=True):
    retry_step: str
    wait_step: str
    reason: tuple[Reason, ...]


class _StatusEntry(Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    reference: str
    if_4: str
    if_5: str
    vague: bool = False
    fits: tuple[str, ...] = ()
    speaks_of: tuple[Topic, ...] = ()


class _StatusFile(Struct, frozen=True, forbid_unknown_fields=True):
    status: tuple[_StatusEntry, ...]


class _ConceptEntry(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    stems: tuple[str, ...]
    weight: int = 2


class _ConceptFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`joins_words = false` says that the stems begin words: English writes its compounds apart."""

    concept: tuple[_ConceptEntry, ...]
    joins_words: bool = True


def is_reference_file(name: str) -> bool:
    """Whether the file `name` of `knowledge/` holds no rules."""
    return name in (_REASONS, _STATUSES, _LISTS) or name.startswith(_CONCEPTS)


def read_reference_files(files: Mapping[str, bytes]) -> ReferenceTables:
    """What those of `files`, by their names, say that hold no rules."""
    page = _read_reasons(_REASONS, files.get(_REASONS, b""))
    reasons: dict[str, Reason] = {reason.slug: reason for reason in page.reason}
    return ReferenceTables(
        reasons=reasons,
        retry_step=page.retry_step,
        wait_step=page.wait_step,
        statuses=_read_statuses(_STATUSES, files.get(_STATUSES, b""), reasons),
        lists=_read_lists(_LISTS, files.get(_LISTS, b"")),
        concepts=read_concepts({name: files[name] for name in sorted(files) if name.startswith(_CONCEPTS)}),
    )


def _read_reasons(file: str, text: bytes) -> _ReasonFile:
    page = _decode(file, text, _ReasonFile)
    for reason in page.reason:
        for check in reason.checks:
            if not is_check(check):
                raise _wrong(file, reason.slug, f"no check is named {check!r}", other_check(check))
        for sentence in (*reason.steps, reason.cause):
            if bad := unknown_slots(sentence):
                raise _wrong(file, reason.slug, f"no placeholder {bad[0]!r}", "see advice.SLOTS")
    return page


def _read_statuses(file: str, text: bytes, reasons: Mapping[str, Reason]) -> dict[str, StatusMeaning]:
    statuses = {}
    for entry in _decode(file, text, _StatusFile).status:
        for slug in (entry.if_4, entry.if_5, *entry.fits):
            if slug not in reasons:
                raise _wrong(file, entry.code, f"no reason is named {slug!r}", "use a slug of reasons.toml")
        statuses[entry.code.removeprefix("X.")] = StatusMeaning(
            code=entry.code,
            name=entry.name,
            reference=entry.reference,
            reasons=(reasons[entry.if_4].slug, reasons[entry.if_5].slug),
            vague=entry.vague,
            fits=entry.fits,
            speaks_of=entry.speaks_of,
        )
    return statuses


def _read_lists(file: str, text: bytes) -> tuple[NamedList, ...]:
    found = []
    for entry in _decode(file, text, ListFile).list:
        if not is_check(entry.check):
            raise _wrong(file, entry.name, f"no check is named {entry.check!r}", other_check(entry.check))
        unknown = unknown_slots(" ".join((entry.cause or "", *entry.steps)))
        if unknown:
            raise _wrong(
                file, entry.name, f"no placeholder is named {unknown[0]!r}", f"use one of {', '.join(SLOTS)}"
            )
        words = tuple(fold(word) for word in entry.words)
        found.append(entry.named(words))
    return tuple(found)


def read_concepts(texts: Mapping[str, bytes]) -> tuple[Concept, ...]:
    """The concepts of all files; one that is in several has the stems of all and its first weight."""
    stems: dict[str, dict[str, None]] = {}
    weights: dict[str, int] = {}
    for file, text in texts.items():
        page = _decode(file, text, _ConceptFile)
        mark = "" if page.joins_words else BEGINS_WORD
        for entry in page.concept:
            for stem in entry.stems:
                if ENDS_WORD in stem[:-1] or not stem.strip(f" {ENDS_WORD}"):
                    fix = f'"{ENDS_WORD}" asks for the end of a word: only at the end of a stem'
                    raise _wrong(file, entry.name, f"the stem {stem!r} occurs nowhere", fix)
            stems.setdefault(entry.name, {}).update((mark + fold(stem), None) for stem in entry.stems)
            weights.setdefault(entry.name, entry.weight)
    return tuple(
        Concept(name=name, stems=tuple(found), weight=weights[name]) for name, found in stems.items()
    )


def _wrong(file: str, entry: str, problem: str, fix: str) -> RuleError:
    return RuleError(Fault(file, entry, problem, fix))


def _decode(file: str, text: bytes, type_: type[_T]) -> _T:
    try:
        return msgspec.toml.decode(text, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _wrong(file, "the file", str(error), "see CONTRIBUTING.md, how to add a rule") from error
