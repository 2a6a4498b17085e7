"""What is asked for when many mails are handed over: a request for each of their causes."""

from collections.abc import Sequence

from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.entry import Entry, handed_over
from bounce_tui.reporting.handover import handover
from bounce_tui.reporting.requests import Member, Request, handover_by_cause
from bounce_tui.triage.causes import Cause, causes_of, group
from bounce_tui.triage.other_recipients import outcome_of
from bounce_tui.triage.row import row_of


def handover_of(entries: Sequence[Entry], *, redacted: bool = False) -> str:
    """The hand-over of one mail, or of several by their causes; `redacted` leaves out who they are about."""
    if len(entries) == 1:
        return handover(entries, redacted=redacted)
    return handover_by_cause(entries, requests_of, redacted=redacted)


def requests_of(entries: Sequence[Entry]) -> list[Request]:
    """The causes of the mails, those of most mails first, each with the failures that have it."""
    rows = [row_of(entry.case) for entry in entries]
    members: dict[Cause, list[Member]] = {}
    for entry, row in zip(entries, rows, strict=True):
        leading = entry.case.bounce.leading
        for number in handed_over(entry.case):
            outcome = row if number == leading else outcome_of(entry.case, number, leading)
            for cause in causes_of(row, outcome):
                members.setdefault(cause, []).append((entry, number))
    return [
        Request(f"{counted(one.mails, 'mail')}: {one.counted}", tuple(members[one.cause]))
        for one in group(rows)
        if one.cause in members
    ]
