"""A worker process: units come in on its standard input, what became of them leaves on its output."""

import os
import signal
import threading
from queue import SimpleQueue

from bounce_tui.scan.unit import Unit, finish
from bounce_tui.scan.wire import receive, send

READY = "ready"


def main() -> None:
    """Work until standard input ends, which it does when the parent closes it or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, results = os.dup(0), os.dup(1)
    # A stray print must not end up between two results.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    form = receive(jobs)
    waiting: SimpleQueue[Unit] = SimpleQueue()
    threading.Thread(target=_take_in, args=(jobs, waiting), daemon=True).start()
    send(results, READY)
    while True:
        send(results, finish(waiting.get(), form))


def _take_in(jobs: int, waiting: "SimpleQueue[Unit]") -> None:
    # A thread of its own, so that the parent never waits to hand over, and so that this process ends
    # with its parent in the middle of a message too.
    try:
        while True:
            waiting.put(receive(jobs))
    except (EOFError, OSError):
        os._exit(0)
