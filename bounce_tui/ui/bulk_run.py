"""The checks of many mails at once: each question is asked once, the verdicts come as they are ready."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from bounce_tui.check_results import VerdictState
from bounce_tui.model import Case
from bounce_tui.reporting.counted import counted
from bounce_tui.triage.matching import OutcomeTest, failures_meant
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.row import Row
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.threaded_notebook import ThreadedNotebook

OutcomeTestOf = Callable[[Row], OutcomeTest | None]
"""Gives the test of the outcomes of a row that are checked; None for all of them."""
AT_ONCE = 16
"""Mails whose checks are under way together; their questions share the resolver's own limit."""

_WORDS: dict[VerdictState, tuple[str, str]] = {
    "still_holds": ("still holds", "still hold"),
    "no_longer_holds": ("no longer holds", "no longer hold"),
    "cannot_be_known": ("cannot be known", "cannot be known"),
}
"""Of one verdict, and of several."""


class BulkRun:
    """One run over many mails; the notebook is told what came out for each."""

    def __init__(self, checking: BackgroundChecks, opener: Opener, notebook: ThreadedNotebook) -> None:
        self._checking = checking
        self._opener = opener
        self._notebook = notebook
        self._found: Counter[VerdictState] = Counter()
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._done = 0
        self._total = 0
        self._recipients = 0
        self._broken = 0
        self._trouble = ""

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._task is not None

    def start(
        self, rows: Sequence[Row], on_change: Callable[[], None], suits: OutcomeTestOf = lambda row: None
    ) -> bool:
        """Check `rows`, of each the failures whose outcomes pass its test in `suits`, again where they were
        checked before: this run asks each question once.  `on_change` is called after every verdict and at
        the end.  False while a run is under way."""
        if self.is_running:
            return False
        self._done, self._total, self._recipients, self._found = 0, len(rows), 0, Counter()
        self._broken, self._trouble = 0, ""
        self._checking.resolver.forget()
        self._task = asyncio.create_task(self._run(rows, on_change, suits), name="checks of many")
        return True

    def cancel(self) -> bool:
        """Stop; the verdicts so far stay.  False when nothing runs."""
        if self._task is None:
            return False
        self._task.cancel()
        self._ending.add(self._task)
        self._task.add_done_callback(self._ending.discard)
        self._task = None
        return True

    async def close(self) -> None:
        """Stop, and wait until nothing runs any more: the store is closed next."""
        self.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)

    def words(self, stop: str = "esc") -> str:
        """How far it is, which key stops it or that it was stopped, and what came out so far: `checked 40 of
        200, 43 recipients, esc stops: 12 still hold`."""
        found = [
            f"{number:,} {words[number > 1]}"
            for state, words in _WORDS.items()
            if (number := self._found[state])
        ]
        stopped = not self.is_running and self._done < self._total
        progress = f"{'stopped after' if stopped else 'checked'} {self._done:,} of {self._total:,}"
        if self._recipients > self._done:
            progress += f", {self._recipients:,} recipients"
        if self.is_running:
            progress += f", {stop} stops"
        if found:
            progress += f": {', '.join(found)}"
        if self._broken:
            progress += f"; {counted(self._broken, 'mail')} could not be checked ({self._trouble})"
        return progress

    async def _run(self, rows: Sequence[Row], on_change: Callable[[], None], suits: OutcomeTestOf) -> None:
        waiting = iter(rows)

        async def one_after_the_other() -> None:
            for row in waiting:
                states = await self._checked(row, suits(row))
                # Together: of those checked, no more can have come to something.
                self._done += 1
                self._recipients += len(states)
                self._found.update(state for state in states if state is not None)
                on_change()

        # A task for each of a hundred thousand mails would hold up the keys for seconds.
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(AT_ONCE):
                    tasks.create_task(one_after_the_other())
        finally:
            if self._task is asyncio.current_task():
                self._task = None
            on_change()

    async def _checked(self, row: Row, suits: OutcomeTest | None) -> list[VerdictState | None]:
        """As `_check`, but an empty list for a mail on which our own code breaks."""
        try:
            return await self._check(row, suits)
        except Exception as error:  # noqa: BLE001 - it would end the checks of all others without a word
            self._broken += 1
            self._trouble = self._trouble or f"{type(error).__name__}: {error}"
            return []

    async def _check(self, row: Row, suits: OutcomeTest | None) -> list[VerdictState | None]:
        """The verdict on each failure of a mail whose outcome passes, one after the other: most have
        questions in common, which are asked once."""
        case = await self._opener.case(row.message)
        return [await self._check_one(case, index) for index in failures_meant(case, row, suits)]

    async def _check_one(self, case: Case, index: int) -> VerdictState | None:
        work = self._checking.work(case, index)
        if work is None:
            return None
        try:
            await self._checking.finish(work)
        finally:
            # Also of a run that came to its end as the others were stopped: its page shows the verdict.
            verdict = work.verdict
            if verdict is not None:
                await self._notebook.keep(work)
        return verdict.state if verdict is not None else None
