"""Reads one message again when it is opened: the list keeps only its line."""

import asyncio
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.mailbox import StandardInput, UnreadableSource, read_message
from bounce_tui.model import Bounce, Case, Message
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner

CASES_KEPT = 64
"""Cases that an `Opener` keeps at most; the one read first is given up first."""


def read_case(
    message: Message, stdin: StandardInput | None = None, examiner: Examiner = LOCAL_EXAMINER
) -> Case:
    """The case of `message`; its `error` says why where it can no longer be read."""
    try:
        return examiner.examine(message, read_message(message, stdin))
    except UnreadableSource as error:
        return Case(message, Bounce(), error=str(error))


def read_opened(
    message: Message, stdin: StandardInput | None = None, examiner: Examiner = LOCAL_EXAMINER
) -> OpenedMessage:
    """Headers, hops and parts of `message`; its `error` says why where it can no longer be read."""
    try:
        return examiner.take_apart(read_message(message, stdin))
    except UnreadableSource as error:
        return OpenedMessage(error=str(error))


def read_source(message: Message, limit: int, stdin: StandardInput | None = None) -> tuple[list[str], bool]:
    """The first `limit` bytes of `message` as lines, and whether that is all of it.

    Bytes that are no UTF-8 become \\xff escapes, so that nothing is lost.
    """
    try:
        raw = read_message(message, stdin)
    except UnreadableSource as error:
        return [str(error)], True
    text = raw[:limit].decode("utf-8", "backslashreplace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), len(raw) <= limit


class Opener:
    """Reads messages in a thread and keeps the last ones, so that going back and on is instant.

    `stdin` is what kept the mail of standard input, `own` are the admin's own domains.
    """

    def __init__(
        self, stdin: StandardInput | None = None, own: Sequence[str] = (), examiner: Examiner = LOCAL_EXAMINER
    ) -> None:
        self._examiner = examiner
        self._stdin = stdin
        self._own = own
        self._cases: OrderedDict[Message, Case] = OrderedDict()
        self._hints: dict[Message, Hints] = {}
        self._lock = threading.Lock()

    def known(self, message: Message) -> Case | None:
        """The case of `message` if it was read lately."""
        with self._lock:
            case = self._cases.get(message)
            if case is not None:
                self._cases.move_to_end(message)
            return case

    def forget(self) -> None:
        """Read each message anew when it is asked for: files may have changed."""
        with self._lock:
            self._cases.clear()
            self._hints.clear()

    def move(self, moved: Mapping[Message, Message]) -> None:
        """Follow mails that lie elsewhere now.  One that could not be read where it was is read again."""
        with self._lock:
            # All are taken out first: one mail may lie now where another did.
            found = [
                (moved[before], self._cases.pop(before), self._hints.pop(before, NONE))
                for before in [message for message in self._cases if message in moved]
            ]
            for after, case, hints in found:
                if case.error is None:
                    self._cases[after] = replace(case, message=after)
                    self._hints[after] = hints

    def first_hints(self, message: Message) -> Hints:
        """What can be said at once about the leading failure of a known message: before the returned
        mail is opened, and before other bounces are looked at.  At the start of a session, nothing."""
        with self._lock:
            return self._hints.get(message, NONE)

    async def case(self, message: Message) -> Case:
        """The case of `message`, read in a thread unless it is known."""
        case = self.known(message)
        return case if case is not None else await asyncio.to_thread(self._read, message)

    async def opened(self, message: Message) -> OpenedMessage:
        """Headers, hops and parts of `message`, read in a thread."""
        return await asyncio.to_thread(read_opened, message, self._stdin, self._examiner)

    async def raw(self, message: Message) -> bytes:
        """The bytes of `message`, read in a thread.  Raises UnreadableSource."""
        return await asyncio.to_thread(read_message, message, self._stdin)

    async def source(self, message: Message, limit: int) -> tuple[list[str], bool]:
        """What `read_source` says of `message`, read in a thread."""
        return await asyncio.to_thread(read_source, message, limit, self._stdin)

    def _read(self, message: Message) -> Case:
        # Kept from within the thread: whoever waited may have been cancelled by the next key.
        case = read_case(message, self._stdin, self._examiner)
        # The library that finds typos takes its time to load: the first mail must not wait for it.
        hints = NONE
        if "rapidfuzz" in sys.modules:
            from bounce_tui.hints.hinting import hint

            hints = hint(case, case.bounce.leading, own=self._own)
        with self._lock:
            self._cases[message] = case
            self._hints[message] = hints
            if len(self._cases) > CASES_KEPT:
                gone, _ = self._cases.popitem(last=False)
                self._hints.pop(gone, None)
        return case
