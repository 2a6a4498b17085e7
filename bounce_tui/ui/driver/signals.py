"""Signals, noted where they strike and read where they can be acted upon."""

import contextlib
import os
import signal
from types import FrameType
from typing import Any

LEAVING = frozenset((signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT))
_HEARD = (*LEAVING, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
_NUDGE = 0


class NotedSignals:
    """A pipe into which the number of each signal of `hear` is written where it strikes.

    The interpreter's own handler writes it (`signal.set_wakeup_fd`), in whichever thread the kernel has
    chosen.  A handler of ours would run in the main thread only, once that wakes: after SIGCONT the kernel
    may choose another, and the main thread would sleep on.  Whoever waits on `fileno` reads the numbers
    with `take`.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._handlers: dict[int, Any] = {}
        self._wakes = -1

    @property
    def fileno(self) -> int:
        """What to wait on until a signal was noted."""
        return self._reader

    def hear(self) -> None:
        """Note signals from now on, but those to leave that were ignored before: under nohup, or in
        a script's background, we were asked not to be disturbed."""
        self._wakes = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in _HEARD:
            handler = signal.getsignal(number)
            if number not in LEAVING or handler is not signal.SIG_IGN:
                self._handlers.setdefault(number, handler)
                signal.signal(number, _noted)

    def let_go(self) -> None:
        """Give every signal back its handler, and strike again with those to leave that nobody took."""
        for number, handler in self._handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)
        for number in self.take():
            if number in LEAVING:
                os.kill(os.getpid(), number)

    def take(self) -> bytes:
        """The numbers of the signals noted since the last time, in their order; does not wait."""
        try:
            return os.read(self._reader, 1024).replace(bytes([_NUDGE]), b"")
        except BlockingIOError:
            return b""

    def nudge(self) -> None:
        """Wake whoever waits, with nothing noted."""
        # A full pipe wakes, too.
        with contextlib.suppress(BlockingIOError):
            os.write(self._writer, bytes([_NUDGE]))


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Nothing is left to do: a signal that has a handler is written into the pipe."""
