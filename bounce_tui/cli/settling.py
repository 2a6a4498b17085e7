"""The checks of one case from the command line: planned, run and judged, recipient by recipient."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from bounce_tui.check_results import Check
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.checks.running.changes import is_answered
from bounce_tui.cli.streams import say
from bounce_tui.event_loop import run
from bounce_tui.model import Case
from bounce_tui.reporting.query_readers import readers
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.notebook import Notebook
from bounce_tui.triage.store.location import is_there

Announce = Callable[[Sequence[Check], str], None]


def settle(
    case: Case,
    nameserver: str | None,
    *,
    only: tuple[str, ...] = (),
    sending_ip: str | None = None,
    envelope_sender: str | None = None,
    announce: Announce = lambda checks, resolver: None,
    own: Own = NOTHING_OWN,
) -> list[FailureChecks]:
    """The work on each recipient that failed or waits, done: what DNS says of it, with the verdict.

    Args:
        nameserver: "IP[:PORT]", None for the system's.
        only: Ids of the checks to run, planned or not; all planned ones when empty.
        sending_ip, envelope_sender: What the user knows better than the bounce.
        announce: Told of the checks of each recipient, and of the resolver, before anything is sent for it.
        own: What the admin says of their own servers.

    Raises:
        NameserverError: The system names no resolver.
    """
    works = [
        FailureChecks(case, index, own)
        for index, failure in enumerate(case.bounce.failures)
        if failure.action in ("failed", "delayed")
    ]
    for work in works:
        work.replace_inputs(
            with_overrides(work.inputs, sending_ip=sending_ip, envelope_sender=envelope_sender)
        )
        if only:
            work.plan_only(only)
    run(lambda: _settle(works, LazyResolver(nameserver, own.keys), announce))
    return works


async def _settle(works: Sequence[FailureChecks], resolver: LazyResolver, announce: Announce) -> None:
    try:
        lookup = await resolver.open()
        for work in works:
            announce(work.checks, lookup.address)
            if work.start():
                await work.run(lookup, lambda: None)
    finally:
        await resolver.close()


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


def say_what_is_missing(works: Sequence[FailureChecks]) -> None:
    """Say on standard error which options tell what the bounce does not, and checks start from."""
    stopped = [
        work.inputs for work in works if any(one.outcome == "no_input" for one in work.results.values())
    ]
    if any(inputs.sending_ip is None for inputs in stopped):
        say("--ip tells the checks the sending IP, which the bounce does not")
    if any(inputs.envelope_sender is None for inputs in stopped):
        say("--sender tells the checks the envelope sender, which the bounce does not")


def could_check(works: Sequence[FailureChecks]) -> bool:
    """False where there were checks to run and not one was answered, whichever recipient it was about: for
    want of a server that answers, or of an input to ask about."""
    results = [result for work in works for result in work.results.values()]
    failed = any(result.state == "unknown" or result.outcome == "no_input" for result in results)
    return is_answered(results) or not failed


def keep(works: Sequence[FailureChecks], store: Path, memory_days: int) -> None:
    """Keep what came out in `store`, in place of the run before, which each of `works` is given to compare
    with.  Where the user keeps no store, none is made.  Says on standard error what is wrong with it."""
    if not is_there(store):
        return
    with closing(Notebook(store, memory_days)) as notebook:
        for work in works:
            notebook.keep(work)
        trouble = notebook.take_trouble()
    if trouble is not None:
        say(trouble)
