"""Groups of bounces in words: a line each, and the summary with its bars."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bounce_tui.triage.causes import Group
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import Row
from bounce_tui.ui.text.cells import fit, shown
from bounce_tui.ui.text.page import Line, Page, Span

_COUNT = 6
_BAR = "#"
_MOST_BARS = 8
# Eighths of a line, in signs that every terminal has.
_HEIGHTS = " .:-=+*#"


def cause_line(group: Group, width: int) -> Line:
    """`   214  blocked        192.0.2.10      Microsoft    61 senders  11-20 09:12`."""
    cause = group.cause
    room = max(width - _COUNT - 2, 20)
    when = 12 if room >= 60 else 0
    who = 14 if room >= 72 else 0
    # What stands alone has the room of both.
    receiver = room * 22 // 100 if room >= 50 and cause.subject and cause.receiver else 0
    reason = min(22, room * 30 // 100)
    subject = room - when - who - (receiver + 1 if receiver else 0) - reason - 1
    people = f"{group.senders} sender" + ("" if group.senders == 1 else "s") if group.senders else ""
    cells = [
        Span(f"{group.mails:>{_COUNT},}  ", "strong"),
        Span(fit(reason_words(cause.reason), reason) + " "),
        Span(fit(shown(cause.subject or cause.receiver), subject)),
    ]
    if receiver:
        cells.append(Span(" " + fit(shown(cause.receiver), receiver), "label"))
    if who:
        cells.append(Span(f" {people:>{who - 1}}", "label"))
    if when:
        cells.append(Span(f" {shown(group.since or '')[5:16].replace('T', ' '):>{when - 1}}", "label"))
    return tuple(cells)


def cause_words(group: Group) -> str:
    """The cause in a few words, for the header of the list that shows its mails."""
    cause = group.cause
    return " ".join(part for part in (reason_words(cause.reason), cause.subject, cause.receiver) if part)


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
