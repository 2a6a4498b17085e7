"""What the terms of a policy cost in lookups when nothing matches: every include read to its end.

An evaluation stops at the first match, so a policy can pass today and still be over the limit for
another sender; and after a "too many lookups" the admin must know which include to cut.
"""

import asyncio

from bounce_tui.checks.authentication.spf.evaluation import Policy, Weight
from bounce_tui.checks.authentication.spf.macros import MacroString
from bounce_tui.checks.authentication.spf.names import is_mail_domain
from bounce_tui.checks.authentication.spf.record import (
    Mechanism,
    Modifier,
    Record,
    is_spf_record,
    parse_record,
)
from bounce_tui.checks.authentication.spf.session import FAILURES, Session

MOST_POLICIES = 40
DEEPEST = 12
MOST_TERMS = 40
"""Policies read for one weighing, includes within includes, and costly terms looked into of one
policy: what has more is far over the limit, and a hostile one has no end."""


async def weigh(session: Session, policy: Policy) -> tuple[Weight, ...]:
    """The costly terms of the policy; empty when it is not one valid record."""
    if len(policy.records) != 1:
        return ()
    record = parse_record(policy.records[0])
    if record.faults:
        return ()
    return await _Scales(session).weigh_record(record, policy.domain, (policy.domain.lower(),))


class _Scales:
    """One weighing, with its budget of policies to read."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._budget = MOST_POLICIES

    async def weigh_record(self, record: Record, domain: str, path: tuple[str, ...]) -> tuple[Weight, ...]:
        terms = costly_terms(record)
        seen, rest = terms[:MOST_TERMS], terms[MOST_TERMS:]
        weights = await asyncio.gather(*(self._weigh_term(term, domain, path) for term in seen))
        if not rest:
            return tuple(weights)
        return (*weights, Weight(f"({len(rest)} more terms)", domain, len(rest), "unknown"))

    async def _weigh_term(self, term: Mechanism | Modifier, domain: str, path: tuple[str, ...]) -> Weight:
        if isinstance(term, Mechanism) and term.name != "include":
            return Weight(term.text, domain, 1)
        spec: MacroString | None = term.target
        target = await self._session.target(spec, domain)
        if target.lower() in path:
            return Weight(term.text, target, 1, "loop")
        if self._budget <= 0 or len(path) > DEEPEST:
            return Weight(term.text, target, 1, "unknown")
        self._budget -= 1
        if not is_mail_domain(target):
            return Weight(term.text, target, 1, "missing")
        answer = await self._session.ask(target, "TXT")
        if answer.outcome in FAILURES:
            return Weight(term.text, target, 1, "unreadable")
        records = [text for text in answer.records if is_spf_record(text)]
        if len(records) != 1:
            return Weight(term.text, target, 1, "several" if records else "missing")
        record = parse_record(records[0])
        if record.faults:
            return Weight(term.text, target, 1, "faulty")
        parts = await self.weigh_record(record, target, (*path, target.lower()))
        return Weight(term.text, target, 1 + sum(part.cost for part in parts), parts=parts)


def costly_terms(record: Record) -> tuple[Mechanism | Modifier, ...]:
    """The terms of a valid record that query when nothing matches before them: none after "all",
    and redirect only without it."""
    terms: list[Mechanism | Modifier] = []
    for mechanism in record.mechanisms:
        if mechanism.name == "all":
            return tuple(terms)
        if mechanism.is_lookup:
            terms.append(mechanism)
    redirect = record.modifier("redirect")
    return (*terms, redirect) if redirect is not None else tuple(terms)
