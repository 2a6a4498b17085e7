"""Mail on standard input, which can be read only once."""

import select
import threading
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from msgspec.structs import replace

from bounce_tui.mailbox.from_lines import FromLines, without_mark
from bounce_tui.mailbox.mbox import PIECE, Cutter
from bounce_tui.mailbox.nature import HEAD, NotMailError, nature
from bounce_tui.mailbox.refusal import Refusal
from bounce_tui.mailbox.span import MESSAGE_LIMIT, Span

NAME = "-"
KEPT_LIMIT = 256 << 20
"""Bytes of standard input that are kept for opening a message again."""


class StandardInput:
    """Standard input, handed on in spans that carry their bytes, in bounded memory.

    With `keep` the first KEPT_LIMIT bytes stay here, so that a message can be opened again:
    `read_message(message, stdin)`.
    """

    def __init__(self, stream: BinaryIO, *, keep: bool = False) -> None:
        self._stream = stream
        self._keep = keep
        self._kept: list[Span] = []
        self._kept_bytes = 0
        self._taken = False
        self.read_bytes = 0
        """Bytes that came so far."""
        self.ended = False
        """Whether no more will come."""

    def spans(self, cancelled: threading.Event | None = None) -> Iterator[Span | Refusal]:
        """The mail as it comes: an mbox, one message, or pasted text."""
        if self._taken:
            yield Refusal(NAME, "standard input can be read only once")
            return
        self._taken = True
        pieces = self._pieces(cancelled)
        try:
            head = b""
            for piece in pieces:
                head += piece
                if len(head) >= HEAD and without_mark(head[:HEAD]):
                    break
            if not head:
                yield Refusal(NAME, "nothing came on standard input")
                return
            spans = self._mbox(head, pieces) if _is_mbox(head) else self._message(head, pieces)
            for span in spans:
                self._remember(span)
                yield span
        except (OSError, ValueError) as error:
            # ValueError is a closed stream.
            yield Refusal(NAME, f"standard input cannot be read: {error}")

    def find(self, offset: int) -> Span | None:
        """The kept span with the message that starts at `offset`."""
        at = bisect_right(self._kept, offset, key=_offset) - 1
        return self._kept[at] if at >= 0 else None

    def _pieces(self, cancelled: threading.Event | None) -> Iterator[bytes]:
        read = getattr(self._stream, "read1", self._stream.read)
        while not (cancelled is not None and cancelled.is_set()):
            if cancelled is not None and not _ready(self._stream):
                continue
            piece = read(PIECE)
            if not piece:
                self.ended = True
                return
            self.read_bytes += len(piece)
            yield piece

    def _message(self, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span]:
        data = bytearray(head)
        length = len(head)
        for piece in pieces:
            length += len(piece)
            if len(data) < MESSAGE_LIMIT:
                data += piece
        yield Span(NAME, "message", 0, length, data=bytes(data[:MESSAGE_LIMIT]))

    def _mbox(self, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span]:
        lines = FromLines(head)
        cutter = Cutter(NAME, lines)
        held = _Held()
        offset = 0
        piece = head
        while piece:
            following = next(pieces, b"")
            held.add(piece)
            offset += len(piece)
            for start in lines.feed(piece, last=not following):
                if span := cutter.add(start):
                    yield held.take(span)
            if cutter.open_start is not None and offset - cutter.open_start > MESSAGE_LIMIT:
                if span := cutter.cut_before_open():
                    yield held.take(span)
                held.shorten()
            piece = following
        if span := cutter.finish(offset):
            yield held.take(span)

    def _remember(self, span: Span) -> None:
        if self._keep and span.data is not None and self._kept_bytes + len(span.data) <= KEPT_LIMIT:
            self._kept.append(span)
            self._kept_bytes += len(span.data)


class _Held:
    """The bytes that came and were not handed on, from offset `base` on.  A message that grows past
    MESSAGE_LIMIT loses its middle, so that memory stays bounded: `hole` bytes are missing there."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._base = 0
        self._hole = 0

    def add(self, piece: bytes) -> None:
        self._data += piece

    def shorten(self) -> None:
        excess = len(self._data) - MESSAGE_LIMIT - PIECE
        if excess > 0:
            del self._data[MESSAGE_LIMIT : MESSAGE_LIMIT + excess]
            self._hole += excess

    def take(self, span: Span) -> Span:
        end = span.offset + span.length - self._base - self._hole
        data = bytes(self._data[span.offset - self._base : end])
        if self._hole:
            data = data[:MESSAGE_LIMIT]
        del self._data[:end]
        self._base = span.offset + span.length
        self._hole = 0
        return replace(span, data=data)


def _is_mbox(head: bytes) -> bool:
    try:
        return nature(head[:HEAD]) == "mbox"
    except NotMailError:
        return False


def _ready(stream: BinaryIO) -> bool:
    """Whether a read would not wait; looks for a tenth of a second."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return True
    return bool(select.select([descriptor], [], [], 0.1)[0])


def _offset(span: Span) -> int:
    return span.offset
