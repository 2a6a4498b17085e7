"""The filter of the list: asked for, read, laid on in slices that let keys through."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from bounce_tui.triage.causes import Cause, cause_of
from bounce_tui.triage.filter import FilterError, read_filter
from bounce_tui.triage.filter.completion import complete
from bounce_tui.triage.filter.terms import VERDICTS
from bounce_tui.triage.queue import Queue, Test
from bounce_tui.triage.row import Row

SLICE = 4000
"""Rows between two looks at the keyboard: some ten milliseconds."""
_COMPLETED = {
    "reason": "reason", "provider": "provider", "mta": "host", "domain": "domain", "rule": "rule", "ip": "ip",
}  # fmt: skip


class Narrowing:
    """What decides which rows of `queue` are shown: `words` for the header, "" for nothing; `text` where it
    is a filter that was typed.  A later one overtakes one that is still at work.  `saved` are the filters
    that the user keeps, by name."""

    def __init__(
        self, queue: Queue, standing: Callable[[str, Row], bool], saved: Mapping[str, str] | None = None
    ) -> None:
        self.queue = queue
        self._standing = standing
        self._saved = saved or {}
        self.text = ""
        self.words = ""
        self._latest = 0

    @property
    def is_of_cause(self) -> bool:
        """Whether the mails of one cause are shown."""
        return self.words != "" and self.text == ""

    async def lay_on(self, text: str) -> bool:
        """Show only what passes `text`; False when a later one overtook this.

        Raises:
            FilterError: It cannot be read; the list stays as it is.
        """
        text = text.strip()
        test = read_filter(text, standing=self._standing, saved=self._saved) if text else None
        done = await self._narrow(test, text)
        self.text = text if done else self.text
        return done

    async def to_cause(self, cause: Cause, words: str) -> bool:
        """Show only the mails of `cause`, which the header calls `words`."""
        done = await self._narrow(lambda row: cause_of(row) == cause, words)
        self.text = "" if done else self.text
        return done

    async def _narrow(self, test: Test | None, words: str) -> bool:
        self._latest += 1
        mine = self._latest
        for _ in self.queue.narrow(test, SLICE):
            await asyncio.sleep(0)
            if mine != self._latest:
                return False
        self.words = words
        return True

    def proposals(self, text: str) -> list[str]:
        """What `text` could be completed to, from what the list holds."""
        values = {name: self._values(field) for name, field in _COMPLETED.items()}
        return complete(text, {**values, "verdict": VERDICTS}, self._saved)

    def _values(self, field: str) -> Iterable[str]:
        rows = self.queue.arrived(0)
        return {value for row in rows if (value := getattr(row, field))}


def wrong(text: str) -> str:
    """What is wrong with a filter that is being typed, "" when it can be read; an end that is still to come
    is no fault."""
    try:
        read_filter(text.strip())
    except FilterError as error:
        return "" if error.place >= len(text.rstrip()) else f"{error.reason} (at {error.place + 1})"
    return ""
