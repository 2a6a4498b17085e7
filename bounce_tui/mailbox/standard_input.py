"""Mail on standard input, which can be read only once."""

import select
import threading
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from bounce_tui.mailbox.mbox import PIECE
from bounce_tui.mailbox.packed import is_packed_stream, unpacked_spans
from bounce_tui.mailbox.refusal import Refusal
from bounce_tui.mailbox.span import Span
from bounce_tui.mailbox.streamed import head_of, streamed

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
        """The mail as it comes: an mbox, one message, or pasted text, packed or not."""
        if self._taken:
            yield Refusal(NAME, "standard input can be read only once")
            return
        self._taken = True
        pieces = self._pieces(cancelled)
        try:
            head = head_of(pieces)
            if not head:
                yield Refusal(NAME, "nothing came on standard input")
                return
            for found in (unpacked_spans if is_packed_stream(head) else streamed)(NAME, head, pieces):
                if isinstance(found, Span):
                    self._remember(found)
                yield found
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

    def _remember(self, span: Span) -> None:
        if self._keep and span.data is not None and self._kept_bytes + len(span.data) <= KEPT_LIMIT:
            self._kept.append(span)
            self._kept_bytes += len(span.data)


def _ready(stream: BinaryIO) -> bool:
    """Whether a read would not wait; looks for a tenth of a second."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return True
    return bool(select.select([descriptor], [], [], 0.1)[0])


def _offset(span: Span) -> int:
    return span.offset
