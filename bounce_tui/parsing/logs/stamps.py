"""When the lines of a log were written.

Syslog's own stamp names neither year nor zone, Exim's no zone: they are told only where something else in
the same text does, a stamp that names them or the Date of the mail that brings the log.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from bounce_tui.parsing.dates import clock_of, since_1970, to_utc
from bounce_tui.regex import regex

BEFORE: Final = r"(?:[\w./-]{1,100}:|[\w./-]{1,60}\s{1,20}\| )?(?:<\d{1,3}>)?\s{0,8}"
"""What may stand before a stamp: the file that grep, or the container that Docker found the line in."""

_STAMP: Final = regex(
    BEFORE + r"(?:(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(?: ?(Z|[+-]\d\d:?\d\d)(?![\d:]))?"
    r"|([A-Z][a-z]{2}) ([ \d]?\d) (?:(\d{4}) )?(\d\d:\d\d:\d\d)"
    r"|@(4[0-9a-f]{15})(?:[0-9a-f]{8})? |(\d{10})\.\d{3,9} )"
)
_UTC: Final = "+0000"
_TAI_BEHIND: Final = 0x4000000000000000 + 10
"""The second of TAI64 that multilog writes for the beginning of 1970: it counts no leap seconds."""
_SPREAD: Final = timedelta(days=1)


class Clock(Struct, frozen=True):
    """What is known of the clock of a log: its offset from UTC, "" for nothing, and a moment that is not long
    before its last line."""

    offset: str = ""
    near: str | None = None


def clock_of_log(lines: Iterable[str], written: str | None) -> Clock:
    """What `lines` tell of their own clock, and else the Date of the mail that they were `written` in."""
    offset, near = "", ""
    for line in lines:
        found = _STAMP.match(line)
        if found is None or not (found[3] or found[8] or found[9]):
            continue
        offset = offset or (found[3] or "").replace("Z", _UTC)
        near = max(near, moment(line, Clock()) or "")
    return Clock(offset or clock_of(written), near or to_utc(written))


def moment(line: str, clock: Clock) -> str | None:
    """When `line` was written, None where neither it nor the `clock` of its log tells."""
    found = _STAMP.match(line)
    if found is None:
        return None
    day, time, zone, month, number, year, hour, tai, epoch = found.groups()
    if tai or epoch:
        return since_1970(int(tai, 16) - _TAI_BEHIND if tai else int(epoch))
    offset = zone or clock.offset
    if not offset:
        return None
    if day:
        return to_utc(f"{day}T{time}{'Z' if offset == _UTC else offset}")
    if year:
        return to_utc(f"{number} {month} {year} {hour} {offset}")
    return _in_year(f"{number} {month}", f"{hour} {offset}", clock.near) if clock.near else None


def _in_year(day: str, hour: str, near: str) -> str | None:
    """The last such day before the moment that the log is `near`."""
    latest = datetime.fromisoformat(near) + _SPREAD
    for year in (latest.year, latest.year - 1):
        found = to_utc(f"{day} {year} {hour}")
        if found is not None and datetime.fromisoformat(found) <= latest:
            return found
    return None
