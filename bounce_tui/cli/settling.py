"""The checks of one case from the command line: planned, run and judged, recipient by recipient."""

import asyncio
from collections.abc import Callable, Sequence

from bounce_tui.checks.inputs import gather, with_overrides
from bounce_tui.checks.judge import judge
from bounce_tui.checks.own import Own
from bounce_tui.checks.plan import plan, request
from bounce_tui.checks.resolver import Resolver
from bounce_tui.checks.run import run
from bounce_tui.model import Case, Check, CheckResult, Inputs, Verdict

Settled = tuple[Inputs, tuple[CheckResult, ...], Verdict]
Announce = Callable[[Sequence[Check], str], None]
_NOTHING_OWN = Own()


def settle(
    case: Case,
    nameserver: str | None,
    *,
    only: tuple[str, ...] = (),
    sending_ip: str | None = None,
    envelope_sender: str | None = None,
    announce: Announce = lambda checks, resolver: None,
    own: Own = _NOTHING_OWN,
) -> list[Settled]:
    """What DNS says of each recipient that failed or waits, with the verdict.

    Args:
        nameserver: "IP[:PORT]", None for the system's.
        only: Ids of the checks to run, planned or not; all planned ones when empty.
        sending_ip, envelope_sender: What the user knows better than the bounce.
        announce: Told of the checks of each recipient, and of the resolver, before anything is sent for it.
        own: What the admin says of their own servers.

    Raises:
        NameserverError: The system names no resolver.
    """
    return asyncio.run(_settle(case, nameserver, only, sending_ip, envelope_sender, announce, own))


async def _settle(
    case: Case,
    nameserver: str | None,
    only: tuple[str, ...],
    sending_ip: str | None,
    envelope_sender: str | None,
    announce: Announce,
    own: Own,
) -> list[Settled]:
    settled = []
    async with Resolver(nameserver) as lookup:
        for failure, diagnosis in zip(case.bounce.failures, case.diagnoses, strict=True):
            if failure.action not in ("failed", "delayed"):
                continue
            inputs = with_overrides(
                gather(case.bounce, failure, own), sending_ip=sending_ip, envelope_sender=envelope_sender
            )
            checks = plan(case.bounce, failure, diagnosis, inputs)
            if only:
                planned = {one.id: one for one in checks}
                checks = tuple(planned.get(one.id, one) for one in request(only, inputs))
            announce(checks, lookup.address)
            results = await run(checks, inputs, lookup)
            settled.append((inputs, results, judge(diagnosis, inputs, results)))
    return settled
