"""Blocks and limits that last for a time by the receiver's own words: over by now, or when they will be."""

from datetime import datetime, timedelta

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.planning.quoted import block_lasts
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, lowered, no_longer_holds
from bounce_tui.checks.verdicts.listed import listing
from bounce_tui.reason import ReasonSlug

_OF_RECEIVER: frozenset[ReasonSlug] = frozenset(
    {"blocked", "bad_reputation", "rate_limited", "too_many_conn"}
)
_FOR_ABUSE: frozenset[ReasonSlug] = frozenset({"blocked", "bad_reputation"})
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_NOTHING = timedelta(0)


def lasting_for_a_time(facts: Facts) -> Verdict | None:
    """The verdict on what the receiver does for a time that is known; None where it names none.

    DNS cannot see such a block, and nobody has to lift it: the receiver said itself when it ends.
    """
    if facts.diagnosis.reason not in _OF_RECEIVER or any(result.quoted for result in facts.results):
        return None
    lasts = _duration(facts)
    if lasts is None:
        return None
    over = _end(facts, lasts)
    time = "day" if lasts == _DAY else "hour" if lasts == _HOUR else f"time of {_spoken(lasts)}"
    wrong = [result for result in facts.results if result.state == "fail"]
    if over is not None and facts.now is not None and over <= facts.now:
        return _over(facts, f"the {time} for which the receiver refuses is over since {_at(over)}", wrong)
    until = f" at {_at(over)}" if over is not None else ""
    beside = f"; beside that, {_fault(facts, wrong)}" if wrong else ""
    first = wrong[0].to_do if wrong else facts.first_step
    return cannot_be_known(
        f"the receiver refuses for a time, which DNS cannot see{beside}",
        f"{first or ''} Then send again when the {time} is over{until}: it runs out by itself.".lstrip(),
        wrong,
    )


def _over(facts: Facts, summary: str, wrong: list[CheckResult]) -> Verdict:
    """The time is over; a fault that a check found may bring the next one."""
    if wrong:
        first = f"{wrong[0].to_do} Then try again." if wrong[0].to_do else "Mend that first, then try again."
        return cannot_be_known(f"{summary}; but {_fault(facts, wrong)}", first, wrong)
    step = "Try again now."
    if facts.first_step and facts.diagnosis.reason in _FOR_ABUSE:
        step = f"Try again now, once what led to it is mended: {lowered(facts.first_step)}"
    return no_longer_holds(facts, summary, (), step)


def _fault(facts: Facts, wrong: list[CheckResult]) -> str:
    listed = [result for result in wrong if result.outcome == "listed"]
    return listing(facts, listed) if listed == wrong else wrong[0].summary


def _duration(facts: Facts) -> timedelta | None:
    if facts.speaks_of("for_the_day"):
        return _DAY
    return _HOUR if facts.speaks_of("for_an_hour") else block_lasts(facts.inputs.failure)


def _end(facts: Facts, lasts: timedelta) -> datetime | None:
    """When it is over at the latest.  A report is written shortly after the attempt, and what lasts for the
    rest of a day ends within a day of it."""
    tried = facts.inputs.failure.date if facts.inputs.failure is not None else None
    try:
        over = datetime.fromisoformat(tried or facts.inputs.reported or "") + lasts
    except (ValueError, OverflowError):
        return None
    return over if over.tzinfo is not None else None


def _at(moment: datetime) -> str:
    zone = "UTC" if moment.utcoffset() == _NOTHING else f"{moment:%z}"
    return f"{moment:%Y-%m-%d %H:%M} {zone}"


def _spoken(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    for unit, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= size and not minutes % size:
            return f"{minutes // size} {unit}{'s' if minutes != size else ''}"
    return str(time)
