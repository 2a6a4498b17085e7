"""A worker process, as its parent handles it."""

import contextlib
import select
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVarTuple

from bounce_tui.scan.wire import receive, send

Ts = TypeVarTuple("Ts")

_BOOT = (
    "import sys; sys.path[:] = sys.argv[1:];"
    "from bounce_tui.collector_pace import collect_seldom; collect_seldom();"
    "from bounce_tui.scan.worker import main; main()"
)


class Process:
    """A process that calls functions of ours, in the order in which it is asked to.

    Its first answer, before those that it is asked for, is `worker.READY`.  Raises OSError where no process
    can be had.
    """

    def __init__(self) -> None:
        # A process group of its own, so that Ctrl-C reaches the parent alone; -P, so that nothing is
        # imported from the folder that the user stands in.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            process_group=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input = self._process.stdin.fileno()
        self.output = self._process.stdout.fileno()

    def call(self, function: Callable[[*Ts], object], *arguments: *Ts) -> None:
        """Have `function`, one of a module, called with `arguments`.  It must not raise."""
        # When the process is dead, reading from it will tell.
        with contextlib.suppress(OSError):
            send(self._input, (function, arguments))

    def answers(self, seconds: float) -> bool:
        """Whether an answer comes, or its end shows, within `seconds`."""
        return bool(select.select([self.output], [], [], seconds)[0])

    def answer(self) -> Any:
        """The next answer, which is what the function called returns.  Raises EOFError or OSError when the
        process has ended."""
        return receive(self.output)

    def kill(self) -> None:
        """Kill the process in the middle of its work; whoever waits for its answer sees the end."""
        self._process.kill()

    def end(self, patience: float = 0) -> int:
        """End the process, in the middle of its work if need be; its exit status.

        `patience` is how many seconds it may take to end by itself.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        status = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        return status


def death(status: int) -> str:
    """How a process ended that has the exit status `status`, in words."""
    return f"signal {-status}" if status < 0 else f"status {status}"
