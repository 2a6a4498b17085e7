"""Files that somebody still writes to, so that they are not read too early."""

import time
from collections.abc import Collection

from bounce_tui.mailbox.folder import Found
from bounce_tui.mailbox.mbox_or_message import is_eml

QUIET_S = 1.0
"""Seconds without a change after which a file, or the last message of an mbox, is taken for complete."""


class Writers:
    """The files that were last seen to change, so that they are looked at again."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[int, float]] = {}

    @property
    def files(self) -> Collection[str]:
        """What is still being written."""
        return self._waiting.keys()

    def are_done(self, found: Found) -> bool:
        """Whether nobody writes to a file; in a Maildir a file is complete when it appears."""
        if found.one_message and not is_eml(found.path):
            return True
        quiet = time.time() - found.mtime_ns / 1e9 >= QUIET_S
        if not quiet:
            # A clock that is ahead, as another host's may be, must not make it wait for ever.
            size, since = self._waiting.get(found.path, (-1, 0.0))
            if size != found.size:
                self._waiting[found.path] = (found.size, time.monotonic())
            quiet = size == found.size and time.monotonic() - since >= QUIET_S
        if quiet:
            self._waiting.pop(found.path, None)
        return quiet

    def forget(self, file: str) -> None:
        """The file is no longer there."""
        self._waiting.pop(file, None)
