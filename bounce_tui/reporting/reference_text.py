"""The entries of the reference as a person reads them."""

from collections.abc import Iterable, Iterator, Sequence

from bounce_tui.diagnosis.reference import Entry, Provider, Reference
from bounce_tui.diagnosis.rule import Reason, Rule, StatusMeaning
from bounce_tui.lower_case import lower_case
from bounce_tui.reporting.bounce_text import WHO_ACTS
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.rule_text import (
    Field,
    field_page,
    numbered_once,
    plain_filler,
    rule_fields,
    step_fields,
)

MOST_RULES = 40
"""Rules that a reason or a status code names; a provider names all of its own."""
_PLAIN = plain_filler()


def entry_page(entry: Entry, reference: Reference, place: str = "") -> str:
    """Everything that is known of `entry`, as text in 80 columns."""
    return field_page(entry.id, entry_fields(entry, reference, place))


def entry_fields(entry: Entry, reference: Reference, place: str = "") -> Iterator[Field]:
    """Everything that is known of `entry`; `place` is a rule's file and line, where that is known."""
    subject = entry.subject
    if isinstance(subject, Rule):
        replaces = subject.id in reference.book.replaced
        return rule_fields(subject, place or subject.file, replaces=replaces)
    if isinstance(subject, Reason):
        return _reason(subject, reference)
    if isinstance(subject, StatusMeaning):
        return _status(subject, reference)
    return _provider(subject)


def sign(rule: Rule) -> str:
    """What one sees of `rule` in a reply: its code as servers write it, else its status or reply code, else
    its words."""
    if rule.tokens:
        return " ".join(_as_written(token, rule.examples) for token in rule.tokens)
    if rule.token_range:
        one = rule.token_range
        return f"{one.prefix}{one.low}" + (f"-{one.high}" if one.high != one.low else "")
    words = rule.contains or next(iter(rule.any_of), ())
    if words:
        return f"“{' … '.join(words)}”"
    if rule.status or rule.reply:
        return " ".join(filter(None, (rule.reply, rule.status)))
    return " + ".join(next(iter(rule.meaning), ())) or rule.id


def about(entry: Entry) -> tuple[str, str, str]:
    """An entry in three words or so: how it is seen, what it means, who says so."""
    subject = entry.subject
    if isinstance(subject, Rule):
        return sign(subject), subject.reason.replace("_", " "), subject.provider
    if isinstance(subject, Reason):
        return subject.slug.replace("_", " "), subject.meaning, ""
    if isinstance(subject, StatusMeaning):
        return subject.code, subject.name, subject.reference
    return subject.name, counted(len(subject.rules), "rule"), ""


def _reason(reason: Reason, reference: Reference) -> Iterator[Field]:
    rules = reference.rules_of.get(reason.slug, ())
    codes = [one.code for one in reference.book.statuses.values() if reason.slug in (*one.reasons, *one.fits)]
    providers = dict.fromkeys(rule.provider for rule in rules if rule.provider)
    fields = (
        ("Means", reason.meaning),
        *_advice(reason),
        ("Address", "dead: stop sending to it" if reason.hard else None),
        ("Checks", ", ".join(reason.checks)),
        ("Given up", reason.given_up and f"{reason.given_up}, once a queue ends its attempts"),
        ("K12USA", ", ".join(f"cause {number}" for number in reason.k12_causes)),
        ("GoDaddy", ", ".join(reason.godaddy_groups)),
        ("Elsewhere", ", ".join(filter(None, (*reason.sisimai, reason.kumomta)))),
        ("Status codes", ", ".join(codes)),
        ("Said by", ", ".join(providers)),
        *some_rules(rules),
    )
    return ((label, value) for label, value in fields if value)


def _advice(reason: Reason) -> Iterator[tuple[str, str | None]]:
    yield "Lasts", "for a time" if reason.temporary else "until somebody acts"
    yield "Cause", _PLAIN.fill(reason.cause)
    yield "Who acts", WHO_ACTS[reason.who_acts]
    yield from step_fields(_PLAIN.fill_all(reason.steps))


def _status(status: StatusMeaning, reference: Reference) -> Iterator[Field]:
    detail = status.code.partition(".")[2]
    yield "Means", status.name
    yield "Defined in", status.reference
    if status.vague:
        yield "Weight", "says so little that any wording beats it"
    for digit, slug in zip("45", status.reasons, strict=True):
        yield f"{digit}.{detail}", f"{slug}: {_PLAIN.fill(reference.book.reasons[slug].cause)}"
    if status.fits:
        yield "Also used for", ", ".join(status.fits)
    for slug in dict.fromkeys(reversed(status.reasons)):
        reason = reference.book.reasons[slug]
        yield "Who acts", f"{WHO_ACTS[reason.who_acts]} ({slug})"
        yield from step_fields(_PLAIN.fill_all(reason.steps))
    codes = {f"{digit}.{detail}" for digit in "245"}
    yield from some_rules([rule for rule in reference.rules if rule.status in codes])


def _provider(provider: Provider) -> Iterator[Field]:
    for one in provider.speakers:
        yield from _joined("Hosts", one.host_suffix)
        yield from _joined("Recipients at", one.recipient_domains)
        yield from _joined("Known by", (f"“{words}”" for words in one.mentions))
    yield "Rules", counted(len(provider.rules), "rule")
    for rule in provider.rules:
        yield "", f"{sign(rule)}: {rule.reason}. {_PLAIN.fill(rule.cause)} ({rule.id})"


def _joined(label: str, values: Iterable[str]) -> Iterator[Field]:
    if text := ", ".join(values):
        yield label, text


def some_rules(rules: Sequence[Rule]) -> Iterator[Field]:
    """The first `MOST_RULES` of `rules`, a line each, and how many more there are."""
    named = [f"{sign(rule)}, {rule.provider or 'any'} ({rule.id})" for rule in rules[:MOST_RULES]]
    if len(rules) > MOST_RULES:
        named.append(f"and {len(rules) - MOST_RULES} more")
    return numbered_once("Rules", named)


def _as_written(token: str, examples: Iterable[str]) -> str:
    for example in examples:
        at = lower_case(example).find(token)
        if at >= 0:
            return example[at : at + len(token)]
    return token
