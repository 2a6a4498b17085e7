"""Reading the messages of a span, or one message again."""

from collections.abc import Iterable, Iterator

from bounce_tui.mailbox import one_message
from bounce_tui.mailbox.dbox import dbox_spans
from bounce_tui.mailbox.file_kind import HEAD, NotMailError, dbox_header, kind_of_file
from bounce_tui.mailbox.maildir import find_moved
from bounce_tui.mailbox.mbox_or_message import is_mbox, is_one_message
from bounce_tui.mailbox.opening import opened, read_range
from bounce_tui.mailbox.packed import is_packed, packed_spans
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.span import MESSAGE_LIMIT, Span
from bounce_tui.mailbox.standard_input import NAME, StandardInput
from bounce_tui.model import Message

_AT_ONCE = 4 << 20
_AWAY = "this mail is no longer here: it was moved or deleted, or its mailbox was rewritten"
_CHANGED = "the file has changed since it was listed: read it again"


def read_span(span: Span) -> Iterator[tuple[Message, bytes] | Refusal]:
    """The messages of `span` with their bytes, in their order.  Never raises.

    The bytes are those of the mail alone: without a `From ` line in front, an mbox's quoting of such
    lines, or the blank line after it.  Of a message longer than MESSAGE_LIMIT the first bytes come.
    """
    try:
        if span.form == "mbox":
            yield from _mbox(span)
        elif span.data is not None:
            message = Message(span.file, span.index, span.offset, span.length)
            yield message, one_message.from_file(span.file, span.data)
        else:
            length, raw = _whole(span.file)
            yield Message(span.file, 0, 0, length), raw
    except UnreadableSource as error:
        yield error.refusal
    except MemoryError:
        yield Refusal(span.file, "there is not enough memory to read it")


def read_message(message: Message, stdin: StandardInput | None = None) -> bytes:
    """The bytes of `message` once more, as `read_span` gave them.

    `stdin` is what kept the mail of standard input (`file` "-").  Raises UnreadableSource where the
    message is gone or its file has changed.
    """
    file = message.file
    if message.away:
        raise UnreadableSource(file, _AWAY)
    if file == NAME:
        return _kept(message, stdin)
    if not is_one_message(file):
        with opened(file) as (descriptor, _):
            head = read_range(descriptor, 0, HEAD)
        if is_packed(head):
            return _one_of(message, packed_spans(file, head), _CHANGED)
        if dbox_header(head):
            return _one_of(message, dbox_spans(file, head), _CHANGED)
        if _is_mbox_file(file, head):
            return _one_of_mbox(message)
    length, raw = _whole(file)
    if message.length not in (0, length):
        raise UnreadableSource(file, _CHANGED)
    return raw


def _whole(file: str) -> tuple[int, bytes]:
    """The length of the one-message file `file`, and its message."""
    try:
        length, raw = _read(file)
    except UnreadableSource:
        moved = find_moved(file)
        if moved is None:
            raise
        length, raw = _read(moved)
    return length, one_message.from_file(file, raw)


def _read(file: str) -> tuple[int, bytes]:
    with opened(file) as (descriptor, size):
        return size, read_range(descriptor, 0, min(size, MESSAGE_LIMIT))


def _mbox(span: Span) -> Iterator[tuple[Message, bytes] | Refusal]:
    ends = (*span.starts[1:], span.offset + span.length)
    if span.data is None and span.length > _AT_ONCE:
        for index, (start, end) in enumerate(zip(span.starts, ends, strict=True), span.index):
            message = Message(span.file, index, start, end - start)
            yield message, _one_of_mbox(message)
        return
    data = span.data
    if data is None:
        with opened(span.file) as (descriptor, _):
            data = read_range(descriptor, span.offset, span.length)
    base = span.offset
    quoted = frozenset(span.quoted)
    for index, (start, end) in enumerate(zip(span.starts, ends, strict=True), span.index):
        if span.data is None and not _is_message_there(data, start - base, end - base, start):
            raise UnreadableSource(span.file, _CHANGED)
        raw = one_message.from_mbox(data, start - base, end - base, quoted=start in quoted)
        yield Message(span.file, index, start, end - start), raw


def _one_of_mbox(message: Message) -> bytes:
    length = min(message.length, MESSAGE_LIMIT)
    with opened(message.file) as (descriptor, _):
        data = read_range(descriptor, message.offset, length)
    if not _is_message_there(data, 0, length, message.offset):
        raise UnreadableSource(message.file, _CHANGED)
    return one_message.from_mbox(data, 0, length, quoted=True)


def _is_message_there(data: bytes, start: int, end: int, offset: int) -> bool:
    # Somebody may have rewritten the mbox since it was cut.  What stands before the first separator
    # of an mbox begins with none.
    return end <= len(data) and (offset == 0 or data.startswith(b"From ", start))


def _is_mbox_file(file: str, head: bytes) -> bool:
    try:
        return is_mbox(file, kind_of_file(head))
    except NotMailError:
        return False


def _kept(message: Message, stdin: StandardInput | None) -> bytes:
    span = stdin.find(message.offset) if stdin is not None else None
    reason = "standard input was not kept this far: save it to a file to open its mail"
    return _one_of(message, [span] if span is not None else [], reason)


def _one_of(message: Message, spans: Iterable[Span | Refusal], reason: str) -> bytes:
    """`message` out of spans that carry their bytes.  Raises UnreadableSource, with `reason`."""
    for span in spans:
        if isinstance(span, Span) and span.offset <= message.offset < span.offset + max(span.length, 1):
            for found in read_span(span):
                if not isinstance(found, Refusal) and found[0] == message:
                    return found[1]
    raise UnreadableSource(message.file, reason)
