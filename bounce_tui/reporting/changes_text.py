"""What changed since the run before, in lines for people."""

from collections.abc import Iterator

from bounce_tui.check_results import Change, Comparison
from bounce_tui.reporting.date_text import minute_utc

_WORDS = {"pass": "pass", "warn": "warning", "fail": "FAIL", "unknown": "unknown", "skipped": "not run"}
_VERDICTS = {
    "still_holds": "when the cause still held",
    "no_longer_holds": "when the cause no longer held",
    "cannot_be_known": "when it could not be known",
}


def change_lines(change: Change) -> Iterator[str]:
    """What one check found before, and the records that went and came."""
    yield f"before: {_WORDS[change.state_before]}: {change.summary_before}"
    yield from (f"- {record}" for record in change.gone)
    yield from (f"+ {record}" for record in change.new)


def comparison_words(comparison: Comparison) -> str:
    """One line for all: which checks found something else than the run before."""
    since = f"the run of {minute_utc(comparison.at)}, {_VERDICTS[comparison.verdict_before]}"
    if not comparison.changes:
        return f"nothing has changed since {since}"
    ids = list(dict.fromkeys(change.id for change in comparison.changes))
    more = f" and {len(ids) - 4} more" if len(ids) > 4 else ""
    return f"changed since {since}: {', '.join(ids[:4])}{more}"
