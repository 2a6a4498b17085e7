"""check_host() of RFC 7208: from an address, a sender and a HELO name to a result and its tree."""

import time

from bounce_tui.checks.authentication.spf.evaluation import (
    DEFAULT_EXPLANATION,
    Finding,
    Outcome,
    Policy,
    Result,
    SpfEvaluation,
    Step,
    Weight,
)
from bounce_tui.checks.authentication.spf.macros import MacroError, parse_macro_string
from bounce_tui.checks.authentication.spf.mechanisms import EVALUATORS
from bounce_tui.checks.authentication.spf.names import is_mail_domain
from bounce_tui.checks.authentication.spf.problems import find_problems
from bounce_tui.checks.authentication.spf.record import (
    Fault,
    Mechanism,
    Modifier,
    Qualifier,
    Record,
    is_spf_record,
    parse_record,
)
from bounce_tui.checks.authentication.spf.session import FAILURES, Session, describe
from bounce_tui.checks.authentication.spf.weights import weigh
from bounce_tui.checks.dns.answer import Lookup

TIME_LIMIT = 20.0
"""Seconds for one evaluation, the least that RFC 7208 section 4.6.4 asks for."""

_INCLUDED: dict[Result, Outcome] = {
    "pass": "match",
    "temperror": "temperror",
    "permerror": "permerror",
    "none": "permerror",
}
_REDIRECTED: dict[Result, Outcome] = {"none": "permerror", "permerror": "permerror", "temperror": "temperror"}
_ERRORS = ("temperror", "permerror")
_RESULTS: dict[Qualifier, Result] = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


async def evaluate(
    ip: str,
    sender: str,
    helo: str,
    lookup: Lookup,
    *,
    receiver: str = "unknown",
    now: float | None = None,
    default_explanation: str = DEFAULT_EXPLANATION,
    time_limit: float = TIME_LIMIT,
) -> SpfEvaluation:
    """Whether `ip` may send for `sender` (an address or a bare domain; empty or "<>": postmaster at
    `helo`).

    `receiver` and `now` (seconds since the epoch) fill the macros of explanations; `time_limit` is
    in seconds.  Raises ValueError when `ip` is no address, and nothing else: whatever DNS holds
    becomes a result.  After the result is settled, policies that the evaluation did not reach are
    read as well, to count the lookups of every branch (`weights`).
    """
    session = Session(
        ip,
        sender,
        helo,
        lookup,
        receiver=receiver,
        now=time.time() if now is None else now,
        time_limit=time_limit,
    )
    policy = await _check_host(session, session.domain)
    # Before explanation and weighing ask on: theirs do not count.
    void_answers = tuple(session.void_answers)
    explanation = await _explain(session, policy, default_explanation) if policy.result == "fail" else ""
    weights = await weigh(session, policy)
    return find_problems(_told(session, policy, explanation, void_answers, weights))


def _told(
    session: Session,
    policy: Policy,
    explanation: str,
    void_answers: tuple[str, ...],
    weights: tuple[Weight, ...],
) -> SpfEvaluation:
    """The evaluation that came to `policy`, with its counts."""
    deciding = _after_redirects(policy)
    return SpfEvaluation(
        result=policy.result,
        explanation=explanation,
        domain=session.domain,
        ip=str(session.address),
        sender=session.sender,
        helo=session.helo,
        policy=policy,
        record=policy.records[0] if len(policy.records) == 1 else None,
        mechanism=deciding.ended_at.text if deciding.ended_at else None,
        where=_way_down(policy),
        lookups=session.lookups,
        distinct_lookups=len(session.distinct_lookups),
        voids=len(void_answers),
        distinct_voids=len(set(map(str.lower, void_answers))),
        void_answers=void_answers,
        weights=weights,
    )


async def _check_host(session: Session, domain: str) -> Policy:
    """Section 4.  Calls itself for include and redirect: each costs one of the ten lookups, which
    bounds the depth."""
    if not is_mail_domain(domain):
        return Policy(domain, "none", "not a domain name that could have a policy")
    answer = await session.ask(domain, "TXT")
    if answer.outcome in FAILURES:
        return Policy(domain, "temperror", describe(answer))
    # Sorted: name servers rotate the order, and the same policy must read the same twice.
    records = tuple(sorted(text for text in answer.records if is_spf_record(text)))
    other = tuple(text for text in answer.records if not is_spf_record(text))
    if not records:
        exists = answer.outcome != "nxdomain"
        return Policy(
            domain, "none", "no SPF record" if exists else "no such name", other_txt=other, exists=exists
        )
    if len(records) > 1:
        return Policy(domain, "permerror", f"{len(records)} SPF records", records, other_txt=other)
    result, note, steps = await _evaluate_record(session, domain, parse_record(records[0]))
    return Policy(domain, result, note, records, steps, other)


async def _evaluate_record(
    session: Session, domain: str, record: Record
) -> tuple[Result, str, tuple[Step, ...]]:
    if record.faults:
        # One fault voids the whole record before anything of it is evaluated (section 4.6).
        steps = tuple(_unevaluated(session, term) for term in record.terms if not _is_silent(term))
        return "permerror", record.faults[0].message, steps
    done: list[Step] = []
    redirect = record.modifier("redirect")
    pending: list[Mechanism | Modifier] = [*record.mechanisms]
    if redirect is not None and not any(term.name == "all" for term in record.mechanisms):
        pending.append(redirect)
    result: Result = "neutral"
    note = "no term matches, and none says what then"
    for position, term in enumerate(pending):
        step = await _take(session, domain, term)
        done.append(step)
        outcome = step.finding.outcome
        if outcome == "no_match":
            continue
        note = step.finding.note
        if outcome == "temperror" or outcome == "permerror":
            result = outcome
        elif isinstance(term, Mechanism):
            result = _RESULTS[term.qualifier]
        elif step.finding.policy is not None:
            result = step.finding.policy.result
        done.extend(_unevaluated(session, later) for later in pending[position + 1 :])
        break
    return result, note, tuple(done)


async def _take(session: Session, domain: str, term: Mechanism | Modifier) -> Step:
    """Evaluate one term: a mechanism, or the redirect after all of them."""
    costs = isinstance(term, Modifier) or term.is_lookup
    finding = session.count_lookup(domain, term.text) if costs else None
    number = session.lookups if costs else 0
    if finding is None:
        if isinstance(term, Modifier):
            finding = await _redirect(session, domain, term)
        elif term.name == "include":
            finding = await _include(session, domain, term)
        else:
            finding = await EVALUATORS[term.name](term, domain, session)
            finding = session.over_voids() or finding
    return Step(
        text=term.text,
        index=term.index,
        finding=finding,
        number=number,
        lookups=session.lookups,
        voids=session.voids,
    )


async def _include(session: Session, domain: str, term: Mechanism) -> Finding:
    """Section 5.2: a match is a pass of the other policy."""
    policy = await _policy_at(session, domain, term)
    if isinstance(policy, Finding):
        return policy
    outcome = _INCLUDED.get(policy.result, "no_match")
    return Finding(outcome, _reason(policy) if outcome in _ERRORS else "", policy=policy)


async def _redirect(session: Session, domain: str, term: Modifier) -> Finding:
    """Section 6.1: the other policy's result is ours, but no policy there is an error."""
    policy = await _policy_at(session, domain, term)
    if isinstance(policy, Finding):
        return policy
    outcome = _REDIRECTED.get(policy.result, "match")
    return Finding(outcome, _reason(policy) if outcome in _ERRORS else "", policy=policy)


async def _policy_at(session: Session, domain: str, term: Mechanism | Modifier) -> Policy | Finding:
    """The policy of the domain that a term leads to, unless a void lookup for its name was one too many."""
    target = await session.target(term.target, domain)
    return session.over_voids() or await _check_host(session, target)


def _reason(policy: Policy) -> str:
    """Why the policy is in error, with the name of the innermost one that is."""
    step = policy.ended_at
    inherited = step is not None and step.finding.policy is not None
    unread = policy.result == "temperror" and not policy.records
    return policy.note if inherited or unread else f"{policy.domain}: {policy.note}"


async def _explain(session: Session, policy: Policy, default: str) -> str:
    """Section 6.2: the text of the exp modifier of the policy that failed, or the default when there
    is any trouble with it.  Its lookups are not counted."""
    policy = _after_redirects(policy)
    modifier = parse_record(policy.records[0]).modifier("exp")
    if modifier is None:
        return default
    answer = await session.ask(await session.target(modifier.target, policy.domain), "TXT")
    if len(answer.records) != 1:
        return default
    try:
        text = parse_macro_string(answer.records[0], explanation=True)
    except MacroError:
        return default
    return await session.explanation(text, policy.domain)


def _after_redirects(policy: Policy) -> Policy:
    """The policy whose terms decided."""
    step = policy.ended_at
    while step is not None and _is_redirect(step) and step.finding.policy is not None:
        policy = step.finding.policy
        step = policy.ended_at
    return policy


def _way_down(policy: Policy) -> tuple[str, ...]:
    """The deciding terms from the top to the innermost, a loop once round."""
    way: dict[str, None] = {}
    here: Policy | None = policy
    while here is not None and here.ended_at is not None:
        way[f"{here.domain}: {here.ended_at.text}"] = None
        here = here.ended_at.finding.policy
    return tuple(way)


def _is_redirect(step: Step) -> bool:
    return step.text.lower().startswith("redirect=")


def _is_silent(term: Mechanism | Modifier | Fault) -> bool:
    return isinstance(term, Modifier) and term.name != "redirect"


def _unevaluated(session: Session, term: Mechanism | Modifier | Fault) -> Step:
    if isinstance(term, Fault):
        finding = Finding("permerror", term.message)
    else:
        network = term.network if isinstance(term, Mechanism) else None
        finding = Finding("not_reached", covers=(str(network),) if network else ())
    return Step(term.text, term.index, finding, lookups=session.lookups, voids=session.voids)
