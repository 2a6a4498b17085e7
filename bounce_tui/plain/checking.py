"""The checks of a plain session, which waits for them."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bounce_tui.checks.planning.own import Own
from bounce_tui.event_loop import new_loop
from bounce_tui.triage.bench import Bench
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.lookup import Door


class Checking(Bench):
    """A bench that works for the admin whose servers and domains are `own`, by way of `nameserver`, the
    system's with None."""

    def __init__(self, own: Own, nameserver: str | None) -> None:
        super().__init__(Door(nameserver, own.keys), own)
        self._runner = asyncio.Runner(loop_factory=new_loop)

    def check(self, work: Casework) -> None:
        """Run the planned checks of `work`; ctrl+c stops them and raises KeyboardInterrupt."""
        if self.begin(work):
            try:
                self._do(partial(self.run, work))
            finally:
                work.cancel()

    def open_door(self) -> str:
        """The server that will be asked; nothing is sent.  Raises NameserverError where the address given
        cannot be read."""
        self._do(self.door.open)
        return self.door.address

    def close(self) -> None:
        """Leave no socket open."""
        if self.door.is_open:
            self._do(self.door.close)
        self._runner.close()

    def _do(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        # First the loop: work that is begun and finds none is never awaited.
        self._runner.get_loop()
        self._runner.run(work())
