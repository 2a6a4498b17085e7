"""The TOML files of `knowledge/`, read and completed into a `Rulebook`.

A rule says only what it knows better than its reason; here each gets the rest.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.advice import unknown_slots
from bounce_tui.diagnosis.errors import RuleError
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.rule import (
    Concept,
    Kind,
    NamedList,
    Reason,
    Rule,
    Speaker,
    StatusMeaning,
    TokenRange,
)
from bounce_tui.diagnosis.rulebook import Rulebook, bind
from bounce_tui.model import WhoActs

SHORTEST_LITERAL = 3
_T = TypeVar("_T")
_CHECK = re.compile(
    r"(domain|mx|sender-domain|ptr|spf|dkim|dmarc|owner|tls|smtp|rdap|(dnsbl|rhsbl|link):[a-z0-9.-]+)"
)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(-[245]\.\d{1,3}\.\d{1,3})?")
_REPLY = re.compile(r"[2-5]\d\d")


class RuleEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[rule]]` table as written; what is absent comes from the reason or from the file's head."""

    id: str
    reason: str
    contains: tuple[str, ...] = ()
    token: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    meaning: tuple[tuple[str, ...], ...] = ()
    token_range: TokenRange | None = None
    regex: str | None = None
    unless: tuple[str, ...] = ()
    reply: str | None = None
    status: str | None = None
    command: tuple[str, ...] = ()
    foreign: bool = False
    exact: bool = False
    weak: bool = False
    needs_provider: bool = False
    shared: bool = False
    temporary: bool | None = None
    cause: str | None = None
    steps: tuple[str, ...] = ()
    only_these_steps: bool = False
    who_acts: WhoActs | None = None
    checks: tuple[str, ...] | None = None
    url: str | None = None
    also: tuple[str, ...] = ()
    k12_causes: tuple[int, ...] | None = None
    godaddy_groups: tuple[str, ...] | None = None
    unverified: str | None = None
    source: str | None = None
    examples: tuple[str, ...] = ()


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A provider's file.  `host_suffix` are the hosts that its wording is bound to; `also_hosts` tell the
    provider too, but its wording is seen elsewhere as well (a product that others run).  `last` marks
    fall-backs that no other rule's words may lose against."""

    provider: str = ""
    host_suffix: tuple[str, ...] = ()
    also_hosts: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    url: str | None = None
    source: str | None = None
    last: bool = False
    rule: tuple[RuleEntry, ...] = ()


class _ReasonFile(Struct, frozen=True, forbid_unknown_fields=True):
    retry_step: str
    reason: tuple[Reason, ...]


class _StatusEntry(Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    reference: str
    if_4: str
    if_5: str
    vague: bool = False
    fits: tuple[str, ...] = ()


class _StatusFile(Struct, frozen=True, forbid_unknown_fields=True):
    status: tuple[_StatusEntry, ...]


class _ConceptEntry(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    stems: tuple[str, ...]
    weight: int = 2


class _ConceptFile(Struct, frozen=True, forbid_unknown_fields=True):
    concept: tuple[_ConceptEntry, ...]


class _ListEntry(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    words: tuple[str, ...]
    check: str
    url: str | None = None


class _ListFile(Struct, frozen=True, forbid_unknown_fields=True):
    list: tuple[_ListEntry, ...]


def compile_rulebook(files: Iterable[tuple[str, bytes]]) -> Rulebook:
    """The rulebook that `files` (name below `knowledge/`, TOML) make together.  Raises RuleError."""
    texts = dict(files)
    head = _decode("reasons.toml", texts.pop("reasons.toml", b""), _ReasonFile)
    reasons = _reasons(head)
    statuses = _statuses(texts.pop("enhanced_status.toml", b""), reasons)
    lists = _lists(texts.pop("lists.toml", b""))
    concepts = _concepts(texts.pop("concepts.toml", b""))
    rules: list[Rule] = []
    speakers: dict[str, Speaker] = {}
    for file, text in sorted(texts.items()):
        page = _decode(file, text, RuleFile)
        if page.provider:
            speakers[page.provider] = _speaker(page)
        rules.extend(complete(entry, page, file, reasons) for entry in page.rule)
    rules.extend(_status_rules(statuses, reasons))
    _refuse_twins(rules)
    _refuse_unknown_concepts(rules, concepts)
    return bind(
        rules,
        reasons=reasons,
        speakers=speakers.values(),
        statuses=statuses,
        lists=lists,
        concepts=concepts,
        retry_step=head.retry_step,
    )


def complete(entry: RuleEntry, page: RuleFile, file: str, reasons: dict[str, Reason]) -> Rule:
    """The rule that `entry` of `page` makes with what its reason says.  Raises RuleError."""
    reason = reasons.get(entry.reason)
    if reason is None:
        raise RuleError(file, entry.id, f"no reason is named {entry.reason!r}", "use a slug of reasons.toml")
    contains = tuple(fold(words) for words in entry.contains)
    tokens = tuple(fold(words) for words in entry.token)
    any_of = tuple(tuple(fold(words) for words in group) for group in entry.any_of)
    every = contains + tokens + tuple(words for group in any_of for words in group)
    _check_entry(entry, every, file, reasons)
    steps = entry.steps if entry.only_these_steps else entry.steps + reason.steps
    return Rule(
        id=entry.id,
        reason=entry.reason,
        provider=page.provider,
        kind=_kind(entry, page, bool(every)),
        cause=entry.cause or reason.cause,
        steps=steps,
        who_acts=entry.who_acts or reason.who_acts,
        checks=reason.checks if entry.checks is None else entry.checks,
        temporary=reason.temporary if entry.temporary is None else entry.temporary,
        url=(page.url if entry.url is None else entry.url) or None,
        contains=contains,
        tokens=tokens,
        any_of=any_of,
        meaning=entry.meaning,
        token_range=entry.token_range,
        regex=entry.regex,
        unless=tuple(fold(words) for words in entry.unless),
        reply=entry.reply,
        status=entry.status,
        commands=entry.command,
        foreign=entry.foreign,
        exact=entry.exact,
        needs_provider=entry.needs_provider,
        hosted=bool(page.host_suffix),
        shared=entry.shared,
        also=entry.also,
        k12_causes=reason.k12_causes if entry.k12_causes is None else entry.k12_causes,
        godaddy_groups=() if entry.godaddy_groups is None else entry.godaddy_groups,
        unverified=entry.unverified,
        source=entry.source or page.source,
        file=file,
        examples=entry.examples,
    )


def _kind(entry: RuleEntry, page: RuleFile, has_words: bool) -> Kind:
    if entry.token or entry.token_range:
        return "code"
    if entry.meaning:
        return "meaning"
    if not has_words:
        return "status" if entry.status else "reply"
    if entry.weak:
        return "weak"
    return "last" if page.last else "text"


def _check_entry(entry: RuleEntry, literals: tuple[str, ...], file: str, reasons: dict[str, Reason]) -> None:
    def wrong(problem: str, fix: str) -> RuleError:
        return RuleError(file, entry.id, problem, fix)

    for words in literals:
        if words.isascii() and len(words) < SHORTEST_LITERAL:
            raise wrong(f"{words!r} is too short to mean anything", "use at least three characters")
        if "@" in words:
            raise wrong(f"{words!r} holds an address sign", "addresses are masked in replies; leave it out")
    if not (literals or entry.token_range or entry.meaning or entry.status or entry.reply):
        raise wrong("nothing to match", "give contains, token, meaning, status or reply")
    if not literals and (entry.regex or entry.unless):
        raise wrong("a regex needs a word that calls it", "add the fixed part to contains")
    if entry.status and not _STATUS.fullmatch(entry.status):
        raise wrong(f"status {entry.status!r} is no enhanced status code", 'write "5.7.1" or a range')
    if entry.reply and not _REPLY.fullmatch(entry.reply):
        raise wrong(f"reply {entry.reply!r} is no reply code", "write three digits")
    if entry.regex:
        _check_regex(entry.regex, wrong)
    for other in entry.also:
        if other not in reasons:
            raise wrong(f"no reason is named {other!r}", "use a slug of reasons.toml")
    for check in entry.checks or ():
        if not _CHECK.fullmatch(check):
            raise wrong(f"no check is named {check!r}", "use an id of design.md")
    for text in (*entry.steps, entry.cause or "", entry.url or ""):
        if bad := unknown_slots(text):
            raise wrong(f"no placeholder is named {bad[0]!r}", "see advice.SLOTS")


def _check_regex(pattern: str, wrong: Any) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise wrong(f"regex does not compile ({error})", "mend the pattern") from error
    bare = re.sub(r"\\[*+\\.()\[\]{}?|]", "", pattern)
    if re.search(r"[*+]|,\}|\\\d|\)\{", bare):
        raise wrong(
            "regex is unbounded", "write .{0,40} where you mean * or +, repeat no group, refer to none"
        )


def _reasons(page: _ReasonFile) -> dict[str, Reason]:
    for reason in page.reason:
        for check in reason.checks:
            if not _CHECK.fullmatch(check):
                raise RuleError(
                    "reasons.toml", reason.slug, f"no check is named {check!r}", "use an id of design.md"
                )
        for sentence in (*reason.steps, reason.cause):
            if bad := unknown_slots(sentence):
                raise RuleError("reasons.toml", reason.slug, f"no placeholder {bad[0]!r}", "see advice.SLOTS")
    return {reason.slug: reason for reason in page.reason}


def _statuses(text: bytes, reasons: dict[str, Reason]) -> dict[str, StatusMeaning]:
    statuses = {}
    for entry in _decode("enhanced_status.toml", text, _StatusFile).status:
        for slug in (entry.if_4, entry.if_5, *entry.fits):
            if slug not in reasons:
                raise RuleError(
                    "enhanced_status.toml",
                    entry.code,
                    f"no reason is named {slug!r}",
                    "use a slug of reasons.toml",
                )
        statuses[entry.code.removeprefix("X.")] = StatusMeaning(
            code=entry.code,
            name=entry.name,
            reference=entry.reference,
            reasons=(entry.if_4, entry.if_5),
            vague=entry.vague,
            fits=entry.fits,
        )
    return statuses


def _lists(text: bytes) -> tuple[NamedList, ...]:
    found = []
    for entry in _decode("lists.toml", text, _ListFile).list:
        if not _CHECK.fullmatch(entry.check):
            raise RuleError(
                "lists.toml", entry.name, f"no check is named {entry.check!r}", "use an id of design.md"
            )
        words = tuple(fold(word) for word in entry.words)
        found.append(NamedList(name=entry.name, words=words, check=entry.check, url=entry.url))
    return tuple(found)


def _concepts(text: bytes) -> tuple[Concept, ...]:
    page = _decode("concepts.toml", text, _ConceptFile) if text else _ConceptFile(concept=())
    return tuple(
        Concept(name=entry.name, stems=tuple(fold(stem) for stem in entry.stems), weight=entry.weight)
        for entry in page.concept
    )


def _refuse_unknown_concepts(rules: Iterable[Rule], concepts: Iterable[Concept]) -> None:
    known = {concept.name for concept in concepts}
    for rule in rules:
        for name in (name for group in rule.meaning for name in group):
            if name not in known:
                raise RuleError(rule.file, rule.id, f"no concept is named {name!r}", "see concepts.toml")


def _speaker(page: RuleFile) -> Speaker:
    return Speaker(
        provider=page.provider,
        host_suffix=tuple(suffix.lower().strip(".") for suffix in page.host_suffix + page.also_hosts),
        recipient_domains=tuple(domain.lower() for domain in page.recipient_domains),
        mentions=tuple(fold(words) for words in page.mentions),
    )


def _status_rules(statuses: dict[str, StatusMeaning], reasons: dict[str, Reason]) -> Iterable[Rule]:
    for detail, status in statuses.items():
        for klass, slug in zip("45", status.reasons, strict=True):
            reason = reasons[slug]
            meaning = (
                f'The enhanced status code {klass}.{detail} stands for "{status.name}" ({status.reference}).'
            )
            yield Rule(
                id=f"status-{klass}.{detail}",
                reason=slug,
                provider="",
                kind="status",
                cause=f"{meaning} {reason.cause}",
                steps=reason.steps,
                who_acts=reason.who_acts,
                checks=reason.checks,
                temporary=klass == "4" or reason.time_heals,
                status=f"{klass}.{detail}",
                k12_causes=reason.k12_causes,
                source=status.reference,
                file="enhanced_status.toml",
                examples=(f"{klass}50 {klass}.{detail}",),
            )


def _refuse_twins(rules: Iterable[Rule]) -> None:
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            raise RuleError(rule.file, rule.id, f"the id is taken in {seen[rule.id]}", "choose another id")
        seen[rule.id] = rule.file


def _decode(file: str, text: bytes, type_: type[_T]) -> _T:
    try:
        return msgspec.toml.decode(text, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RuleError(file, "the file", str(error), "see RuleEntry for the form of a rule") from error
