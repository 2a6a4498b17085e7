"""Rules with what they leave to their reason: each says only what it knows better."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.rule import Kind, Reason, Rule, StatusMeaning, Wording
from bounce_tui.diagnosis.rule_entry import RuleEntry, RuleHead, literals


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


def status_rules(statuses: Mapping[str, StatusMeaning], reasons: Mapping[str, Reason]) -> Iterable[Rule]:
    """A rule for each code of `statuses` in either class, which says what the standard says."""
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
