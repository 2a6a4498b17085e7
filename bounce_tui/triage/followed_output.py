"""What is printed of followed mail: each mail once, and again only when it says other things than it did."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.model import Case, Message
from bounce_tui.triage.frames import framed, frames
from bounce_tui.triage.row import Key, Row, pack_rows, unpack_rows
from bounce_tui.triage.row_tracker import RowTracker

Write = Callable[[Sequence[Case]], bytes]
Correct = Callable[[bytes, Message], bytes]

MOST_AWAY = 100_000
"""Mails whose files are gone that are remembered, so that the last to go are not told again when they come
back.  A scan may follow for months."""

_NOWHERE = Message("")


class _Lines(Struct, frozen=True, array_like=True):
    """Some mails: their rows, what is printed of each, and a digest of that without its place."""

    rows: bytes
    printed: list[bytes]
    digests: list[bytes]


class _Told(Struct, frozen=True, gc=False):
    """What was printed of a mail: the digest of its line, and the place that the line gave."""

    digest: bytes
    message: Message


_DECODER = msgspec.msgpack.Decoder(_Lines)


def followed_form(write: Write) -> Write:
    """A `form` for `scan.following`: what `write` prints of each case, and by what the mail is told."""
    return partial(_pack, write)


class FollowedOutput:
    """Takes in what a followed conveyor brings, and says what is to be printed of it.

    A mail is told by its content, as in the app (see `RowTracker`): where its file moves, or its mbox is
    rewritten, nothing is printed.  A mail that says other things now, as one does that was read while it was
    still being written, is printed as `correct` makes it of its new line and the place that it was told as.
    """

    def __init__(self, correct: Correct) -> None:
        self._correct = correct
        self._tracker = RowTracker()
        self._told: dict[Key, _Told] = {}

    def files_changed(self, gone: Iterable[str], moved: Iterable[tuple[str, str]]) -> None:
        """Note that the mail of the files `gone` is there no longer, and the new names of `moved` files."""
        self._tracker.files_changed(gone, moved)
        self._take()

    def arrive(self, output: bytes) -> bytes:
        """What to print of the mails in `output`, made by the form `followed_form`."""
        mails = [mail for frame in frames(output) for mail in _mails(frame)]
        self._tracker.arrive([row for row, _, _ in mails])
        keys = {(row.file, row.index): row.key for row in self._take()}
        told = [self._tell(keys[row.file, row.index], row, line, digest) for row, line, digest in mails]
        return b"".join(told)

    def settle(self) -> None:
        """Mark as away the mails that have not come again."""
        self._tracker.settle()
        self._take()
        for key in self._tracker.forget(MOST_AWAY):
            self._told.pop(key, None)

    def _take(self) -> list[Row]:
        """The rows that are new or have changed; what was told goes by their keys of now."""
        new, renewed = self._tracker.take()
        told = [(row.key, self._told.pop(known)) for known, row in renewed]
        self._told.update(told)
        return [row for _, row in renewed] + new

    def _tell(self, key: Key, row: Row, line: bytes, digest: bytes) -> bytes:
        before = self._told.get(key)
        if before is not None and before.digest == digest:
            return b""
        self._told[key] = _Told(digest, row.message)
        return line if before is None else self._correct(line, before.message)


def _pack(write: Write, cases: Sequence[Case]) -> bytes:
    printed = [write([case]) for case in cases]
    said = [write([replace(case, message=_NOWHERE)]) for case in cases]
    digests = [blake2b(line, digest_size=12).digest() for line in said]
    return framed(msgspec.msgpack.encode(_Lines(pack_rows(cases), printed, digests)))


def _mails(frame: memoryview) -> Iterable[tuple[Row, bytes, bytes]]:
    lines = _DECODER.decode(frame)
    return zip(unpack_rows(lines.rows), lines.printed, lines.digests, strict=True)
