"""The user's own rule files: where they lie, and what is read of them."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from bounce_tui.diagnosis.errors import Fault

MOST_BYTES = 1 << 20
"""Of one file; all our own rules together are smaller."""
MOST_FILES = 50
MOST_BYTES_IN_ALL = 2 << 20
_LEAVE_OUT = "the rest is used without it"
_NAMELESS = -2
"""The size in the stamp of a file whose name cannot be kept."""

_KINDS = {
    stat.S_IFDIR: "a folder", stat.S_IFIFO: "a FIFO", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip


class Stamp(Struct, frozen=True, array_like=True):
    """A file as it stood: any edit, any change of its rights makes another.  The time is the one that
    no program sets at will (`st_ctime_ns`); what cannot be looked at has none."""

    path: str
    size: int = -1
    changed: int = 0


def user_folder() -> Path:
    """The folder of the user's rules: `rules` below the user's config folder for bounce-tui."""
    from platformdirs import user_config_path

    return user_config_path("bounce-tui", appauthor=False) / "rules"


def stamps(folder: Path) -> tuple[Stamp, ...]:
    """The rule files of `folder` as they stand now, by name, and no more than one too many; none when there
    is no such folder.  A folder that cannot be read has one stamp, its own."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _is_rule_file(entry.name))
    except FileNotFoundError:
        # A link says that there should be rules.
        return (Stamp(str(folder)),) if folder.is_symlink() else ()
    except OSError:
        return (Stamp(str(folder)),)
    return tuple(_stamp(str(folder / name)) for name in names[: MOST_FILES + 1])


def read_files(files: Iterable[Stamp]) -> tuple[list[tuple[str, bytes]], list[Fault]]:
    """Path and bytes of each of `files`, and why others could not be read."""
    texts: list[tuple[str, bytes]] = []
    faults: list[Fault] = []
    read = 0
    for number, (path, size) in enumerate((stamp.path, stamp.size) for stamp in files):
        if size == _NAMELESS:
            faults.append(Fault(path, "", "the name of this file is not UTF-8", "give it another name"))
            continue
        try:
            raw = read_rule_file(path)
        except OSError as error:
            faults.append(Fault(path, "", f"cannot be read: {words_of(error)}", _LEAVE_OUT))
            continue
        read += len(raw)
        if number >= MOST_FILES or read > MOST_BYTES_IN_ALL:
            fix = f"at most {MOST_FILES} files and {MOST_BYTES_IN_ALL >> 20} MiB are read"
            faults.append(Fault(path, "", "this file and those behind it are too many", fix))
            break
        texts.append((path, raw))
    return texts, faults


def read_rule_file(path: str) -> bytes:
    """The bytes of one rule file.  Raises OSError, with words in `strerror`, when it cannot be read, is no
    regular file or is larger than a rule file may be."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except FileNotFoundError:
        if Path(path).is_symlink():
            raise OSError(0, "a link to what is not there") from None
        raise
    mode = stat.S_IFMT(os.fstat(handle).st_mode)
    if mode != stat.S_IFREG:
        os.close(handle)
        raise OSError(0, f"{_KINDS.get(mode, 'something else')}, not a file")
    with os.fdopen(handle, "rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise OSError(0, f"larger than {MOST_BYTES >> 20} MiB")
    return raw


def one_per_file(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The first error of each file, which says how many more there are: what a start has room for."""
    errors: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.level == "error":
            errors.setdefault(fault.file, []).append(fault)
    for found in errors.values():
        first = min(found, key=lambda one: (one.line, one.column))
        yield first.followed_by(len(found) - 1)


def _stamp(path: str) -> Stamp:
    if (name := as_text(path)) != path:
        return Stamp(name, _NAMELESS)
    with contextlib.suppress(OSError):
        status = Path(path).stat()
        return Stamp(path, status.st_size, status.st_ctime_ns)
    return Stamp(path)


def as_text(path: str) -> str:
    """`path` with bytes that are no UTF-8 as escapes: what is kept and packed must be text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def words_of(error: OSError | ValueError) -> str:
    """Why a file cannot be read."""
    words = (isinstance(error, OSError) and error.strerror) or "no file can have this name"
    return words[:1].lower() + words[1:]


def _is_rule_file(name: str) -> bool:
    return name.endswith(".toml") and not name.startswith(".")
