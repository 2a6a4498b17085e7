"""The times that a reply names: how long to wait before the next try, how long a block lasts."""

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from bounce_tui.checks.planning.quoted_words import LONGEST_READ, one_of, quoted_words
from bounce_tui.model import Failure


def wait_asked_for(failure: Failure | None) -> timedelta | None:
    """How long the receiver wants a sender to wait before it tries again, where the reply says so."""
    match = _wait().search(failure.diagnostic[:LONGEST_READ].lower()) if failure is not None else None
    if match is None:
        return None
    if match.lastgroup is not None:
        return timedelta(**{match.lastgroup: int(match["number"])})
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))


def block_lasts(failure: Failure | None) -> timedelta | None:
    """For how long the receiver says that it refuses, where the reply says so."""
    match = _lasts().search(failure.diagnostic[:LONGEST_READ].lower()) if failure is not None else None
    return None if match is None else timedelta(**{f"{match[2]}s": int(match[1] or 1)})


@cache
def _wait() -> re.Pattern[str]:
    """Finds "try again in 300 seconds", "come back in 00:05:00", "erneut in 300 Sekunden"."""
    words = quoted_words()
    return re.compile(
        rf"{one_of(words.try_again)}[^\d]{{0,40}}?"
        r"(?:(\d{1,2}):(\d\d):(\d\d)"
        r"|(?P<number>\d{1,5}) {0,2}"
        rf"(?:(?P<seconds>{_unit(words.seconds)})|(?P<minutes>{_unit(words.minutes)})"
        rf"|(?P<hours>{_unit(words.hours)})))"
    )


def _unit(beginnings: Iterable[str]) -> str:
    return "|".join(f"{one}(?![a-z])" if len(one) == 1 else re.escape(one) for one in beginnings)


@cache
def _lasts() -> re.Pattern[str]:
    """Finds "blocked for the day", "banned for 24 hours", "refused for the next hour"."""
    return re.compile(
        rf"\b{one_of(quoted_words().refused)}\b[^.;:@]{{0,40}}? "
        r"for (?:the )?(?:(?:rest|remainder) of )?(?:the )?(?:next )?(?:an? |one )?(\d{1,3})? ?"
        r"(minute|hour|day)s?\b"
    )
