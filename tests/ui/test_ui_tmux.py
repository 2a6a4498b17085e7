"""The truth: the demo in tmux, as a person sees it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BOUNCE_TUI = f"{shlex.quote(sys.executable)} -m bounce_tui"
PATIENCE_S = 40


class Terminal:
    """A tmux server of our own with one window, in which a shell waits."""

    def __init__(self, folder: Path, size: tuple[int, int], environ: dict[str, str]) -> None:
        self._socket = str(folder / "tmux")
        passed = {name: value for name, value in os.environ.items() if name not in ("TMUX", "NO_COLOR")}
        self._environ = passed | {"HOME": str(folder), "PS1": "$ "} | environ
        columns, rows = (str(number) for number in size)
        self._tmux("new-session", "-d", "-x", columns, "-y", rows, "sh")

    def close(self) -> None:
        self._tmux("kill-server")

    def run(self, command: str) -> None:
        self._tmux("send-keys", "-l", f"{command}; echo status $?\n")

    def type(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self, *, styled: bool = False) -> str:
        return self._tmux("capture-pane", "-p", *(["-e"] if styled else []))

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while text not in self.screen():
            assert time.monotonic() < end, f"{text!r} never came:\n{self.screen()}"
            time.sleep(0.05)

    def rest(self) -> str:
        """The screen once it has not changed for half a second."""
        screen, since = self.screen(styled=True), time.monotonic()
        while time.monotonic() - since < 0.5:
            time.sleep(0.05)
            if (now := self.screen(styled=True)) != screen:
                screen, since = now, time.monotonic()
        return screen

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, "-f", "/dev/null", *words]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=True).stdout


Start = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Start]:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is not installed, and CI must have it")
        pytest.skip("tmux is not installed")
    started: list[Terminal] = []

    def start(size: tuple[int, int] = (80, 24), **environ: str) -> Terminal:
        started.append(Terminal(tmp_path, size, environ))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_the_demo_from_the_first_key_to_the_last(terminal: Start) -> None:
    shell = terminal()
    shell.run(f"{BOUNCE_TUI} demo")
    shell.wait_for("as they came")
    shell.type("/")
    shell.type("-l", "ib104")
    shell.type("Enter", "c")
    shell.wait_for("STILL HOLDS")
    lines = shell.screen().splitlines()
    assert len([line for line in lines if line.startswith("> ")]) == 1
    assert lines[0].startswith(" bounce-tui demo")
    before = shell.rest()
    shell.type("C-l")
    assert shell.rest() == before
    cursor = next(line for line in lines if line.startswith("> "))
    for columns, rows in ((60, 20), (120, 40), (80, 24)):
        shell.resize(columns, rows)
        shell.rest()
        lines = shell.screen().splitlines()
        now = next(line for line in lines if line.startswith("> "))
        assert now.split()[1] == cursor.split()[1]
        assert any("STILL HOLDS" in line for line in lines)
        assert len(lines) == rows
    before = shell.rest()
    shell.type("C-l")
    assert shell.rest() == before
    shell.type("q")
    shell.wait_for("status 0")


def test_without_colour_the_cursor_and_the_states_are_still_told(terminal: Start) -> None:
    shell = terminal(NO_COLOR="1")
    shell.run(f"{BOUNCE_TUI} demo")
    shell.wait_for("as they came")
    screen = shell.rest()
    colours = {code for codes in re.findall(r"\x1b\[([\d;]*)m", screen) for code in codes.split(";")}
    assert colours <= {"", "0", "1", "2", "4", "7", "22", "24", "27", "39", "49"}
    cursor = next(line for line in screen.splitlines() if "> " in line and "[" in line and "delay" in line)
    assert "\x1b[7m" in cursor or ";7" in cursor
    shell.type("q")
    shell.wait_for("status 0")


def test_mail_that_is_piped_in_leaves_the_keyboard_to_the_app(terminal: Start, mail: Path) -> None:
    shell = terminal()
    shell.run(f"{BOUNCE_TUI} - < {shlex.quote(str(mail / 'k12-2-mailbox-full.eml'))}")
    shell.wait_for("Mailbox full")
    shell.type("v")
    shell.wait_for("[Source]")
    shell.type("q", "q")
    shell.wait_for("status 0")


def test_a_bad_path_is_named_on_screen_and_the_status_tells(terminal: Start, mail: Path) -> None:
    shell = terminal()
    shell.run(f"{BOUNCE_TUI} /nowhere {shlex.quote(str(mail / 'ordinary.eml'))}")
    shell.wait_for("1 refused (R)")
    shell.type("R")
    shell.wait_for("/nowhere")
    shell.type("q", "q")
    shell.wait_for("status 1")
