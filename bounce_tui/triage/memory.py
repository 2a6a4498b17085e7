"""What the store remembers of a mail, in words."""

from collections.abc import Iterator

from bounce_tui.reporting.entry import NOTE
from bounce_tui.reporting.moment import minute_utc
from bounce_tui.triage.store.standing import Earlier, Kept, Standing

STATES = {"todo": "to do", "working": "in work", "done": "done", "ignored": "ignored"}
_VERDICTS = {
    "still_holds": "still held",
    "no_longer_holds": "no longer held",
    "cannot_be_known": "could not be known",
}


def memory(standing: Standing | None, earlier: Earlier, kept: Kept | None) -> tuple[str, ...]:
    """A line for each thing that is remembered."""
    return tuple(_lines(standing, earlier, kept))


def _lines(standing: Standing | None, earlier: Earlier, kept: Kept | None) -> Iterator[str]:
    if standing is not None and standing.changed:
        # Not "to do by root": whoever touched a mail is not whose work it is.
        at = minute_utc(standing.changed)
        touched = f"by {standing.who}, {at}" if standing.who else at
        if standing.state != "todo":
            yield f"{STATES[standing.state].capitalize()}, set {touched}"
        elif not standing.note:
            yield f"To do, last changed {touched}"
        if standing.note:
            yield f"{NOTE}{standing.note}" + (f" (written {touched})" if standing.state == "todo" else "")
    if earlier.of_address:
        times = "once" if earlier.of_address == 1 else f"{earlier.of_address} times"
        last = f", last {minute_utc(earlier.last)}" if earlier.last else ""
        since = ""
        if earlier.delivered and earlier.last and earlier.delivered > earlier.last:
            since = f"; mail to it was delivered since, {minute_utc(earlier.delivered)}"
        yield f"This address failed {times} before{last}{since}"
    if earlier.of_domain:
        reports = "One report" if earlier.of_domain == 1 else f"{earlier.of_domain} reports"
        yield f"{reports} of other addresses of its domain"
    if kept is not None:
        yield f"Checked {minute_utc(kept.at)}: the cause {_VERDICTS[kept.state]}. {kept.summary}"
