"""The TOML files of `knowledge/` and the user's own, read and completed into a `Rulebook`.

A rule says only what it knows better than its reason; here each gets the rest.  What is wrong in our
own files is raised; what is wrong in the user's is left out and kept as a fault, so that the rest works.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bounce_tui.diagnosis.bounded_regex import ways
from bounce_tui.diagnosis.built_in import BUILT_IN
from bounce_tui.diagnosis.errors import Fault, RuleError
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.reference_files import read_concepts, read_lists, read_reasons, read_statuses
from bounce_tui.diagnosis.rule import Kind, Reason, Rule, Speaker, StatusMeaning, Wording
from bounce_tui.diagnosis.rule_entry import RuleEntry, RuleHead, literals
from bounce_tui.diagnosis.rule_page import RulePage, read_page
from bounce_tui.diagnosis.rulebook import Rulebook, bind

MOST_OWN_RULES = 1_000
"""Rules of the user's that are taken in, all files together."""

MOST_OWN_WAYS = 20_000
"""Ways in which the regexes of the user's rules can match, all together: each is a step at each character
of a reply that calls all of them."""

CONCEPTS = "concepts"
"""How the names of the files of concepts begin."""


def compile_rulebook(
    files: Iterable[tuple[str, bytes]],
    own: Iterable[tuple[str, bytes]] = (),
    faults: Iterable[Fault] = (),
) -> Rulebook:
    """The rulebook that `files` (name below `knowledge/`) and the user's `own` (path, TOML) make
    together.  `faults` are those of the user's files that are known already.  Raises RuleError when one of
    ours is wrong."""
    texts = dict(files)
    reasons, retry_step, wait_step = read_reasons("reasons.toml", texts.pop("reasons.toml", b""))
    statuses = read_statuses("enhanced_status.toml", texts.pop("enhanced_status.toml", b""), reasons)
    lists = read_lists("lists.toml", texts.pop("lists.toml", b""))
    concepts = read_concepts({file: texts.pop(file) for file in sorted(texts) if file.startswith(CONCEPTS)})
    names = frozenset(concept.name for concept in concepts)
    shelf = _Shelf(reasons)
    for file, text in sorted(texts.items()):
        shelf.add_ours(read_page(file, text, reasons, names, trusted=True))
    shelf.add_status_rules(statuses)
    shelf.faults += faults
    for file, text in own:
        shelf.add_own(read_page(file, text, reasons, names))
    return bind(
        shelf.in_order(),
        reasons=reasons,
        speakers=shelf.speakers.values(),
        statuses=statuses,
        lists=lists,
        concepts=concepts,
        retry_step=retry_step,
        wait_step=wait_step,
        faults=tuple(shelf.faults),
        replaced=tuple(shelf.replaced),
        off=tuple(shelf.off),
    )


class _Shelf:
    """Rules as they come in, each id once."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        self._reasons = reasons
        self._rules: dict[str, Rule] = {}
        self._own: dict[str, Rule] = {}
        self._former: dict[str, str] = {}
        self._ways = 0
        self.speakers: dict[str, Speaker] = {}
        self.faults: list[Fault] = []
        self.replaced: dict[str, None] = {}
        self.off: dict[str, None] = {}

    def in_order(self) -> list[Rule]:
        """Ours first, without those that the user replaces or switches off, then the user's."""
        gone = self.replaced.keys() | self.off.keys()
        return [rule for id_, rule in self._rules.items() if id_ not in gone] + list(self._own.values())

    def add_ours(self, page: RulePage) -> None:
        if page.faults:
            raise RuleError(page.faults[0])
        if page.head.provider:
            self.speakers[page.head.provider] = _speaker(page.head)
        for number, entry in page.entries:
            if entry.id in self._rules or entry.id in self._former:
                raise RuleError(_taken(page, number, entry.id, self._rules[entry.id].file))
            self._put(complete(entry, page.head, page.file, self._reasons[entry.reason]))

    def add_status_rules(self, statuses: Mapping[str, StatusMeaning]) -> None:
        for rule in _status_rules(statuses, self._reasons):
            self._put(rule)

    def add_own(self, page: RulePage) -> None:
        self.faults += page.faults
        if page.head.provider:
            speaker = _speaker(page.head)
            known = self.speakers.get(page.head.provider)
            self.speakers[page.head.provider] = _joined(known, speaker) if known else speaker
        self._switch_off(page)
        for number, entry in page.entries:
            if len(self._own) >= MOST_OWN_RULES:
                fix = f"leave out what you do not need: {MOST_OWN_RULES} are read, all files together"
                self.faults.append(page.fault(("rule", number), entry.id, "too many rules", fix))
                return
            if entry.id in self._own:
                self.faults.append(_taken(page, number, entry.id, self._own[entry.id].file))
                continue
            self._ways += ways(entry.regex) if entry.regex else 0
            if entry.regex and self._ways > MOST_OWN_WAYS:
                problem, fix = (
                    "your regexes can match in too many ways together",
                    "write fewer of ? and {0,40}",
                )
                self.faults.append(page.fault(("rule", number, "regex"), entry.id, problem, fix))
                continue
            ours = self._former.get(entry.id, entry.id)
            if ours in self._rules:
                self.replaced[ours] = None
            rule = complete(entry, page.head, page.file, self._reasons[entry.reason], own=True)
            self._own[rule.id] = rule

    def _put(self, rule: Rule) -> None:
        self._rules[rule.id] = rule
        self._former.update((former, rule.id) for former in rule.formerly)

    def _switch_off(self, page: RulePage) -> None:
        for number, id_ in enumerate(page.head.off):
            ours = self._former.get(id_, id_)
            if ours in BUILT_IN:
                problem, fix = "this rule is needed and stays on", "write a rule of this id to replace it"
                self.faults.append(page.fault(("off", number), id_, problem, fix))
            elif ours in self._rules:
                self.off[ours] = None


def _taken(page: RulePage, number: int, id_: str, file: str) -> Fault:
    return page.fault(("rule", number, "id"), id_, f"the id is taken in {file}", "choose another id")


def complete(entry: RuleEntry, head: RuleHead, file: str, reason: Reason, *, own: bool = False) -> Rule:
    """The rule that `entry` below `head` makes with what its reason says."""
    return Rule(
        **_wording(entry),
        id=entry.id,
        reason=reason.slug,
        provider=head.provider,
        kind=_kind(entry, head),
        cause=entry.cause or reason.cause,
        steps=entry.steps if entry.only_these_steps else entry.steps + reason.steps,
        who_acts=entry.who_acts or reason.who_acts,
        checks=reason.checks if entry.checks is None else entry.checks,
        temporary=reason.temporary if entry.temporary is None else entry.temporary,
        url=(head.url if entry.url is None else entry.url) or None,
        hosted=bool(head.host_suffix),
        own=own,
        k12_causes=reason.k12_causes if entry.k12_causes is None else entry.k12_causes,
        godaddy_groups=entry.godaddy_groups or (),
        source=entry.source or head.source,
        file=file,
        lists=entry.lists,
        speaks_of=entry.speaks_of,
        names_provider=not own and _names_provider(entry, head),
    )


def _names_provider(entry: RuleEntry, head: RuleHead) -> bool:
    """Whether what `entry` knows is said of the provider, whom its words do not name."""
    names = head.names or (head.provider,)
    # Steps of software that many run name it only to say which setting it is there.
    said = " ".join((entry.cause or "", *(entry.steps if head.host_suffix or head.also_hosts else ())))
    words = " ".join(literals(entry)).lower()
    return bool(head.provider) and any(
        re.search(rf"\b{re.escape(name)}\b", said) and name.lower() not in words for name in names
    )


def _wording(entry: RuleEntry) -> dict[str, Any]:
    """The fields of `Wording` in `entry`, with the words folded."""
    fields = {name: getattr(entry, name) for name in Wording.__struct_fields__}
    for name in ("contains", "tokens", "unless"):
        fields[name] = tuple(fold(words) for words in fields[name])
    fields["any_of"] = tuple(tuple(fold(words) for words in group) for group in entry.any_of)
    return fields


def _kind(entry: RuleEntry, head: RuleHead) -> Kind:
    if entry.tokens or entry.token_range:
        return "code"
    if entry.meaning:
        return "meaning"
    if not literals(entry):
        return "status" if entry.status else "reply"
    if entry.weak:
        return "weak"
    return "last" if head.last else "text"


def _speaker(head: RuleHead) -> Speaker:
    return Speaker(
        provider=head.provider,
        host_suffix=tuple(suffix.lower().strip(".") for suffix in head.host_suffix + head.also_hosts),
        recipient_domains=tuple(domain.lower() for domain in head.recipient_domains),
        mentions=tuple(fold(words) for words in head.mentions),
    )


def _joined(one: Speaker, other: Speaker) -> Speaker:
    return Speaker(
        provider=one.provider,
        host_suffix=_united(one.host_suffix, other.host_suffix),
        recipient_domains=_united(one.recipient_domains, other.recipient_domains),
        mentions=_united(one.mentions, other.mentions),
    )


def _united(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _status_rules(statuses: Mapping[str, StatusMeaning], reasons: Mapping[str, Reason]) -> Iterable[Rule]:
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
                speaks_of=status.speaks_of,
                examples=(f"{klass}50 {klass}.{detail}",),
            )
