"""From a plan to a verdict."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bounce_tui.check_results import Check, CheckResult, Inputs, Verdict
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.running.run import run
from bounce_tui.checks.running.since import with_age
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Diagnosis


async def settle(
    diagnosis: Diagnosis,
    checks: Sequence[Check],
    inputs: Inputs,
    lookup: Lookup,
    *,
    on_result: Callable[[CheckResult], None] | None = None,
    now: datetime | None = None,
) -> tuple[Verdict, tuple[CheckResult, ...]]:
    """Run `checks`, judge what they found, and say since when where the cause is gone.

    `on_result` is called with each result as it comes; the one that decides may come out with a line more.
    `now` is the time of judging, by the clock where it is not given.
    """
    results = await run(checks, inputs, lookup, on_result=on_result)
    now = now or datetime.now(UTC)
    return await with_age(judge(diagnosis, inputs, results, now=now), results, lookup, now=now)
