"""What the system has run out of, when an error tells that."""

import errno
import os

_NO_THREAD = "can't start new thread"
"""All that CPython tells of EAGAIN when it starts a thread."""


def shortage(error: BaseException | None) -> str | None:
    """One line on what is short and what to do; None for any other error.  Loads nothing: that may be what
    fails."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return f"{os.strerror(error.errno).lower()}: raise their limit (ulimit -n)"
    if isinstance(error, RuntimeError) and str(error) == _NO_THREAD:
        return "too many threads: raise their limit (ulimit -u)"
    return None
