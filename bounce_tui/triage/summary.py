"""The failures and delays among some mails, counted by why, who and when."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from bounce_tui.reason_groups import reason_groups
from bounce_tui.triage.causes import operator_of
from bounce_tui.triage.count import Count
from bounce_tui.triage.matching import OutcomePicker
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import RecipientOutcome, Row, outcomes_of

MOST = 8
_HOUR = 13


class Part(Struct, frozen=True):
    """What was counted: the `MOST` most frequent values; `others` of them in `more` mails are left out."""

    title: str
    counts: tuple[Count, ...]
    others: int = 0
    more: int = 0


class Summary(Struct, frozen=True):
    """`mails` in all; of those `failed`, and `delayed`, which are still being tried, and `backscatter`, which
    strangers sent.  `when` counts the hours ("2026-11-20T09") that had any, for a `timeline`.  A mail with
    several failures counts once under each value that any of them has, and `several` tells that there are
    such.  Values are not safe to print."""

    mails: int
    failed: int
    delayed: int
    parts: tuple[Part, ...]
    when: tuple[Count, ...]
    several: bool = False
    backscatter: int = 0

    @property
    def forged(self) -> str:
        """How many of the mails strangers sent, as a sentence."""
        were = "was" if self.backscatter == 1 else "were"
        return f"{self.backscatter:,} of them {were} not sent by you: backscatter of a forged sender"


def summarise(rows: Sequence[Row], passing: OutcomePicker = outcomes_of) -> Summary:
    """Count `rows` by the outcomes that `passing` picks of each."""
    counted = [row for row in rows if row.reason is not None and row.kind in ("failed", "delayed")]
    failed = sum(row.kind == "failed" for row in counted)
    parts = tuple(_part(title, of, counted, passing) for title, of in _PARTS) if counted else ()
    when = _counts([row for row in counted if row.date], lambda row, _: (row.date or "")[:_HOUR], passing)
    several = any(row.others for row in counted)
    forged = sum(row.backscatter for row in counted)
    return Summary(len(rows), failed, len(counted) - failed, parts, tuple(when), several, forged)


_Of = Callable[[Row, RecipientOutcome], str]
_PARTS: tuple[tuple[str, _Of], ...] = (
    ("Why", lambda row, outcome: reason_words(outcome.reason or "")),
    ("Who refused", lambda row, outcome: _who_refused(outcome)),
    ("Who sent", lambda row, outcome: (row.author or "not told").lower()),
    ("Sent from", lambda row, outcome: row.ip or "not told"),
)


def _who_refused(outcome: RecipientOutcome) -> str:
    """Whoever answered.  Where nobody did, the host that a row has may be our own, which gave up."""
    if outcome.reason in reason_groups().unreached:
        return "nobody (not reached)"
    return operator_of(outcome) or outcome.host or "not told"


def _part(title: str, of: _Of, rows: Sequence[Row], passing: OutcomePicker) -> Part:
    counts = _counts(rows, of, passing)
    counts.sort(key=lambda one: -one.total)
    rest = counts[MOST:]
    return Part(title, tuple(counts[:MOST]), len(rest), sum(one.total for one in rest))


def _counts(rows: Iterable[Row], of: _Of, passing: OutcomePicker) -> list[Count]:
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.others:
            pairs.update(_of_several(row, of, passing).items())
        else:
            pairs[of(row, row), row.kind] += 1
    values = dict.fromkeys(value for value, _ in pairs)
    return [Count(value, pairs[value, "failed"], pairs[value, "delayed"]) for value in values]


def _of_several(row: Row, of: _Of, passing: OutcomePicker) -> dict[str, str]:
    """The values of a mail with several failures; one that failed for somebody has failed."""
    found: dict[str, str] = {}
    for outcome in passing(row):
        value = of(row, outcome)
        if found.get(value) != "failed":
            found[value] = outcome.kind
    return found
