"""Dates of numbers with slashes or dashes, which do not tell whether the day or the month comes first:
written so that only one reading is left."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.words.field_words import field_words
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_MOST: Final = 40
_LONGEST: Final = 40_000
# "12/03/2026, 09:41", "2/18/26 2:11:05 PM"; a path or a fraction has no time behind it.
_SLASHED: Final = regex(
    r"(?<![\w/.-])(?P<first>\d{1,2})(?P<sign>[/-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?P<comma>,?)"
    rf"(?P<time>\s{{1,3}}(?:(?:{any_of(lexicon('dates', 'before_time'))})\s)?"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?)"
)
_WEEKDAY: Final = regex(r"([^\W\d_]{2,12})[.,]?\s{1,2}$")
_PLAIN: Final = regex(
    r"\b20\d\d-[01]\d-[0-3]\d\b|\b\d{1,2} [A-Z][a-z]{2,8} 20\d\d\b|\b[A-Z][a-z]{2,8} \d{1,2}, 20\d\d\b"
)
_LABEL: Final = regex(r"^[ \t>*]{0,8}([^\s:：\d@]{1,24})[ \t]?[:：]", re.M)
_ENGLISH: Final = frozenset(("from", "to", "subject", "date", "sent", "cc", "bcc"))
_MONTHS: Final = 12
_SHORT_YEAR: Final = 2
_LONGEST_DAY: Final = 20


def with_plain_dates(text: str) -> str:
    """`text` with such dates written with dots, the day first, as far as anything in it tells their order; as
    it is where nothing does."""
    found = list(_SLASHED.finditer(text[:_LONGEST]))[:_MOST]
    if not found:
        return text
    is_day_first = _is_day_first(found, text[:_LONGEST])
    if is_day_first is None:
        return text
    pieces, at = [], 0
    for one in found:
        day, month = (one["first"], one["second"]) if is_day_first else (one["second"], one["first"])
        # With the month first, the century and no comma it is understood as it stands.
        is_plain = not (is_day_first or one["comma"] or len(one["year"]) == _SHORT_YEAR)
        if int(month) <= _MONTHS and not is_plain:
            pieces += [text[at : one.start()], f"{day}.{month}.{one['year']}{one['time']}"]
            at = one.end()
    return "".join((*pieces, text[at:]))


def _is_day_first(found: Sequence[re.Match[str]], text: str) -> bool | None:
    """Whether the day stands first in the dates that were `found`: a number beyond the months tells, then
    the day of the week, which reading is nearer to another date of `text`, a clock of twelve hours, the comma
    that chats write before one of twenty-four, a dash, the language of the fields."""
    if any(int(one["first"]) > _MONTHS for one in found):
        return True
    if any(int(one["second"]) > _MONTHS for one in found):
        return False
    for told in (_by_weekday, _nearer):
        order = told(found[0], text)
        if order is not None:
            return order
    if any(one["half"] for one in found):
        return False
    if all(one["comma"] or one["sign"] == "-" for one in found):
        return True
    labels = {label[1].lower() for label in _LABEL.finditer(text)} & field_words().keys()
    return True if labels and not labels <= _ENGLISH else None


@cache
def _weekdays() -> dict[str, int]:
    """The names of the days of the week, Monday's as 0."""
    names = (
        lexicon("dates", "monday"),
        lexicon("dates", "tuesday"),
        lexicon("dates", "wednesday"),
        lexicon("dates", "thursday"),
        lexicon("dates", "friday"),
        lexicon("dates", "saturday"),
        lexicon("dates", "sunday"),
    )
    return {name: number for number, of_day in enumerate(names) for name in of_day}


def _by_weekday(one: re.Match[str], text: str) -> bool | None:
    """Whether the date is of the day of the week before it with the day first; None where that tells
    nothing."""
    named = _WEEKDAY.search(text, max(0, one.start() - _LONGEST_DAY), one.start())
    number = _weekdays().get(named[1].lower()) if named is not None else None
    both = _both(one)
    if number is None or both is None or both[0].weekday() == both[1].weekday():
        return None
    return both[0].weekday() == number if number in (both[0].weekday(), both[1].weekday()) else None


def _both(one: re.Match[str]) -> tuple[date, date] | None:
    """The date with the day first, and with the month first; None where one of them is none."""
    year = int(one["year"]) + (0 if len(one["year"]) > _SHORT_YEAR else 2000)
    try:
        return date(year, int(one["second"]), int(one["first"])), date(
            year, int(one["first"]), int(one["second"])
        )
    except ValueError:
        return None


def _nearer(one: re.Match[str], text: str) -> bool | None:
    """Whether the date is nearer to another of `text` with the day first; None where that tells nothing."""
    other = _PLAIN.search(text)
    known = to_utc(f"{other[0]} 12:00") if other is not None else None
    if known is None:
        return None
    both = _both(one)
    if both is None:
        return None
    near = date.fromisoformat(known[:10])
    day_first, month_first = abs(both[0] - near), abs(both[1] - near)
    return day_first < month_first if day_first != month_first else None
