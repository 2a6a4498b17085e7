"""The checks of a plain session, which waits for them."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bounce_tui.checks.planning.own import Own
from bounce_tui.event_loop import new_loop
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.session_checks import SessionChecks


class Checking(SessionChecks):
    """The checks of a session, for the admin whose servers and domains are `own`, by way of `nameserver`, the
    system's with None."""

    def __init__(self, own: Own, nameserver: str | None) -> None:
        super().__init__(LazyResolver(nameserver, own.keys), own)
        self._runner = asyncio.Runner(loop_factory=new_loop)

    def check(self, work: FailureChecks) -> None:
        """Run the planned checks of `work`; ctrl+c stops them and raises KeyboardInterrupt."""
        if self.begin(work):
            try:
                self._do(partial(self.run, work))
            finally:
                work.cancel()

    def open_resolver(self) -> str:
        """The server that will be asked; nothing is sent.  Raises NameserverError where the address given
        cannot be read."""
        self._do(self.resolver.open)
        return self.resolver.address

    def close(self) -> None:
        """Leave no socket open."""
        if self.resolver.is_open:
            self._do(self.resolver.close)
        self._runner.close()

    def _do(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        # First the loop: work that is begun and finds none is never awaited.
        self._runner.get_loop()
        self._runner.run(work())
