"""The failures and delays among some mails, counted by why, who and when."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from bounce_tui.triage.causes import operator_of
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import Row

MOST = 8
_DAY, _HOUR = 10, 13


class Count(Struct, frozen=True):
    """How many mails with `value` failed, and how many are still being tried."""

    value: str
    failed: int
    delayed: int

    @property
    def total(self) -> int:
        """Both."""
        return self.failed + self.delayed


class Part(Struct, frozen=True):
    """What was counted: the `MOST` most frequent values; `others` of them in `more` mails are left out."""

    title: str
    counts: tuple[Count, ...]
    others: int = 0
    more: int = 0


class Summary(Struct, frozen=True):
    """`mails` in all; of those `failed`, and `delayed`, which are still being tried.  `when` counts each day,
    or each hour where all fell within one day (`by_hour`), in order.  Values are not safe to print."""

    mails: int
    failed: int
    delayed: int
    parts: tuple[Part, ...]
    when: tuple[Count, ...]
    by_hour: bool


def summarise(rows: Sequence[Row]) -> Summary:
    """Count `rows`."""
    counted = [row for row in rows if row.reason is not None and row.kind in ("failed", "delayed")]
    failed = sum(row.kind == "failed" for row in counted)
    parts = tuple(_part(title, of, counted) for title, of in _PARTS) if counted else ()
    dates = sorted(row.date for row in counted if row.date)
    length = _HOUR if dates and dates[0][:_DAY] == dates[-1][:_DAY] else _DAY
    when = _counts((row for row in counted if row.date), lambda row: (row.date or "")[:length])
    when.sort(key=lambda one: one.value)
    return Summary(len(rows), failed, len(counted) - failed, parts, tuple(when), length == _HOUR)


_PARTS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("Why", lambda row: reason_words(row.reason or "")),
    ("Who refused", lambda row: operator_of(row) or row.host or "not told"),
    ("Who sent", lambda row: (row.author or "not told").lower()),
    ("Sent from", lambda row: row.ip or "not told"),
)


def _part(title: str, of: Callable[[Row], str], rows: Sequence[Row]) -> Part:
    counts = _counts(rows, of)
    counts.sort(key=lambda one: -one.total)
    rest = counts[MOST:]
    return Part(title, tuple(counts[:MOST]), len(rest), sum(one.total for one in rest))


def _counts(rows: Iterable[Row], of: Callable[[Row], str]) -> list[Count]:
    pairs = Counter((of(row), row.kind) for row in rows)
    values = dict.fromkeys(value for value, _ in pairs)
    return [Count(value, pairs[value, "failed"], pairs[value, "delayed"]) for value in values]
