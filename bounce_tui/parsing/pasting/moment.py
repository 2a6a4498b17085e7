"""When a pasted report was written, by a date that its own words name."""

import re
from typing import Final

from bounce_tui.parsing.dates import since_1970, to_utc
from bounce_tui.regex import regex

_CLOCK: Final = regex(r"(?<![\d:.])\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?![\d:])|\d{1,2}[時时시]\s?\d{2}[分분]")
_BEFORE: Final = 48
_BEHIND: Final = 40
_MOST: Final = 40
_ZONED: Final = regex(r"\d\s*(?:[+-]\d{2}:?\d{2}\b|Z\b|\(?(?:GMT|UTC)\b)")
_LONGEST: Final = 40_000
# "10. Juni 2025", "June 10, 2025", "10.06.2025", "2025-06-10" without a time.
_DAY: Final = regex(
    r"(?<![\w.])(?:\d{1,2}\.? (?:de )?[^\W\d_]{3,9}\.? (?:de )?\d{4}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}[-/]\d\d[-/]\d\d)(?![\w-])"
)
_NOON: Final = " 12:00"
# What a program for programs writes: "timestamp": 1742806921.
_EPOCH: Final = regex(r"(?:time|timestamp|date)\W{1,6}(\d{10})(?!\d)", re.I)


def told_date(text: str) -> str | None:
    """The first date of `text` that names its zone, or else the first; that one is by UTC, as such a Date
    field is: a few hours off at most."""
    first: str | None = None
    for number, clock in enumerate(_CLOCK.finditer(text, 0, _LONGEST)):
        if number == _MOST:
            break
        line = text.rfind("\n", 0, clock.start()) + 1
        end = text.find("\n", clock.end())
        end = len(text) if end < 0 else end
        around = text[max(line, clock.start() - _BEFORE) : min(end, clock.end() + _BEHIND)]
        date = to_utc(around)
        if date is not None and _ZONED.search(around):
            return date
        first = first or date
    return first or _day(text[:_LONGEST]) or _counted(text[:_LONGEST])


def _day(text: str) -> str | None:
    """The first day of `text`, at noon."""
    for number, day in enumerate(_DAY.finditer(text)):
        date = to_utc(day[0] + _NOON)
        if date is not None or number == _MOST:
            return date
    return None


def _counted(text: str) -> str | None:
    """A moment that `text` counts in seconds since 1970."""
    seconds = _EPOCH.search(text)
    return since_1970(int(seconds[1])) if seconds is not None else None
