"""Folders that hold no mail: one line for each, instead of one for every file in it."""

import os
from collections.abc import Iterable, Sequence

from bounce_tui.mailbox.refusal import Refusal
from bounce_tui.mailbox.span import Span


class FoldersWithoutMail:
    """Holds back what is said of files that are no mail until their folder is known to hold some.

    `folders` are the folders given, which may become more; what is told comes in the order of the input.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders
        self._tops: dict[str, str] = {}
        self._held: dict[str, list[Refusal]] = {}
        self._with_mail: set[str] = set()
        self._last: tuple[str, str | None] = ("", None)

    def pass_on(self, items: Iterable[Span | Refusal], refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
        """What is to be told now that `items` were read, of which `refusals` came."""
        told: list[Refusal] = []
        refused = set()
        for refusal in refusals:
            top = None
            if refusal.no_mail:
                refused.add(refusal.file)
                top = self._top_of(refusal.file)
            if top is None or top in self._with_mail:
                told.append(refusal)
            else:
                self._held.setdefault(top, []).append(refusal)
        for item in items:
            if isinstance(item, Span) and item.file not in refused:
                top = self._top_of(item.file)
                if top is not None and top not in self._with_mail:
                    self._with_mail.add(top)
                    told += self._held.pop(top, ())
        return tuple(told)

    def end(self) -> tuple[Refusal, ...]:
        """A line for each folder of which nothing was a mail."""
        return tuple(Refusal(top, _words(top, held)) for top, held in self._held.items())

    def _top_of(self, file: str) -> str | None:
        """The folder given that `file` was found in, None for a file that was given itself."""
        for path in self._folders[len(self._tops) :]:
            self._tops[os.path.dirname(os.path.join(path, "x"))] = path
        folder = os.path.dirname(file)
        if folder != self._last[0]:
            self._last = (folder, self._climbed(folder))
        return self._last[1]

    def _climbed(self, folder: str) -> str | None:
        while folder not in self._tops:
            above = os.path.dirname(folder)
            if above == folder:
                return None
            folder = above
        return self._tops[folder]


def _words(top: str, held: Sequence[Refusal]) -> str:
    if len(held) == 1:
        return f"no mail in this folder: {os.path.relpath(held[0].file, top)} is {held[0].reason}"
    return f"no mail in this folder: none of its {len(held):,} files is a mail or the text of a bounce"
