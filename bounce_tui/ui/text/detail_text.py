"""The open message in words: why it failed and what to do first, then everything that says so."""

from collections.abc import Sequence

from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.hints.note import Note
from bounce_tui.model import Bounce, Case, Diagnosis, Failure, Hop, Original
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.reporting.bounce_text import grounds
from bounce_tui.reporting.exact_reply import evidence_in_exact
from bounce_tui.reporting.feedback_text import feedback_fields, feedback_headline
from bounce_tui.reporting.header_fields import header_fields
from bounce_tui.reporting.origins import candidate
from bounce_tui.reporting.remote_server import its_part, remote_server
from bounce_tui.reporting.returned_title import returned_title
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.ui.keymap import DEFAULT, Keymap
from bounce_tui.ui.text.page import LABEL, Line, Page, Role, Span

WHO = {
    "sender": "the sender",
    "sender_admin": "the sender's mail admin",
    "recipient": "the recipient",
    "recipient_admin": "the recipient's mail admin",
    "provider": "the provider",
    "nobody": "nobody: nothing failed",
}

KINDS = {
    "failed": "Failed delivery",
    "delayed": "Delayed, still being tried",
    "delivered": "Delivery notice, nothing failed",
    "feedback": "Complaint about your mail",
    "auto_reply": "Automatic reply, no bounce",
    "other": "No bounce",
}

REFUSED_HERE = "Refused by your own server"

MAX_HEADERS = 200
MAX_VALUE = 2000
MAX_HOPS = 60
MOST_ODD = 3
"""Oddities of the content that stand on top where the reason is about content; all come further down."""


def detail(
    case: Case,
    index: int,
    opened: OpenedMessage | None,
    width: int,
    hints: Hints = NONE,
    memory: Sequence[str] = (),
    keys: Keymap = DEFAULT,
) -> list[Line]:
    """The page about failure `index` of `case`; `opened` adds headers, hops and parts once it is there,
    `hints` what may have been meant and what a filter saw, `memory` what is remembered of it."""
    page = Page(width, f"… and more; {keys.key('source')} shows the whole mail")
    if case.error:
        page.text("Cannot be read", "bad")
        page.text(case.error)
        page.field("File", case.message.file)
        return page.lines
    if case.bounce.failures:
        _failure(page, case, index, hints, memory)
    else:
        _kind(page, case.bounce)
    _message(page, case)
    if case.bounce.original:
        _original(page, case.bounce.original)
    if not hints.content_first:
        _content(page, hints)
    if opened:
        _opened(page, opened)
    return page.lines


def _failure(page: Page, case: Case, index: int, hints: Hints, memory: Sequence[str]) -> None:
    bounce, failure = case.bounce, case.bounce.failures[index]
    diagnosis = case.diagnoses[index] if index < len(case.diagnoses) else None
    if not bounce.is_bounce:
        _kind(page, bounce)
    elif diagnosis:
        _advice(page, failure, diagnosis, hints)
    if memory:
        page.heading("Remembered")
        for words in memory:
            page.text(words)
    _reply(page, failure, diagnosis)
    _facts(page, bounce, failure)
    if diagnosis:
        _rule(page, diagnosis)


def outlook(failure: Failure, diagnosis: Diagnosis) -> str:
    """What is to be expected of this address, in a few words."""
    if diagnosis.is_backscatter:
        return "nothing of yours has failed"
    if diagnosis.hard:
        return "dead address or domain: stop sending"
    if failure.is_refused_here:
        return "refused by your own server" + (", for now" if failure.action == "delayed" else "")
    if diagnosis.rule == BuiltIn.QUEUE_HOLDS:
        return "on hold in your own queue: not tried"
    if failure.action == "delayed":
        return "still being tried"
    return (
        "failed, but may pass if sent again" if diagnosis.temporary else "permanent until something changes"
    )


def _kind(page: Page, bounce: Bounce) -> None:
    is_feedback = bounce.kind == "feedback"
    page.text(feedback_headline(bounce) if is_feedback else KINDS.get(bounce.kind, bounce.kind), "strong")
    page.field("Because", bounce.because)
    if bounce.feedback is not None:
        page.heading("The feedback report")
        for label, value in feedback_fields(bounce.feedback):
            page.field(label, value)


def _advice(page: Page, failure: Failure, diagnosis: Diagnosis, hints: Hints) -> None:
    role: Role = "bad" if diagnosis.hard else "warn" if diagnosis.temporary else "plain"
    page.text(_sentence(reason_words(diagnosis.reason)), "strong")
    page.text(outlook(failure, diagnosis), role)
    _origin(page, diagnosis)
    for one in hints.mistyped:
        page.text(one.line, "strong")
    if hints.content_first:
        _notes(page, [note for note in hints.notes if note.odd][:MOST_ODD])
    page.blank()
    page.field("Who acts", WHO.get(diagnosis.who_acts, diagnosis.who_acts), "strong")
    page.field("Cause", diagnosis.cause)
    for number, step in enumerate(diagnosis.resolution, 1):
        label = "Do" if number == 1 else ""
        lead = f"{label:<{LABEL - 3}}{number:>2} "
        page.text(step, first=lead, rest=" " * LABEL)
    page.field("Page", diagnosis.url)
    if hints.content_first:
        _content(page, hints)


def _origin(page: Page, diagnosis: Diagnosis) -> None:
    """That the mail is somebody else's, or the question whether it is."""
    found = diagnosis.backscatter
    if found is not None:
        question = "" if diagnosis.is_backscatter else f" {found.statement}"
        page.text(f"{found.headline}{question}", "strong")


def _content(page: Page, hints: Hints) -> None:
    if not hints.notes:
        return
    page.heading("The content")
    _notes(page, sorted(hints.notes, key=lambda note: not note.odd))


def _notes(page: Page, notes: Sequence[Note]) -> None:
    for note in notes:
        page.text(note.words, "plain", "! " if note.odd else "  ", "  ")


def _reply(page: Page, failure: Failure, diagnosis: Diagnosis | None) -> None:
    page.heading("The reply")
    if not failure.diagnostic:
        page.text("The report quotes none.", "label")
        return
    page.marked(failure.exact, *evidence_in_exact(failure, diagnosis))


def _facts(page: Page, bounce: Bounce, failure: Failure) -> None:
    page.heading("The failure")
    page.field("Address", failure.recipient)
    if failure.original_recipient != failure.recipient:
        page.field("Sent to", failure.original_recipient)
    page.field("X.500", failure.x500)
    page.field("Time", failure.date or bounce.date)
    page.field("Queued", failure.queued)
    page.field("Retries to", failure.will_retry_until)
    page.field(its_part(failure), remote_server(failure))
    page.field("Reported by", bounce.reporting_mta)
    if failure.origin is not None:
        _origin_of(page, bounce, failure)
    page.field("Code", " ".join(filter(None, (failure.reply_code, failure.status))))
    if failure.status_field != failure.status:
        page.field("Status", failure.status_field)
    page.field("Command", failure.command)
    page.field("Action", failure.action)
    page.field("Envelope ID", bounce.envelope_id)
    page.field("Mail client", bounce.mailer)


def _origin_of(page: Page, bounce: Bounce, failure: Failure) -> None:
    """Whose mail it is, where the text is about several."""
    for label, candidates in (
        ("Sending IP", bounce.sending_ips_of(failure)), ("Sender", bounce.envelope_senders_of(failure)),
    ):  # fmt: skip
        page.field(label, candidate(candidates[0]) if candidates else None)


def _rule(page: Page, diagnosis: Diagnosis) -> None:
    page.heading("Why we think so")
    page.field("Provider", diagnosis.provider)
    page.field("Rule", f"{diagnosis.rule} ({diagnosis.confidence} confidence)")
    where = diagnosis.evidence.where.replace("_", " ").replace("diagnostic", "the reply")
    if diagnosis.evidence.text:
        page.field("Evidence", f"“{diagnosis.evidence.text}” in {where}")
    for other in diagnosis.also:
        page.field("Or else", f"{reason_words(other.reason)}{grounds(other, diagnosis)}")


def _message(page: Page, case: Case) -> None:
    bounce, message = case.bounce, case.message
    page.heading("The message")
    if bounce.is_bounce:
        by = ", forwarded" if bounce.list_says is None else ", passed on by a list manager"
        kind = REFUSED_HERE if bounce.is_refused_here else KINDS.get(bounce.kind, bounce.kind)
        page.field("Kind", kind + (by if bounce.forwarded else ""))
        page.field("Because", bounce.because)
        page.field("The list", bounce.list_says)
    for label, value in header_fields(bounce):
        page.field(label, value)
    for label, candidates in (
        ("Sending IP", bounce.sending_ips), ("Sender", bounce.envelope_senders), ("HELO", bounce.helos),
    ):  # fmt: skip
        for one in candidates[:8]:
            page.field(label, candidate(one))
            label = ""
    place = f", message {message.index + 1} (--index {message.index})" if message.index else ""
    page.field("File", message.file + place)


def _original(page: Page, original: Original) -> None:
    page.heading(returned_title(original))
    for label, value in header_fields(original):
        page.field(label, value)
    page.field("Return-Path", original.return_path)
    page.field("Mail client", original.mailer)
    _hops(page, original.hops)


def _opened(page: Page, opened: OpenedMessage) -> None:
    if opened.error:
        page.heading("The whole message")
        page.text(opened.error, "warn")
    if opened.hops:
        page.heading("Way of the bounce")
        _hops(page, opened.hops)
    if opened.parts:
        page.heading("Parts")
        for part in opened.parts[:MAX_HOPS]:
            name = f" {part.filename}" if part.filename else ""
            page.text(f"{part.content_type}{name}, {part.size:,} bytes")
    if opened.headers:
        page.heading("Headers")
        for name, value in opened.headers[:MAX_HEADERS]:
            page.text(
                value if len(value) <= MAX_VALUE else f"{value[:MAX_VALUE]} …",
                first=f"{name[:40]}: ",
                rest="  ",
            )
        if len(opened.headers) > MAX_HEADERS:
            page.text(f"… {len(opened.headers) - MAX_HEADERS} more headers: the source has them", "label")


def _hops(page: Page, hops: tuple[Hop, ...]) -> None:
    for number, hop in enumerate(hops[:MAX_HOPS], 1):
        client = " ".join(filter(None, (hop.from_host or hop.helo, hop.from_ip and f"[{hop.from_ip}]")))
        words = f"{client or 'somewhere'} to {hop.by or 'somewhere'}"
        words += f" with {hop.protocol}" if hop.protocol else ""
        words += f", {hop.date}" if hop.date else ""
        page.text(words, first=f"{number:>3} ", rest="    ")
    if len(hops) > MAX_HOPS:
        page.spans(Span(f"… {len(hops) - MAX_HOPS} more hops", "label"))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
