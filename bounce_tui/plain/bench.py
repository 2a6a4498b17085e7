"""Where the checks of a plain session are made: one work for each recipient, and the door to DNS."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from bounce_tui.checks.answer import Lookup
from bounce_tui.checks.own import Own
from bounce_tui.event_loop import new_loop
from bounce_tui.model import Case, Message
from bounce_tui.reporting.entry import Checked
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.lookup import Door


class Bench:
    """Works for the admin whose servers and domains are `own`, by way of `nameserver`, the system's with
    None.  Nothing is sent before `check`."""

    def __init__(self, own: Own, nameserver: str | None) -> None:
        self._own = own
        self._door = Door(nameserver, own.keys)
        self._runner = asyncio.Runner(loop_factory=new_loop)
        self._works: dict[tuple[Message, int], Casework] = {}

    @property
    def address(self) -> str:
        """The server that is asked."""
        return self._door.address

    def work(self, case: Case, index: int) -> Casework | None:
        """The work on failure `index` of `case`; None where there is nothing to check."""
        if not case.bounce.is_bounce or index >= len(case.diagnoses):
            return None
        key = (case.message, index)
        if key not in self._works:
            self._works[key] = Casework(case, index, self._own)
        return self._works[key]

    def checked(self, case: Case, index: int) -> Checked | None:
        """What the checks of one recipient came to, where they have run to their end."""
        work = self._works.get((case.message, index))
        if work is None or work.state != "done":
            return None
        return Checked(work.inputs, tuple(work.results.values()), work.verdict)

    def check(self, work: Casework) -> None:
        """Run the planned checks of `work`; ctrl+c stops them and raises KeyboardInterrupt."""
        if work.state == "done":
            self._door.forget()
        work.start()
        try:
            self._do(partial(self._run, work))
        finally:
            work.cancel()

    def move(self, moved: Mapping[Message, Message | None]) -> None:
        """Mails lie elsewhere now, or nowhere: what was found for each goes with it."""
        works, self._works = self._works, {}
        for (message, index), work in works.items():
            now = moved.get(message, message)
            if now is not None:
                work.case = replace(work.case, message=now)
                self._works[now, index] = work

    def move_all(self, moved: Mapping[Message, Message]) -> None:
        """As `move`, after which a mail that is not in `moved` lies nowhere."""
        self.move({message: moved.get(message) for message, _ in self._works})

    def open_door(self) -> str:
        """The server that will be asked; nothing is sent.  Raises NameserverError where the system names
        none."""
        self._do(self._opened)
        return self._door.address

    def close(self) -> None:
        """Leave no socket open."""
        if self._door.is_open:
            self._do(self._door.close)
        self._runner.close()

    def _do(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        # First the loop: work that is begun and finds none is never awaited.
        self._runner.get_loop()
        self._runner.run(work())

    async def _run(self, work: Casework) -> None:
        await work.run(await self._opened(), lambda: None)

    async def _opened(self) -> Lookup:
        return await self._door.open()
