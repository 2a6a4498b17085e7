"""Dates with slashes, which do not tell whether the day or the month comes first: written so that only one
reading is left."""

import re
from collections.abc import Sequence
from datetime import date
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
    r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(,?)"
    rf"(\s{{1,3}}(?:(?:{any_of(lexicon('dates', 'before_time'))})\s)?"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?([AaPp])\.?[Mm]\b\.?)?)"
)
_PLAIN: Final = regex(
    r"\b20\d\d-[01]\d-[0-3]\d\b|\b\d{1,2} [A-Z][a-z]{2,8} 20\d\d\b|\b[A-Z][a-z]{2,8} \d{1,2}, 20\d\d\b"
)
_LABEL: Final = regex(r"^[ \t>*]{0,8}([^\s:：\d@]{1,24})[ \t]?[:：]", re.M)
_ENGLISH: Final = frozenset(("from", "to", "subject", "date", "sent", "cc", "bcc"))
_MONTHS: Final = 12
_SHORT_YEAR: Final = 2


def with_plain_dates(text: str) -> str:
    """`text` with the dates that have slashes written with dots, the day first, as far as anything in it
    tells their order; as it is where nothing does."""
    if "/" not in text:
        return text
    found = list(_SLASHED.finditer(text[:_LONGEST]))[:_MOST]
    if not found:
        return text
    is_day_first = _is_day_first(found, text[:_LONGEST])
    if is_day_first is None:
        return text
    pieces, at = [], 0
    for one in found:
        day, month = (one[1], one[2]) if is_day_first else (one[2], one[1])
        # With the month first and the century it is understood as it stands.
        if int(month) <= _MONTHS and (is_day_first or len(one[3]) == _SHORT_YEAR):
            pieces += [text[at : one.start()], f"{day}.{month}.{one[3]}{one[5]}"]
            at = one.end()
    return "".join((*pieces, text[at:]))


def _is_day_first(found: Sequence[re.Match[str]], text: str) -> bool | None:
    """Whether the day stands first in the dates that were `found`: a number beyond the months tells, then
    which reading is nearer to another date of `text`, a clock of twelve hours, the comma that chats write
    before one of twenty-four, the language of the fields."""
    if any(int(one[1]) > _MONTHS for one in found):
        return True
    if any(int(one[2]) > _MONTHS for one in found):
        return False
    nearer = _nearer(found[0], text)
    if nearer is not None:
        return nearer
    if any(one[6] for one in found):
        return False
    if all(one[4] for one in found):
        return True
    labels = {label[1].lower() for label in _LABEL.finditer(text)} & field_words().keys()
    return True if labels and not labels <= _ENGLISH else None


def _nearer(one: re.Match[str], text: str) -> bool | None:
    """Whether the date is nearer to another of `text` with the day first; None where that tells nothing."""
    other = _PLAIN.search(text)
    known = to_utc(f"{other[0]} 12:00") if other is not None else None
    if known is None:
        return None
    year = int(one[3]) + (0 if len(one[3]) > 2 else 2000)
    near = date.fromisoformat(known[:10])
    try:
        day_first, month_first = (
            abs(date(year, int(one[2]), int(one[1])) - near),
            abs(date(year, int(one[1]), int(one[2])) - near),
        )
    except ValueError:
        return None
    return day_first < month_first if day_first != month_first else None
