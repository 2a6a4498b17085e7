"""Which files there are at the paths given, now and at each later look."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator

from bounce_tui.mailbox.folder import Found, find, found_at, walk
from bounce_tui.mailbox.given_paths import each_once, given_below
from bounce_tui.mailbox.mbox_or_message import is_one_message
from bounce_tui.mailbox.opening import look_at, refuse_special
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT


class Places:
    """The `paths` given, each once, and the folders below them in which files were found."""

    def __init__(self, paths: Iterable[str], cancelled: threading.Event | None = None) -> None:
        self.paths = tuple(each_once(paths))
        self._apart = {path: given_below(path, self.paths) for path in self.paths}
        self._cancelled = cancelled
        self._folders: set[str] = set()

    def files(self, path: str, on_size: Callable[[int], None]) -> Iterator[Found | Refusal]:
        """The files of one of the paths given; `on_size` is told the bytes of each as it is found."""
        if path == STANDARD_INPUT:
            return
        try:
            status = look_at(path)
            if os.path.isdir(path):
                self._folders.add(path)
                yield from walk(path, on_size, self._cancelled, self._apart[path])
                return
            refuse_special(path, status.st_mode)
        except UnreadableSource as error:
            yield error.refusal
            return
        on_size(status.st_size)
        yield found_at(path, is_one_message(path), status)

    def below(self, place: str) -> Iterator[Found | Refusal]:
        """The files at `place`, one of the paths given or below one, as the first look finds them."""
        if place in self.paths:
            yield from self.files(place, _ignore)
            return
        top = next((path for path in self.paths if place.startswith(os.path.join(path, ""))), None)
        item = find(top, place, self._apart[top]) if top is not None and os.path.lexists(place) else None
        if isinstance(item, str):
            yield from walk(item, _ignore, self._cancelled, self._apart[str(top)])
        elif item is not None:
            yield item

    def is_folder(self, place: str) -> bool:
        """Whether `place` is a folder in which, or below which, a file was noted."""
        return place in self._folders

    def note(self, file: str) -> None:
        """Remember the folders above `file`."""
        folder = os.path.dirname(file)
        while folder and folder not in self._folders:
            self._folders.add(folder)
            folder = os.path.dirname(folder)


def _ignore(size: int) -> None:
    pass
