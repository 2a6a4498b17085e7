"""The record of one message as scripts read it: the contract of `scan --format ndjson`.

Scripts rely on the field names and their order: add at the end, never rename (CONTRIBUTING.md, "What scripts
rely on").
"""

import re
from collections.abc import Sequence
from itertools import repeat

import msgspec
from msgspec import Struct

from bounce_tui.model import (
    Backscatter,
    Bounce,
    Candidate,
    Case,
    Diagnosis,
    Evidence,
    Failure,
    FeedbackReport,
    Message,
    OtherReading,
)
from bounce_tui.regex import regex
from bounce_tui.reporting.visible import visible_path


class FailureRecord(Struct, frozen=True, gc=False):
    """One failed or delayed recipient with its diagnosis."""

    recipient: str | None
    original_recipient: str | None
    action: str | None
    reply_code: str | None
    status: str | None
    diagnostic: str
    command: str | None
    remote_mta: str | None
    remote_ip: str | None
    date: str | None
    reason: str
    temporary: bool
    hard: bool
    provider: str | None
    rule: str
    confidence: str
    evidence: Evidence
    cause: str
    resolution: tuple[str, ...]
    who_acts: str
    checks: tuple[str, ...]
    url: str | None
    also: tuple[OtherReading, ...]
    will_retry_until: str | None = None
    x500: str | None = None
    sending_ip: Candidate | None = None
    envelope_sender: str | None = None


class MessageRecord(Struct, frozen=True, gc=False):
    """One message and where it lies."""

    file: str
    index: int
    offset: int
    message_id: str | None
    date: str | None
    subject: str | None
    kind: str
    is_bounce: bool
    forwarded: bool
    reporting_mta: str | None
    envelope_sender: str | None
    sending_ip: Candidate | None
    mailer: str | None
    error: str | None
    failures: tuple[FailureRecord, ...]
    because: str = ""
    backscatter: Backscatter | None = None
    feedback: FeedbackReport | None = None


class Place(Struct, frozen=True, gc=False):
    """Where a message lies, as its record says it."""

    file: str
    index: int
    offset: int


def failure_record(bounce: Bounce, failure: Failure, diagnosis: Diagnosis) -> FailureRecord:
    """The record of one recipient; also what `explain --format json` prints."""
    addresses, senders = bounce.sending_ips_of(failure), bounce.envelope_senders_of(failure)
    return FailureRecord(
        failure.recipient,
        failure.original_recipient,
        failure.action,
        failure.reply_code,
        failure.status,
        failure.diagnostic,
        failure.command,
        failure.remote_mta,
        failure.remote_ip,
        failure.date,
        diagnosis.reason,
        diagnosis.temporary,
        diagnosis.hard,
        diagnosis.provider,
        diagnosis.rule,
        diagnosis.confidence,
        diagnosis.evidence,
        diagnosis.cause,
        diagnosis.resolution,
        diagnosis.who_acts,
        diagnosis.checks,
        diagnosis.url,
        diagnosis.also,
        failure.will_retry_until,
        failure.x500,
        addresses[0] if addresses else None,
        senders[0].value if senders else None,
    )


def record(case: Case) -> MessageRecord:
    """The record of one message."""
    message, bounce = case.message, case.bounce
    senders, addresses = bounce.envelope_senders, bounce.sending_ips
    return MessageRecord(
        visible_path(message.file),
        message.index,
        message.offset,
        bounce.message_id,
        bounce.date,
        bounce.subject,
        bounce.kind,
        bounce.is_bounce,
        bounce.forwarded,
        bounce.reporting_mta,
        senders[0].value if senders else None,
        addresses[0] if addresses else None,
        bounce.mailer,
        case.error,
        tuple(map(failure_record, repeat(bounce), bounce.failures, case.diagnoses)),
        bounce.because,
        case.backscatter,
        bounce.feedback,
    )


_encoder = msgspec.json.Encoder()

# JSON escapes C0 by itself.  The rest of what a terminal acts on (`reporting.visible`) is legal in a
# JSON string but not harmless on a screen: written as \u escapes the value is the same and the bytes
# are safe.  Unassigned and private characters are data and stay.
_UNSAFE = regex(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = regex("[\ud800-\udfff]")


def json_line(value: Struct | Sequence[Struct]) -> bytes:
    """`value` as one line of strict UTF-8 JSON without control characters, whatever the mail or its
    file's name holds."""
    try:
        line = _encoder.encode(value)
    except UnicodeEncodeError:
        # Lone surrogates cannot be written as UTF-8: a reader gets U+FFFD in their place.
        line = _encoder.encode(_without_surrogates(msgspec.to_builtins(value)))
    if not line.isascii():
        text = line.decode()
        if not text.isprintable():
            line = _UNSAFE.sub(_json_escape, text).encode()
    elif b"\x7f" in line:
        line = line.replace(b"\x7f", b"\\u007f")
    return line + b"\n"


def ndjson(cases: Sequence[Case]) -> bytes:
    """One JSON object a message, one a line."""
    return b"".join([json_line(record(case)) for case in cases])


def correction(line: bytes, told: Message) -> bytes:
    """The NDJSON `line` of a mail that was printed before, as `told`, and says other things now: it ends with
    `replaces`, the place that the earlier line gave."""
    place = Place(visible_path(told.file), told.index, told.offset)
    return line[:-2] + b',"replaces":' + json_line(place)[:-1] + b"}\n"


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_surrogates(item) for item in value]
    return value
