"""Blocks and limits that last for a time by the receiver's own words: over by now, or when they will be."""

from datetime import datetime, timedelta

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.planning.quoted_times import block_lasts, wait_asked_for
from bounce_tui.checks.verdicts.deadlines import clock, over_at, spoken
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, lowered, no_longer_holds
from bounce_tui.checks.verdicts.listed import listing
from bounce_tui.reason_groups import reason_groups

_NOTHING, _HOUR, _DAY = timedelta(), timedelta(hours=1), timedelta(days=1)


def lasting_for_a_time(facts: Facts) -> Verdict | None:
    """The verdict on what the receiver does for a time that is known; None where it names none.

    DNS cannot see such a block, and nobody has to lift it: the receiver said itself when it ends.
    """
    if facts.diagnosis.reason not in reason_groups().for_a_time:
        return None
    if any(result.quoted for result in facts.results):
        return None
    lasts = _duration(facts)
    if lasts is None:
        return None
    over = over_at(facts, lasts)
    time = "day" if lasts == _DAY else "hour" if lasts == _HOUR else f"time of {spoken(lasts, days=True)}"
    wrong = [result for result in facts.results if result.state == "fail"]
    if over is not None and facts.now is not None and over <= facts.now:
        return _over(facts, f"the {time} for which the receiver refuses is over since {clock(over)}", wrong)
    until = f" at {clock(over)}" if over is not None else ""
    beside = f"; beside that, {_fault(facts, wrong)}" if wrong else ""
    first = wrong[0].to_do if wrong else facts.first_step
    return cannot_be_known(
        f"the receiver refuses for a time, which DNS cannot see{beside}",
        f"{first or ''} Then send again when the {time} is over{until}: it runs out by itself.".lstrip(),
        wrong,
    )


def after_the_pause(facts: Facts) -> Verdict | None:
    """The verdict where all that the receiver wants is a pause, and that is over; None where it is not, or
    had passed before the last attempt already, so that waiting did not help."""
    wait = wait_asked_for(facts.inputs.failure) if facts.diagnosis.temporary else None
    if wait is None or facts.diagnosis.reason not in reason_groups().put_off:
        return None
    over = over_at(facts, wait)
    if over is None or facts.now is None or over > facts.now or _waited_in_vain(facts, wait):
        return None
    if any(result.state == "fail" for result in facts.results):
        return None
    failure = facts.inputs.failure
    step = None
    if failure is not None and not failure.is_refused_here:
        step = "Try again now; what is still in the queue goes by itself."
        if facts.diagnosis.reason == "greylisted":
            step = (
                "Send it again now, from the same server and with the same envelope sender; what is still in "
                "the queue goes by itself."
            )
        elif facts.first_step:
            step += f" If it is put off once more: {lowered(facts.first_step)}"
    return no_longer_holds(
        facts,
        f"the pause of {spoken(wait)} that the receiver asked for is over since {clock(over)}",
        (),
        step,
    )


def _waited_in_vain(facts: Facts, wait: timedelta) -> bool:
    """Whether the last attempt came so late that the pause had passed before it, or nobody knows but the
    queue gave up."""
    if any(reading.reason == "expired" for reading in facts.diagnosis.also):
        return True
    try:
        begun = datetime.fromisoformat(facts.inputs.arrived or "")
    except ValueError:
        return False
    last = over_at(facts, _NOTHING)
    return last is not None and begun.tzinfo is not None and last - begun > wait


def _over(facts: Facts, summary: str, wrong: list[CheckResult]) -> Verdict:
    """The time is over; a fault that a check found may bring the next one."""
    if wrong:
        first = f"{wrong[0].to_do} Then try again." if wrong[0].to_do else "Mend that first, then try again."
        return cannot_be_known(f"{summary}; but {_fault(facts, wrong)}", first, wrong)
    step = "Try again now."
    if facts.first_step and facts.diagnosis.reason in reason_groups().for_abuse:
        step = f"Try again now, once what led to it is mended: {lowered(facts.first_step)}"
    return no_longer_holds(facts, summary, (), step)


def _fault(facts: Facts, wrong: list[CheckResult]) -> str:
    listed = [result for result in wrong if result.outcome == "listed"]
    return listing(facts, listed) if listed == wrong else wrong[0].summary


def _duration(facts: Facts) -> timedelta | None:
    if facts.speaks_of("for_the_day"):
        return _DAY
    return _HOUR if facts.speaks_of("for_an_hour") else block_lasts(facts.inputs.failure)
