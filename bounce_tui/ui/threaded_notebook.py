"""The notebook of a session as the app uses it: its file is asked in a thread of its own."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bounce_tui.model import Case
from bounce_tui.triage import notebook
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.row import RecipientOutcome, Row
from bounce_tui.triage.store.records import Annotation, Change, KnownVerdict, TriageState
from bounce_tui.triage.store.retention import MEMORY_DAYS

T = TypeVar("T")


class ThreadedNotebook:
    """Keeps in `path`, or for this session only with None; addresses and what checks found
    for `memory_days`."""

    def __init__(self, path: Path | None, memory_days: int = MEMORY_DAYS) -> None:
        self._inner = notebook.Notebook(path, memory_days)
        self._trouble: str | None = None
        self._writes: set[asyncio.Future[Any]] = set()
        # One thread, so that changes come to the file in the order of the keys.
        self._thread = ThreadPoolExecutor(1, "store")

    @property
    def annotations(self) -> Mapping[bytes, Annotation]:
        """What the user has noted of the mails that were learnt."""
        return self._inner.annotations

    @property
    def verdicts(self) -> Mapping[bytes, KnownVerdict]:
        """What the checks of the mails that were learnt came to."""
        return self._inner.verdicts

    def word_holds(self, word: str, row: Row, outcome: RecipientOutcome | None = None) -> bool:
        """As `triage.notebook.Notebook.word_holds`; asks no file."""
        return self._inner.word_holds(word, row, outcome)

    def take_trouble(self) -> str | None:
        """What is wrong with the file, in one line, told once; None when nothing is.  `change`
        and `restore` tell what was wrong for them."""
        trouble, self._trouble = self._trouble, None
        return trouble

    async def learn(self, rows: Sequence[Row]) -> bool:
        """Keep what `rows` report and look up how they stand and what their checks came to; True when
        something is known of one."""
        return await self._ask(lambda: self._inner.learn(rows))

    async def change(
        self, rows: Sequence[Row], *, state: TriageState | None = None, note: str | None = None
    ) -> tuple[Mapping[bytes, Change], str | None]:
        """Give `rows` another state or note; what `restore` wants to take it back, and why it is not kept, in
        one line, None when it is."""
        return await self._tried(lambda: self._inner.change(rows, state=state, note=note), stays=True)

    async def restore(self, changes: Mapping[bytes, Change]) -> str | None:
        """Take `changes` back; why that was not done or is not kept, None when it is."""
        _, trouble = await self._tried(lambda: self._inner.restore(changes), stays=True)
        return trouble

    async def remembered(self, row: Row, case: Case, indexes: Sequence[int]) -> list[tuple[str, ...]]:
        """For each of the failures `indexes` of a mail, in lines: what the user noted, what failed before,
        and the last verdict."""
        return await self._ask(lambda: self._inner.remembered(row, case, indexes))

    def judge(self, work: FailureChecks) -> None:
        """Take what the checks of `work` found as the verdict on its failure."""
        self._inner.judge(work)

    async def keep(self, work: FailureChecks) -> bool:
        """Keep what the checks of `work` came to, and give it the run before; False where nothing was left to
        keep."""
        self.judge(work)
        # Now: by the time that the thread comes to it, `work` may have started over.
        found = work.to_keep()
        if found is None:
            return False
        work.before = await self._ask(lambda: self._inner.put(found), stays=True)
        return True

    async def close(self) -> None:
        """Write what is still to be written, and close the file."""
        try:
            # Whoever asked for a write is told how it failed; here it must not keep the file open.
            await asyncio.gather(*self._writes, return_exceptions=True)
            await self._ask(self._inner.close)
        finally:
            self._thread.shutdown(wait=False)

    async def _ask(self, work: Callable[[], T], *, stays: bool = False) -> T:
        found, trouble = await self._tried(work, stays=stays)
        self._trouble = trouble or self._trouble
        return found

    async def _tried(self, work: Callable[[], T], *, stays: bool = False) -> tuple[T, str | None]:
        """What `work` finds, and what was wrong with the file.  Where it `stays`, it is done although nobody
        waits for it any more."""
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._thread, lambda: (work(), self._inner.take_trouble()))
        if not stays:
            return await asked
        # A future that is cancelled in the queue is never run, and leaving cancels whoever waits.
        self._writes.add(asked)
        asked.add_done_callback(self._writes.discard)
        return await asyncio.shield(asked)
