"""When an app under a pilot has nothing left to do.

Textual's pilot sleeps until the process seems to compute no more, a fiftieth of a second at least, three
times a key.  Here it is looked up: nothing ready in the event loop (so every message is handled), no timer
about to ring, no work given to a thread that is not done, and no thread that computes.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import textual.app
import textual.pilot

from bounce_tui.ui.parts.open_bounce import SETTLED_S

SLICE_S = 0.003  # between two looks
COMPUTING_S = 0.001  # of a slice: more is a thread at work, less our own look
FRAME_S = 1 / 60  # a timer due within it draws what is there already
PATIENCE_S = 1.0  # Textual's own: then a process is as good as idle


@contextmanager
def looked_up() -> Iterator[None]:
    """While this is open, every pilot waits by looking: after each key for its frame, after the last one
    for the page that is shown when the keys rest."""
    given: set[asyncio.Future[Any]] = set()
    loops = asyncio.BaseEventLoop
    run_in_executor, guess = loops.run_in_executor, textual.pilot.wait_for_idle

    def run_and_note(loop: asyncio.BaseEventLoop, *call: Any) -> "asyncio.Future[Any]":
        future = run_in_executor(loop, *call)
        given.add(future)
        future.add_done_callback(given.discard)
        return future

    async def rest(soon: float, max_sleep: float) -> None:
        loop: Any = asyncio.get_running_loop()
        end = loop.time() + max_sleep
        while loop.time() < end:
            before = time.process_time()
            await asyncio.sleep(SLICE_S)
            computed = time.process_time() - before
            horizon = loop.time() + soon
            due = any(timer.when() < horizon and not timer.cancelled() for timer in loop._scheduled)
            at_work = any(future.get_loop() is loop for future in given)
            if not (loop._ready or due or at_work or computed > COMPUTING_S):
                return

    async def after_a_key(min_sleep: float = 0, max_sleep: float = PATIENCE_S) -> None:
        await rest(FRAME_S, max_sleep)

    async def after_all(min_sleep: float = 0, max_sleep: float = PATIENCE_S) -> None:
        await rest(FRAME_S + SETTLED_S, max_sleep)

    loops.run_in_executor = run_and_note
    textual.app.wait_for_idle, textual.pilot.wait_for_idle = after_a_key, after_all
    try:
        yield
    finally:
        loops.run_in_executor = run_in_executor
        textual.app.wait_for_idle = textual.pilot.wait_for_idle = guess
