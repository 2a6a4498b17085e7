"""The checks of one case from the command line: planned, run and judged, recipient by recipient."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.checks.changes import changes, is_answered
from bounce_tui.checks.inputs import gather, with_overrides
from bounce_tui.checks.list_keys import KeyedLists
from bounce_tui.checks.own import Own
from bounce_tui.checks.plan import plan, request
from bounce_tui.checks.resolver import Resolver
from bounce_tui.checks.settle import settle as judged
from bounce_tui.cli.streams import say
from bounce_tui.event_loop import run
from bounce_tui.model import Case, Check, CheckResult, Comparison, Inputs, Verdict
from bounce_tui.reporting.readers import readers

Announce = Callable[[Sequence[Check], str], None]
_NOTHING_OWN = Own()


class Settled(Struct, frozen=True):
    """What came out for failure number `index`; `comparison` with the run before, where one was kept."""

    index: int
    inputs: Inputs
    results: tuple[CheckResult, ...]
    verdict: Verdict
    comparison: Comparison | None = None


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
    return run(lambda: _settle(case, nameserver, only, sending_ip, envelope_sender, announce, own))


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
    async with Resolver(nameserver) as resolver:
        lookup = KeyedLists(resolver, own.keys)
        for index, (failure, diagnosis) in enumerate(zip(case.bounce.failures, case.diagnoses, strict=True)):
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
            verdict, results = await judged(diagnosis, checks, inputs, lookup)
            settled.append(Settled(index, inputs, results, verdict))
    return settled


class Announcer:
    """Says on standard error who will see the queries, one line for each circle of readers.  Several
    recipients often have the same questions: what was said once is not said again."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, checks: Sequence[Check], resolver: str) -> None:
        """Say it for `checks`, which are asked of `resolver`."""
        for line in readers(checks, resolver):
            if line not in self._said:
                self._said.add(line)
                say(line)


def could_check(settled: Sequence[Settled]) -> bool:
    """False where checks were run and not one was answered, whichever recipient it was about."""
    results = [result for one in settled for result in one.results]
    return is_answered(results) or all(result.state != "unknown" for result in results)


def compare(case: Case, settled: Sequence[Settled], store: Path) -> list[Settled]:
    """`settled` beside the run before, which is kept in `store`, and replaced there.  Where the user keeps no
    store, none is made.  Says on standard error what is wrong with it."""
    if not store.exists():
        return list(settled)
    from bounce_tui.triage.row import identity_of
    from bounce_tui.triage.store.store import Store

    identity, leader = identity_of(case.bounce), case.bounce.leading
    compared = []
    with closing(Store(store)) as kept:
        for one in settled:
            resolver = next((result.resolver for result in one.results if result.resolver), None)
            run = None
            if is_answered(one.results):
                leads = one.index == leader
                run = kept.keep_run(identity, one.index, one.verdict, one.results, resolver, leads=leads)
            comparison = Comparison(run.at, run.state, changes(one.results, run.results)) if run else None
            compared.append(replace(one, comparison=comparison))
        if kept.trouble is not None:
            say(kept.trouble)
    return compared
