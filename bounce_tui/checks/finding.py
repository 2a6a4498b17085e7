"""What a check module returns: a `CheckResult` for its `Check`, before the runner stamps it."""

from collections.abc import Iterable

from bounce_tui.model import Check, CheckResult, CheckState
from bounce_tui.outcome import Outcome, Particulars


def finding(
    check: Check,
    state: CheckState,
    outcome: Outcome,
    summary: str,
    details: Iterable[str] = (),
    remedy: str | None = None,
    particulars: Particulars | None = None,
    meant: str | None = None,
) -> CheckResult:
    """A result for `check`; the runner adds the resolver and the time."""
    return CheckResult(
        check.id,
        check.target,
        state,
        outcome,
        summary,
        details=tuple(details),
        remedy=remedy,
        quoted=check.quoted,
        particulars=particulars,
        meant=meant,
    )
