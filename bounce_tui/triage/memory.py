"""What the store remembers of a mail, in words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bounce_tui.model import Case
from bounce_tui.reporting.date_text import minute_utc
from bounce_tui.reporting.entry import NOTE
from bounce_tui.triage.causes import verdict_key
from bounce_tui.triage.other_recipients import outcome_of
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.records import AddressHistory, Annotation, EarlierVerdict

if TYPE_CHECKING:
    from bounce_tui.triage.store.store import Store

CHECKED = "Checked "
"""What the line about the last verdict begins with."""
STATES = {"todo": "to do", "working": "in progress", "done": "done", "ignored": "ignored"}
_VERDICTS = {
    "still_holds": "still held",
    "no_longer_holds": "no longer held",
    "cannot_be_known": "could not be known",
}


def recalled(
    store: "Store", row: Row, annotation: Annotation | None, case: Case, indexes: Sequence[int]
) -> list[tuple[str, ...]]:
    """What is remembered of each of the failures `indexes` of `case`, a line for each thing.  `row` is the
    mail's row, `annotation` what the user noted of it; each recipient has a history of its own."""
    found = []
    for index in indexes:
        failure = case.bounce.failures[index]
        earlier = store.earlier(row, failure.recipient or failure.original_recipient)
        leading = case.bounce.leading
        outcome = row if index == leading else outcome_of(case, index, leading)
        found.append(memory(annotation, earlier, store.verdict(verdict_key(row, outcome))))
    return found


def memory(
    annotation: Annotation | None, earlier: AddressHistory, kept: EarlierVerdict | None
) -> tuple[str, ...]:
    """A line for each thing that is remembered."""
    return tuple(_lines(annotation, earlier, kept))


def _lines(
    annotation: Annotation | None, earlier: AddressHistory, kept: EarlierVerdict | None
) -> Iterator[str]:
    if annotation is not None and annotation.changed:
        # Not "to do by root": whoever touched a mail is not whose work it is.
        at = minute_utc(annotation.changed)
        touched = f"by {annotation.who}, {at}" if annotation.who else at
        if annotation.state != "todo":
            yield f"{STATES[annotation.state].capitalize()}, set {touched}"
        elif not annotation.note:
            yield f"To do, last changed {touched}"
        if annotation.note:
            yield f"{NOTE}{annotation.note}" + (f" (written {touched})" if annotation.state == "todo" else "")
    if earlier.of_address:
        times = "once" if earlier.of_address == 1 else f"{earlier.of_address:,} times"
        last = f", last {minute_utc(earlier.last)}" if earlier.last else ""
        since = ""
        if earlier.delivered and earlier.last and earlier.delivered > earlier.last:
            since = f"; mail to it was delivered since, {minute_utc(earlier.delivered)}"
        yield f"This address failed {times} before{last}{since}"
    if earlier.of_domain:
        reports = "One report" if earlier.of_domain == 1 else f"{earlier.of_domain:,} reports"
        yield f"{reports} of other addresses of its domain"
    if kept is not None:
        yield f"{CHECKED}{minute_utc(kept.at)}: the cause {_VERDICTS[kept.state]}. {kept.summary}".rstrip()
