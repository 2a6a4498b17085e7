"""What is wrong with a published policy beside the result of this one check."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from bounce_tui.checks.authentication.spf.evaluation import (
    MOST_LOOKUPS,
    MOST_VOIDS,
    Policy,
    Problem,
    Severity,
    SpfEvaluation,
    Weight,
)
from bounce_tui.checks.authentication.spf.mend import looks_like_spf
from bounce_tui.checks.authentication.spf.record import (
    MECHANISMS,
    Fault,
    IPNetwork,
    Mechanism,
    Modifier,
    Record,
    parse_record,
)
from bounce_tui.checks.names.address import leads_nowhere

LONGEST_RECORD = 450
"""Octets of name and TXT records together that still fit a plain UDP answer (RFC 7208 section 3.4)."""

LONGEST_STRING = 255
"""Octets of one character-string of a TXT record (RFC 1035 section 3.3.14)."""

MOST_OF_A_KIND = 5
"""A hostile record can hold thousands of faults; the first ones tell the story."""

PLUS_ALL = "plus_all"
"""The code of a term that lets every address pass."""

_WIDEST = {4: 8, 6: 20}
_TROUBLES: dict[str, tuple[str, Severity, str]] = {
    "missing": ("missing_include", "error", "has no SPF record, which is a permanent error here"),
    "several": ("broken_include", "error", "has several SPF records, which is a permanent error here"),
    "faulty": (
        "broken_include",
        "error",
        "has a record with a syntax error, which is a permanent error here",
    ),
    "unreadable": ("unreadable_include", "warning", "could not be read"),
    "loop": ("include_loop", "error", "leads back to a policy that is being evaluated"),
}


def find_problems(evaluation: SpfEvaluation) -> SpfEvaluation:
    """The evaluation with its problems: those of every policy that was visited, then those of the
    whole.  The same problem is told once, one kind of it five times for a domain."""
    kept: list[Problem] = []
    times: Counter[tuple[str, str]] = Counter()
    for problem in dict.fromkeys(_all_problems(evaluation)):
        times[problem.code, problem.domain] += 1
        if times[problem.code, problem.domain] <= MOST_OF_A_KIND:
            kept.append(problem)
    return replace(evaluation, problems=tuple(kept))


def _all_problems(evaluation: SpfEvaluation) -> Iterator[Problem]:
    for policy in visited(evaluation.policy):
        yield from _of_domain(policy)
        if len(policy.records) == 1:
            yield from _of_record(parse_record(policy.records[0]), policy.domain)
    yield from _of_weights(evaluation)
    yield from _of_voids(evaluation)


def visited(policy: Policy) -> Iterator[Policy]:
    """The policy and those that it led to, in the order of evaluation."""
    waiting = [policy]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(
            step.finding.policy for step in reversed(here.steps) if step.finding.policy is not None
        )


def _of_domain(policy: Policy) -> Iterator[Problem]:
    if len(policy.records) > 1:
        summary = f"{len(policy.records)} SPF records where only one may be: a permanent error"
        yield Problem("several_records", "error", summary, policy.domain)
    if not policy.records:
        for text in policy.other_txt:
            if looks_like_spf(text):
                summary = f"a TXT record looks like SPF but does not begin with “v=spf1 ”: {text[:80]}"
                yield Problem("nearly_spf", "error", summary, policy.domain)
    octets = len(policy.domain) + sum(map(len, policy.records + policy.other_txt))
    if policy.records and octets > LONGEST_RECORD:
        summary = f"{octets} bytes of name and TXT records: over {LONGEST_RECORD} UDP may not carry them"
        yield Problem("too_long", "warning", summary, policy.domain)
    for record in policy.records:
        if len(record) > LONGEST_STRING:
            summary = (
                f"{len(record)} bytes: over {LONGEST_STRING} a record must be published as several strings"
            )
            yield Problem("needs_several_strings", "note", summary, policy.domain)


def _of_record(record: Record, domain: str) -> Iterator[Problem]:
    if not record.text.startswith("v=spf1"):
        yield Problem("upper_case", "note", "write “v=spf1” in small letters: some readers insist", domain)
    after_all = False
    has_all = any(term.name == "all" for term in record.mechanisms)
    seen: set[str] = set()
    for term in record.terms:
        key = term.text.lower()
        if key in seen and not isinstance(term, Fault):
            yield Problem("repeated_term", "note", f"“{term.text}” stands twice", domain, term.text)
        seen.add(key)
        match term:
            case Fault():
                yield Problem("syntax_error", "error", f"“{term.text}”: {term.message}", domain, term.text)
            case Modifier():
                yield from _of_modifier(term, domain, has_all=has_all)
            case Mechanism() if after_all:
                summary = f"“{term.text}” stands after “all” and is never looked at"
                yield Problem("after_all", "warning", summary, domain, term.text)
            case Mechanism():
                yield from _of_mechanism(term, domain)
                after_all = after_all or term.name == "all"
    if not has_all and not record.faults and record.modifier("redirect") is None:
        summary = "no “all” and no redirect at the end: what does not match is neutral, as if unprotected"
        yield Problem("no_all", "note", summary, domain)


def _of_modifier(term: Modifier, domain: str, *, has_all: bool) -> Iterator[Problem]:
    if term.name == "redirect":
        if has_all:
            summary = f"“{term.text}” is ignored because the record has an “all”"
            yield Problem("redirect_ignored", "warning", summary, domain, term.text)
    elif term.name in MECHANISMS:
        summary = f"“{term.text}” is read as an unknown modifier and ignored: “{term.name}” takes a colon"
        yield Problem("mechanism_as_modifier", "error", summary, domain, term.text)
    elif term.name != "exp":
        summary = f"“{term.text}” is an unknown modifier and ignored"
        yield Problem("unknown_modifier", "note", summary, domain, term.text)


def _of_mechanism(term: Mechanism, domain: str) -> Iterator[Problem]:
    bare = term.text.lstrip("+-~?")
    if bare[: len(term.name)] != term.name:
        summary = f"“{term.text}”: write mechanisms in small letters, some readers insist"
        yield Problem("upper_case", "note", summary, domain, term.text)
    if term.name == "ptr":
        summary = f"“{term.text}”: ptr is slow and unreliable, and should not be used (RFC 7208 section 5.5)"
        yield Problem("ptr_used", "warning", summary, domain, term.text)
    if term.name == "all" and term.qualifier == "+":
        summary = f"“{term.text}” lets everyone in the world send for this domain"
        yield Problem(PLUS_ALL, "error", summary, domain, term.text)
    if term.network is not None:
        yield from _of_network(term, term.network, domain)


def _of_network(term: Mechanism, network: IPNetwork, domain: str) -> Iterator[Problem]:
    if term.qualifier == "+" and network.prefixlen < _WIDEST[network.version]:
        summary = f"“{term.text}” covers {network}, far more than any one sender has"
        yield Problem("wide_network", "warning", summary, domain, term.text)
    elif leads_nowhere(network.network_address):
        summary = f"“{term.text}” is private space: no receiver ever sees mail from there"
        yield Problem("private_network", "note", summary, domain, term.text)


def _of_weights(evaluation: SpfEvaluation) -> Iterator[Problem]:
    worst = total(evaluation.weights)
    if worst > MOST_LOOKUPS:
        summary = f"{worst} lookups where {MOST_LOOKUPS} are the limit: {costs(evaluation.weights)}"
        yield Problem("too_many_lookups", "error", summary, evaluation.domain)
    waiting = [(evaluation.domain, weight) for weight in reversed(evaluation.weights)]
    while waiting:
        domain, weight = waiting.pop()
        waiting.extend((weight.domain, part) for part in reversed(weight.parts))
        if weight.trouble in _TROUBLES:
            code, severity, words = _TROUBLES[weight.trouble]
            summary = f"“{weight.term}”: {weight.domain or 'its target'} {words}"
            yield Problem(code, severity, summary, domain, weight.term)


def _of_voids(evaluation: SpfEvaluation) -> Iterator[Problem]:
    where = "; ".join(dict.fromkeys(evaluation.void_answers))
    if evaluation.voids > MOST_VOIDS:
        summary = f"more than {MOST_VOIDS} names lead nowhere, which is a permanent error: {where}"
        if evaluation.distinct_voids <= MOST_VOIDS:
            summary += " (some receivers count a repeated one once, and go on)"
        yield Problem("too_many_voids", "error", summary, evaluation.domain)
    elif evaluation.voids:
        summary = f"names that lead nowhere, {evaluation.voids} of at most {MOST_VOIDS}: {where}"
        yield Problem("void_lookups", "note", summary, evaluation.domain)


def total(weights: tuple[Weight, ...]) -> int:
    """The lookups of a policy when nothing matches."""
    return sum(weight.cost for weight in weights)


def costs(weights: tuple[Weight, ...]) -> str:
    """What costs how many lookups, dearest first."""
    ordered = sorted(weights, key=lambda weight: -weight.cost)
    return ", ".join(f"{weight.term} {weight.cost}" for weight in ordered[:12])
