"""A date in any dress that mail wears, as RFC 3339 text in UTC.

RFC 5322 section 3.3 with its obsolete forms, ctime and ISO 8601 order, two-digit years (RFC 5322
section 4.3), month names of the languages that reports come in.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

EARLIEST_YEAR, LATEST_YEAR = 1980, 2099
"""A date outside these says nothing about a delivery; it is treated as absent."""

_AT: Final = rf",?\s{{1,4}}(?:(?:{any_of(lexicon('dates', 'before_time'))}) )?"
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    r"\s*(?P<half>[AaPp][Mm])?"
)
_TIME: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ZONE: Final = r"\s*\(?(?P<zone>[+-]\d{2}(?::?\d{2})?|(?:GMT|UTC?)\s?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})?"
# [Thu,] 29 Apr 2010 23:34[:45] [+0900 | +09:00 | GMT+9 | GMT]
_MAIL: Final = regex(
    r"(?<!\d)0?(?P<day>\d{1,2})[ ./-]{1,3}(?:de )?(?P<month>[^\W\d_]{3,9})\.?,?"
    r"[ /-]{1,3}(?:de )?(?P<year>\d{2,4})(?!\d)" + _AT + _CLOCK + _ZONE
)
# 2010-04-29[T ]23:34:45[Z | +09:00], also with slashes and the 04-46-42 that one sender writes
_ISO: Final = regex(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})[T ]{1,2}"
    r"(?P<hour>\d{1,2})[:-](?P<minute>\d{2})(?:[:-](?P<second>\d{2}))?(?:[.,]\d{1,9})?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
# 29.04.2010 23:34
_DOTTED: Final = regex(
    r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)" + _AT + _CLOCK + _ZONE
)
# Thu Apr 29 23:34:45 [JST] 2010
_CTIME: Final = regex(
    rf"(?P<month>[^\W\d_]{{3,9}})\s{{1,2}}(?P<day>\d{{1,2}})\s{_TIME}\s"
    r"(?:(?P<zone>[A-Z]{2,5}|[+-]\d{4})\s)?(?P<year>\d{4})"
)
# 4/29/2010 11:34:45 PM, as Exchange and Notes write it, and 29/4/2010 where the first can be no month
_SLASHED: Final = regex(
    rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}})\s{_TIME}\s*(?P<half>[AaPp][Mm])?{_ZONE}"
)
# 2010年4月29日 23:34, 2010년 4월 29일 목요일 오후 11:34
_EAST_ASIAN: Final = regex(
    r"(?P<year>\d{4})[年년]\s?(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]"
    rf"(?:\D{{0,12}}?(?P<half>{any_of(lexicon('dates', 'afternoon'))})\D{{0,12}}|\D{{0,12}})"
    r"(?P<hour>\d{1,2})[:時时시]\s?(?P<minute>\d{2})(?:[:分분]\s?(?P<second>\d{2}))?"
    r"[秒分초분]?\s?(?P<zone>[+-]\d{2}:?\d{2}|[A-Z]{2,5})?"
)
# April 29, 2010 [at] 11:34 PM
_LONG: Final = regex(
    r"(?P<month>[^\W\d_]{3,9})\.?\s(?P<day>\d{1,2}),?\s(?P<year>\d{4}),?\s(?:at\s)?"
    rf"{_TIME}\s*(?P<half>[AaPp][Mm])?{_ZONE}"
)
_FORMS: Final = (_MAIL, _ISO, _DOTTED, _CTIME, _SLASHED, _EAST_ASIAN, _LONG)
_OFFSET: Final = regex(r":\d{2} ([+-](?:0\d|1[0-4])\d{2})(?: |$)")

_FURTHEST_EAST: Final = 14 * 60
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
    for form in _FORMS:
        found = form.search(text)
        moment = _moment(found, clock) if found is not None else None
        if moment is not None:
            return moment
    return None


def since_1970(seconds: int) -> str | None:
    """The moment that is counted in `seconds`, or None when it is not between 1980 and 2099."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None


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
        lexicon("dates", "january"),
        lexicon("dates", "february"),
        lexicon("dates", "march"),
        lexicon("dates", "april"),
        lexicon("dates", "may"),
        lexicon("dates", "june"),
        lexicon("dates", "july"),
        lexicon("dates", "august"),
        lexicon("dates", "september"),
        lexicon("dates", "october"),
        lexicon("dates", "november"),
        lexicon("dates", "december"),
    )
    return {name: number for number, of_month in enumerate(names, 1) for name in of_month}


def _month(written: str) -> int:
    """The number of a month by its number or its name; 0 where it is none."""
    if written.isdecimal():
        return int(written)
    return _months().get(written[:4].lower()) or _months().get(written[:3].lower(), 0)


def _moment(found: re.Match[str], clock: str) -> str | None:
    """The moment in UTC that the parts of `found` name; None where there is no such moment."""
    told = found.groupdict()
    day, month = int(told["day"]), _month(told["month"])
    if month > 12:
        day, month = month, day
    year = int(told["year"])
    if len(told["year"]) < 4:
        # Three digits are years since 1900, by programs that were not ready for 2000.
        year += 2000 if year < 50 else 1900
    hour, minute, second = int(told["hour"]), int(told["minute"]), min(int(told["second"] or 0), 59)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or hour > 24 or minute > 59:
        return None
    if half := told.get("half"):
        hour = hour % 12 + (0 if half.lower() == "am" else 12)
    offset = _offset(_zone(told["zone"], clock))
    try:
        moment = datetime(year, month, day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute - offset)
    except (ValueError, OverflowError):
        return None
    return f"{moment.year}-{moment.month:02}-{moment.day:02}T{moment.hour:02}:{moment.minute:02}:{second:02}Z"


def _zone(told: str | None, clock: str) -> str | None:
    """The zone that a date names, or, where what stands in its place is none, the `clock` of its writer."""
    if not clock or (told and (told[-1].isdecimal() or told.upper() in _ZONES or told in _OF_UTC)):
        return told
    return clock


def _offset(zone: str | None) -> int:
    """Minutes east of UTC; an unknown zone, or one beyond 14 hours, counts as UTC (RFC 5322 section 4.3)."""
    if not zone:
        return 0
    if not zone[-1].isdecimal():
        return int(_ZONES.get(zone.upper(), 0) * 60)
    sign = "-" if "-" in zone else "+"
    digits = zone.partition(sign)[2].replace(":", "")
    hours, past = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    minutes = int(hours) * 60 + int(past)
    if minutes > _FURTHEST_EAST:
        return 0
    return -minutes if sign == "-" else minutes
