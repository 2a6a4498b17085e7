"""Opening a file without leaving a trace, and only if it is a regular file."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from bounce_tui.mailbox.refusal import UnreadableSource

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_NO_ATIME = getattr(os, "O_NOATIME", 0)

_WORDS = {
    errno.ENOENT: "no such file or folder",
    errno.EACCES: "permission denied",
    errno.ELOOP: "a symbolic link that leads back to itself",
    errno.ENOTDIR: "a part of this path is no folder",
    errno.ENAMETOOLONG: "the path is too long to open",
    errno.EMFILE: "too many open files",
    errno.EISDIR: "a folder, not a file",
}
_NO_FILE = {
    stat.S_IFIFO: "a FIFO, not a file (to read from a pipe, use -)",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
    stat.S_IFDIR: "a folder, not a file",
}


def unreadable(file: str, error: OSError | ValueError) -> UnreadableSource:
    """The system's `error` about `file` in words; ValueError is a name that no file can have."""
    if isinstance(error, OSError) and error.errno is not None:
        reason = _WORDS.get(error.errno) or os.strerror(error.errno).lower()
        if error.errno == errno.ENOENT and _is_link(file):
            reason = "a symbolic link to nothing"
    else:
        reason = "no file can have this name"
    return UnreadableSource(file, reason)


def look_at(file: str) -> os.stat_result:
    """The status of `file`, links followed.  Raises UnreadableSource."""
    try:
        return os.stat(file)
    except (OSError, ValueError) as error:
        raise unreadable(file, error) from None


def refuse_special(file: str, mode: int) -> None:
    """Raise UnreadableSource unless `mode` is that of a regular file."""
    if not stat.S_ISREG(mode):
        raise UnreadableSource(file, _NO_FILE.get(stat.S_IFMT(mode), "not a regular file"))


@contextmanager
def opened(file: str) -> Iterator[tuple[int, int]]:
    """Open the regular file `file` for reading: its descriptor and its size in bytes.

    Whoever found the file has looked at what it is, because opening a FIFO already wakes its writer;
    what was really opened is looked at here.  Raises UnreadableSource, for an error in the block too.
    """
    try:
        descriptor = _open(file)
    except (OSError, ValueError) as error:
        raise unreadable(file, error) from None
    try:
        status = os.fstat(descriptor)
        refuse_special(file, status.st_mode)
        yield descriptor, status.st_size
    except OSError as error:
        raise unreadable(file, error) from None
    finally:
        os.close(descriptor)


def read_range(descriptor: int, offset: int, length: int) -> bytes:
    """At most `length` bytes from `offset` on; fewer where the file ends."""
    data = os.pread(descriptor, length, offset)
    if len(data) == length or not data:
        return data
    pieces = [data]
    got = len(data)
    while got < length:
        data = os.pread(descriptor, length - got, offset + got)
        if not data:
            break
        pieces.append(data)
        got += len(data)
    return b"".join(pieces)


def read_head(file: str, length: int) -> bytes:
    """The first `length` bytes of the regular file `file`.  Raises UnreadableSource."""
    with opened(file) as (descriptor, _):
        return read_range(descriptor, 0, length)


def _open(file: str) -> int:
    try:
        # A mail reader tells new mail from old by the access time of an mbox.
        return os.open(file, _FLAGS | _NO_ATIME)
    except PermissionError:
        # Only the owner may leave the access time alone.
        return os.open(file, _FLAGS)


def _is_link(file: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(file).st_mode)
    except (OSError, ValueError):
        return False
