"""A date in any dress that mail wears, as RFC 3339 text in UTC.

RFC 5322 section 3.3 with its obsolete forms, ctime and ISO 8601 order, two-digit years (RFC 5322
section 4.3), month names of the languages that reports come in.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

EARLIEST_YEAR, LATEST_YEAR = 1980, 2099
"""A date outside these says nothing about a delivery; it is treated as absent."""

# What stands between a date and its time in the languages of mail programs that forward.
_AT: Final = r",?\s{1,4}(?:(?:at|um|à|às|alle|alle ore|a las|o|om|kl\.?|klo|г\.(?: в)?|в) )?"
_CLOCK: Final = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?\s*([AaPp][Mm])?"
_ZONE: Final = r"\s*\(?([+-]\d{2}(?::?\d{2})?|(?:GMT|UTC?)\s?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})?"
# [Thu,] 29 Apr 2010 23:34[:45] [+0900 | +09:00 | GMT+9 | GMT]
_MAIL: Final = regex(
    r"(?<!\d)0?(\d{1,2})[ .-]{1,3}(?:de )?([^\W\d_]{3,9})\.?,?[ -]{1,3}(?:de )?(\d{2,4})(?!\d)"
    + _AT
    + _CLOCK
    + _ZONE
)
# 29.04.2010 23:34
_DOTTED: Final = regex(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)" + _AT + _CLOCK + _ZONE)
# Thu Apr 29 23:34:45 [JST] 2010
_CTIME: Final = regex(
    r"([^\W\d_]{3,9})\s{1,2}(\d{1,2})\s(\d{1,2}):(\d{2})(?::(\d{2}))?\s(?:([A-Z]{2,5}|[+-]\d{4})\s)?(\d{4})"
)
# 2010-04-29[T ]23:34:45[Z | +09:00], also with slashes and the 04-46-42 that one sender writes
_ISO: Final = regex(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]{1,2}(\d{1,2})[:-](\d{2})(?:[:-](\d{2}))?(?:[.,]\d{1,9})?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
# 4/29/2010 11:34:45 PM, as Exchange and Notes write it
_SLASHED: Final = regex(
    r"(\d{1,2})/(\d{1,2})/(\d{4})\s(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?" + _ZONE
)
# 2010年4月29日 23:34, 2010년 4월 29일 목요일 오후 11:34
_EAST_ASIAN: Final = regex(
    r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일](\D{0,12})(\d{1,2})[:時时시]\s?(\d{2})(?:[:分분]\s?(\d{2}))?"
    r"[秒分초분]?\s?([+-]\d{2}:?\d{2}|[A-Z]{2,5})?"
)
_OFFSET: Final = regex(r":\d{2} ([+-](?:0\d|1[0-4])\d{2})(?: |$)")
_AFTERNOON: Final = ("午後", "下午", "오후")
_LONG: Final = regex(
    r"([^\W\d_]{3,9})\.?\s(\d{1,2}),?\s(\d{4}),?\s(?:at\s)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?"
    + _ZONE
)

_TWO_DAYS: Final = timedelta(days=2)
_TWO: Final = tuple(f"{number:02}" for number in range(60))
_TIMES: Final = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60))
# What the words of a usual date can be.
_DAYS: Final = {text: day for day in range(1, 32) for text in (f"{day}", f"{day:02}")}
_NAMES: Final = {
    "Jan": ("01", 31), "Feb": ("02", 28), "Mar": ("03", 31), "Apr": ("04", 30),
    "May": ("05", 31), "Jun": ("06", 30), "Jul": ("07", 31), "Aug": ("08", 31),
    "Sep": ("09", 30), "Oct": ("10", 31), "Nov": ("11", 30), "Dec": ("12", 31),
}  # fmt: skip
_YEARS: Final = {f"{year}" for year in range(EARLIEST_YEAR, LATEST_YEAR + 1)}
_MINUTES: Final = {text: minutes for minutes, text in enumerate(_TIMES)}
_SECONDS: Final = {f":{second}" for second in _TWO}
_EAST: Final = {
    f"{sign}{minutes // 60:02}{minutes % 60:02}": int(f"{sign}{minutes}")
    for sign in "+-"
    for minutes in range(0, 841, 15)
}

_ZONES: Final = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5, "ART": -3, "BRT": -3, "WEST": 1, "BST": 1,
    "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3,
    "PKT": 5, "IST": 5.5, "WIB": 7, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours east of UTC; of a name that two zones share, the one that mail is likelier to mean."""
_OF_UTC: Final = ("GMT", "UTC", "UT", "Z")


def to_utc(text: str | None, clock: str = "") -> str | None:
    """`text` as "2010-04-29T14:34:45Z", or None when it names no moment between 1980 and 2099.  A
    date without a zone is by the `clock` of who wrote it ("+0900"), and where that is not known by UTC."""
    if not text:
        return None
    text = text[:120]
    # The form that nearly all mail has, "Thu, 29 Apr 2010 23:34:45 +0900 (JST)", by its words: the
    # patterns below cost several times as much.
    words = text.split(None, 6)
    try:
        day, month, year, time, zone = words[1:6] if words[0][-1] == "," else words[:5]
        days, minutes = divmod(_MINUTES[time[:5]] - _EAST[zone], 1440)
        named, last = _NAMES[month]
        date = _DAYS[day]
        # Within the month no calendar is needed.
        if date <= last and 0 < date + days <= last and year in _YEARS and time[5:] in _SECONDS:
            return f"{year}-{named}-{_TWO[date + days]}T{_TIMES[minutes]}{time[5:]}Z"
    except (LookupError, ValueError):
        pass  # written otherwise
    found = _MAIL.search(text)
    if found:
        day, month, year, hour, minute, seconds, half, offset = found.groups()
        number = _month(month)
        if number:
            return _utc(year, number, day, hour, minute, seconds, half, _zone(offset, clock))
    found = _ISO.search(text)
    if found:
        year, month, day, hour, minute, seconds, offset = found.groups()
        return _utc(year, int(month), day, hour, minute, seconds, None, _zone(offset, clock))
    for pattern in (_DOTTED, _CTIME, _SLASHED, _EAST_ASIAN, _LONG):
        found = pattern.search(text)
        if found:
            return _other(pattern, found, clock)
    return None


def clock_of(text: str | None) -> str:
    """The offset of the clock by which a Date field was written; "" for none, and for UTC, which many
    servers write in the place of the writer's."""
    found = _OFFSET.search(text[:120]) if text else None
    return found[1] if found is not None and found[1][1:] != "0000" else ""


def by_clock(moment: str, clock: str) -> str:
    """A `moment` in UTC as the `clock` shows it, with its offset: "2010-04-29T23:34:45+09:00"."""
    zone = timezone(timedelta(minutes=_offset(clock)))
    return datetime.fromisoformat(moment).astimezone(zone).isoformat()


def seconds_between(first: str, second: str) -> float:
    """From one moment in UTC to another."""
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()


def day_where_written(text: str | None) -> str | None:
    """The day of `text` by the clock of who wrote it, as "2010-04-29"; None when it names no moment."""
    # Only the page about one message asks, and a scan starts sooner without it.
    from email.utils import parsedate

    moment = to_utc(text)
    if moment is None or text is None:
        return None
    in_utc = datetime.fromisoformat(moment)
    written = parsedate(text[:120])
    try:
        day = datetime(*written[:3], tzinfo=UTC) if written is not None else in_utc
    except ValueError:
        day = in_utc
    # Of a date that it reads otherwise than `to_utc`, that one stands.
    return (day if abs(day - in_utc) <= _TWO_DAYS else in_utc).date().isoformat()


@cache
def _months() -> dict[str, int]:
    names = (
        lexicon("months", "january"),
        lexicon("months", "february"),
        lexicon("months", "march"),
        lexicon("months", "april"),
        lexicon("months", "may"),
        lexicon("months", "june"),
        lexicon("months", "july"),
        lexicon("months", "august"),
        lexicon("months", "september"),
        lexicon("months", "october"),
        lexicon("months", "november"),
        lexicon("months", "december"),
    )
    return {name: number for number, of_month in enumerate(names, 1) for name in of_month}


def _month(name: str) -> int | None:
    return _months().get(name[:4].lower()) or _months().get(name[:3].lower())


def _other(pattern: re.Pattern[str], found: re.Match[str], clock: str) -> str | None:
    if pattern is _CTIME:
        month, day, hour, minute, second, zone, year = found.groups()
        number = _months().get(month[:3].lower())
        zone = _zone(zone, clock)
        return _utc(year, number, day, hour, minute, second, None, zone) if number else None
    if pattern is _SLASHED:
        first, second_, year, hour, minute, second, half, zone = found.groups()
        month_number, day = (int(first), second_) if int(first) <= 12 else (int(second_), first)
        return _utc(year, month_number, day, hour, minute, second, half, _zone(zone, clock))
    if pattern is _DOTTED:
        day, month, year, hour, minute, second, half, zone = found.groups()
        return _utc(year, int(month), day, hour, minute, second, half, _zone(zone, clock))
    if pattern is _EAST_ASIAN:
        year, month, day, between, hour, minute, second, zone = found.groups()
        half = "PM" if any(word in between for word in _AFTERNOON) else None
        return _utc(year, int(month), day, hour, minute, second, half, _zone(zone, clock))
    month, day, year, hour, minute, second, half, zone = found.groups()
    number = _month(month)
    return _utc(year, number, day, hour, minute, second, half, _zone(zone, clock)) if number else None


def _zone(told: str | None, clock: str) -> str | None:
    """The zone that a date names, or, where what stands in its place is none, the `clock` of its writer."""
    if not clock or (told and (told[-1].isdecimal() or told.upper() in _ZONES or told in _OF_UTC)):
        return told
    return clock


def _utc(
    year: str,
    month: int,
    day: str,
    hour: str,
    minute: str,
    second: str | None,
    half: str | None,
    zone: str | None,
) -> str | None:
    full = int(year)
    if len(year) < 4:
        # Three digits are years since 1900, by programs that were not ready for 2000.
        full += 2000 if full < 50 else 1900
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.upper() == "PM" else 0)
    return _moment(full, month, int(day), hours, int(minute), int(second or 0), _offset(zone))


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int) -> str | None:
    """The moment in UTC; `offset` in minutes, one beyond 14 hours is absurd and counts as none."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or hour > 24 or minute > 59:
        return None
    if not -840 <= offset <= 840:
        offset = 0
    second = min(second, 59)
    days, minutes = divmod(hour * 60 + minute - offset, 1440)
    try:
        moment = datetime(year, month, day, tzinfo=UTC) + timedelta(days=days, minutes=minutes)
    except (ValueError, OverflowError):
        return None
    return f"{moment.year}-{moment.month:02}-{moment.day:02}T{moment.hour:02}:{moment.minute:02}:{second:02}Z"


def _offset(zone: str | None) -> int:
    """Minutes east of UTC; an absurd or unknown zone counts as UTC (RFC 5322 section 4.3)."""
    if not zone:
        return 0
    if zone[-1].isdecimal():
        sign = "-" if "-" in zone else "+"
        digits = zone.partition(sign)[2].replace(":", "")
        hours, past = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        minutes = int(hours) * 60 + int(past)
        return -minutes if sign == "-" else minutes
    return int(_ZONES.get(zone.upper(), 0) * 60)
