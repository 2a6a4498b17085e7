"""A lock for opening the store: one program at a time, so that none sets aside what another has just
begun."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BETWEEN_S = 0.02
_TAKEN = (BlockingIOError, PermissionError)


@contextmanager
def alone_at(path: Path, wait_s: float) -> Iterator[bool]:
    """Keep other programs from opening `path` in the body; False where another one is still at it after
    `wait_s`.  Where the file system knows no locks, nobody is kept out."""
    # A file of its own, as SQLite's locks on the database itself are gone once anybody here closes it.
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _taken(lock, wait_s)
    finally:
        os.close(lock)


def _taken(lock: int, wait_s: float) -> bool:
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except _TAKEN:
            if time.monotonic() > until:
                return False
            time.sleep(_BETWEEN_S)
        except OSError:
            return True
