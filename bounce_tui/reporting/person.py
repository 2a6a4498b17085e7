"""One bounce as a person reads it: what failed and why first, then the facts it rests on."""

import textwrap
from collections.abc import Iterator, Sequence

from bounce_tui.hints.hinting import NONE, Hints
from bounce_tui.model import Candidate, Case, Diagnosis, Failure
from bounce_tui.reporting.origins import source_words
from bounce_tui.reporting.visible import visible, visible_path

WHO_ACTS = {
    "sender": "the sender",
    "sender_admin": "the sender's mail administrator",
    "recipient": "the recipient",
    "recipient_admin": "the recipient's mail administrator",
    "provider": "the receiving provider",
}
KINDS = {
    "failed": "a delivery failure",
    "delayed": "a delay notice: the server keeps trying",
    "delivered": "a notice of successful delivery, not a bounce",
    "feedback": "a feedback report (ARF), not a bounce",
    "auto_reply": "an automatic reply, not a bounce",
    "other": "not a bounce",
}
_WIDTH = 78


def show(case: Case, hints: Sequence[Hints] = ()) -> str:
    """The whole reading of one message, lines of at most 78 columns where words allow.  `hints` run
    parallel to its failures; a missing one is none."""
    return "\n".join(_case_lines(case, hints)) + "\n"


def explain(failure: Failure, diagnosis: Diagnosis, hints: Hints = NONE) -> str:
    """The diagnosis of one reply."""
    return "\n".join(_failure_lines(failure, diagnosis, hints)) + "\n"


def field(name: str, value: str | None) -> Iterator[str]:
    """`Name:  value`, wrapped under itself; nothing where there is no value."""
    if value:
        label = f"{name}:" if name else ""
        indent = " " * 20
        yield from textwrap.wrap(
            visible(value),
            _WIDTH,
            initial_indent=f"  {label:<17} ",
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )


def candidate(value: Candidate) -> str:
    """A candidate with where it was found."""
    return f"{value.value} (from {source_words(value.source)}{'' if value.sure else ', a guess'})"


def _case_lines(case: Case, hints: Sequence[Hints]) -> Iterator[str]:
    message, bounce = case.message, case.bounce
    place = f", message {message.index + 1} (--index {message.index})" if message.index else ""
    yield visible_path(message.file) + place
    if case.error:
        yield from field("Error", case.error)
        return
    yield from field("Kind", KINDS[bounce.kind] + (", forwarded by a person" if bounce.forwarded else ""))
    yield from field("Judged so", bounce.because)
    for number, (failure, diagnosis) in enumerate(zip(bounce.failures, case.diagnoses, strict=True)):
        yield ""
        yield from _failure_lines(failure, diagnosis, hints[number] if number < len(hints) else NONE)
    yield ""
    yield "The report"
    yield from field("From", bounce.from_)
    yield from field("To", bounce.to)
    yield from field("Date", bounce.date)
    yield from field("Subject", bounce.subject)
    yield from field("Message-ID", bounce.message_id)
    yield from field("Reporting MTA", bounce.reporting_mta)
    for name, found in (
        ("Sending IP", bounce.sending_ips),
        ("Envelope sender", bounce.envelope_senders),
        ("HELO", bounce.helos),
    ):
        for one in found[:3]:
            yield from field(name, candidate(one))
    yield from field("Mail client", bounce.mailer)
    original = bounce.original
    if original:
        yield ""
        yield "The returned message" if original.whole else "The returned message (headers only)"
        yield from field("From", original.from_)
        yield from field("To", original.to)
        yield from field("Date", original.date)
        yield from field("Subject", original.subject)
        yield from field("Message-ID", original.message_id)
        yield from field("Return-Path", original.return_path)


def _failure_lines(failure: Failure, diagnosis: Diagnosis, hints: Hints = NONE) -> Iterator[str]:
    lasting = "temporary" if diagnosis.temporary else "permanent"
    stop = "; the address is dead, stop sending to it" if diagnosis.hard else ""
    yield visible(failure.recipient or "(no address named)")
    yield from field("Why", f"{diagnosis.reason} ({lasting}{stop})")
    for one in hints.mistyped:
        yield from field("Mistyped?", one.words)
    yield from field("Cause", diagnosis.cause)
    yield from field("Who acts", WHO_ACTS[diagnosis.who_acts])
    for number, step in enumerate(diagnosis.resolution, 1):
        yield from field("What to do" if number == 1 else "", f"{number}. {step}")
    yield from field("Page", diagnosis.url)
    if hints.content_first:
        yield from _note_lines(hints)
    evidence = diagnosis.evidence
    if evidence.text:
        yield from field("Evidence", f"“{evidence.text}” in the {evidence.where.replace('_', ' ')}")
    provider = f", {diagnosis.provider}" if diagnosis.provider else ""
    yield from field("Rule", f"{diagnosis.rule}{provider} (confidence {diagnosis.confidence})")
    for other in diagnosis.also:
        yield from field("Or else", f"{other.reason} ({other.rule})")
    yield from field("Exact error", failure.diagnostic)
    yield from field("Reply code", failure.reply_code)
    status = failure.status
    if status and failure.status_field and failure.status_field != status:
        status = f"{status} (the Status field says {failure.status_field})"
    yield from field("Enhanced status", status)
    yield from field("Action", failure.action)
    yield from field("SMTP command", failure.command)
    server = failure.remote_mta
    if failure.remote_ip:
        server = f"{server or ''} [{failure.remote_ip}]".strip()
    yield from field("Refused by" if failure.action in ("failed", "delayed") else "Taken by", server)
    yield from field("When", failure.date)
    yield from field("Retried until", failure.will_retry_until)
    yield from field("Original rcpt", failure.original_recipient)
    yield from field("X.500 address", failure.x500)
    if not hints.content_first:
        yield from _note_lines(hints)


def _note_lines(hints: Hints) -> Iterator[str]:
    """What is to be noticed about the returned message, the odd first."""
    for number, note in enumerate(sorted(hints.notes, key=lambda note: not note.odd)):
        yield from field("" if number else "The content", f"{'! ' if note.odd else ''}{note.words}")
