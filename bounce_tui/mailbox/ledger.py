"""What was read of the mail at some paths, so that a later look brings only what has come since.

A file is told from another that took its place by its inode, size and time; an mbox has grown, and was
not rewritten, where a digest of its beginning and of the bytes before the end of what was read is as it
was.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b

from msgspec import Struct

from bounce_tui.mailbox.file_writers import Writers
from bounce_tui.mailbox.folder import Found
from bounce_tui.mailbox.look import Look
from bounce_tui.mailbox.mbox import cut_mbox
from bounce_tui.mailbox.opening import opened, read_range
from bounce_tui.mailbox.places import Places
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.sources import spans_of
from bounce_tui.mailbox.span import Span
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT
from bounce_tui.mailbox.standard_input import StandardInput

_PROBE = 1024
"""Bytes at either end of what was read of an mbox that have to be the same for it to have grown."""


class _Seen(Struct, gc=False):
    """A file as it was read.  Of an mbox: its last message is number `index` and starts at `start`; what is
    before `end` was handed on (`start` itself while that message was still being written)."""

    inode: int
    size: int
    mtime_ns: int
    start: int = -1
    index: int = 0
    end: int = 0
    digest: bytes = b""

    @property
    def stamp(self) -> tuple[int, int, int]:
        return self.inode, self.size, self.mtime_ns

    @property
    def is_mbox(self) -> bool:
        return self.start >= 0


class Ledger:
    """Looks at the mail at `paths` again and again.  Nothing here raises, writes or locks.

    What is still being written is waited for: an .eml or text file, and the last message of an mbox, are
    handed on QUIET_S after their last change, or when the next message has begun.
    """

    def __init__(
        self,
        paths: Iterable[str],
        stdin: StandardInput | None = None,
        cancelled: threading.Event | None = None,
    ) -> None:
        self._places = Places(paths, cancelled)
        self._writers = Writers()
        self._stdin = stdin
        self._cancelled = cancelled
        self._seen: dict[str, _Seen] = {}
        self._refused: set[Refusal] = set()

    @property
    def waits(self) -> bool:
        """Whether something is still being written: look again after QUIET_S, whatever changes."""
        return bool(self._writers.files)

    def first(self) -> Look:
        """All the mail, found while it is read."""
        return Look(self._all)

    def again(self, changed: Iterable[str] | None) -> Look:
        """What has come since: in the files and folders `changed`, or anywhere with None."""
        places = self._places.paths if changed is None else (*changed, *self._writers.files)
        present: dict[str, Found | Refusal] = {}
        missing: set[str] = set()
        for place in dict.fromkeys(places):
            found = {
                one.path if isinstance(one, Found) else one.file: one for one in self._places.below(place)
            }
            present |= found
            missing |= {file for file in self._known(place) if not isinstance(found.get(file), Found)}
        changes = [one for one in present.values() if self._has_changed(one)]
        moved = self._take_moved(changes, missing)
        changes = [one for one in changes if not isinstance(one, Found) or one.path not in moved]
        replaced = {one.path for one in changes if isinstance(one, Found) and self._is_other_mail(one)}
        gone = sorted((missing | replaced) - set(moved.values()), key=os.fsencode)
        for file in gone:
            del self._seen[file]
        for file in [file for file in self._writers.files if not isinstance(present.get(file), Found)]:
            self._writers.forget(file)
        pairs = tuple((old, new) for new, old in moved.items())
        total = sum(self._unread(one) for one in changes if isinstance(one, Found))
        return Look(
            lambda look: (item for one in changes for item in self._mail_of(one)), tuple(gone), pairs, total
        )

    def _all(self, look: Look) -> Iterator[Span | Refusal]:
        for path in self._places.paths:
            if path == STANDARD_INPUT and self._stdin is not None:
                yield from self._stdin.spans(self._cancelled)
            for found in self._places.files(path, look.add):
                yield from self._mail_of(found)

    def _known(self, place: str) -> list[str]:
        """The files at or below `place` that were read."""
        if place in self._seen:
            return [place]
        if not self._places.is_folder(place):
            # Most of what comes and goes is none: Maildir's tmp, a server's indexes and locks.
            return []
        below = os.path.join(place, "")
        return [file for file in self._seen if file.startswith(below)]

    def _has_changed(self, one: Found | Refusal) -> bool:
        if isinstance(one, Refusal):
            return one not in self._refused
        seen = self._seen.get(one.path)
        if seen is None or one.path in self._writers.files:
            return True
        return seen.stamp != (one.inode, one.size, one.mtime_ns)

    def _take_moved(self, changes: Iterable[Found | Refusal], missing: Iterable[str]) -> dict[str, str]:
        """The files among `changes` that are `missing` ones under another name, with that: a Maildir's flags
        are in its names, and what was read moves from new to cur."""
        by_inode = {self._seen[file].stamp: file for file in missing if self._seen[file].size}
        moved = {}
        for one in changes:
            if isinstance(one, Found) and one.path not in self._seen:
                old = by_inode.pop((one.inode, one.size, one.mtime_ns), None)
                if old is not None:
                    moved[one.path] = old
                    self._seen[one.path] = self._seen.pop(old)
                    self._places.note(one.path)
        return moved

    def _is_other_mail(self, found: Found) -> bool:
        """Whether what was read of an mbox is no longer there."""
        seen = self._seen.get(found.path)
        if seen is None or not seen.is_mbox:
            return False
        return found.size < seen.end or _digest(found.path, seen.end) != seen.digest

    def _unread(self, found: Found) -> int:
        seen = self._seen.get(found.path)
        return found.size - min(seen.end, found.size) if seen is not None else found.size

    def _mail_of(self, one: Found | Refusal) -> Iterator[Span | Refusal]:
        if isinstance(one, Refusal):
            yield from self._refuse(one)
            return
        path = one.path
        self._places.note(path)
        quiet = self._writers.are_done(one)
        named = path in self._places.paths
        cut = partial(self._cut, one, quiet)
        items = spans_of(one, named=named, cut=cut) if one.size else [_empty(path)]
        is_mbox = False
        for item in items:
            if isinstance(item, Refusal):
                if quiet and os.path.lexists(path):
                    yield from self._refuse(item)
            elif item.form == "mbox" and item.data is None:
                is_mbox = True
                yield item
            elif not quiet:
                break
            else:
                yield item
        if quiet and not is_mbox and not self._is_known_mbox(path):
            self._seen[path] = _Seen(one.inode, one.size, one.mtime_ns)

    def _cut(self, found: Found, quiet: bool, path: str, head: bytes) -> Iterator[Span]:
        """The spans of an mbox from the end of what was handed on; the last message only if all is quiet."""
        seen = self._seen.get(path)
        start, index, end = (seen.start, seen.index, seen.end) if seen and seen.is_mbox else (0, 0, -1)
        last: Span | None = None
        for span in cut_mbox(path, head, start, index):
            if last is not None:
                yield from _not_before(last, start, end)
            last = span
        if last is None:
            return
        whole = last.offset + last.length
        reached = whole if quiet else last.starts[-1]
        number = last.index + len(last.starts) - 1
        digest = _digest(path, reached)
        if not (is_same := _is_same(found, seen)):
            # Somebody rewrote it in the midst of this look: without a digest the next one reads it anew.
            digest = b""
        self._seen[path] = _Seen(
            found.inode, found.size, found.mtime_ns, last.starts[-1], number, reached, digest
        )
        if not is_same:
            return
        if quiet:
            yield from _not_before(last, start, end)
        elif len(last.starts) > 1:
            yield from _not_before(last.part(0, len(last.starts) - 1), start, end)

    def _is_known_mbox(self, path: str) -> bool:
        seen = self._seen.get(path)
        return seen is not None and seen.is_mbox

    def _refuse(self, refusal: Refusal) -> Iterator[Refusal]:
        if refusal not in self._refused:
            self._refused.add(refusal)
            yield refusal


def _is_same(found: Found, seen: _Seen | None) -> bool:
    """Whether what was just read is the file that was `found`, which may have grown since, and still begins
    with what was `seen` of it."""
    try:
        status = os.stat(found.path)
    except OSError:
        return False
    if status.st_ino != found.inode:
        return False
    if (status.st_size, status.st_mtime_ns) == (found.size, found.mtime_ns):
        return True
    return seen is None or not seen.is_mbox or _digest(found.path, seen.end) == seen.digest


def _not_before(span: Span, start: int, end: int) -> Iterator[Span]:
    """`span` without its first message where that starts at `start`, and still ends at `end`: it was handed
    on before."""
    if span.offset == start and (*span.starts, span.offset + span.length)[1] == end:
        if len(span.starts) > 1:
            yield span.part(1, len(span.starts))
    else:
        yield span


def _digest(path: str, end: int) -> bytes:
    """Of both ends of the first `end` bytes; b"" for a file that cannot be read."""
    try:
        with opened(path) as (descriptor, _):
            beginning = read_range(descriptor, 0, min(_PROBE, end))
            at = max(end - _PROBE, 0)
            return blake2b(beginning + read_range(descriptor, at, end - at), digest_size=12).digest()
    except UnreadableSource:
        return b""


def _empty(path: str) -> Refusal:
    return Refusal(path, "empty so far: its first mail is waited for", waits=True)
