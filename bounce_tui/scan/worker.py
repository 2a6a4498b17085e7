"""A worker process: calls come in on its standard input, what they return leaves on its output."""

import os
import signal
import threading
from collections.abc import Callable
from queue import SimpleQueue

from bounce_tui.scan.wire import receive, send

READY = "ready"

Call = tuple[Callable[..., object], tuple[object, ...]]


def main() -> None:
    """Work until standard input ends, which it does when the parent closes it or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, results = os.dup(0), os.dup(1)
    # A stray print must not end up between two results.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    waiting: SimpleQueue[Call] = SimpleQueue()
    threading.Thread(target=_take_in, args=(calls, waiting), daemon=True).start()
    send(results, READY)
    while True:
        function, arguments = waiting.get()
        send(results, function(*arguments))


def _take_in(calls: int, waiting: "SimpleQueue[Call]") -> None:
    # A thread of its own, so that the parent never waits to hand over, and so that this process ends
    # with its parent in the middle of a message too.
    try:
        while True:
            waiting.put(receive(calls))
    except (EOFError, OSError):
        os._exit(0)
