"""The record to publish so that an address passes, proved before it is proposed."""

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.checks.authentication.spf.draft import (
    Draft,
    advice,
    corrected,
    lightened,
    with_address,
    with_include,
    without_voids,
)
from bounce_tui.checks.authentication.spf.evaluation import MOST_VOIDS, Problem, SpfEvaluation
from bounce_tui.checks.authentication.spf.evaluator import evaluate
from bounce_tui.checks.authentication.spf.names import is_mail_domain
from bounce_tui.checks.authentication.spf.overlay import Overlay
from bounce_tui.checks.authentication.spf.problems import LONGEST_STRING
from bounce_tui.checks.authentication.spf.voids import void_terms
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.names.address import IPAddress, leads_nowhere, parse_ip

_LONGEST_RECORD = 2000
"""Characters.  RFC 7208 section 3.4 wants the whole answer within 512 octets; a record of several times that
is a case for its owner, and nobody would read the proposal."""


class Repair(Struct, frozen=True):
    """A change to one domain's TXT records.

    `record` replaces all of `present`; `strings` is the record cut as DNS stores it, `zone_line` the
    line for a zone file.  `diff` are "- old" and "+ new" lines.  `changes` say what was done and
    why, `remaining` are the problems that the new record still has.  `proof` is the evaluation of
    the new record for the same address and sender: its result is "pass".  `voids_out` are terms left
    out because their names lead nowhere, `voids_left` the void answers that still make the record an
    error for others.  `included` is the domain whose addresses were all allowed, not this one alone."""

    domain: str
    record: str
    present: tuple[str, ...]
    diff: tuple[str, ...]
    strings: tuple[str, ...]
    zone_line: str
    changes: tuple[str, ...]
    proof: SpfEvaluation
    remaining: tuple[Problem, ...] = ()
    voids_out: tuple[str, ...] = ()
    voids_left: tuple[str, ...] = ()
    included: str | None = None


async def propose(
    evaluation: SpfEvaluation, ip: str, lookup: Lookup, include: str | None = None
) -> Repair | None:
    """The record that lets `ip` pass for the evaluated sender, the rest of the policy kept.

    The present policy is put right first; only where that alone does not let `ip` pass is its
    address added, or an include of the domain `include` where its record lets `ip` pass.  None when
    there is nothing to mend (the result is "pass"), when DNS did not say enough to know what to mend
    ("temperror"), when the domain cannot have a record, when `ip` is one that no receiver ever sees
    (private space), when the record would be beyond any reader, or when no draft proves right.
    Raises ValueError when `ip` is no address.
    """
    address = parse_ip(ip)
    if address is None:
        raise ValueError(f"{ip!r} is not an IP address")
    if leads_nowhere(address):
        return None
    if evaluation.ip != str(address):
        evaluation = await evaluate(ip, evaluation.sender, evaluation.helo, lookup)
    if evaluation.result in ("pass", "temperror") or not is_mail_domain(evaluation.domain):
        return None
    draft, proof, void = await _without_faults(evaluation, address, lookup)
    voids_left = proof.void_answers if proof.voids > MOST_VOIDS else ()
    included = None
    if proof.result != "pass" and include is not None:
        wider = with_include(draft, proof.policy.ended_at, include)
        proof_of_all = await _prove(wider, evaluation, lookup)
        if proof_of_all.result == "pass":
            draft, proof, included = wider, proof_of_all, include
    if proof.result != "pass":
        draft = with_address(draft, proof.policy.ended_at, address)
        proof = await _prove(draft, evaluation, lookup)
    if proof.result != "pass" or len(draft.record) > _LONGEST_RECORD:
        return None
    return replace(_repair(draft, proof, tuple(void), voids_left), included=included)


async def put_right(evaluation: SpfEvaluation, lookup: Lookup) -> Repair | None:
    """The record without what makes it a permanent error, nothing added: for no address in particular.  None
    where it is no such error, or stays one."""
    address = parse_ip(evaluation.ip)
    if address is None or evaluation.result != "permerror" or not is_mail_domain(evaluation.domain):
        return None
    draft, proof, void = await _without_faults(evaluation, address, lookup)
    if proof.result in ("permerror", "temperror") or len(draft.record) > _LONGEST_RECORD:
        return None
    return _repair(draft, proof, tuple(void), ())


async def _without_faults(
    evaluation: SpfEvaluation, address: IPAddress, lookup: Lookup
) -> tuple[Draft, SpfEvaluation, dict[str, str]]:
    """The present policy put right, its evaluation, and the terms left out because they lead nowhere."""
    draft = corrected(evaluation, address)
    proof = await _prove(draft, evaluation, lookup)
    lighter = lightened(draft, proof.weights)
    void: dict[str, str] = {}
    if proof.voids > MOST_VOIDS:
        void = await void_terms(lighter.terms, evaluation.domain, lookup)
        lighter = without_voids(lighter, void)
    if lighter != draft:
        draft, proof = lighter, await _prove(lighter, evaluation, lookup)
    return draft, proof, void


async def _prove(draft: Draft, evaluation: SpfEvaluation, lookup: Lookup) -> SpfEvaluation:
    published = Overlay(lookup, evaluation.domain, draft.record)
    return await evaluate(evaluation.ip, evaluation.sender, evaluation.helo, published)


def _repair(
    draft: Draft, proof: SpfEvaluation, voids_out: tuple[str, ...], voids_left: tuple[str, ...]
) -> Repair:
    strings = cut(draft.record)
    return Repair(
        domain=proof.domain,
        record=draft.record,
        present=draft.replaces,
        diff=(*(f"- {old}" for old in draft.replaces), f"+ {draft.record}"),
        strings=strings,
        zone_line=f"{proof.domain}. IN TXT " + " ".join(map(_quoted, strings)),
        changes=(*draft.changes, *advice(proof)),
        proof=proof,
        remaining=tuple(problem for problem in proof.problems if problem.severity != "note"),
        voids_out=voids_out,
        voids_left=tuple(dict.fromkeys(voids_left)),
    )


def cut(record: str) -> tuple[str, ...]:
    """The record as character-strings of at most 255 octets, after a space where there is one, since
    they are joined with nothing (RFC 7208 section 3.3)."""
    strings: list[str] = []
    while len(record) > LONGEST_STRING:
        space = record.rfind(" ", 0, LONGEST_STRING)
        end = space + 1 if space > 0 else LONGEST_STRING
        strings.append(record[:end])
        record = record[end:]
    return (*strings, record)


def _quoted(string: str) -> str:
    escaped = string.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
