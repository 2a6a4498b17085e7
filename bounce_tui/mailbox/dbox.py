"""Files of Dovecot's own mailbox formats: sdbox keeps one message in a file (u.1), mdbox many (m.1).

A line in front says how long the header of each message is, which says how long its text is; behind the text
stand lines of Dovecot's own, up to an empty one.  Of mdbox also mail is read that was deleted and not purged
yet: which it is, only Dovecot's index knows.
"""

from collections.abc import Iterator

from bounce_tui.mailbox.file_kind import dbox_header
from bounce_tui.mailbox.opening import opened, read_range
from bounce_tui.mailbox.packed import unpack_message
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.span import MESSAGE_LIMIT, Span
from bounce_tui.regex import regex

_MESSAGE = regex(rb"\x01\x02[A-Z] [ 0-9a-fA-F]{8} ([0-9a-fA-F]{16})")
_TEXT_ENDS = b"\n\x01\x03\n"
_LINES = (1 << 10, 1 << 16)
"""Bytes of Dovecot's lines behind a message that are looked through for their end, at first and at most."""
_CUT = "damaged, or still being written: only the messages before that could be read"


def dbox_spans(file: str, head: bytes) -> Iterator[Span | Refusal]:
    """The messages of the dbox file `file`, which begins with `head`, in spans that carry their bytes."""
    header = dbox_header(head)
    if header is None:
        return
    header_length = int(header[1], 16)
    try:
        with opened(file) as (descriptor, size):
            offset, index = header.end(), 0
            while offset < size:
                told = _MESSAGE.match(read_range(descriptor, offset, header_length))
                start = offset + header_length
                end = min(start + int(told[1], 16), size) if told else size
                behind = _lines_behind(descriptor, end)
                if behind is None:
                    yield Refusal(file, _CUT)
                    return
                yield _message(file, descriptor, start, end - start, index)
                offset = end + behind
                index += 1
    except UnreadableSource as error:
        yield error.refusal


def _lines_behind(descriptor: int, end: int) -> int | None:
    """How many bytes Dovecot's lines take behind the message that ends at `end`; None where they are
    damaged."""
    for most in _LINES:
        behind = read_range(descriptor, end, most)
        lines_end = behind.find(b"\n\n", len(_TEXT_ENDS) - 1)
        if behind.startswith(_TEXT_ENDS) and lines_end >= 0:
            return lines_end + 2
    return None


def _message(file: str, descriptor: int, start: int, length: int, index: int) -> Span | Refusal:
    """The message in `length` bytes from `start`; a refusal of it alone where it cannot be unpacked."""
    raw = read_range(descriptor, start, min(length, MESSAGE_LIMIT))
    try:
        return Span(file, "message", start, length, index, data=unpack_message(file, raw))
    except UnreadableSource as error:
        return error.refusal
