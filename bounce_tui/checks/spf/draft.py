"""The text of a mended SPF record: the least change that lets one address pass.

Why a fresh record ends in "~all": we know one sender of the domain, not all of them.  Under "-all"
every sender that the admin has not listed yet is refused at once; under "~all" its mail arrives,
DMARC works the same, and the record can be tightened when the list is complete.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct

from bounce_tui.checks.address import IPAddress
from bounce_tui.checks.spf.evaluation import MOST_LOOKUPS, SpfEvaluation, Step
from bounce_tui.checks.spf.problems import costs
from bounce_tui.checks.spf.record import (
    MECHANISMS,
    Fault,
    Mechanism,
    Modifier,
    Record,
    is_spf_record,
    parse_record,
)

_SOFTEST_FIRST = ("?", "~", "-")


class Draft(Struct, frozen=True):
    """A record and what was changed, in sentences."""

    record: str
    changes: tuple[str, ...]


def draft(evaluation: SpfEvaluation, address: IPAddress) -> Draft:
    """The record for `evaluation.domain` under which `address` passes."""
    records = [parse_record(text) for text in evaluation.policy.records]
    here = f"ip{address.version}:{address}"
    if not records:
        reason = "there is no SPF record yet; “~all” because other senders of the domain are not listed yet"
        return Draft(f"v=spf1 {here} ~all", (reason,))
    changes: list[str] = []
    terms = _mended(records[0], changes)
    if len(records) > 1:
        terms = _merged([_mended(record, changes) for record in records], changes)
    terms = _without_dead_includes(terms, evaluation, changes)
    untouched = len(records) == 1 and not records[0].faults
    at = _place(terms, evaluation.policy.ended_at if untouched else None)
    if not _already_first(terms[:at], here):
        terms.insert(at, here)
        changes.append(_reason_for(here, terms[at + 1] if at + 1 < len(terms) else None))
    changes.extend(_advice(evaluation))
    return Draft(" ".join(["v=spf1", *terms]), tuple(changes))


def _reason_for(here: str, following: str | None) -> str:
    return f"“{here}” added" + (f" before “{following}”" if following else "")


def _already_first(terms: Sequence[str], here: str) -> bool:
    return here in (term.lower().removeprefix("+") for term in terms)


def _place(terms: list[str], ended_at: Step | None) -> int:
    """Before the term that decided against the address, or before "all", or before the modifiers
    that close the record."""
    if ended_at is not None and ended_at.text in terms:
        return terms.index(ended_at.text)
    for index, term in enumerate(terms):
        if _bare(term) == "all":
            return index
    last = len(terms)
    while last and "=" in terms[last - 1]:
        last -= 1
    return last


def _mended(record: Record, changes: list[str]) -> list[str]:
    """The record's terms, faults put right where the meaning is plain, left out where not."""
    terms: list[str] = []
    for term in record.terms:
        doubtful = isinstance(term, Fault) or (isinstance(term, Modifier) and term.name in MECHANISMS)
        right = _correction(term.text) if doubtful else None
        if right is not None:
            terms.append(right)
            changes.append(f"“{term.text}” written as “{right}”")
        elif isinstance(term, Fault):
            changes.append(f"“{term.text}” left out: {term.message}")
        else:
            terms.append(term.text)
    return terms


def _correction(text: str) -> str | None:
    """What a faulty term was surely meant to say, or None."""
    bare = text.strip(",;\"'")
    found = re.fullmatch(r"([+~?-]?)([A-Za-z0-9]+)([:=])(.*)", bare, re.DOTALL)
    guesses = [bare, bare.removesuffix(".")]
    if found is not None:
        qualifier, name, _, value = found.groups()
        name = {"ipv4": "ip4", "ipv6": "ip6", "ip": "ip4"}.get(name.lower(), name.lower())
        value = value.removeprefix(":")
        if name in ("a", "mx", "ip4", "ip6"):
            name = _kind_of(value) or name
        separator = "=" if name in ("redirect", "exp") else ":"
        guesses.append(f"{qualifier if separator == ':' else ''}{name}{separator}{value}")
    for guess in guesses:
        if guess != text and guess and is_spf_record(f"v=spf1 {guess}") and _is_one_term(guess):
            return guess
    return None


def _kind_of(value: str) -> str | None:
    literal = value.partition("/")[0]
    for name, kind in (("ip4", IPv4Address), ("ip6", IPv6Address)):
        try:
            kind(literal)
        except ValueError:
            continue
        return name
    return None


def _is_one_term(text: str) -> bool:
    terms = parse_record(f"v=spf1 {text}").terms
    if len(terms) != 1:
        return False
    (term,) = terms
    return isinstance(term, Mechanism) or (isinstance(term, Modifier) and term.name in ("redirect", "exp"))


def _merged(lists: Sequence[list[str]], changes: list[str]) -> list[str]:
    """One record of several: every mechanism once, in order, under the softest "all" that closed any
    of them, so that no sender is refused that one of the records let through."""
    changes.append(f"{len(lists)} records merged into one: more than one is a permanent error")
    senders: dict[str, None] = {}
    modifiers: dict[str, str] = {}
    ends: list[str] = []
    for terms in lists:
        closed = False
        for term in terms:
            if _bare(term) == "all":
                ends.append(term[0] if term[0] in _SOFTEST_FIRST else "~")
                closed = True
            elif term.lower().startswith("redirect="):
                if not closed:
                    senders[f"include:{term[len('redirect=') :]}"] = None
                    changes.append(f"“{term}” written as an include: a redirect cannot be merged")
            elif "=" in term.partition(":")[0]:
                modifiers.setdefault(term.partition("=")[0].lower(), term)
            elif not closed:
                senders[term] = None
    end = min(ends, key=_SOFTEST_FIRST.index, default="~")
    return [*senders, *modifiers.values(), f"{end}all"]


def _without_dead_includes(terms: list[str], evaluation: SpfEvaluation, changes: list[str]) -> list[str]:
    """Includes that lead to no policy are a permanent error for every sender behind them."""
    dead = {weight.term for weight in evaluation.weights if weight.trouble == "missing"}
    kept = []
    for term in terms:
        if term in dead and not term.lower().startswith("redirect="):
            changes.append(f"“{term}” left out: there is no SPF record at its target")
        else:
            kept.append(term)
    return kept


def _advice(evaluation: SpfEvaluation) -> list[str]:
    worst = sum(weight.cost for weight in evaluation.weights)
    if worst <= MOST_LOOKUPS:
        return []
    over = worst - MOST_LOOKUPS
    return [
        f"the address now matches before the limit, but the record still needs {worst} lookups: save {over} "
        f"for the other senders ({costs(evaluation.weights)})"
    ]


def _bare(term: str) -> str:
    return term.lstrip("+-~?").lower()
