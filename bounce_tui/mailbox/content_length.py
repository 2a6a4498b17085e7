"""Messages of an mbox that say how long they are, so that their text need not be quoted (mboxcl2).

A Content-Length counts the bytes of the body.  Many are wrong: programs that quoted a line or mended a
newline left them as they were.  So one is believed only where it proves itself: where it ends, the next
message begins, or the mbox ends.
"""

import re
from bisect import bisect_left, bisect_right

from bounce_tui.regex import regex

HEADER_LIMIT = 1 << 15
"""Bytes of a header that are looked through for its length."""

_LONGEST = 32 << 20
"""Bytes of a body that is believed: what may separate messages is held back until the end of it."""

_SLACK = 2
"""Bytes of the blank line that may stand behind the body."""

_SHOWN = 8192
_FIELD = regex(rb"\nContent-Length:[ \t]{0,20}(\d{1,9})[ \t]{0,20}\r?\n", re.IGNORECASE)
_HEADER_END = regex(rb"\n\r?\n")


def tells_lengths(head: bytes) -> bool:
    """Whether an mbox that begins with `head` looks as if its messages told their lengths."""
    return _FIELD.search(head[:_SHOWN]) is not None


def body_end(buffer: bytes, at: int) -> int | None:
    """Where the body of the message that starts `at` in `buffer` ends, as it says; None where it does not."""
    header = _HEADER_END.search(buffer, at, at + HEADER_LIMIT)
    told = _FIELD.search(buffer, at, header.end()) if header else None
    if header is None or told is None or int(told[1]) > _LONGEST:
        return None
    return header.end() + int(told[1])


class Lengths:
    """Passes on those of the possible starts of messages that no length speaks against, in order.  What
    stands before the first of them is a message from `start` on."""

    def __init__(self, start: int) -> None:
        self._open = start
        self._end: int | None = None
        self._starts: list[int] = []
        self._ends: list[int | None] = []
        self._quotes: list[int] = []

    def add(self, start: int, end: int | None) -> None:
        """A message may start at `start`, later than all before; its body ends at `end`, as it says."""
        self._starts.append(start)
        self._ends.append(end)

    def quote(self, at: int) -> None:
        """The line at `at` may have been quoted by the writer."""
        self._quotes.append(at)

    def settle(self, seen: int, *, last: bool) -> tuple[list[int], list[int]]:
        """The messages that are known to start, each told once, and those with a quoted line, now that all up
        to `seen` was added; `last` where the mbox ends there."""
        begun, told, at = self._open, [], 0
        while (following := self._following(at, seen, last=last)) is not None:
            if following == len(self._starts):
                at = following
                break
            self._open, self._end = self._starts[following], self._ends[following]
            told.append(self._open)
            at = following + 1
        del self._starts[:at], self._ends[:at]
        return told, self._quoted([begun, *told], self._starts[0] if self._starts else seen)

    def _following(self, at: int, seen: int, *, last: bool) -> int | None:
        """Which of those that wait, from number `at` on, follows the open message: one more than there are
        where none does, None where that is not known yet."""
        count, end = len(self._starts), self._end
        if at == count:
            return None
        if end is None or self._starts[at] >= end:
            return at
        beyond = bisect_left(self._starts, end, at)
        if beyond < count and self._starts[beyond] <= end + _SLACK:
            return beyond
        if last and end <= seen <= end + _SLACK:
            return count
        return at if last or seen > end + _SLACK else None

    def _quoted(self, owners: list[int], limit: int) -> list[int]:
        here = bisect_left(self._quotes, limit)
        found = dict.fromkeys(owners[bisect_right(owners, at) - 1] for at in self._quotes[:here])
        del self._quotes[:here]
        return list(found)
