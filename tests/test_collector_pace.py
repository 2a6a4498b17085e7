"""How often Python looks for garbage, in a command and in a worker."""

import gc
import subprocess
import sys

from bounce_tui.collector_pace import MANY
from bounce_tui.scan.process import Process
from bounce_tui.scan.worker import READY

COMMAND = """
import atexit, gc, sys
from bounce_tui.cli import main
atexit.register(lambda: print(gc.get_threshold()[0], gc.get_freeze_count() > 0, gc.isenabled()))
sys.argv = ["bounce-tui", "--version"]
main()
"""


def test_a_command_looks_seldom_and_not_once_more_at_its_end() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == f"{MANY} True True"


def test_a_worker_looks_seldom() -> None:
    process = Process()
    process.call(gc.get_threshold)
    try:
        assert (process.answer(), process.answer()[0]) == (READY, MANY)
    finally:
        process.end()
