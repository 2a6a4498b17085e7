"""From the paths a user gives to the pieces of work that hold their mail."""

import os
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from bounce_tui.mailbox.dbox import dbox_spans
from bounce_tui.mailbox.file_kind import HEAD, NotMailError, dbox_header, kind_of_file
from bounce_tui.mailbox.folder import Found, found_at, walk
from bounce_tui.mailbox.given_paths import each_once, given_below
from bounce_tui.mailbox.mbox import cut_mbox
from bounce_tui.mailbox.mbox_or_message import is_eml, is_mail_in_folder, is_mbox, is_one_message
from bounce_tui.mailbox.opening import look_at, read_head, refuse_special
from bounce_tui.mailbox.packed import is_packed, packed_spans
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.span import Span
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT
from bounce_tui.mailbox.standard_input import StandardInput

Cut = Callable[[str, bytes], Iterator[Span]]


def open_sources(
    paths: Iterable[str],
    stdin: BinaryIO | StandardInput | None = None,
    *,
    cancelled: threading.Event | None = None,
) -> "Sources":
    """The mail at `paths`, in their order, as spans; what cannot be read is a Refusal in its place.

    A path is a file (one message, an mbox, or the pasted text of a bounce), a folder (walked to its
    end, by name), a Maildir, or "-" for `stdin`.  Nothing is written, locked or moved.  Never raises.
    """
    return Sources(paths, stdin, cancelled)


class Sources(Iterator[Span | Refusal]):
    """The spans to come, and `total_bytes`: how much mail is known of so far, which grows with every
    folder that is entered."""

    def __init__(
        self,
        paths: Iterable[str],
        stdin: BinaryIO | StandardInput | None,
        cancelled: threading.Event | None,
    ) -> None:
        self._paths = each_once(paths)
        if stdin is None or isinstance(stdin, StandardInput):
            self._stdin = stdin
        else:
            self._stdin = StandardInput(stdin)
        self._cancelled = cancelled
        self._known_bytes = 0
        self.folders: list[str] = []
        """The folders given, as far as they were entered."""
        self._items = self._all()

    def __next__(self) -> Span | Refusal:
        return next(self._items)

    @property
    def total_bytes(self) -> int:
        """Bytes of all mail known of so far."""
        return self._known_bytes + (self._stdin.read_bytes if self._stdin is not None else 0)

    @property
    def likely_bytes(self) -> int:
        """The same, with a guess at standard input: as much again as came, until it ends."""
        coming = 0 if self._stdin is None or self._stdin.ended else self._stdin.read_bytes
        return self.total_bytes + coming

    def _all(self) -> Iterator[Span | Refusal]:
        statuses = [self._status(path) for path in self._paths]
        for path, status in zip(self._paths, statuses, strict=True):
            if status is None:
                yield from self._standard_input()
            elif isinstance(status, Refusal):
                yield status
            elif stat.S_ISDIR(status.st_mode):
                yield from self._folder(path)
            else:
                yield from spans_of(found_at(path, is_one_message(path), status), named=True)

    def _status(self, path: str) -> os.stat_result | Refusal | None:
        if path == STANDARD_INPUT:
            return None
        try:
            status = look_at(path)
            if not stat.S_ISDIR(status.st_mode):
                refuse_special(path, status.st_mode)
                self._add(status.st_size)
        except UnreadableSource as error:
            return error.refusal
        return status

    def _add(self, size: int) -> None:
        self._known_bytes += size

    def _standard_input(self) -> Iterator[Span | Refusal]:
        if self._stdin is None:
            yield Refusal(STANDARD_INPUT, "there is no standard input to read")
        else:
            yield from self._stdin.spans(self._cancelled)

    def _folder(self, path: str) -> Iterator[Span | Refusal]:
        self.folders.append(path)
        empty = True
        apart = given_below(path, self._paths)
        for found in walk(path, self._add, self._cancelled, apart):
            empty = False
            if isinstance(found, Refusal):
                yield found
            else:
                yield from spans_of(found, named=False)
        stopped = self._cancelled is not None and self._cancelled.is_set()
        if empty and not stopped and not any(map(os.path.lexists, apart)):
            yield Refusal(path, "no mail in this folder")


def spans_of(found: Found, *, named: bool, cut: Cut = cut_mbox) -> Iterator[Span | Refusal]:
    """The mail of one file; `named` where the user has given the file itself, which may then be text.
    `cut` makes the spans of an mbox, from its path and its beginning."""
    path = found.path
    whole = Span(path, "message", 0, found.size)
    if found.one_message or is_eml(path):
        yield whole
        return
    try:
        head = read_head(path, HEAD)
        if is_packed(head):
            yield from packed_spans(path, head)
            return
        if dbox_header(head):
            yield from dbox_spans(path, head)
            return
        kind = kind_of_file(head)
        if is_mbox(path, kind):
            yield from cut(path, head)
        elif named or is_mail_in_folder(path, head, kind):
            yield whole
        else:
            reason = "not a mail: it has no header (to read it as a pasted bounce, name the file itself)"
            yield Refusal(path, reason, no_mail=True)
    except NotMailError as error:
        yield Refusal(path, str(error), error.is_dull)
    except UnreadableSource as error:
        yield error.refusal
