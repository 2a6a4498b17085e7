"""What an SPF check found: the result, the tree that led to it, the problems beside it."""

from typing import Literal

from msgspec import Struct

Result = Literal["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"]
Outcome = Literal["match", "no_match", "temperror", "permerror", "not_reached"]
Severity = Literal["error", "warning", "note"]

MOST_LOOKUPS = 10
MOST_VOIDS = 2
MOST_NAMES = 10
"""Terms that query, void lookups, MX and PTR names of one term (RFC 7208 section 4.6.4)."""

DEFAULT_EXPLANATION = "The domain does not allow this address to send its mail."
"""For a fail whose policy brings no text of its own."""


class Finding(Struct, frozen=True):
    """What one mechanism came to.  `covers` are the addresses and networks that it allows, `answers`
    the DNS answers behind them, `policy` the one that an include or redirect led to."""

    outcome: Outcome
    note: str = ""
    covers: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    policy: "Policy | None" = None


class Step(Struct, frozen=True):
    """One term of a policy as the evaluation met it.  `number` is its place among the lookups, 0 for
    a term that needs none; `lookups` and `voids` are the running counts after it, so that an include
    holds the lookups from `number` to `lookups`."""

    text: str
    index: int
    finding: Finding
    number: int = 0
    lookups: int = 0
    voids: int = 0

    @property
    def holds_tenth(self) -> bool:
        """Whether the last permitted lookup falls on this term or within it."""
        return 0 < self.number <= MOST_LOOKUPS <= self.lookups


class Policy(Struct, frozen=True):
    """The policy of one domain as evaluated: check_host() of RFC 7208 section 4.  `records` are the
    SPF records found there, one if all is well; `other_txt` are the domain's other TXT records;
    `exists` is False where DNS has no such name."""

    domain: str
    result: Result
    note: str = ""
    records: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    other_txt: tuple[str, ...] = ()
    exists: bool = True

    @property
    def ended_at(self) -> Step | None:
        """The term that decided: the match, or the error."""
        decisive = ("match", "temperror", "permerror")
        return next((step for step in self.steps if step.finding.outcome in decisive), None)


class Weight(Struct, frozen=True):
    """How many lookups a term costs when nothing matches before or in it, itself counted.  `parts`
    are the costly terms of the policy it leads to.  `trouble` says what is wrong with that policy:
    "missing", "unreadable", "several", "faulty", "loop", "unknown" (not looked at: too many)."""

    term: str
    domain: str
    cost: int
    trouble: str = ""
    parts: tuple["Weight", ...] = ()


class Problem(Struct, frozen=True, gc=False):
    """Something about the published policy that the result alone does not tell.  `code` is the
    machine's word, `domain` and `term` where it stands."""

    code: str
    severity: Severity
    summary: str
    domain: str
    term: str = ""


class SpfEvaluation(Struct, frozen=True):
    """One check of one address (RFC 7208 section 8).

    `mechanism` is the term that decided in the domain's own policy (or where redirect led), `where`
    the way to it as "domain: term", include by include.  `record` is the domain's record when there
    is exactly one.  `lookups` and `voids` are counted as sent, `distinct_lookups` and
    `distinct_voids` without repetitions of the same question; `void_answers` are those that came void."""

    result: Result
    explanation: str
    domain: str
    ip: str
    sender: str
    helo: str
    policy: Policy
    record: str | None = None
    mechanism: str | None = None
    where: tuple[str, ...] = ()
    lookups: int = 0
    distinct_lookups: int = 0
    voids: int = 0
    distinct_voids: int = 0
    void_answers: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()
