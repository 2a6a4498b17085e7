"""Walking a folder: every file that may hold mail, always in the same order."""

import errno
import os
import threading
from collections.abc import Callable, Iterator

from msgspec import Struct

from bounce_tui.mailbox.maildir import MAIL_FOLDERS, NOT_MAIL, holds_maildir_mail, is_maildir, is_programs_own
from bounce_tui.mailbox.mbox_or_message import is_eml
from bounce_tui.mailbox.opening import refuse_special, unreadable
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource


class Found(Struct, frozen=True, gc=False):
    """A regular file of `size` bytes.  `one_message` is True in a Maildir, where a file is a message;
    `inode` and `mtime_ns` tell it from another file that takes its place."""

    path: str
    size: int
    one_message: bool
    inode: int = 0
    mtime_ns: int = 0


def found_at(path: str, one_message: bool, status: os.stat_result) -> Found:
    """The file at `path` by its `status`."""
    return Found(path, status.st_size, one_message, status.st_ino, status.st_mtime_ns)


class _Folder(Struct, frozen=True):
    """A folder on the way down: `identity` tells one that was walked already, `above` leads back to the top,
    and `apart` are entries that are read as paths of their own."""

    path: str
    identity: tuple[int, int]
    above: "_Folder | None"
    maildir_leaf: bool
    apart: frozenset[str]


def walk(
    top: str,
    on_size: Callable[[int], None],
    cancelled: threading.Event | None = None,
    apart: frozenset[str] = frozenset(),
) -> Iterator[Found | Refusal]:
    """The files below the folder `top`, by the bytes of their names, hidden ones left out.

    A folder that was walked already (a symbolic link to it, or a loop) and what is no regular file are
    refused by name.  In a Maildir only the mail of `cur` and `new` and of its subfolders counts.
    What is `apart` is passed over.  `on_size` is told the bytes of each folder's files as soon as they
    are listed.
    """
    seen: dict[tuple[int, int], str] = {}
    # A stack and no recursion: folders nest as deep as a stranger's archive says.
    waiting: list[_Folder | Found | Refusal] = []
    try:
        waiting.append(_folder(top, None, holds_maildir_mail(top), apart))
    except UnreadableSource as error:
        yield error.refusal
    while waiting:
        if cancelled is not None and cancelled.is_set():
            return
        item = waiting.pop()
        if not isinstance(item, _Folder):
            yield item
            continue
        if repeated := _repeated(item, seen):
            yield repeated
            continue
        seen[item.identity] = item.path
        try:
            items = _listed(item)
        except OSError as error:
            yield unreadable(item.path, error).refusal
            continue
        on_size(sum(found.size for found in items if isinstance(found, Found)))
        items.reverse()
        waiting += items


def _repeated(folder: _Folder, seen: dict[tuple[int, int], str]) -> Refusal | None:
    before = seen.get(folder.identity)
    if before is None:
        return None
    above = folder.above
    while above is not None:
        if above.identity == folder.identity:
            return Refusal(folder.path, f"a link that leads back to {before}")
        above = above.above
    return Refusal(folder.path, f"the same folder as {before}, already read")


def find(top: str, path: str, apart: frozenset[str] = frozenset()) -> Found | Refusal | str | None:
    """What the walk of the folder `top` makes of `path` below it: a file or a refusal as it would yield
    them, the path itself for a folder that it would walk, None for what it passes over or is not there."""
    try:
        folder = _folder(top, None, holds_maildir_mail(top), apart)
        names = os.path.relpath(path, top).split(os.sep)
        for number, name in enumerate(names, 1):
            item = _taken(_Named(os.path.join(folder.path, name)), folder, _is_maildir(folder))
            if not isinstance(item, _Folder):
                return item if number == len(names) else None
            folder = item
    except (OSError, UnreadableSource):
        return None
    return folder.path


class _Named:
    """One entry of a folder as `os.scandir` gives it, by its path."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = os.path.basename(path)

    def is_dir(self) -> bool:
        return os.path.isdir(self.path)

    def is_symlink(self) -> bool:
        return os.path.islink(self.path)

    def stat(self) -> os.stat_result:
        return os.stat(self.path)


_Entry = _Named | os.DirEntry[str]


def _listed(folder: _Folder) -> list[_Folder | Found | Refusal]:
    in_maildir = _is_maildir(folder)
    with os.scandir(folder.path) as entries:
        inside = sorted(entries, key=_name)
    return [item for entry in inside if (item := _taken(entry, folder, in_maildir)) is not None]


def _is_maildir(folder: _Folder) -> bool:
    return not folder.maildir_leaf and is_maildir(folder.path)


def _taken(entry: _Entry, folder: _Folder, in_maildir: bool) -> _Folder | Found | Refusal | None:
    """What is made of one entry of `folder`; None for one that is passed over."""
    if entry.path in folder.apart:
        return None
    if not in_maildir:
        return None if entry.name.startswith(".") else _item(entry, folder)
    if entry.name in NOT_MAIL:
        return None
    if not entry.is_dir():
        # What else lies there is a server's own, but for a mail that somebody has put there.
        return _item(entry, folder) if is_eml(entry.name) else None
    is_mail = entry.name in MAIL_FOLDERS
    # Maildir++ hides its subfolders; any other hidden folder is a program's own.
    if is_mail or not entry.name.startswith(".") or is_maildir(entry.path):
        return _folder_or_refusal(entry.path, folder, is_mail)
    return None


def _item(entry: _Entry, folder: _Folder) -> _Folder | Found | Refusal | None:
    try:
        if entry.is_dir():
            # In a Maildir's cur and new there are no folders of mail.
            return None if folder.maildir_leaf else _folder_or_refusal(entry.path, folder, False)
        if is_programs_own(entry.name) and not is_eml(entry.name):
            return None
        status = entry.stat()
        refuse_special(entry.path, status.st_mode)
    except UnreadableSource as error:
        return error.refusal
    except OSError as error:
        if error.errno == errno.ENOENT and not entry.is_symlink():
            # Delivered, read or removed since the folder was listed: the reader looks for it.
            return Found(entry.path, 0, folder.maildir_leaf)
        return unreadable(entry.path, error).refusal
    return found_at(entry.path, folder.maildir_leaf, status)


def _folder_or_refusal(path: str, above: _Folder, maildir_leaf: bool) -> _Folder | Refusal:
    try:
        return _folder(path, above, maildir_leaf, above.apart)
    except UnreadableSource as error:
        return error.refusal


def _folder(path: str, above: _Folder | None, maildir_leaf: bool, apart: frozenset[str]) -> _Folder:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    return _Folder(path, (status.st_dev, status.st_ino), above, maildir_leaf, apart)


def _name(entry: "os.DirEntry[str]") -> bytes:
    return os.fsencode(entry.name)
