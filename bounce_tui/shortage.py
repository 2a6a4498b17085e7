"""What the system has run out of, when an error tells that."""

import errno
import os


def shortage(error: BaseException | None) -> str | None:
    """One line on what is short and what to do; None for any other error.  Loads nothing: that may be what
    fails."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return f"{os.strerror(error.errno).lower()}: raise their limit (ulimit -n)"
    return None
