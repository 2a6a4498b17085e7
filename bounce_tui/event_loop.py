"""Event loops that are made whole or not at all, and look for signals in time."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bounce_tui.signal_latency import SIGNAL_LATENCY_S

T = TypeVar("T")

_FILES = 3
"""Descriptors that a loop takes: its selector, and the two ends by which threads wake it."""


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop, for `asyncio.Runner`.

    Raises OSError where open files run short before anything is made: asyncio's half-made loop would tell
    of that by a traceback of its own when it is collected.
    """
    free: list[int] = []
    try:
        for _ in range(_FILES):
            free.append(os.open(os.devnull, os.O_RDONLY))
    finally:
        for descriptor in free:
            os.close(descriptor)
    loop = asyncio.new_event_loop()
    _look_for_signals(loop)
    return loop


def _look_for_signals(loop: asyncio.AbstractEventLoop) -> None:
    loop.call_later(SIGNAL_LATENCY_S, _look_for_signals, loop)


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The result of `work`, run in an event loop of its own.  Raises OSError, before `work` is begun, where
    open files run short."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.get_loop()
        return runner.run(work())
