"""Forms for the tests: functions of a module, because workers import them."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bounce_tui.model import Case


def lines(cases: Sequence[Case]) -> bytes:
    """One line a message with all that was read in it."""
    return b"".join(f"{case!r}\n".encode("utf-8", "surrogateescape") for case in cases)


def names(cases: Sequence[Case]) -> bytes:
    return b"".join(f"{c.message.file.rpartition('/')[2]} {c.message.index}\n".encode() for c in cases)


def processes(cases: Sequence[Case]) -> bytes:
    """The process that each message was read in."""
    return b"%d\n" % os.getpid() * len(cases)


def modules(cases: Sequence[Case]) -> bytes:
    return "\n".join([*sys.modules, ""]).encode()


def deadly(cases: Sequence[Case]) -> bytes:
    """`names`, but a message of a file named "deadly" kills the process."""
    if any("deadly" in case.message.file for case in cases):
        os.kill(os.getpid(), signal.SIGKILL)
    return names(cases)


def deadly_in_the_middle(cases: Sequence[Case]) -> bytes:
    if any(case.message.index == 300 for case in cases):
        os.kill(os.getpid(), signal.SIGKILL)
    return names(cases)


def choosy(cases: Sequence[Case]) -> bytes:
    """`names`, but it fails on a message of a file named "odd", unless that is in error."""
    if any("odd" in case.message.file and case.error is None for case in cases):
        raise ValueError("odd")
    return names(cases)


def hopeless(cases: Sequence[Case]) -> bytes:
    raise ValueError("hopeless")


def slow(cases: Sequence[Case]) -> bytes:
    time.sleep(0.3)
    return processes(cases)


def peak(cases: Sequence[Case]) -> bytes:
    """The most memory that this process had so far, in KiB."""
    with Path("/proc/self/status").open() as status:
        return b"".join(line.split()[1].encode() + b"\n" for line in status if line.startswith("VmHWM"))


def endless(cases: Sequence[Case]) -> bytes:
    time.sleep(600)
    return b""


_asked: list[int] = []


def once(cases: Sequence[Case]) -> bytes:
    """`processes` the first time that a process is asked; what it has after that takes for ever."""
    if _asked:
        return endless(cases)
    _asked.append(len(cases))
    return processes(cases)
