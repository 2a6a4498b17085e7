"""The app on a terminal reads mail in a process of its own, which lives as long as it does and no longer."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from pty_session import PtySession
from worker_processes import worker_processes

SAMPLE = Path(__file__).parents[2] / "samples" / "mail" / "delayed.eml"


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("end", ["q", signal.SIGTERM, signal.SIGKILL])
def test_the_reader_starts_with_the_app_and_ends_with_it(end: str | int, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    with PtySession(sys.executable, "-m", "bounce_tui", str(SAMPLE), **home) as session:
        session.wait_for("Who acts")
        (reader,) = worker_processes(session.pid)
        maps = Path(f"/proc/{session.pid}/maps").read_text()
        assert "ahocorasick" not in maps, "the app itself loaded what reads"
        if isinstance(end, str):
            session.type(end)
        else:
            os.kill(session.pid, end)
        session.report()
        while _lives(reader):
            time.sleep(0.02)


def test_quitting_does_not_wait_for_a_reader_that_hangs(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    samples = len(list(SAMPLE.parent.iterdir()))
    with PtySession(sys.executable, "-m", "bounce_tui", str(SAMPLE.parent), **home) as session:
        session.wait_for("Who acts")
        session.wait_for(f"1 of {samples}")
        (reader,) = worker_processes(session.pid)
        os.kill(reader, signal.SIGSTOP)
        session.type("j")
        session.wait_for(f"2 of {samples}")
        session.type("q")
        assert session.report() == "exited 0"
        assert not _lives(reader)
