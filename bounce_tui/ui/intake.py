"""Hands rows from the loading thread to the screen, at most ten times a second."""

import asyncio
from collections.abc import Callable, Sequence

from bounce_tui.mailbox import StandardInput
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner
from bounce_tui.triage.loading import Arrivals, kind_of_loading

PERIOD_S = 0.1


class Intake:
    """Starts a loading and hands what arrives to `deliver`, in the event loop.

    The first rows come at once; later ones wait for the next tenth of a second, so that a fast disk
    does not keep the screen busy.  Once loading has ended there is no timer left; with `follow` it goes on
    in its thread, and what comes is delivered the same way.
    """

    def __init__(
        self,
        paths: Sequence[str],
        stdin: StandardInput | None,
        deliver: Callable[[Arrivals], None],
        *,
        follow: bool = False,
        examiner: Examiner = LOCAL_EXAMINER,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._deliver = deliver
        self._next = 0.0
        self.follows = follow
        self._closed = False
        self._loading = kind_of_loading(follow=follow)(paths, stdin, self._announced, examiner)
        self.is_loading = True
        self.was_stopped = False
        self._loading.start()

    def cancel(self) -> bool:
        """Stop loading; what has arrived stays.  False when it has ended already."""
        if self.is_loading:
            self._loading.cancel()
        return self.is_loading

    def close(self, timeout: float) -> bool:
        """Stop loading, deliver nothing more and wait at most `timeout` seconds for the thread."""
        self._closed = True
        self._loading.cancel()
        return self._loading.join(timeout)

    def _announced(self) -> None:
        # In the loading thread.
        try:
            self._loop.call_soon_threadsafe(self._schedule)
        except RuntimeError:
            # The loop has closed: the program is ending, and nobody wants rows any more.
            self._loading.cancel()

    def _schedule(self) -> None:
        self._loop.call_at(max(self._next, self._loop.time()), self._take)

    def _take(self) -> None:
        if self._closed:
            return
        self._next = self._loop.time() + PERIOD_S
        arrivals = self._loading.take()
        self.is_loading = not arrivals.finished
        self.follows = arrivals.follows
        self.was_stopped = arrivals.finished and arrivals.cancelled
        self._deliver(arrivals)
