"""The text of a better SPF record: first only put right, then with an address added.

Why a fresh record ends in "~all": we know one sender of the domain, not all of them.  Under "-all"
every sender that the admin has not listed yet is refused at once; under "~all" its mail arrives,
DMARC works the same, and the record can be tightened when the list is complete.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.checks.authentication.spf.evaluation import MOST_LOOKUPS, SpfEvaluation, Step, Weight
from bounce_tui.checks.authentication.spf.mend import looks_like_spf, mend, reread
from bounce_tui.checks.authentication.spf.merge import is_all, merge
from bounce_tui.checks.authentication.spf.problems import costs, total
from bounce_tui.checks.authentication.spf.record import Mechanism, parse_record
from bounce_tui.checks.names.address import IPAddress

MOST_NAMED = 12
"""Terms named in one sentence."""

_DEAD = {"missing": "its target has no SPF record", "loop": "it leads back to this record"}


class Draft(Struct, frozen=True):
    """A record as its terms, and what was changed, in sentences.  `replaces` are the TXT records that
    it stands for."""

    terms: tuple[str, ...]
    changes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def record(self) -> str:
        """The text to publish."""
        return " ".join(("v=spf1", *self.terms))


def corrected(evaluation: SpfEvaluation, address: IPAddress) -> Draft:
    """The present policy of the domain with its faults put right and nothing added: several records
    merged, syntax mended, terms for `address` moved before "all".

    A domain without a record gets "~all"."""
    present = evaluation.policy.records
    records = [parse_record(text) for text in present]
    if not records:
        present = tuple(text for text in evaluation.policy.other_txt if looks_like_spf(text))
        records = [reread(text) for text in present]
    if not records:
        reason = "there was no SPF record; “~all” because the domain's other senders are not listed yet"
        unborn = "the name does not exist yet: the record needs a zone to stand in"
        return Draft(("~all",), (reason,) if evaluation.policy.exists else (unborn, reason))
    changes: list[str] = []
    if present != evaluation.policy.records:
        changes.append("the TXT record is no SPF record as it stands: it must begin with “v=spf1 ”")
    terms = mend(records[0], changes)
    if len(records) > 1:
        terms = merge([terms, *(mend(record, changes) for record in records[1:])], changes)
    terms = _with_late_terms_moved(terms, address, changes)
    return Draft(tuple(terms), tuple(changes), present)


def lightened(draft: Draft, weights: tuple[Weight, ...]) -> Draft:
    """The draft without what its own `weights` show to be useless: includes that lead nowhere, and,
    where it needs too many lookups, repetitions; what costs nothing then goes first."""
    changes = list(draft.changes)
    terms = _without_dead_includes(draft.terms, weights, changes)
    if total(weights) > MOST_LOOKUPS:
        terms = _free_terms_first(_without_repetitions(terms, changes), changes)
    return Draft(tuple(terms), tuple(changes), draft.replaces)


def without_voids(draft: Draft, void: Mapping[str, str]) -> Draft:
    """The draft without the terms of `void`, each of which has what DNS said of its name."""
    terms = tuple(term for term in draft.terms if term not in void)
    changes = (f"“{term}” left out: it leads nowhere ({said})" for term, said in void.items())
    return Draft(terms, (*draft.changes, *changes), draft.replaces)


def with_address(draft: Draft, ended_at: Step | None, address: IPAddress) -> Draft:
    """The draft with the address added before the term that decided against it (`ended_at`, of the
    draft's own evaluation), else before "all", else before the modifiers that close the record.  A
    later term that allows the address is moved there instead."""
    at = _place(draft.terms, ended_at)
    late = next((later for later in draft.terms[at:] if _allows(later, address)), None)
    if late is None:
        return _with(draft, f"ip{address.version}:{address}", at, ended_at, "added")
    terms = list(draft.terms)
    terms.remove(late)
    return _with(replace(draft, terms=tuple(terms)), late, at, ended_at, "moved")


def with_include(draft: Draft, ended_at: Step | None, domain: str) -> Draft:
    """The draft with all that `domain` allows added, at the place of `with_address`."""
    return _with(draft, f"include:{domain}", _place(draft.terms, ended_at), ended_at, "added")


def _with(draft: Draft, term: str, at: int, ended_at: Step | None, done: str) -> Draft:
    terms = list(draft.terms)
    following = terms[at] if at < len(terms) else None
    terms.insert(at, term)
    change = f"“{term}” {done}" + (f" before “{following}”" if following else "")
    if _refuses_by_name(ended_at):
        change += ", which refuses the address by name: make sure that this is wanted"
    return Draft(tuple(terms), (*draft.changes, change), draft.replaces)


def advice(evaluation: SpfEvaluation) -> tuple[str, ...]:
    """What the record still needs, for other senders than the one it was drafted for."""
    worst = total(evaluation.weights)
    if worst <= MOST_LOOKUPS:
        return ()
    dearest = costs(evaluation.weights)
    over = worst - MOST_LOOKUPS
    return (f"other senders still meet {worst} lookups, {over} too many; what they cost: {dearest}",)


def _refuses_by_name(ended_at: Step | None) -> bool:
    return (
        ended_at is not None
        and ended_at.finding.outcome == "match"
        and ended_at.text.startswith("-")
        and not is_all(ended_at.text)
    )


def allows_nobody(record: str) -> bool:
    """Whether no term of `record` lets any address pass, as where the one that did was left out."""
    return not any(
        isinstance(term, Mechanism) and term.qualifier == "+" for term in parse_record(record).terms
    )


def _place(terms: Sequence[str], ended_at: Step | None) -> int:
    if ended_at is not None and ended_at.text in terms:
        return terms.index(ended_at.text)
    for index, term in enumerate(terms):
        if is_all(term):
            return index
    last = len(terms)
    while last and "=" in terms[last - 1]:
        last -= 1
    return last


def _without_dead_includes(
    terms: Sequence[str], weights: tuple[Weight, ...], changes: list[str]
) -> list[str]:
    """An include of nothing, or of the record itself, is a permanent error for all that come after;
    so is a redirect, which "~all" can stand in for.  One with a macro may be alive for others."""
    dead = {
        weight.term: _DEAD[weight.trouble]
        for weight in weights
        if weight.trouble in _DEAD and "%" not in weight.term
    }
    kept = [term for term in terms if term not in dead]
    for term in dict.fromkeys(terms):
        if term not in dead:
            continue
        if term.lower().startswith("redirect="):
            kept.append("~all")
            changes.append(f"“{term}” replaced by “~all”: {dead[term]}")
        else:
            changes.append(f"“{term}” left out: {dead[term]}")
    return kept


def _without_repetitions(terms: list[str], changes: list[str]) -> list[str]:
    """A mechanism that did not match the first time costs its lookups a second time for nothing."""
    once = list(dict.fromkeys(terms))
    repeated = [term for term, times in Counter(terms).items() if times > 1]
    if repeated:
        changes.append("said once instead of twice: " + ", ".join(repeated[:MOST_NAMED]))
    return once


def _free_terms_first(terms: list[str], changes: list[str]) -> list[str]:
    """Networks before names, so that they match before the lookups run out.  Where every mechanism
    only allows, their order decides nothing else."""
    end = _place(terms, None)
    allowing, rest = terms[:end], terms[end:]
    if any(term[0] in "-~?" for term in allowing):
        return terms
    ordered = sorted(allowing, key=lambda term: not _is_network(term))
    if ordered != allowing:
        moved = [term for term in ordered if _is_network(term)]
        changes.append("networks put before the terms that cost lookups: " + ", ".join(moved[:MOST_NAMED]))
    return ordered + rest


def _is_network(text: str) -> bool:
    return _mechanism(text).network is not None


def _with_late_terms_moved(terms: list[str], address: IPAddress, changes: list[str]) -> list[str]:
    """Terms for the address that stand after "all", where nothing is looked at, go before it."""
    end = next((index for index, term in enumerate(terms) if is_all(term)), len(terms))
    late = dict.fromkeys(term for term in terms[end + 1 :] if _allows(term, address))
    changes.extend(f"“{term}” moved before “{terms[end]}”: behind it nothing is looked at" for term in late)
    rest = [term for term in terms[end + 1 :] if term not in late]
    return [*terms[:end], *late, *terms[end : end + 1], *rest]


def _allows(text: str, address: IPAddress) -> bool:
    term = _mechanism(text)
    return term.qualifier == "+" and term.network is not None and address in term.network


def _mechanism(text: str) -> Mechanism:
    """The term as a mechanism; a modifier is one that matches nothing."""
    (term,) = parse_record(f"v=spf1 {text}").terms
    return term if isinstance(term, Mechanism) else Mechanism(text, 0, "?", "")
