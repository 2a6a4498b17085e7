"""The truth: the demo in tmux, as a person sees it."""

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_session import cells, emulate
from tmux_session import Tmux, require_tmux

BOUNCE_TUI = f"{shlex.quote(sys.executable)} -m bounce_tui"
Start = Callable[..., Tmux]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Start]:
    """Types a command into the shell of a new window."""
    require_tmux()
    windows: list[Tmux] = []

    def start(command: str, **environ: str) -> Tmux:
        windows.append(Tmux("exec sh", HOME=str(tmp_path), PS1="$ ", **environ))
        windows[-1].type("-l", f"{command}; echo status $?\n")
        return windows[-1]

    yield start
    for one in windows:
        one.end()


def test_the_demo_from_the_first_key_to_the_last(started: Start) -> None:
    shell = started(f"{BOUNCE_TUI} demo")
    shell.wait_for("as they came")
    shell.type("/")
    shell.type("-l", "ib104")
    shell.type("Enter", "c")
    shell.wait_for("STILL HOLDS")
    before = shell.rest()
    lines = shell.screen().splitlines()
    assert len([line for line in lines if line.startswith("> ")]) == 1
    assert lines[0].startswith(" bounce-tui demo")
    shell.type("C-l")
    assert shell.rest() == before
    cursor = next(line for line in lines if line.startswith("> "))
    for columns, rows in ((60, 20), (120, 40), (80, 24)):
        shell.resize(columns, rows)
        shell.wait(lambda rows=rows: is_whole(shell, rows, cursor))
    before = shell.rest()
    shell.type("C-l")
    assert shell.rest() == before
    shell.type("q", "q")
    shell.wait_for("status 0")


def is_whole(shell: Tmux, rows: int, cursor: str) -> bool:
    """Whether the screen at rest has its last line, the verdict, and the mail of line `cursor` in hand."""
    shell.rest()
    lines = shell.screen().splitlines()
    now = [line for line in lines if line.startswith("> ")]
    return (
        len(lines) == rows
        and lines[-1].strip() != ""
        and [line.split()[1] for line in now] == [cursor.split()[1]]
        and any("STILL HOLDS" in line for line in lines)
    )


@pytest.mark.parametrize("term", ["xterm-256color", "screen"])
def test_ctrl_l_changes_no_cell_after_any_resize(started: Start, term: str) -> None:
    shell = started(f"TERM={term} {BOUNCE_TUI} demo")
    shell.wait_for("as they came")
    for number, size in enumerate(((60, 20), (200, 50), (80, 24), (200, 50)), 2):
        shell.resize(*size)
        shell.type("j")
        shell.wait_for(f" {number} of ")

        def seen(size: tuple[int, int] = size) -> object:
            # tmux leaves out cells at the end of a line that nobody has written on since it was resized.
            lines = shell.rest().rstrip("\n").replace("\n", "\r\n")
            return cells(emulate(lines.encode(), size))

        before = seen()
        shell.type("C-l")
        assert seen() == before, size
    shell.type("q")
    shell.wait_for("status 0")


def test_without_colour_the_cursor_and_the_states_are_still_told(started: Start) -> None:
    shell = started(f"{BOUNCE_TUI} demo", NO_COLOR="1")
    shell.wait_for("as they came")
    screen = shell.rest()
    colours = {code for codes in re.findall(r"\x1b\[([\d;]*)m", screen) for code in codes.split(";")}
    assert colours <= {"", "0", "1", "2", "4", "7", "22", "24", "27", "39", "49"}
    cursor = next(line for line in screen.splitlines() if re.search(r"> (?:again|dead|fail) ", line))
    assert "\x1b[7m" in cursor or ";7" in cursor
    shell.type("q")
    shell.wait_for("status 0")


def test_mail_that_is_piped_in_leaves_the_keyboard_to_the_app(started: Start, mail: Path) -> None:
    shell = started(f"{BOUNCE_TUI} - < {shlex.quote(str(mail / 'k12-2-mailbox-full.eml'))}")
    shell.wait_for("Mailbox full")
    shell.type("v")
    shell.wait_for("[Source]")
    shell.type("q", "q")
    shell.wait_for("status 0")


def test_a_bad_path_is_named_on_screen_and_the_status_tells(started: Start, mail: Path) -> None:
    shell = started(f"{BOUNCE_TUI} /nowhere {shlex.quote(str(mail / 'ordinary.eml'))}")
    shell.wait_for("1 refused (R)")
    shell.type("R")
    shell.wait_for("/nowhere")
    shell.type("q", "q")
    shell.wait_for("status 1")
