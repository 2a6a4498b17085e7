"""The filter of the list: asked for, read, laid on in slices that let keys through."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from bounce_tui.triage.causes import Cause, cause_of
from bounce_tui.triage.filter import Filter, FilterError, read_filter
from bounce_tui.triage.filter.completion import Completion, complete
from bounce_tui.triage.queue import Queue, Test
from bounce_tui.triage.row import Row

SLICE = 4000
"""Rows between two looks at the keyboard: some ten milliseconds."""
_COMPLETED: dict[str, Callable[[Row], str | None]] = {
    "reason": attrgetter("reason"), "provider": attrgetter("provider"), "mta": attrgetter("host"),
    "domain": attrgetter("domain"), "rule": attrgetter("rule"), "ip": attrgetter("ip"),
    "status": attrgetter("status"), "code": attrgetter("reply_code"), "file": attrgetter("file"),
    "from": lambda row: (row.author or "").lower(), "to": lambda row: (row.recipient or "").lower(),
}  # fmt: skip


class Narrowed(NamedTuple):
    """What decides which rows are shown: `words` name it, "" for nothing; `text` is the filter as it was
    typed, "" for none.  `within` is what the mails of one cause were picked from, None where none were."""

    test: Test | None = None
    text: str = ""
    words: str = ""
    within: "Narrowed | None" = None


class Narrowing:
    """Lays filters on `queue`; `now` is the one in force.  A later one overtakes one that is still at work.
    `saved` are those that the user keeps, by name."""

    def __init__(
        self, queue: Queue, standing: Callable[[str, Row], bool], saved: Mapping[str, str] | None = None
    ) -> None:
        self.queue = queue
        self._standing = standing
        self._saved = saved or {}
        self.now = Narrowed()
        self._latest = 0

    @property
    def is_of_cause(self) -> bool:
        """Whether the mails of one cause are shown."""
        return self.now.within is not None

    @property
    def outside(self) -> Narrowed:
        """What is in force but for the cause whose mails are shown."""
        return self.now.within or self.now

    @property
    def doubt(self) -> str:
        """The question that the filter in force raises about a word that no row shows; "" for none."""
        return self.now.test.doubt if isinstance(self.now.test, Filter) else ""

    async def lay_on(self, text: str) -> bool:
        """Show only what passes `text`; False when a later one overtook this.

        Raises:
            FilterError: It cannot be read; the list stays as it is.
        """
        text = text.strip()
        test = read_filter(text, standing=self._standing, saved=self._saved) if text else None
        return await self.put(Narrowed(test, text, text))

    async def to_cause(self, cause: Cause, words: str) -> bool:
        """Of what passes the filter, show only the mails of `cause`, which the header calls `words`."""
        within = self.outside
        passes = within.test

        def test(row: Row) -> bool:
            return cause_of(row) == cause and (passes is None or passes(row))

        words = f"{within.words}, {words}" if within.words else words
        return await self.put(Narrowed(test, within.text, words, within))

    async def put(self, narrowed: Narrowed) -> bool:
        """Show what `narrowed` says, as it was once in force; False when a later one overtook this."""
        self._latest += 1
        mine = self._latest
        for _ in self.queue.narrow(narrowed.test, SLICE):
            await asyncio.sleep(0)
            if mine != self._latest:
                return False
        self.now = narrowed
        return True

    async def completion(self, text: str) -> Completion:
        """How `text` may go on, from what the list holds; counted in a thread: the list may be long."""
        rows = self.queue.arrived(0)

        def values(name: str) -> Iterable[str]:
            field = _COMPLETED.get(name)
            return filter(None, map(field, rows)) if field is not None else ()

        return await asyncio.to_thread(complete, text, values, self._saved)

    def fault(self, text: str, *, typed: bool) -> str:
        """What is wrong with the filter `text`, "" when it can be read; while it is `typed` an end that is
        still to come is no fault, nor is a name that may be one letter short."""
        try:
            read_filter(text.strip(), saved=self._saved)
        except FilterError as error:
            is_to_come = error.place >= len(text.rstrip()) or _is_being_named(text, error.place)
            return "" if typed and is_to_come else f"{error.reason} (at {error.place + 1})"
        return ""


def _is_being_named(text: str, place: int) -> bool:
    return text[place : place + 1] == "@" and not any(char.isspace() for char in text[place:])
