"""One line of the list: only what it shows, sorts and searches by."""

import sys
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from bounce_tui.domain_name import written_domain
from bounce_tui.model import Bounce, Case, Kind, Message
from bounce_tui.triage.frames import framed, frames
from bounce_tui.triage.other_recipients import OtherRecipients, others_of, outcome_of

# Few different values over many rows: one copy of each keeps 100,000 rows small.
_SHARED = (
    "file",
    "kind",
    "reason",
    "reply_code",
    "status",
    "provider",
    "host",
    "author",
    "envelope_domain",
    "ip",
    "rule",
    "token",
    "blocklist",
    "judged_domain",
)
_SHARED_BY_OTHERS = tuple(
    name for name in _SHARED if name not in ("file", "kind", "author", "envelope_domain", "ip")
)


class Row(Struct, frozen=True, gc=False, array_like=True):
    """What a list line needs of one message; the mail itself is read again when it is opened.

    The fields from `recipient` on are those of the leading failure (`Bounce.leading`); `recipients` is
    the number of failures, and `others` the outcomes of the rest of them.  `host` is the server that refused,
    or else the one that reports; `author` who sent the mail that failed, `ip` the address it was sent from,
    as far as the report tells; `envelope_domain` is set where the mail went under another domain than the
    author's (SRS).
    `identity` is a digest of what the mail says: the same wherever its file lies.  Of followed mail `away`
    says that its file is no longer there, and `edition` how often its place held other mail before.
    `token` is the receiver's own code for its refusal ("S3140"), `blocklist` the list that it names, and
    `lists_domain` whether that lists domains, not addresses; `backscatter` that a stranger sent the mail
    in the admin's name.
    """

    file: str
    index: int
    offset: int
    length: int
    kind: Kind
    date: str | None = None
    sender: str | None = None
    subject: str | None = None
    recipients: int = 0
    recipient: str | None = None
    temporary: bool = False
    hard: bool = False
    reason: str | None = None
    reply_code: str | None = None
    status: str | None = None
    provider: str | None = None
    host: str | None = None
    error: str | None = None
    author: str | None = None
    ip: str | None = None
    rule: str | None = None
    identity: bytes = b""
    away: bool = False
    edition: int = 0
    token: str | None = None
    blocklist: str | None = None
    lists_domain: bool = False
    others: tuple[OtherRecipients, ...] = ()
    backscatter: bool = False
    envelope_domain: str | None = None
    written_to: str | None = None
    judged_domain: str | None = None

    @property
    def message(self) -> Message:
        """Where the message lies, or lay where it is away."""
        return Message(self.file, self.index, self.offset, self.length, self.edition, self.away)

    @property
    def key(self) -> "Key":
        """The identity of the message, whatever its place in the list."""
        return self.file, self.index, self.edition

    @property
    def domain(self) -> str:
        """The recipient's domain in lower case, "" when there is none."""
        return written_domain(self.recipient) or ""

    @property
    def addresses(self) -> list[str]:
        """The recipient, where one is named."""
        return [self.recipient] if self.recipient else []

    def singly(self) -> "Iterator[Row]":
        """The row itself, which is about one recipient (see `OtherRecipients.singly`)."""
        yield self


RecipientOutcome = Row | OtherRecipients
"""The outcome of a mail for one recipient, or several that fared alike.  A row is the outcome for its leading
one."""


def outcomes_of(row: Row) -> tuple[RecipientOutcome, ...]:
    """The outcomes of a mail for its recipients, the leading one first."""
    return row, *row.others


def further_reasons(row: Row, outcome: RecipientOutcome) -> list[str]:
    """The reasons of the mail's other outcomes, without that of `outcome`."""
    if not row.others:
        return []
    met = (one.reason for one in outcomes_of(row) if one.reason and one.kind in ("failed", "delayed"))
    return [reason for reason in dict.fromkeys(met) if reason != outcome.reason]


Key = tuple[str, int, int]
"""The identity of a row's message: its file, its number there, and which mail at that place it is."""

MOST_IDENTIFYING = 20
"""Failures that make up the identity of a report: the first tell it from every other."""

_DECODER = msgspec.msgpack.Decoder(list[Row])


def row_of(case: Case) -> Row:
    """The list line of `case`."""
    message, bounce = case.message, case.bounce
    place = (message.file, message.index, message.offset, message.length)
    if not bounce.failures:
        return Row(
            *place,
            bounce.kind,
            bounce.date,
            bounce.from_,
            bounce.subject,
            error=case.error,
            identity=identity_of(bounce),
        )
    leading = bounce.leading
    first = bounce.failures[leading]
    author, envelope_domain = _author(bounce)
    return Row(
        *place,
        date=bounce.date or first.date or first.queued,
        sender=bounce.from_,
        subject=bounce.subject,
        recipients=len(bounce.failures),
        error=case.error,
        author=author,
        ip=next((one.value for one in bounce.sending_ips_of(first)), None),
        identity=identity_of(bounce),
        others=others_of(case, leading) if len(bounce.failures) > 1 else (),
        backscatter=case.backscatter is not None,
        envelope_domain=envelope_domain,
        **asdict(outcome_of(case, leading, leading)),
    )


def identity_of(bounce: Bounce) -> bytes:
    """The digest of what a mail says: the same wherever its file lies."""
    said = [bounce.message_id, bounce.date, bounce.from_, bounce.to, bounce.subject, bounce.kind]
    for failure in bounce.failures[:MOST_IDENTIFYING]:
        said += [failure.recipient, failure.action, failure.diagnostic]
    # Imported where rows are made, since the app, which is only given them, starts the sooner.
    from hashlib import blake2b

    text = "\0".join(part or "" for part in said)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _author(bounce: Bounce) -> tuple[str | None, str | None]:
    """The envelope sender, or, where that is null or unknown, whom the report was sent to; and the domain of
    the envelope sender where that is another.

    A sender that names each mail or its recipient (BATV, VERP) is told by what it was made of, or else
    each mail would have a sender of its own.
    """
    sender, inner = bounce.envelope_sender_of(bounce.failures[bounce.leading])
    if inner is None:
        return sender or bounce.to, None
    outer = written_domain(sender)
    return inner.value, outer if outer != written_domain(inner.value) else None


def pack_rows(cases: Sequence[Case]) -> bytes:
    """`cases` as list lines, packed for the way from a worker process: a `form` for `scan.convey`.

    Outputs may be joined.
    """
    rows = [row_of(case) for case in cases]
    for row in rows:
        if not row.file.isascii():
            msgspec.structs.force_setattr(row, "file", _as_latin(row.file))
    try:
        packed = msgspec.msgpack.encode(rows)
    except UnicodeEncodeError:
        # A lone surrogate in some field: rare, so the price is paid only now.
        packed = msgspec.msgpack.encode([_encodable(row) for row in rows])
    return framed(packed)


def unpack_rows(packed: bytes) -> list[Row]:
    """The rows of any number of `pack_rows` outputs, joined.  Raises msgspec.DecodeError or struct.error
    on anything else."""
    rows: list[Row] = []
    for frame in frames(packed):
        rows += _DECODER.decode(frame)
    for row in rows:
        if not row.file.isascii():
            msgspec.structs.force_setattr(row, "file", _from_latin(row.file))
        for name in _SHARED:
            value = getattr(row, name)
            if value is not None:
                msgspec.structs.force_setattr(row, name, sys.intern(value))
        for other in row.others:
            _share(other)
    return rows


def _share(other: OtherRecipients) -> None:
    for name in _SHARED_BY_OTHERS:
        value = getattr(other, name)
        if value is not None:
            msgspec.structs.force_setattr(other, name, sys.intern(value))


# A file name may hold bytes that are no UTF-8, as lone surrogates; as Latin-1 it travels unharmed.
def _as_latin(file: str) -> str:
    return file.encode("utf-8", "surrogatepass").decode("latin-1")


def _from_latin(file: str) -> str:
    return file.encode("latin-1").decode("utf-8", "surrogatepass")


def _encodable(row: Row | OtherRecipients) -> list[object]:
    return [_encodable_value(getattr(row, name)) for name in row.__struct_fields__]


def _encodable_value(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_encodable(one) for one in value] if isinstance(value, tuple) else value
