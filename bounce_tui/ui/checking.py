"""The caseworks of a session, and the runs under way."""

import asyncio
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from bounce_tui.checks.blocklists import blocklists
from bounce_tui.checks.own import Own
from bounce_tui.model import Case, Inputs, Message
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.lookup import Door

Key = tuple[Message, int]
MOST_KEPT = 2000
_NOTHING_OWN = Own()


class Checking:
    """Hands out one casework a failure.  Those that were touched are kept with their results.  `own` is
    what the admin says of their own servers; `probes` whether mail hosts may be asked, too."""

    def __init__(self, door: Door, own: Own = _NOTHING_OWN, *, probes: bool = True) -> None:
        self.door = door
        self.own = own
        self.probes = probes
        self._kept: dict[Key, Casework] = {}
        self._latest: tuple[Key, Casework] | None = None
        self._tasks: dict[Key, asyncio.Task[None]] = {}

    def prepare(self) -> None:
        """Read what every plan needs, in a thread: the page of the first mail would wait for it."""
        asyncio.get_running_loop().run_in_executor(None, blocklists)

    def work(self, case: Case, index: int) -> Casework | None:
        """The casework of failure `index` of `case`; None where there is nothing to check."""
        if not case.bounce.is_bounce or index >= len(case.diagnoses):
            return None
        key = (case.message, index)
        if key in self._kept:
            return self._kept[key]
        if self._latest is None or self._latest[0] != key:
            self._latest = key, Casework(case, index, self.own)
        return self._latest[1]

    def known(self, case: Case, index: int) -> Casework | None:
        """The casework of failure `index` of `case` if somebody has touched it."""
        return self._kept.get((case.message, index))

    def start(self, work: Casework, on_change: Callable[[], None]) -> bool:
        """Run the planned checks of `work` in the background, with fresh answers where it ran before;
        False when there is nothing to run."""
        again = work.state != "ready"
        if not work.start():
            return False
        if again:
            self.door.forget()
        key = _key(work)
        self.keep(work)
        task = asyncio.create_task(self._run(work, on_change), name=f"checks of {key}")
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._ended(work, done))
        return True

    def _ended(self, work: Casework, task: asyncio.Task[None]) -> None:
        # Its mail may lie elsewhere by now, and the run after this one may be under way.
        if self._tasks.get(_key(work)) is task:
            del self._tasks[_key(work)]

    async def finish(self, work: Casework) -> None:
        """Run the planned checks of `work`, or wait for the run that is under way.  Cancelling this stops
        the run."""
        self.start(work, lambda: None)
        task = self._tasks.get(_key(work))
        if task is None:
            return
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            self.cancel(work)
            raise

    def cancel(self, work: Casework) -> bool:
        """Stop the run of `work`; what has answered stays.  False when none is under way."""
        task = self._tasks.pop(_key(work), None)
        if task is not None:
            task.cancel()
        return work.cancel()

    def replace_inputs(self, work: Casework, inputs: Inputs) -> None:
        """Let `work` start over from `inputs`."""
        self.cancel(work)
        work.replace_inputs(inputs)
        self.keep(work)

    def keep(self, work: Casework) -> None:
        """Hand `work` out again whenever its failure is shown: the user has touched it.  Of very many the
        oldest is forgotten."""
        self._kept[_key(work)] = work
        if len(self._kept) > MOST_KEPT:
            for key in self._kept:
                if key not in self._tasks:
                    del self._kept[key]
                    break

    def carry(self, moved: Mapping[Message, Message]) -> None:
        """All mail was read again: `moved` says where each that is still there lies now.  Work on the others
        is forgotten; a run goes on where its mail has stayed in its place."""
        kept, self._kept, self._latest = self._kept, {}, None
        for work in kept.values():
            now = moved.get(work.case.message)
            if now != work.case.message:
                self.cancel(work)
            if now is not None:
                work.case = replace(work.case, message=now)
                self._kept[_key(work)] = work

    def move(self, moved: Mapping[Message, Message]) -> None:
        """Mails lie elsewhere now: what was found for each stays its own."""
        for key in [key for key in self._kept if key[0] in moved]:
            work, task = self._kept.pop(key), self._tasks.pop(key, None)
            work.case = replace(work.case, message=moved[key[0]])
            self._kept[_key(work)] = work
            if task is not None:
                self._tasks[_key(work)] = task

    @property
    def running(self) -> int:
        """How many runs are under way."""
        return len(self._tasks)

    async def close(self) -> None:
        """Stop every run and close the resolver."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.door.close()

    async def _run(self, work: Casework, on_change: Callable[[], None]) -> None:
        try:
            lookup = await self.door.open()
            on_change()
            await work.run(lookup, on_change)
        except Exception as error:  # noqa: BLE001 - a task that dies unseen would be "running" for ever
            work.break_off(str(error) or type(error).__name__)
            on_change()


def _key(work: Casework) -> Key:
    return work.case.message, work.index
