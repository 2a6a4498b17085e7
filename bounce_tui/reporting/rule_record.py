"""Rules, trials and faults as scripts read them: one JSON object a line.

Field names and their order are a contract; add at the end, never rename.
"""

from msgspec import Struct

from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.rule import Rule, TokenRange
from bounce_tui.diagnosis.trial import Called, Trial
from bounce_tui.model import Evidence
from bounce_tui.reporting.visible import visible_path


class Matches(Struct, frozen=True, omit_defaults=True):
    """What must occur; only what the rule asks for is there."""

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
    exact: bool = False
    needs_provider: bool = False
    not_elsewhere: bool = False


class RuleRecord(Struct, frozen=True):
    """One rule; `own` is true for the user's."""

    id: str
    reason: str
    provider: str | None
    kind: str
    own: bool
    file: str
    matches: Matches
    cause: str
    resolution: tuple[str, ...]
    who_acts: str
    temporary: bool
    checks: tuple[str, ...]
    url: str | None
    also: tuple[str, ...]
    examples: tuple[str, ...]
    source: str | None
    unverified: str | None
    formerly: tuple[str, ...]
    lists: tuple[str, ...]
    speaks_of: tuple[str, ...]


class CalledRecord(Struct, frozen=True):
    """A rule that a reply calls."""

    rule: str
    reason: str
    by: str
    points: int
    evidence: Evidence | None
    own: bool


class MissedRecord(Struct, frozen=True):
    """A rule that a reply nearly calls."""

    rule: str
    why: str


class TrialRecord(Struct, frozen=True):
    """How one reply is read; `rule` is the winner, `called` is in order."""

    rule: str
    reason: str
    why: str
    reply_code: str | None
    status: str | None
    diagnostic: str
    speakers: tuple[str, ...]
    called: tuple[CalledRecord, ...]
    missed: tuple[MissedRecord, ...]
    recipient: str | None


class FaultRecord(Struct, frozen=True):
    """One thing to mend in a rule file; `line` and `column` are null where it has no place."""

    file: str
    line: int | None
    column: int | None
    level: str
    rule: str | None
    problem: str
    fix: str


def rule_record(rule: Rule) -> RuleRecord:
    """The record of `rule`."""
    return RuleRecord(
        id=rule.id,
        reason=rule.reason,
        provider=rule.provider or None,
        kind=rule.kind,
        own=rule.own,
        file=visible_path(rule.file),
        matches=Matches(
            contains=rule.contains,
            token=rule.tokens,
            any_of=rule.any_of,
            meaning=rule.meaning,
            token_range=rule.token_range,
            regex=rule.regex,
            unless=rule.unless,
            reply=rule.reply,
            status=rule.status,
            command=rule.commands,
            exact=rule.exact,
            needs_provider=rule.needs_provider,
            not_elsewhere=rule.not_elsewhere,
        ),
        cause=rule.cause,
        resolution=rule.steps,
        who_acts=rule.who_acts,
        temporary=rule.temporary,
        checks=rule.checks,
        url=rule.url,
        also=rule.also,
        examples=rule.examples,
        source=rule.source,
        unverified=rule.unverified,
        formerly=rule.formerly,
        lists=rule.lists,
        speaks_of=rule.speaks_of,
    )


def trial_record(trial: Trial) -> TrialRecord:
    """The record of `trial`."""
    failure = trial.failure
    return TrialRecord(
        rule=trial.diagnosis.rule,
        reason=trial.diagnosis.reason,
        why=trial.why,
        reply_code=failure.reply_code,
        status=failure.status,
        diagnostic=failure.diagnostic,
        speakers=trial.speakers,
        called=tuple(_called(one, failure.diagnostic) for one in trial.called),
        missed=tuple(MissedRecord(one.rule.id, one.why) for one in trial.missed),
        recipient=failure.recipient,
    )


def fault_record(fault: Fault) -> FaultRecord:
    """The record of `fault`."""
    return FaultRecord(
        file=visible_path(fault.file),
        line=fault.line or None,
        column=fault.column or None,
        level=fault.level,
        rule=fault.entry or None,
        problem=fault.problem,
        fix=fault.fix,
    )


def _called(one: Called, diagnostic: str) -> CalledRecord:
    evidence = None
    if one.start >= 0:
        evidence = Evidence(text=diagnostic[one.start : one.end], where="diagnostic", start=one.start)
    return CalledRecord(one.rule.id, one.rule.reason, one.by, one.points, evidence, one.rule.own)
