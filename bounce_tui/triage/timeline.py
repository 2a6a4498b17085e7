"""How many mails failed when: even steps of time from the first to the last, those without any included."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from msgspec import Struct

from bounce_tui.triage.count import Count

_MOST_HOURS = 48
"""Told by the hour is what fell within two days, whatever room there is."""


class Timeline(Struct, frozen=True):
    """Each of `steps`, in order, is a `unit` of time ("hour", "week from Monday"), named by its beginning."""

    unit: str
    steps: tuple[Count, ...]


class _Unit(Struct, frozen=True):
    """`beginning` is where the step begins that a time falls into; a time `behind` that falls into the next
    one; `written` names a step by its beginning."""

    name: str
    beginning: Callable[[datetime], datetime]
    behind: timedelta
    written: Callable[[datetime], str]

    def axis(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """The beginnings of all steps from that of `first` to that of `last`."""
        step = self.beginning(first)
        while step <= last:
            yield step
            step = self.beginning(step + self.behind)


def timeline(hours: Sequence[Count], most: int) -> Timeline:
    """The counts of `hours` ("2026-11-20T09", those without any left out), in the finest steps of which
    `most` are enough."""
    times = [datetime.fromisoformat(f"{one.value}:00") for one in hours]
    if not times:
        return Timeline(_HOUR.name, ())
    first, last = min(times), max(times)
    for unit in (_HOUR, *_COARSER):
        room = min(most, _MOST_HOURS) if unit is _HOUR else most
        axis = list(islice(unit.axis(first, last), room + 1))
        if len(axis) <= room:
            break
    failed: Counter[datetime] = Counter()
    delayed: Counter[datetime] = Counter()
    for time, one in zip(times, hours, strict=True):
        step = unit.beginning(time)
        failed[step] += one.failed
        delayed[step] += one.delayed
    return Timeline(unit.name, tuple([Count(unit.written(at), failed[at], delayed[at]) for at in axis]))


def _day(time: datetime) -> datetime:
    return time.replace(hour=0)


def _year(time: datetime) -> datetime:
    return time.replace(month=1, day=1, hour=0)


_HOUR = _Unit("hour", lambda time: time, timedelta(hours=1), lambda time: f"{time:%Y-%m-%d %H}:00")
_COARSER = (
    _Unit("day", _day, timedelta(days=1), lambda time: f"{time:%Y-%m-%d}"),
    _Unit(
        "week from Monday",
        lambda time: _day(time) - timedelta(days=time.weekday()),
        timedelta(days=7),
        lambda time: f"{time:%Y-%m-%d}",
    ),
    _Unit("month", lambda time: _day(time).replace(day=1), timedelta(days=31), lambda time: f"{time:%Y-%m}"),
    _Unit("year", _year, timedelta(days=366), lambda time: f"{time:%Y}"),
    # Dates are of 1980 to 2099, so that decades fit into any screen.
    _Unit(
        "decade",
        lambda time: _year(time).replace(year=time.year // 10 * 10),
        timedelta(days=3660),
        lambda time: f"{time:%Y}s",
    ),
)
