"""The filter of the list: read, applied in slices that let keys through, and kept while it is in force."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from bounce_tui.triage.causes import Cause, OfCause
from bounce_tui.triage.filter import Filter, FilterError, read_filter
from bounce_tui.triage.filter.completion import Completion, complete
from bounce_tui.triage.filter.terms import SessionTest
from bounce_tui.triage.matching import MailTest, OutcomePicker, OutcomeTest
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import RecipientOutcome, Row, outcomes_of

SLICE = 4000
"""Rows between two looks at the keyboard: some ten milliseconds."""
_OF_MAILS: dict[str, Callable[[Row], str | None]] = {
    "ip": attrgetter("ip"), "file": attrgetter("file"), "from": lambda row: (row.author or "").lower(),
}  # fmt: skip
_OF_OUTCOMES: dict[str, Callable[[RecipientOutcome], str | None]] = {
    "reason": attrgetter("reason"), "provider": attrgetter("provider"), "mta": attrgetter("host"),
    "domain": attrgetter("domain"), "rule": attrgetter("rule"), "status": attrgetter("status"),
    "code": attrgetter("reply_code"),
}  # fmt: skip


class FilterInForce(NamedTuple):
    """What decides which rows are shown: `words` name it, "" for nothing; `text` is the filter as it was
    typed, "" for none.  Where only the mails of one cause are shown, `within` is what was in force before."""

    test: MailTest | None = None
    text: str = ""
    words: str = ""
    within: "FilterInForce | None" = None


class ListFilter:
    """Applies filters to `queue`; `now` is the one in force.  A later one overtakes one that is still being
    applied.  `saved` are those of the user's config, by name."""

    def __init__(self, queue: Queue, session: SessionTest, saved: Mapping[str, str] | None = None) -> None:
        self.queue = queue
        self._session = session
        self._saved = saved or {}
        self.now = FilterInForce()
        self._latest = 0

    @property
    def is_of_cause(self) -> bool:
        """Whether the mails of one cause are shown."""
        return self.now.within is not None

    @property
    def outside(self) -> FilterInForce:
        """What is in force but for the cause whose mails are shown."""
        return self.now.within or self.now

    @property
    def cause(self) -> Cause | None:
        """The cause whose mails are shown, None where none decides."""
        return self.now.test.cause if isinstance(self.now.test, OfCause) else None

    @property
    def passing(self) -> OutcomePicker:
        """Picks the outcomes of a row that pass; all of them without a filter."""
        return self.now.test.passing if self.now.test is not None else outcomes_of

    @property
    def suits(self) -> OutcomeTest | None:
        """The test of the outcomes that are shown; None where all are."""
        return self.now.test.suits if self.now.test is not None else None

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
        test = read_filter(text, session=self._session, saved=self._saved) if text else None
        return await self.put(FilterInForce(test, text, text))

    async def to_cause(self, cause: Cause, words: str) -> bool:
        """Of what passes the filter, show only the mails of `cause`, which the header calls `words`."""
        within = self.outside
        words = f"{within.words}, {words}" if within.words else words
        return await self.put(FilterInForce(OfCause(cause, within.test), within.text, words, within))

    async def put(self, chosen: FilterInForce) -> bool:
        """Show what `chosen` says, as it was once in force; False when a later one overtook this."""
        self._latest += 1
        mine = self._latest
        suits = chosen.test.suits if chosen.test is not None else None
        for _ in self.queue.narrow(chosen.test, SLICE, suits):
            await asyncio.sleep(0)
            if mine != self._latest:
                return False
        self.now = chosen
        return True

    async def completion(self, text: str) -> Completion:
        """How `text` may go on, from what the list holds; counted in a thread: the list may be long."""
        rows = self.queue.arrived(0)

        def values(name: str) -> Iterable[str]:
            return filter(None, _values(rows, name))

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


def _values(rows: Sequence[Row], name: str) -> Iterator[str | None]:
    """What `rows` hold under a term of the filter."""
    if name in _OF_MAILS:
        yield from map(_OF_MAILS[name], rows)
    elif name in _OF_OUTCOMES:
        yield from (_OF_OUTCOMES[name](outcome) for row in rows for outcome in outcomes_of(row))
    elif name == "to":
        for row in rows:
            yield from map(str.lower, row.addresses)
            for other in row.others:
                yield from map(str.lower, other.addresses)


def _is_being_named(text: str, place: int) -> bool:
    return text[place : place + 1] == "@" and not any(char.isspace() for char in text[place:])
