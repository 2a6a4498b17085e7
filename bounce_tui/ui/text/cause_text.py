"""Groups of bounces in words: a line each, and the summary with its bars."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bounce_tui.triage.causes import Group
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.standing import Judged
from bounce_tui.ui.text.cells import fit, shown
from bounce_tui.ui.text.page import Line, Page, Role, Span
from bounce_tui.ui.text.row_text import verdict_mark

_COUNT = 6
_MARK = 5
_NONE: Mapping[bytes, Judged] = {}
_BAR = "#"
_MOST_BARS = 8
# Eighths of a line, in signs that every terminal has.
_HEIGHTS = " .:-=+*#"


def cause_line(group: Group, width: int, verdicts: Mapping[bytes, Judged] = _NONE) -> Line:
    """`   214  HOLDS  Outlook.com blocks 192.0.2.10 (S3140)    61 senders, since 11-20 09:12`."""
    room = max(width - _COUNT - 2, 20) - _MARK - 2
    when = f"since {shown(group.since)[5:16].replace('T', ' ')}" if group.since and room >= 56 else ""
    people = f"{group.senders:,} sender" + ("" if group.senders == 1 else "s") if group.senders else ""
    tail = ", ".join(part for part in (people if room >= 70 else "", when) if part)
    word, role, counted = _verdict(group, verdicts)
    words = room - (len(tail) + 2 if tail else 0)
    return (
        Span(f"{group.mails:>{_COUNT},}  ", "strong"),
        Span(fit(word, _MARK) + "  ", role),
        Span(fit(shown(counted + group.sentence), words)),
        Span(f"  {tail}" if tail else "", "label"),
    )


def _verdict(group: Group, verdicts: Mapping[bytes, Judged]) -> tuple[str, Role, str]:
    """The word for the group's mails where all were checked and agree, its role; else "mixed" or "part", and
    the counts in words."""
    found = Counter(verdicts[row.identity] for row in group.rows if row.identity in verdicts)
    if not found:
        return "", "plain", ""
    if len(found) == 1 and found.total() == group.mails:
        return *verdict_mark(next(iter(found))), ""
    counts = ", ".join(f"{number} {verdict_mark(judged)[0]}" for judged, number in found.most_common())
    return "part" if len(found) == 1 else "mixed", "warn", f"{counts}: "


def cause_words(group: Group) -> str:
    """The cause in a few words, for the header of the list that shows its mails."""
    return group.sentence


def summary(width: int, rows: Sequence[Row]) -> list[Line]:
    """Reasons, receivers, senders and time of the failures among `rows`."""
    page = Page(width)
    failures = [row for row in rows if row.reason is not None and row.kind in ("failed", "delayed")]
    if not failures:
        page.text("No failure among these mails.")
        return page.lines
    page.text(f"{len(failures):,} failures in {len(rows):,} mails", "strong")
    _bars(page, "Why", (reason_words(row.reason) for row in failures if row.reason))
    _bars(page, "Who refused", (row.provider or row.host or "not told" for row in failures))
    _bars(page, "Who sent", ((row.author or "not told").lower() for row in failures))
    _bars(page, "Sent from", (row.ip or "not told" for row in failures))
    _time(page, failures)
    return page.lines


def _bars(page: Page, title: str, values: Iterable[str]) -> None:
    page.heading(title)
    counts = Counter(values)
    most = counts.most_common(_MOST_BARS)
    longest = max(page.width - 40, 4)
    for value, number in most:
        bar = _BAR * max(1, number * longest // most[0][1])
        page.spans(Span(fit(shown(value), 28) + " "), Span(f"{number:>6,}  ", "strong"), Span(bar, "label"))
    rest = sum(counts.values()) - sum(number for _, number in most)
    if rest:
        page.text(f"{rest:,} in {len(counts) - len(most):,} others", "label")


def _time(page: Page, rows: Sequence[Row]) -> None:
    """How many failures each day, or each hour where they fell within two days."""
    dates = sorted(row.date for row in rows if row.date)
    if not dates:
        return
    cut = 13 if dates[0][:10] >= dates[-1][:10] else 10
    counts = Counter(date[:cut] for date in dates)
    steps = sorted(counts)[-(page.width - 2) :]
    top = max(counts[step] for step in steps)
    line = "".join(_HEIGHTS[max(1, counts[step] * (len(_HEIGHTS) - 1) // top)] for step in steps)
    page.heading("When" + (", by the hour" if cut == 13 else ", by the day"))
    page.text(line)
    page.text(f"{steps[0]} to {steps[-1]} (UTC), at most {top:,}", "label")
