"""The app in tmux, where stock Textual comes back blank from ctrl+z."""

import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_session import HERE
from tmux_session import AS_IT_WAS, Tmux, require_tmux

APP = f"{shlex.quote(sys.executable)} {shlex.quote(str(HERE / 'driven_app.py'))}"


@pytest.fixture
def tmux() -> Iterator[Callable[[str], Tmux]]:
    require_tmux()
    started: list[Tmux] = []

    def start(command: str) -> Tmux:
        started.append(Tmux(command))
        return started[-1]

    yield start
    for server in started:
        server.end()


@pytest.fixture
def shell(tmux: Callable[[str], Tmux]) -> Tmux:
    shell = tmux("exec sh -i")
    shell.wait(lambda: bool(shell.screen().strip()))
    shell.type(APP, "Enter")
    shell.wait_for("nothing piped")
    shell.rest()
    return shell


def test_fg_brings_the_whole_screen_back(shell: Tmux) -> None:
    before = shell.rest()
    shell.type("C-z")
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    assert "nothing piped" not in shell.screen()
    shell.type("fg", "Enter")
    shell.wait_for("nothing piped")
    shell.wait(lambda: shell.screen(styled=True) == before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_shell_as_it_was(shell: Tmux, number: signal.Signals) -> None:
    (child,) = shell.children()
    os.kill(child, number)
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    shell.type("echo $?", "Enter")
    shell.wait_for(str(128 + number))


def test_a_resized_window_is_whole_and_ctrl_l_changes_nothing(shell: Tmux) -> None:
    before = shell.rest()
    shell.resize(50, 18)
    shell.wait(lambda: "14 " in shell.rest() != before)
    before = shell.rest()
    shell.type("C-l")
    assert shell.rest() == before


def test_ctrl_z_where_no_shell_could_wake_the_app_leaves_it_running(tmux: Callable[[str], Tmux]) -> None:
    alone = tmux(f"exec {APP}")
    alone.wait_for("nothing piped")
    before = alone.rest()
    alone.type("C-z")
    # What is typed until the app has the terminal again is dropped, and nothing tells when it has.
    for key, is_so in (("j", lambda: alone.rest() != before), ("k", lambda: alone.rest() == before)):
        alone.wait(lambda key=key, is_so=is_so: alone.type(key) or is_so())


def test_a_killed_window_leaves_no_process(tmux: Callable[[str], Tmux]) -> None:
    alone = tmux(f"exec {APP}")
    alone.wait_for("nothing piped")
    alone("new-window", "-d", "sleep 600")
    alone("kill-pane")
    alone.wait(lambda: not Path("/proc", str(alone.pid)).exists())


def test_started_in_the_background_the_app_waits_to_be_brought_forward(tmux: Callable[[str], Tmux]) -> None:
    shell = tmux("exec sh -i")
    shell.wait(lambda: bool(shell.screen().strip()))
    shell.type(f"{APP} &", "Enter")
    shell.wait(shell.is_stopped, "it waits")
    assert shell.state() == AS_IT_WAS
    shell.type("fg", "Enter")
    shell.wait_for("nothing piped")
    shell.type("q")
    shell.wait(lambda: shell.state() == AS_IT_WAS)


def test_sent_to_the_background_after_ctrl_z_the_app_leaves_the_shell_alone(shell: Tmux) -> None:
    before = shell.rest()
    shell.type("C-z")
    shell.wait(lambda: shell.state() == AS_IT_WAS)
    shell.type("bg", "Enter")
    shell.rest()
    shell.wait(shell.is_stopped, "it waits again")
    assert shell.state() == AS_IT_WAS
    shell.type("echo still here", "Enter")
    shell.wait_for("still here")
    shell.type("fg", "Enter")
    shell.wait(lambda: shell.screen(styled=True) == before)
