"""Ctrl+c is heard although it does not end the wait that it comes in."""

import subprocess
import sys
from pathlib import Path

import pytest

from bounce_tui.exit_status import INTERRUPTED

STRUCK = """
import signal, sys, threading
from bounce_tui.cli import main

def strike():
    # The kernel's choice in the worst case: this thread, so that the main thread's wait goes on.
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)
"""

FOLLOWING = """
from bounce_tui.mailbox.watching import Watch
# The system tells nothing, and nothing is looked at in turns.
Watch.start = lambda watch: threading.Timer(0.2, strike).start()
main()
"""

LOADING = """
from bounce_tui.triage.loading import Loading
# Nothing ever comes, and nothing is told.
Loading.start = threading.Timer(0.2, strike).start
Loading.cancel = lambda loading: sys.exit(130)
main()
"""

CHECKING = """
import asyncio
from bounce_tui.event_loop import run
try:
    threading.Timer(0.2, strike).start()
    run(asyncio.Event().wait)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("program", "words"),
    [(FOLLOWING, ["scan", "--follow"]), (LOADING, ["--plain"]), (CHECKING, [])],
    ids=["following", "loading", "checking"],
)
def test_ctrl_c_is_heard_though_it_strikes_beside_the_wait(
    program: str, words: list[str], tmp_path: Path
) -> None:
    command = [sys.executable, "-c", STRUCK + program, *words, *([str(tmp_path)] if words else [])]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == INTERRUPTED, done.stderr.decode()
