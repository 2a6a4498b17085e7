"""A new file: never over another one, never half of one, for the eyes of its owner, as it holds addresses."""

import os
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to `path`, which is not there yet.

    The data go into a hidden file beside it, which takes the name once it is whole: who is killed on the way
    leaves no half of a list that would be taken for all of it.

    Raises:
        FileExistsError: It is there, if only as a link.
        OSError: It cannot be written; nothing of it is left behind.
        ValueError: There is a NUL in its name.
    """
    from tempfile import mkstemp

    if _is_there(path):
        raise FileExistsError
    handle, name = mkstemp(prefix=".bounce-tui-", suffix=".part", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            # The name may reach the disk before the data do, and a power cut come in between.
            os.fsync(handle)
        _name(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _is_there(path: Path) -> bool:
    """Whether there is such a file, known before much is written.  Raises ValueError for a NUL."""
    try:
        os.lstat(path)
    except OSError:
        return False
    return True


def _name(beside: Path, path: Path) -> None:
    """Give the file `beside` the name `path`, which two programs at once cannot both do."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT, many a network's): the name is taken by an empty file first.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            beside.replace(path)
        except OSError:
            path.unlink()
            raise
