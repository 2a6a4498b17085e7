"""Packed mailboxes: gzip, bzip2, xz and ZIP, unpacked as they are read, in bounded memory and onto no disk.

An archive of many files is one mailbox: messages are counted through all of them, and offsets are bytes of
the unpacked whole.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from bounce_tui.mailbox.file_kind import HEAD, NotMailError, kind_of_file
from bounce_tui.mailbox.mbox import PIECE
from bounce_tui.mailbox.mbox_or_message import is_eml, is_mail_in_folder, is_mbox
from bounce_tui.mailbox.opening import opened
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.span import MESSAGE_LIMIT, Span
from bounce_tui.mailbox.streamed import head_of, streamed

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from _typeshed import WriteableBuffer

MOST_RATIO = 250
"""Bytes that one packed byte may come to.  Mail comes to some 5 to 50, the emptiest gzip to 1,030, bzip2 and
xz to many thousands."""

FREE_BYTES = 128 << 20
"""Bytes that may come of however few."""

_MOST_DIRECTORY = 32 << 20
"""Bytes of an archive's directory, which is held in memory: some 400,000 files."""

_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_REACH = 22 + 0xFFFF
_ENCRYPTED = 1
_DAMAGED = "damaged or cut: only what comes before that could be unpacked"
_NO_MAIL = "no mail in this archive"


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with `head` is one that `packed_spans` unpacks."""
    return head.startswith(_ZIP) or is_packed_stream(head)


def packed_spans(file: str, head: bytes) -> Iterator[Span | Refusal]:
    """The mail in the packed file `file`, which begins with `head`, in spans that carry their bytes."""
    try:
        with opened(file) as (descriptor, size), open(descriptor, "rb", closefd=False) as stream:
            unpacker = _unpacker(head)
            if unpacker is None:
                yield from _of_archive(file, stream, size)
            else:
                pieces = _Pieces(unpacker(stream), _Allowance(stream.tell))
                yield from _of_stream(file, pieces)
    except UnreadableSource as error:
        yield error.refusal


def is_packed_stream(head: bytes) -> bool:
    """Whether what begins with `head` is unpacked by `unpacked_spans`: a ZIP has its directory at its end."""
    return _unpacker(head) is not None


def unpacked_spans(file: str, head: bytes, pieces: Iterator[bytes]) -> Iterator[Span | Refusal]:
    """The mail in what begins with `head` and goes on with `pieces`, which can be read only once."""
    unpacker = _unpacker(head)
    if unpacker is not None:
        packed = _Joined(head, pieces)
        with io.BufferedReader(packed) as stream:
            yield from _of_stream(file, _Pieces(unpacker(stream), _Allowance(lambda: packed.given)))


class _Joined(io.RawIOBase):
    """Pieces as a file that is read to its end."""

    def __init__(self, head: bytes, pieces: Iterator[bytes]) -> None:
        self._held = head
        self._pieces = pieces
        self.given = 0

    def readable(self) -> bool:
        """True, as `io` asks of what can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` as far as one piece goes; 0 at the end."""
        room = memoryview(buffer).cast("B")
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        given, self._held = self._held[: len(room)], self._held[len(room) :]
        room[: len(given)] = given
        self.given += len(given)
        return len(given)


def unpack_message(file: str, raw: bytes) -> bytes:
    """The one message that `raw`, the bytes of `file`, hold packed, as a mail server keeps it in a Maildir;
    `raw` where it is not packed.  At most MESSAGE_LIMIT bytes.  Raises UnreadableSource."""
    unpacker = _unpacker(raw)
    if unpacker is None:
        return raw
    pieces = _Pieces(unpacker(io.BytesIO(raw)), _Allowance(lambda: len(raw)))
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > MESSAGE_LIMIT:
            break
    if pieces.trouble and not data:
        raise UnreadableSource(file, pieces.trouble)
    return bytes(data[:MESSAGE_LIMIT])


def _unpacker(head: bytes) -> Callable[[IO[bytes]], IO[bytes]] | None:
    # Each imported for the first file of its kind.
    if head.startswith(b"\x1f\x8b\x08"):
        from gzip import GzipFile

        return lambda stream: GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]
    if head.startswith(b"BZh"):
        from bz2 import BZ2File

        return BZ2File
    if head.startswith(b"\xfd7zXZ\x00"):
        from lzma import LZMAFile

        return LZMAFile
    return None


class _Allowance:
    """How much may be unpacked, from `read` bytes by now: against archives made to fill a disk or a day."""

    def __init__(self, read: Callable[[], int]) -> None:
        self._read = read
        self._unpacked = 0

    def spend(self, size: int) -> bool:
        """Note that `size` bytes were unpacked; whether that is still mail."""
        self._unpacked += size
        return self._unpacked <= max(FREE_BYTES, MOST_RATIO * self._read())


class _Pieces(Iterator[bytes]):
    """What comes out of the unpacking `stream`, until it ends or `trouble` says why it went no further."""

    def __init__(self, stream: IO[bytes], allowance: _Allowance) -> None:
        self._stream = stream
        self._allowance = allowance
        self.trouble: str | None = None

    def __next__(self) -> bytes:
        from lzma import LZMAError
        from zipfile import BadZipFile

        if self.trouble is not None:
            raise StopIteration
        try:
            # One block at a time: `read` would lose what came before the damage.
            piece: bytes = self._stream.read1(PIECE)  # type: ignore[attr-defined]
        except (OSError, EOFError, ValueError, zlib.error, LZMAError, BadZipFile, MemoryError):
            self.trouble = _DAMAGED
            raise StopIteration from None
        if not piece:
            raise StopIteration
        if not self._allowance.spend(len(piece)):
            self.trouble = f"unpacks to more than {MOST_RATIO} times its size: not read to its end"
            raise StopIteration
        return piece


def _of_stream(file: str, pieces: _Pieces) -> Iterator[Span | Refusal]:
    head = head_of(pieces)
    try:
        if head:
            kind_of_file(head[:HEAD])
            yield from streamed(file, head, pieces)
    except NotMailError as error:
        yield Refusal(file, f"packed: {error}")
        return
    if not head or pieces.trouble:
        yield Refusal(file, pieces.trouble or "packed: empty file")


def _of_archive(file: str, stream: IO[bytes], size: int) -> Iterator[Span | Refusal]:
    from zipfile import BadZipFile, ZipFile

    try:
        if _directory_size(stream, size) > _MOST_DIRECTORY:
            yield Refusal(file, "too many files in this archive: unpack it first")
            return
        archive = ZipFile(stream)
    except (OSError, ValueError, BadZipFile, NotImplementedError, UnicodeError):
        yield Refusal(file, _DAMAGED)
        return
    allowance = _Allowance(lambda: size)
    index = offset = 0
    told = False
    for member in archive.infolist():
        first, begin = index, offset
        for found in _of_member(file, archive, member, allowance):
            told = True
            if isinstance(found, Refusal):
                yield found
            else:
                span = _further(found, first, begin)
                index, offset = span.index + max(len(span.starts), 1), span.offset + span.length
                yield span
    if not told:
        yield Refusal(file, _NO_MAIL)


def _directory_size(stream: IO[bytes], size: int) -> int:
    """The length of an archive's directory in bytes, as its end says (APPNOTE.TXT 4.3.16)."""
    stream.seek(max(size - _ZIP_END_REACH, 0))
    tail = stream.read(_ZIP_END_REACH)
    at = tail.rfind(_ZIP_END)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _of_member(
    file: str, archive: "ZipFile", member: "ZipInfo", allowance: _Allowance
) -> Iterator[Span | Refusal]:
    """The mail in one file of an archive; nothing of one that holds none, nor of a hidden one."""
    from zipfile import BadZipFile

    name = member.filename
    if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part != ".."):
        return
    if member.flag_bits & _ENCRYPTED:
        yield Refusal(file, f"{name}: encrypted: unpack it with its password")
        return
    try:
        unpacked = archive.open(member)
    except (OSError, ValueError, RuntimeError, BadZipFile):
        yield Refusal(file, f"{name}: {_DAMAGED}")
        return
    with unpacked:
        pieces = _Pieces(unpacked, allowance)
        head = head_of(pieces)
        if _is_mail(name, head):
            yield from streamed(file, head, pieces)
        if pieces.trouble:
            yield Refusal(file, f"{name}: {pieces.trouble}")


def _is_mail(name: str, head: bytes) -> bool:
    try:
        kind = kind_of_file(head[:HEAD])
    except NotMailError:
        return False
    return kind != "blank" and (is_eml(name) or is_mbox(name, kind) or is_mail_in_folder(name, head, kind))


def _further(span: Span, index: int, offset: int) -> Span:
    """`span` of one file in an archive as it stands in the whole."""
    return replace(
        span,
        index=span.index + index,
        offset=span.offset + offset,
        starts=tuple([start + offset for start in span.starts]),
        quoted=tuple([start + offset for start in span.quoted]),
    )
