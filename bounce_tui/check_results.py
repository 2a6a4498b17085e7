"""The checks of one failure as every package knows them: what they start from, what they found, the verdict.

Dates are as in `model`.
"""

from typing import Literal, TypeVar

from msgspec import Struct

from bounce_tui.check_outcome import Outcome, Particulars
from bounce_tui.model import AuthResult, Candidate, Failure, Original

CheckState = Literal["pass", "warn", "fail", "unknown", "skipped"]
VerdictState = Literal["still_holds", "no_longer_holds", "cannot_be_known"]

_P = TypeVar("_P", bound=Particulars)


class Inputs(Struct, frozen=True):
    """What the checks of one failure start from, each with where it was found.  The user may
    replace any of them; its source is then "user".  `original` is the message whose signatures count,
    `original_recipient` the address that was first written to, `own_domains` those that the admin's config
    names (A-labels), `failure` what was said of this recipient, `reporting_mta` who reports it, `arrived`
    when that got the mail and `reported` when it wrote, `accounts` the operators of lists for which the
    config holds a key, `forwarder` the domain that passed the mail on in its author's name."""

    recipient: str | None = None
    recipient_domain: str | None = None
    sending_ip: Candidate | None = None
    envelope_sender: Candidate | None = None
    helo: Candidate | None = None
    from_domain: Candidate | None = None
    original: Original | None = None
    original_recipient: str | None = None
    own_domains: tuple[str, ...] = ()
    auth_results: tuple[AuthResult, ...] = ()
    failure: Failure | None = None
    reporting_mta: str | None = None
    arrived: str | None = None
    reported: str | None = None
    accounts: tuple[str, ...] = ()
    forwarder: str | None = None


class Check(Struct, frozen=True):
    """A planned check.  `id` is one of those that CONTRIBUTING.md lists, `target` what it looks at, `why`
    why it is planned where that is not plain from the diagnosis, `seen_by` who will see the query besides the
    resolver ("" when nobody is asked; "its name servers" are the target's).  `quoted` is True when the
    bounce itself names what is checked (a blocklist), so that the verdict rests on it before others.
    `also` are other names that may be meant, asked for beside the target where the bounce does not say
    which."""

    id: str
    target: str
    why: str
    seen_by: str
    quoted: bool = False
    also: tuple[str, ...] = ()


class Seen(Struct, frozen=True):
    """One answer of DNS that a check rests on: `records` as zone files write them, or the one line that says
    what there was instead; `ttl` in seconds, as far as the resolver told."""

    name: str
    rdtype: str
    records: tuple[str, ...]
    ttl: int | None = None


class CheckResult(Struct, frozen=True):
    """What one check found.  `outcome` is the machine's word ("listed", "nxdomain", "softfail" ...)
    that `judge` reads, `summary` and `details` are for people, `remedy` is the concrete thing to do
    (a record to publish, a page to open), `elapsed_ms` is milliseconds, `quoted` as in the check, `seen` what
    DNS answered, in the order asked.  `particulars` are what `judge` reads beside the outcome, `meant` is the
    question whether another domain was meant."""

    id: str
    target: str
    state: CheckState
    outcome: Outcome
    summary: str
    details: tuple[str, ...] = ()
    remedy: str | None = None
    resolver: str | None = None
    elapsed_ms: int = 0
    quoted: bool = False
    seen: tuple[Seen, ...] = ()
    particulars: Particulars | None = None
    meant: str | None = None

    def of(self, kind: type[_P]) -> _P:
        """The particulars of class `kind`; their defaults where this check has others, or none."""
        return self.particulars if isinstance(self.particulars, kind) else kind()

    @property
    def outcome_text(self) -> str:
        """The outcome with its particulars, as JSON and the database tell it."""
        return self.outcome if self.particulars is None else self.particulars.text(self.outcome)

    @property
    def to_do(self) -> str | None:
        """The remedy as people read it, behind the question whether another domain was meant."""
        return " ".join(filter(None, (self.meant, self.remedy))) or None


class Change(Struct, frozen=True):
    """How the result of one check differs from that of the run before: the state and summary that it had
    then, and the records that are gone or new."""

    id: str
    target: str
    state_before: CheckState
    summary_before: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """What changed since the run of checks `at` (RFC 3339, UTC), which came to `verdict_before`."""

    at: str
    verdict_before: VerdictState
    changes: tuple[Change, ...] = ()

    def of(self, result: CheckResult) -> Change | None:
        """The change in one result."""
        return next((one for one in self.changes if (one.id, one.target) == (result.id, result.target)), None)


class Verdict(Struct, frozen=True):
    """Whether the quoted cause still holds: the one sentence, the one next step, and the ids of the
    results it rests on."""

    state: VerdictState
    summary: str
    next_step: str
    because: tuple[str, ...] = ()
