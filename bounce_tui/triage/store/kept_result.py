"""A result as the database keeps it: its outcome as the text that JSON tells, which any version can read."""

from msgspec import Struct

from bounce_tui.check_results import CheckResult, CheckState, Seen


class KeptResult(Struct, frozen=True):
    """What one check found in an earlier run; the fields are those of `CheckResult`."""

    id: str
    target: str
    state: CheckState
    outcome: str
    summary: str
    details: tuple[str, ...] = ()
    remedy: str | None = None
    resolver: str | None = None
    elapsed_ms: int = 0
    quoted: bool = False
    seen: tuple[Seen, ...] = ()


def to_keep(result: CheckResult) -> KeptResult:
    """`result` in the form in which it is kept."""
    return KeptResult(
        result.id,
        result.target,
        result.state,
        result.outcome_text,
        result.summary,
        result.details,
        result.to_do,
        result.resolver,
        result.elapsed_ms,
        result.quoted,
        result.seen,
    )
