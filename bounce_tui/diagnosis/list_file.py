"""What blocklists are called (`knowledge/lists.toml`), for who diagnoses a reply and who plans its checks.

Light to import: the checks of a mail are planned where its rules were never loaded.
"""

from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.rule import NamedList
from bounce_tui.reason import WhoActs

FILE = Path(__file__).with_name("knowledge") / "lists.toml"


class ListEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[list]]` table as written."""

    name: str
    words: tuple[str, ...]
    check: str
    url: str | None = None
    part: str | None = None
    cause: str | None = None
    steps: tuple[str, ...] = ()
    who_acts: WhoActs | None = None

    def named(self, words: tuple[str, ...]) -> NamedList:
        """The list, with `words` in the form in which they are looked for."""
        return NamedList(
            name=self.name,
            words=words,
            check=self.check,
            url=self.url,
            part=self.part,
            cause=self.cause,
            steps=self.steps,
            who_acts=self.who_acts,
        )


class ListFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    list: tuple[ListEntry, ...]


@lru_cache(maxsize=1)
def known_lists() -> tuple[NamedList, ...]:
    """All lists, their words as they are written."""
    entries = msgspec.toml.decode(FILE.read_bytes(), type=ListFile).list
    return tuple(entry.named(entry.words) for entry in entries)
