"""The garbage collector, kept out of the start: it took a sixth of the time to the first screen."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

STARTED_S = 2.0
"""After this the start is over: what was loaded by then stays for the whole session."""
# Others switch the collector off as well, for as long as they read mail: its own state does not tell.
_starts = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect nothing until `collect_again`, or until the block ends."""
    global _starts
    was_enabled = gc.isenabled()
    _starts = was_enabled
    gc.disable()
    try:
        yield
    finally:
        _starts = False
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def collect_again() -> None:
    """The start is over: collect, but never again look through what it has loaded.  Without a start that was
    `uncollected`, nothing happens."""
    global _starts
    if _starts:
        _starts = False
        gc.freeze()
        gc.enable()
