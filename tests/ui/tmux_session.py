"""A tmux server of a test's own, with one window: the truth, as a person sees it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pty_session import PATIENCE, work_of

AS_IT_WAS = "alternate=0 mouse=0 cursor=1 wrap=1"
_STATE = "alternate=#{alternate_on} mouse=#{mouse_any_flag} cursor=#{cursor_flag} wrap=#{wrap_flag}"
_QUIET_S = 0.1


class Tmux:
    """Runs `command` in an 80x24 window with `environ`, without what the tester's own shell and tmux set."""

    def __init__(self, command: str, **environ: str) -> None:
        # A socket's path has 107 characters at most (unix(7)), and a test's own folder may be longer.
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-", dir="/tmp")
        self._socket = str(Path(self._folder.name, "socket"))
        passed = {
            name: value for name, value in os.environ.items() if name not in ("TMUX", "ENV", "NO_COLOR")
        }
        # tmux starts a window with the tester's shell, which may be none (nologin).
        self._environ = passed | {"SHELL": "/bin/sh", "LC_ALL": "C.UTF-8"} | environ
        self("new-session", "-d", "-x", "80", "-y", "24", command)
        self.pid = int(self("display-message", "-p", "#{pane_pid}"))

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-u", "-S", self._socket, "-f", "/dev/null", *words]
        return subprocess.run(
            command, env=self._environ, capture_output=True, encoding="utf-8", check=True
        ).stdout

    def type(self, *keys: str) -> None:
        self("send-keys", *keys)

    def resize(self, columns: int, rows: int) -> None:
        self("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self, *, styled: bool = False) -> str:
        return self("capture-pane", "-p", *(["-e"] if styled else []))

    def state(self) -> str:
        """The modes of the terminal that a program may have left on."""
        return self("display-message", "-p", _STATE).strip()

    def wait(self, is_so: Callable[[], object], what: str = "") -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, (
                f"never came: {what or is_so}; state {self.state()}; screen:\n{self.screen()}"
            )
            time.sleep(0.05)

    def wait_for(self, text: str) -> None:
        self.wait(lambda: text in self.screen(), text)

    def rest(self) -> str:
        """The styled screen once it changes no more and no process in the window has anything to do."""
        before: tuple[str, float] | None = None
        end = time.monotonic() + PATIENCE
        while True:
            computed, waits = work_of(self.pid)
            screen = self.screen(styled=True)
            if before and not waits and screen == before[0] and computed - before[1] < _QUIET_S / 10:
                return screen
            assert time.monotonic() < end, f"it never came to rest:\n{self.screen()}"
            before = screen, computed
            time.sleep(_QUIET_S)

    def children(self) -> list[int]:
        """The processes that the window's own has started and that live."""
        return [
            int(child) for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ]

    def is_stopped(self) -> bool:
        """Whether the window's own process has a job, and it is stopped."""
        jobs = [Path(f"/proc/{child}/stat").read_text() for child in self.children()]
        return bool(jobs) and all(job.rpartition(")")[2].split()[0] == "T" for job in jobs)

    def end(self) -> None:
        self("kill-server")
        self._folder.cleanup()


def require_tmux() -> None:
    """Skip the test where there is no tmux, and fail it in CI."""
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is not installed, and CI must have it")
        pytest.skip("tmux is not installed")
