"""What a check module returns: a `CheckResult` for its `Check`, before the runner stamps it."""

from collections.abc import Iterable

from bounce_tui.check_outcome import Outcome, Particulars
from bounce_tui.check_results import Check, CheckResult, CheckState


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
