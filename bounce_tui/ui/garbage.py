"""The garbage collector, kept out of the start: it took a sixth of the time to the first screen."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

STARTED_S = 2.0
"""After this the start is over: what was loaded by then stays for the whole session."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect nothing until `collect_again`, or until the block ends."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def collect_again() -> None:
    """The start is over: collect, but never again look through what it has loaded.  Without a start that was
    `uncollected`, nothing happens."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
