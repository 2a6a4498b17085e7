"""A new file: never over another one, never half of one, for the eyes of its owner, as it holds addresses."""

import os
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to `path`, which is not there yet.

    Raises:
        FileExistsError: It is there, if only as a link.
        OSError: It cannot be written; nothing of it is left behind.
        ValueError: There is a NUL in its name.
    """
    # Exclusive: two programs at once cannot write over each other either.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        # A full disk: half of a list would be taken for all of it.
        path.unlink(missing_ok=True)
        raise
