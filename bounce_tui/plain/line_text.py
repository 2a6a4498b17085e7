"""A mail of the list as one line of words."""

from collections.abc import Iterator, Mapping

from bounce_tui.check_results import Inputs, VerdictState
from bounce_tui.model import Candidate
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.date_text import minute_utc
from bounce_tui.reporting.origins import candidate
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.causes import Group, operator_of
from bounce_tui.triage.group_verdicts import group_verdicts
from bounce_tui.triage.memory import STATES
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import RecipientOutcome, Row, further_reasons
from bounce_tui.triage.store.records import Annotation, KnownVerdict

_KINDS = {
    "failed": "failed",
    "delayed": "delayed",
    "delivered": "delivered, no bounce",
    "feedback": "feedback report, no bounce",
    "auto_reply": "automatic reply, no bounce",
    "other": "no bounce",
}
_VERDICTS: dict[VerdictState, tuple[str, str]] = {
    "still_holds": ("it still held", "it still holds"),
    "no_longer_holds": ("it no longer held", "it no longer holds"),
    "cannot_be_known": ("it could not be known", "it cannot be known"),
}
_LONGEST = 300
INPUTS = {
    "ip": ("sending_ip", "sending IP"),
    "sender": ("envelope_sender", "envelope sender"),
    "helo": ("helo", "HELO"),
    "from": ("from_domain", "From domain"),
    "to": ("recipient", "recipient"),
}
"""For each word of the user's, the field of Inputs and its name."""


def row_line(
    number: int,
    row: Row,
    annotation: Annotation | None,
    verdict: KnownVerdict | None = None,
    outcome: RecipientOutcome | None = None,
) -> str:
    """`12. to do. failed, mailbox full. bob@example.net. 2026-11-20 09:14 UTC`, everything made visible:
    `row` as a line, by its `outcome`, the leading one with None."""
    return f"{number}. {'. '.join(_parts(row, annotation, verdict, outcome or row))}"


def cause_line(number: int, group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> str:
    """`2. 214 mails: Outlook.com blocks 192.0.2.10 (S3140). 61 senders. Since 2026-11-20 09:12 UTC. Checked:
    it still holds`."""
    words = f"{counted(group.mails, 'mail')}: {visible(group.counted)}"
    if group.senders > 1:
        words += f". {group.senders:,} senders"
    if group.recipients > group.mails and not group.cause.is_of_mailboxes:
        words += f". {group.recipients:,} recipients"
    if group.since:
        words += f". Since {minute_utc(group.since)}"
    return ". ".join((f"{number}. {words}", *_checked(group, verdicts)))


def _checked(group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> Iterator[str]:
    """What checks came to for the mails of a group, and for how many where not for all the same."""
    found = group_verdicts(group, verdicts)
    for verdict, number in found.most_common():
        words = _verdict(verdict)
        is_of_all = number == group.mails
        yield f"{words[:1].upper()}{words[1:]}" if is_of_all else f"{number:,} of them {words}"
    if found and (rest := group.mails - found.total()):
        yield f"{rest:,} not checked"


def _verdict(verdict: KnownVerdict) -> str:
    before, now = _VERDICTS[verdict.state]
    return f"an earlier check: {before}" if verdict.earlier else f"checked: {now}"


def input_lines(inputs: Inputs) -> Iterator[str]:
    """What the checks start from, a line each, with where it was found."""
    for name, (field, label) in INPUTS.items():
        value = getattr(inputs, field)
        said = candidate(value) if isinstance(value, Candidate) else value or "not known"
        yield f"{name}: {label} {visible(said)}"


def _parts(
    row: Row, annotation: Annotation | None, verdict: KnownVerdict | None, outcome: RecipientOutcome
) -> Iterator[str]:
    yield STATES[annotation.state if annotation else "todo"]
    if row.away:
        yield "away, moved or deleted elsewhere"
    if row.error:
        yield f"cannot be read: {visible(row.error)}"
        return
    yield _KINDS[outcome.kind] + (f", {reason_words(outcome.reason)}" if outcome.reason else "")
    if outcome.recipient:
        others = f" and {row.recipients - 1:,} more" if row.recipients > 1 else ""
        if further := further_reasons(row, outcome):
            others += f", for other reasons, too: {', '.join(map(reason_words, further))}"
        yield visible(outcome.recipient[:_LONGEST]) + others
    elif row.subject:
        yield f"subject {visible(row.subject[:_LONGEST])}"
    if operator := operator_of(outcome):
        yield visible(operator)
    if row.date:
        yield minute_utc(row.date)
    if verdict:
        yield _verdict(verdict)
    if annotation and annotation.note:
        yield f"note: {visible(annotation.note)}"
