"""Cutting an mbox into spans, at the starts of messages and in bounded memory."""

from bisect import bisect_left
from collections.abc import Iterator

from bounce_tui.mailbox.from_lines import FromLines, without_mark
from bounce_tui.mailbox.opening import opened, read_range
from bounce_tui.mailbox.span import Span

PIECE = 1 << 18
"""Bytes looked at in one go: more of them come into pages that the system has to give anew each time, and no
longer from the processor's caches, and to cut an mbox takes nearly twice as long."""

SPAN_BYTES = 1 << 19
SPAN_MESSAGES = 128
FIRST_MESSAGES = 64
"""The first span is small, so that the first screen fills at once."""


class Cutter:
    """Joins the starts of messages to spans: enough work to be worth a journey to another process."""

    def __init__(self, file: str, lines: FromLines, index: int = 0) -> None:
        self._file = file
        self._lines = lines
        self._starts: list[int] = []
        self._index = index

    def add(self, start: int) -> Span | None:
        """Note that a message starts at `start`; a span that is full by then."""
        full = None
        starts = self._starts
        if starts:
            limit = SPAN_MESSAGES if self._index else FIRST_MESSAGES
            if len(starts) >= limit or start - starts[0] >= SPAN_BYTES:
                full = self._cut(start)
        self._starts.append(start)
        return full

    def cut_before_open(self) -> Span | None:
        """A span of the messages noted before the last one, which stays."""
        if len(self._starts) < 2:
            return None
        start = self._starts.pop()
        span = self._cut(start)
        self._starts.append(start)
        return span

    def finish(self, end: int) -> Span | None:
        """The last span; the file ends at `end`."""
        return self._cut(end) if self._starts else None

    @property
    def open_start(self) -> int | None:
        """Where the last message noted starts."""
        return self._starts[-1] if self._starts else None

    def _cut(self, end: int) -> Span:
        starts, self._starts = tuple(self._starts), []
        quoted = self._lines.quoted
        here = bisect_left(quoted, end)
        span = Span(self._file, "mbox", starts[0], end - starts[0], self._index, starts, tuple(quoted[:here]))
        del quoted[:here]
        self._index += len(starts)
        return span


def cut_mbox(file: str, head: bytes, start: int = 0, index: int = 0) -> Iterator[Span]:
    """The spans of the mbox `file`, which begins with `head`: all of it, or from the offset `start` on,
    where its message number `index` starts.

    What stands before the first `From ` line is a message too, unless it is blank.
    Raises UnreadableSource.
    """
    with opened(file) as (descriptor, size):
        lines = FromLines(head, start)
        cutter = Cutter(file, lines, index)
        offset = start
        while True:
            # A growing mbox is read to the size it had: what came since may be half a message.
            wanted = min(PIECE, size - offset)
            piece = read_range(descriptor, offset, wanted)
            offset += len(piece)
            last = len(piece) < wanted or offset >= size
            for found in lines.feed(piece, last=last):
                if cutter.open_start is None and found > start and without_mark(head[start:found]):
                    cutter.add(start)
                if span := cutter.add(found):
                    yield span
            if last:
                break
        if cutter.open_start is None:
            cutter.add(start)
        if span := cutter.finish(offset):
            yield span
