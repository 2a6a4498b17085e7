"""The runs of checks under way in the app."""

import asyncio
from collections.abc import Callable, Mapping

from bounce_tui.check_results import Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.model import Message
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.session_checks import SessionChecks


class BackgroundChecks(SessionChecks):
    """The checks of a session, run in the background.  `probes` says whether mail hosts may be asked, too."""

    def __init__(self, resolver: LazyResolver, own: Own = NOTHING_OWN, *, probes: bool = True) -> None:
        super().__init__(resolver, own)
        self.probes = probes
        self._tasks: dict[FailureChecks, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """Read in a thread what every plan needs, so that the page of the first mail does not wait for it."""
        asyncio.get_running_loop().run_in_executor(None, blocklists)

    def start(self, work: FailureChecks, on_change: Callable[[], None], *, forgets: bool = True) -> bool:
        """Run the planned checks of `work` in the background, with fresh answers where it ran before (unless
        without `forgets`); False when there is nothing to run, or a run is under way."""
        if not self.begin(work, forgets=forgets):
            return False
        task = asyncio.create_task(self.run(work, on_change), name=f"checks of {work.case.message}")
        self._tasks[work] = task
        task.add_done_callback(lambda done: self._ended(work, done))
        return True

    def _ended(self, work: FailureChecks, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        # The run after this one may be under way.
        if self._tasks.get(work) is task:
            del self._tasks[work]

    async def finish(self, work: FailureChecks) -> None:
        """Run the planned checks of `work`, as one of many that share their answers, or wait for the run that
        is under way.  Cancelling this stops the run that it started, and no other."""
        started = self.start(work, lambda: None, forgets=False)
        task = self._tasks.get(work)
        if task is None:
            return
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            if started and self._tasks.get(work) is task:
                self.cancel(work)
            raise

    def cancel(self, work: FailureChecks) -> bool:
        """Stop the run of `work`; what has answered stays.  False when none is under way."""
        task = self._tasks.pop(work, None)
        if task is not None:
            task.cancel()
            self._ending.add(task)
        return work.cancel()

    def replace_inputs(self, work: FailureChecks, inputs: Inputs) -> None:
        """Let `work` start over from `inputs`."""
        self.cancel(work)
        super().replace_inputs(work, inputs)

    def carry(self, moved: Mapping[Message, Message]) -> list[FailureChecks]:
        """As `SessionChecks.carry`; the runs for mails that are gone are stopped."""
        gone = super().carry(moved)
        for work in gone:
            self.cancel(work)
        return gone

    async def close(self) -> None:
        """Stop every run and close the resolver."""
        tasks = [*self._tasks.values(), *self._ending]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.resolver.close()
