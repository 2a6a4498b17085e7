"""The sizes that a reply names: of the message, and the limit that it exceeds."""

import re
from functools import cache

from msgspec import Struct

from bounce_tui.hints.tables import sizes
from bounce_tui.regex import regex

_UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_READ = 2000
# Digits in groups of three ("26,214,400"), or a number that may have decimals.
_SIZE = regex(
    r"(?<![\w.])(?<!\d,)(\d{1,3}([.,' \xa0\u202f])\d{3}(?:\2\d{3}){0,3}|\d{1,12}(?:[.,]\d{1,3})?)[ -]?"
    r"(?:([kmg])(?:i?b(?:ytes?)?|bytes?)?|(b(?:ytes?)?|octets?))?(?![\w@]|[.,]\d)",
    re.I,
)
_GROUPED = (",", "'")
"""What stands between the groups of a number without a unit: with dots it may be an address, with blanks
several numbers."""
_OF_MESSAGE = regex(
    r"(?:message|mail|your|its|actual|current)[- ](?:size|is|was|of)\W{0,4}\Z|size[ :=(]{1,3}\Z", re.I
)
_DECIMAL = (".", ",")
_SMALLEST_BARE = 10_000
_NEAR = 40


class Sizes(Struct, frozen=True, gc=False):
    """What a reply says in bytes: the size of the message and the limit that it exceeds."""

    message: int | None = None
    limit: int | None = None


def quoted_sizes(reply: str) -> Sizes:
    """The sizes in `reply`: "message size 52428800 exceeds 26214400" names both.

    A bare number of fewer than five digits is a code, not a size.  Of two sizes that both may be the
    limit the smaller one is.
    """
    message: int | None = None
    limits: list[int] = []
    reply = reply[:_READ]
    for found in _SIZE.finditer(reply):
        size = _bytes(found)
        if not size:
            continue
        before = reply[max(0, found.start() - _NEAR) : found.start()]
        words = list(_limit().finditer(before))
        own = _OF_MESSAGE.search(before)
        after = reply[found.end() : found.end() + _NEAR]
        if (own is not None or not words) and message is None and (not words or _limit().search(after)):
            message = size
        elif words or _limit().search(after):
            limits.append(size)
    limit = min(limits) if limits else None
    if message is not None and limit is None and _limit().search(reply):
        message, limit = None, message
    if message is not None and limit is not None and message < limit:
        message = None
    return Sizes(message, limit)


def _bytes(found: re.Match[str]) -> int | None:
    number, mark, unit, in_bytes = found[1], found[2], (found[3] or "").lower(), found[4]
    groups = number.split(mark) if mark else []
    # Few count megabytes by the thousand, or write three decimals of anything less.
    has_decimals = len(groups) == 2 and mark in _DECIMAL and unit in ("m", "g")
    if groups and not has_decimals:
        if not unit and not in_bytes and (mark not in _GROUPED or len(groups) == 2):
            return None
        number = "".join(groups)
    number = number.replace(",", ".")
    if unit:
        return int(float(number) * _UNITS[unit])
    if "." in number or (int(number) < _SMALLEST_BARE and not in_bytes):
        return None
    return int(number)


@cache
def _limit() -> re.Pattern[str]:
    """Finds what tells that a size is a limit."""
    return re.compile("|".join(map(re.escape, sizes().limit)), re.IGNORECASE)
