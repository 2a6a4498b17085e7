"""Mail that comes in pieces and can be read only once, cut into spans that carry their bytes."""

from collections.abc import Iterator

from msgspec.structs import replace

from bounce_tui.mailbox.file_kind import HEAD, NotMailError, kind_of_file
from bounce_tui.mailbox.from_lines import FromLines, without_mark
from bounce_tui.mailbox.mbox import PIECE, Cutter
from bounce_tui.mailbox.mbox_or_message import is_mbox
from bounce_tui.mailbox.span import MESSAGE_LIMIT, Span


def head_of(pieces: Iterator[bytes]) -> bytes:
    """The first of `pieces`, joined: enough to tell what they are, or all there are."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD and without_mark(head[:HEAD]):
            break
    return head


def streamed(file: str, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span]:
    """The mail that begins with `head` and goes on with `pieces`, an mbox, one message or pasted text, in
    bounded memory."""
    return _mbox(file, head, pieces) if _is_mbox(file, head) else _message(file, head, pieces)


def _is_mbox(file: str, head: bytes) -> bool:
    try:
        return is_mbox(file, kind_of_file(head[:HEAD]))
    except NotMailError:
        return False


def _message(file: str, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span]:
    data = bytearray(head)
    length = len(head)
    for piece in pieces:
        length += len(piece)
        if len(data) < MESSAGE_LIMIT:
            data += piece
    yield Span(file, "message", 0, length, data=bytes(data[:MESSAGE_LIMIT]))


def _mbox(file: str, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span]:
    lines = FromLines(head)
    cutter = Cutter(file, lines)
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
