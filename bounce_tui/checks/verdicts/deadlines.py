"""When a time that a receiver names is over, and how that is said."""

from datetime import datetime, timedelta

from bounce_tui.checks.verdicts.facts import Facts

_NOTHING = timedelta(0)
_HOUR, _MINUTE = ("hour", 3600), ("minute", 60)
_DAY = ("day", 86400)


def over_at(facts: Facts, lasts: timedelta) -> datetime | None:
    """When what `lasts` so long is over at the latest; None where the time of the attempt is not known.

    A report is written shortly after the attempt, so that its date errs by waiting a little longer; and what
    lasts for the rest of a day ends within a day of it.
    """
    tried = facts.inputs.failure.date if facts.inputs.failure is not None else None
    try:
        over = datetime.fromisoformat(tried or facts.inputs.reported or "") + lasts
    except (ValueError, OverflowError):
        return None
    return over if over.tzinfo is not None else None


def clock(moment: datetime, *, seconds: bool = False) -> str:
    """`2026-11-02 10:14 UTC`, with `seconds` to the second."""
    zone = "UTC" if moment.utcoffset() == _NOTHING else f"{moment:%z}"
    return f"{moment:%Y-%m-%d %H:%M:%S} {zone}" if seconds else f"{moment:%Y-%m-%d %H:%M} {zone}"


def spoken(time: timedelta, *, days: bool = False) -> str:
    """`time` in the largest unit that it is a multiple of, "5 minutes", or in minutes and seconds; that is
    hours at most, unless `days` may be said."""
    total = int(time.total_seconds())
    for unit, size in (_DAY, _HOUR, _MINUTE) if days else (_HOUR, _MINUTE):
        if total >= size and not total % size:
            return f"{total // size} {unit}{'s' if total != size else ''}"
    minutes, seconds = divmod(total, 60)
    if minutes < 2:
        return f"{total} seconds"
    return f"{minutes} minutes {seconds} second{'s' if seconds != 1 else ''}"
