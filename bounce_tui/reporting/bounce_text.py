"""One bounce as a person reads it: what failed and why first, then the facts it rests on."""

from collections.abc import Iterable, Iterator, Sequence

from bounce_tui.diagnosis.pasted import HOLDS_NONE, REFUSES_NOTHING
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.model import Bounce, Case, Diagnosis, Failure, Original, OtherReading
from bounce_tui.reporting.feedback_text import feedback_fields, feedback_headline
from bounce_tui.reporting.header_fields import header_fields
from bounce_tui.reporting.origins import candidate
from bounce_tui.reporting.remote_server import its_part, remote_server
from bounce_tui.reporting.returned_title import returned_title
from bounce_tui.reporting.visible import visible, visible_path
from bounce_tui.reporting.wrapping import wrapped

WHO_ACTS = {
    "sender": "the sender",
    "sender_admin": "the sender's mail administrator",
    "recipient": "the recipient",
    "recipient_admin": "the recipient's mail administrator",
    "provider": "the receiving provider",
    "nobody": "nobody: nothing failed",
}
KINDS = {
    "failed": "a delivery failure",
    "delayed": "a delay notice: the server keeps trying",
    "delivered": "a notice of successful delivery, not a bounce",
    "feedback": "a feedback report (ARF), not a bounce",
    "auto_reply": "an automatic reply, not a bounce",
    "other": "not a bounce",
}
REFUSED_HERE = "mail that your own server refused to take"
_WIDTH = 78
_MOST_DISTINCT = 3
_MOST_CANDIDATES = 3


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
        label = f"{name}:" if name and not name.endswith("?") else name
        yield from wrapped(value, _WIDTH, f"  {label:<17} ")


def _case_lines(case: Case, hints: Sequence[Hints]) -> Iterator[str]:
    message, bounce = case.message, case.bounce
    place = f", message {message.index + 1} (--index {message.index})" if message.index else ""
    yield visible_path(message.file) + place
    if case.error:
        yield from field("Error", case.error)
        return
    by = "forwarded by a person" if bounce.list_says is None else "passed on by a list manager"
    kind = REFUSED_HERE if bounce.is_refused_here else KINDS[bounce.kind]
    yield from field("Kind", kind + (f", {by}" if bounce.forwarded else ""))
    yield from field("Judged so", bounce.because)
    if bounce.list_says:
        yield from field("The list says", bounce.list_says)
    if bounce.feedback is not None:
        yield ""
        yield feedback_headline(bounce)
        for label, value in feedback_fields(bounce.feedback):
            yield from field(label, value)
    for numbers in _alike(case, hints):
        first = numbers[0]
        yield ""
        failures = [bounce.failures[number] for number in numbers]
        hint = hints[first] if first < len(hints) else NONE
        yield from _failure_lines(failures[0], case.diagnoses[first], hint, failures[1:])
    about = list(_report_lines(bounce))
    if about:
        yield ""
        yield "The report"
        yield from about
    if bounce.original:
        yield ""
        yield returned_title(bounce.original)
        yield from _original_lines(bounce.original)


def _report_lines(bounce: Bounce) -> Iterator[str]:
    for label, value in header_fields(bounce):
        yield from field(label, value)
    yield from field("Reporting MTA", bounce.reporting_mta)
    yield from field("Envelope ID", bounce.envelope_id)
    for name, found in (
        ("Sending IP", bounce.sending_ips),
        ("Envelope sender", bounce.envelope_senders),
        ("HELO", bounce.helos),
    ):
        for one in found[:_MOST_CANDIDATES]:
            yield from field(name, candidate(one))
    yield from field("Mail client", bounce.mailer)


def _original_lines(original: Original) -> Iterator[str]:
    for label, value in header_fields(original):
        yield from field(label, value)
    yield from field("Return-Path", original.return_path)


def _alike(case: Case, hints: Sequence[Hints]) -> Iterable[list[int]]:
    """The numbers of the failures, those together that share codes and diagnosis; what is to be said of one
    recipient alone keeps it apart."""
    together: dict[object, list[int]] = {}
    for number, (failure, diagnosis) in enumerate(zip(case.bounce.failures, case.diagnoses, strict=True)):
        key: object = (
            (failure.action, failure.reply_code, failure.status, failure.status_field, failure.command),
            (diagnosis.rule, diagnosis.reason, diagnosis.temporary, diagnosis.hard, diagnosis.provider),
            (diagnosis.cause, diagnosis.who_acts, diagnosis.url, diagnosis.confidence, diagnosis.also),
            (failure.origin.sending_ips[:1], failure.origin.refused_by) if failure.origin else None,
        )
        if failure.x500 or (number < len(hints) and hints[number].mistyped):
            key = number
        together.setdefault(key, []).append(number)
    return together.values()


def _failure_lines(
    failure: Failure, diagnosis: Diagnosis, hints: Hints = NONE, others: Sequence[Failure] = ()
) -> Iterator[str]:
    """The lines of one failure, and of `others` of the same codes and diagnosis what is different."""
    yield visible(failure.recipient or "(no address named)")
    yield from _reading_lines(failure, diagnosis, hints)
    yield from _fact_lines(failure, diagnosis, others)
    if others:
        yield f"  And {len(others):,} more of the same cause:"
        yield from wrapped(", ".join(map(_address, others)), _WIDTH, "    ")
    yield from field("X.500 address", failure.x500)
    if not hints.content_first:
        yield from _note_lines(hints)


def _reading_lines(failure: Failure, diagnosis: Diagnosis, hints: Hints) -> Iterator[str]:
    """Why it failed and what to do, and what that rests on."""
    yield from field("Why", _why(failure, diagnosis))
    for one in hints.mistyped:
        yield from field("Mistyped?", one.words)
    if (found := diagnosis.backscatter) is not None:
        question = "" if diagnosis.is_backscatter else f" {found.statement}"
        yield from field("Whose mail", f"{found.headline}{question}")
    yield from field("Cause", diagnosis.cause)
    # Nobody has to act on words of which we cannot tell that anything failed.
    if diagnosis.rule not in HOLDS_NONE:
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
        yield from field("Or else", f"{other.reason}{grounds(other, diagnosis)}")


def grounds(other: OtherReading, diagnosis: Diagnosis) -> str:
    """What speaks for another reading: its words and its rule, or that the first reading's words allow it."""
    if other.rule == diagnosis.rule and other.evidence == diagnosis.evidence.text:
        return ", which the same words may mean" if other.evidence else ""
    said = f" by “{other.evidence}”" if other.evidence else ""
    return f"{said} ({other.rule})"


def _fact_lines(failure: Failure, diagnosis: Diagnosis, others: Sequence[Failure]) -> Iterator[str]:
    """What the report says."""
    refused = _refuses(diagnosis)
    is_error = refused and failure.action in ("failed", "delayed")
    yield from field("Exact error" if is_error else "The text", failure.exact)
    yield from _distinct("Others' errors", _wording(failure), map(_wording, others))
    yield from field("Reply code", failure.reply_code)
    status = failure.status
    if status and failure.status_field and failure.status_field != status:
        status = f"{status} (the Status field says {failure.status_field})"
    yield from field("Enhanced status", status)
    yield from field("Action", failure.action if refused else None)
    yield from field("SMTP command", failure.command)
    server = remote_server(failure)
    yield from field(its_part(failure), server)
    yield from _origin_lines(failure, others)
    yield from _distinct("and by", server, map(remote_server, others))
    yield from field("When", failure.date)
    yield from field("Retried until", failure.will_retry_until)
    yield from field("Original rcpt", failure.original_recipient)


def _origin_lines(failure: Failure, others: Sequence[Failure]) -> Iterator[str]:
    """Whose mail it is, where the report is about several."""
    origin = failure.origin
    if origin is None:
        return
    if origin.refused_by is not None:
        yield from field("Refused by", f"your own server {origin.refused_by}".rstrip())
    yield from field("Sending IP", candidate(origin.sending_ips[0]) if origin.sending_ips else None)
    yield from field("Queued since", origin.arrived)
    queued = [one.queued or "" for one in others]
    yield from _distinct("and" if origin.arrived else "Queued since", origin.arrived or "", queued)
    sender = _sender(failure)
    yield from field("Envelope sender", sender)
    yield from _distinct("" if sender else "Senders", sender, map(_sender, others))


def _sender(failure: Failure) -> str:
    """The envelope sender that is told for this failure alone."""
    found = failure.origin.envelope_senders if failure.origin is not None else ()
    return candidate(found[0]) if found else ""


def _refuses(diagnosis: Diagnosis) -> bool:
    return diagnosis.rule not in REFUSES_NOTHING


def _why(failure: Failure, diagnosis: Diagnosis) -> str:
    if not _refuses(diagnosis):
        return "this is no refusal" if diagnosis.rule in HOLDS_NONE else "nothing failed"
    if failure.action not in ("failed", "delayed"):
        # A notice of what was delivered has a reason, but nothing in it lasts.
        return diagnosis.reason
    for_now = "temporary" if failure.action == "delayed" else "failed, but may pass if sent again"
    lasting = for_now if diagnosis.temporary else "permanent"
    stop = "; the address is dead, stop sending to it" if diagnosis.hard else ""
    return f"{diagnosis.reason} ({lasting}{stop})"


def _wording(failure: Failure) -> str:
    """What the server said, whomever it was about."""
    address = failure.recipient
    return failure.diagnostic.replace(address, "ADDRESS") if address else failure.diagnostic


def _distinct(name: str, told: str, values: Iterable[str]) -> Iterator[str]:
    """The first of the distinct `values` but for the one that was `told`, and how many more there are."""
    found = [value for value in dict.fromkeys(values) if value and value != told]
    for number, value in enumerate(found[:_MOST_DISTINCT]):
        yield from field("" if number else name, value)
    if len(found) > _MOST_DISTINCT:
        rest = len(found) - _MOST_DISTINCT
        yield from field("", f"and {rest:,} more (`scan --format ndjson` has each)")


def _address(failure: Failure) -> str:
    """The recipient, with the address that was written to where that is another."""
    address = failure.recipient or "(no address named)"
    original = failure.original_recipient
    return f"{address} (written to {original})" if original and original != address else address


def _note_lines(hints: Hints) -> Iterator[str]:
    """What is to be noticed about the returned message, the odd first."""
    for number, note in enumerate(sorted(hints.notes, key=lambda note: not note.odd)):
        yield from field("" if number else "The content", f"{'! ' if note.odd else ''}{note.words}")
