"""The store as the screen uses it: asked in a thread of its own, what is on screen at hand."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bounce_tui.triage.casework import Casework, verdict_key_of
from bounce_tui.triage.memory import memory
from bounce_tui.triage.row import Row, identity_of
from bounce_tui.triage.store.standing import Judged, Standing, State

if TYPE_CHECKING:
    from bounce_tui.triage.store.store import Store

T = TypeVar("T")


class Notebook:
    """Keeps in `path`, or for this session only with None.  `standings` and `verdicts` hold what is known of
    the rows that were learnt."""

    def __init__(self, path: Path | None) -> None:
        self.standings: dict[bytes, Standing] = {}
        self.verdicts: dict[bytes, Judged] = {}
        self._trouble: str | None = None
        self._path = path
        self._store: Store | None = None
        self._writes: set[asyncio.Future[Any]] = set()
        # One thread, so that changes come to the file in the order of the keys.
        self._thread = ThreadPoolExecutor(1, "store")

    def take_trouble(self) -> str | None:
        """What is wrong with the file, in one line, told once; None when nothing is.  `change`
        and `restore` tell what was wrong for them."""
        trouble, self._trouble = self._trouble, None
        return trouble

    async def learn(self, rows: Sequence[Row]) -> bool:
        """Keep what `rows` report and look up how they stand and what their checks came to; True when
        something is known of one."""
        standings, verdicts = await self._ask(lambda store: _learn(store, rows))
        self.standings.update(standings)
        # What was found in this session counts more.
        self.verdicts |= verdicts | {key: one for key, one in self.verdicts.items() if not one.earlier}
        return bool(standings or verdicts)

    async def change(
        self, rows: Sequence[Row], *, state: State | None = None, note: str | None = None
    ) -> tuple[Mapping[bytes, Standing], str | None]:
        """Give `rows` another state or note; what `restore` wants to take it back, and why it is not kept, in
        one line, None when it is."""
        identities = [row.identity for row in rows]
        (before, standings), trouble = await self._tried(
            lambda store: (
                store.change(identities, state=state, note=note),
                store.standings(identities),
            ),
            stays=True,
        )
        self.standings.update(standings)
        return before, trouble

    async def restore(self, before: Mapping[bytes, Standing]) -> str | None:
        """Take a change back; why that is not kept, None when it is."""
        _, trouble = await self._tried(lambda store: store.restore(before), stays=True)
        self.standings.update(before)
        return trouble

    async def remembered(self, row: Row) -> tuple[str, ...]:
        """How a row stands, what failed before, and the last verdict on it, a line each."""
        earlier, kept = await self._ask(lambda store: (store.earlier(row), store.verdict(row.identity)))
        return memory(self.standings.get(row.identity), earlier, kept)

    def judge(self, work: Casework) -> None:
        """What the checks of `work` came to is the verdict on its mail, if that failure leads it, else on its
        cause there."""
        if work.state == "done" and work.verdict is not None:
            self.verdicts[verdict_key_of(work)] = Judged(work.verdict.state)

    async def keep(self, work: Casework, resolver: str | None) -> bool:
        """Keep what the checks of `work` came to, and give it the run before; False when that is done."""
        self.judge(work)
        found = work.to_keep()
        if found is None:
            return False
        identity, leads = identity_of(work.bounce), work.index == work.bounce.leading
        work.before = await self._ask(
            lambda store: store.keep_run(identity, *found, resolver, leads=leads), stays=True
        )
        return True

    async def close(self) -> None:
        """Write what is still to be written, and close the file."""
        await asyncio.gather(*self._writes)
        if self._store is not None:
            await self._ask(lambda store: store.close())
        self._thread.shutdown(wait=False)

    async def _ask(self, work: "Callable[[Store], T]", *, stays: bool = False) -> T:
        found, trouble = await self._tried(work, stays=stays)
        self._trouble = trouble or self._trouble
        return found

    async def _tried(self, work: "Callable[[Store], T]", *, stays: bool = False) -> tuple[T, str | None]:
        """What `work` finds, and what was wrong with the file.  Where it `stays`, it is done although nobody
        waits for it any more."""
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._thread, lambda: _done(work, self._opened()))
        if not stays:
            return await asked
        # A future that is cancelled in the queue is never run, and leaving cancels whoever waits.
        self._writes.add(asked)
        asked.add_done_callback(self._writes.discard)
        return await asyncio.shield(asked)

    def _opened(self) -> "Store":
        if self._store is None:
            from bounce_tui.triage.store.store import Store

            self._store = Store(self._path)
        return self._store


def _done(work: "Callable[[Store], T]", store: "Store") -> tuple[T, str | None]:
    found = work(store)
    trouble, store.trouble = store.trouble, None
    return found, trouble


def _learn(store: "Store", rows: Sequence[Row]) -> tuple[dict[bytes, Standing], dict[bytes, Judged]]:
    store.remember(rows)
    identities = [row.identity for row in rows]
    return store.standings(identities), store.verdicts(identities)
