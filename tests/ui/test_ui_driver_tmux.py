"""The app in tmux, where stock Textual comes back blank from ctrl+z."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_session import HERE, PATIENCE

APP = f"{shlex.quote(sys.executable)} {shlex.quote(str(HERE / 'driven_app.py'))}"
AS_IT_WAS = "alternate=0 mouse=0 cursor=1 wrap=1"


class Tmux:
    """A tmux server of our own with one 80x24 window."""

    def __init__(self, socket: Path, command: str) -> None:
        self._socket = str(socket)
        self._environ = {name: value for name, value in os.environ.items() if name not in ("TMUX", "ENV")}
        self("new-session", "-d", "-x", "80", "-y", "24", command)

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, "-f", "/dev/null", *words]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=True).stdout

    def type(self, *keys: str) -> None:
        self("send-keys", *keys)

    def screen(self) -> str:
        return self("capture-pane", "-p", "-e")

    def state(self) -> str:
        form = "alternate=#{alternate_on} mouse=#{mouse_any_flag} cursor=#{cursor_flag} wrap=#{wrap_flag}"
        return self("display-message", "-p", form).strip()

    def wait(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"never came; state {self.state()}; screen:\n{self.screen()}"
            time.sleep(0.05)

    def wait_for(self, text: str) -> None:
        self.wait(lambda: text in self.screen())


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[[str], Tmux]]:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is not installed, and CI must have it")
        pytest.skip("tmux is not installed")
    started: list[Tmux] = []

    def start(command: str) -> Tmux:
        started.append(Tmux(tmp_path / "tmux", command))
        return started[-1]

    yield start
    for server in started:
        server("kill-server")


@pytest.fixture
def shell(tmux: Callable[[str], Tmux]) -> Tmux:
    shell = tmux("sh -i")
    shell.wait(lambda: bool(shell.screen().strip()))
    shell.type(APP, "Enter")
    shell.wait_for("nothing piped")
    time.sleep(0.3)
    return shell


def test_fg_brings_the_whole_screen_back(shell: Tmux) -> None:
    before = shell.screen()
    shell.type("C-z")
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    assert "nothing piped" not in shell.screen()
    shell.type("fg", "Enter")
    shell.wait_for("nothing piped")
    shell.wait(lambda: shell.screen() == before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_shell_as_it_was(shell: Tmux, number: signal.Signals) -> None:
    shell_pid = shell("display-message", "-p", "#{pane_pid}").strip()
    child = Path(f"/proc/{shell_pid}/task/{shell_pid}/children").read_text()
    os.kill(int(child), number)
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    shell.type("echo $?", "Enter")
    shell.wait_for(str(128 + number))


def test_a_resized_window_is_whole_and_ctrl_l_changes_nothing(shell: Tmux) -> None:
    shell("resize-window", "-x", "50", "-y", "18")
    shell.wait_for("14 ")
    time.sleep(0.5)
    before = shell.screen()
    shell.type("C-l")
    time.sleep(0.5)
    assert shell.screen() == before


def test_ctrl_z_where_no_shell_could_wake_the_app_leaves_it_running(tmux: Callable[[str], Tmux]) -> None:
    alone = tmux(f"exec {APP}")
    alone.wait_for("nothing piped")
    time.sleep(0.3)
    before = alone.screen()
    alone.type("C-z")
    time.sleep(0.5)
    alone.type("j")
    alone.wait(lambda: alone.screen() != before)
    alone.type("k")
    alone.wait(lambda: alone.screen() == before)


def test_a_killed_window_leaves_no_process(tmux: Callable[[str], Tmux]) -> None:
    alone = tmux(f"exec {APP}")
    alone.wait_for("nothing piped")
    pid = alone("display-message", "-p", "#{pane_pid}").strip()
    alone("new-window", "-d", "sleep 600")
    alone("kill-pane")
    alone.wait(lambda: not Path("/proc", pid).exists())


def test_started_in_the_background_the_app_waits_to_be_brought_forward(tmux: Callable[[str], Tmux]) -> None:
    shell = tmux("sh -i")
    shell.wait(lambda: bool(shell.screen().strip()))
    shell.type(f"{APP} &", "Enter")
    time.sleep(2)
    assert shell.state() == AS_IT_WAS
    shell.type("fg", "Enter")
    shell.wait_for("nothing piped")
    shell.type("q")
    shell.wait(lambda: shell.state() == AS_IT_WAS)


def test_sent_to_the_background_after_ctrl_z_the_app_leaves_the_shell_alone(shell: Tmux) -> None:
    before = shell.screen()
    shell.type("C-z")
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    shell.type("bg", "Enter")
    time.sleep(1)
    assert shell.state() == AS_IT_WAS
    shell.type("echo still here", "Enter")
    shell.wait_for("still here")
    shell.type("fg", "Enter")
    shell.wait(lambda: shell.screen() == before)
