"""What ctrl+c does while something must not be broken off in its middle."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def on_ctrl_c(act: Callable[[], None]) -> Iterator[None]:
    """Let ctrl+c call `act`, between two instructions of the main thread, instead of raising
    KeyboardInterrupt.  Where it was ignored (a script's background job) it stays ignored.  Raises ValueError
    in any other thread, as signals do."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: act())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
