"""Keys come from the terminal when the mail came from standard input (hostile.md, rule 10)."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from pty_session import HERE, PtySession

APP = str(HERE / "driven_app.py")
PYTHON = shlex.quote(sys.executable)
DRIVEN = f"{PYTHON} {shlex.quote(APP)}"


def piped(command: str, **environ: str) -> PtySession:
    return PtySession("sh", "-c", f'printf "a bounce on a pipe" | {command}', **environ)


def test_mail_comes_from_the_pipe_and_keys_from_the_terminal() -> None:
    with piped(DRIVEN) as session:
        session.wait_for("a bounce on a pipe")
        session.type("q")
        assert session.report() == "exited 0"
        assert session.modes_on() == {}


def test_the_size_is_the_screens_when_standard_output_is_a_file_and_the_environment_is_stale() -> None:
    with piped(f"{DRIVEN} >/dev/null", COLUMNS="200", LINES="70") as session:
        session.wait_for("a bounce on a pipe")
        session.settle()
        assert "  20 caf" in session.text()
        assert "  21 " not in session.text()
        session.type("q")
        assert session.report() == "exited 0"


def test_the_piped_file_is_back_in_its_place_afterwards(tmp_path: Path) -> None:
    program = (
        "import os; from bounce_tui.ui.terminal import borrowed_keyboard\n"
        "with borrowed_keyboard() as mail: first = mail.read(4); assert os.isatty(0)\n"
        "os.mkdir(os.environ['READ'])\n"
        "mail.close(); print('then', os.read(0, 99), first, os.isatty(0))"
    )
    writer = 'printf mail; until [ -d "$READ" ]; do sleep 0.02; done; printf more'
    command = f'({writer}) | {PYTHON} -c "{program}"'
    with PtySession("sh", "-c", command, READ=str(tmp_path / "read")) as session:
        assert session.report() == "exited 0"
        session.settle()
        assert "then b'more' b'mail' False" in session.text()


@pytest.mark.parametrize(
    ("shell", "reason"),
    [
        ('"$@" </dev/null', "no terminal to take keys from: No such device or address"),
        ('"$@" <&-', "standard input is closed, so no keys can be read"),
    ],
)
def test_without_a_terminal_to_ask_the_app_ends_in_words(shell: str, reason: str) -> None:
    program = (
        "from bounce_tui.ui.terminal import *\n"
        "try:\n with borrowed_keyboard(): print('borrowed')\n"
        "except NoTerminal as missing: print(missing.reason)"
    )
    done = subprocess.run(
        ["sh", "-c", shell, "sh", sys.executable, "-c", program],
        start_new_session=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == reason


@pytest.mark.parametrize("term", ["vt100", "linux", "screen", "tmux", "xterm", "xterm-ghostty", "nonesuch"])
def test_a_terminal_that_can_show_the_app_shows_it_and_gets_nothing_it_would_print(term: str) -> None:
    with PtySession(sys.executable, APP, TERM=term, answers=False) as session:
        session.wait_for("nothing piped")
        assert (b"$p" in session.settle()) == (term not in ("vt100", "linux"))
        session.type("j")
        session.settle()
        session.type("q")
        assert session.report() == "exited 0"
        assert session.modes_on() == {}


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("dumb", "TERM=dumb cannot move its cursor as the app needs; try TERM=xterm"),
        ("vt52", "TERM=vt52 cannot move its cursor as the app needs; try TERM=xterm"),
        ("unknown", "TERM=unknown cannot move its cursor as the app needs; try TERM=xterm"),
        ("", "TERM is not set; name your terminal, for example TERM=xterm"),
    ],
)
def test_a_terminal_that_cannot_is_refused_in_words(term: str, reason: str) -> None:
    with PtySession(sys.executable, APP, TERM=term) as session:
        assert session.report() == "exited 1"
        session.settle()
        assert " ".join(session.text().split()) == f"driven: {reason}"
        assert "\x1b" not in session.output.decode()


def test_a_standard_error_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with PtySession("sh", "-c", f"{DRIVEN} 2>{shlex.quote(str(log))}") as session:
        assert session.report() == "exited 1"
    assert log.read_text() == "driven: standard error, where the app draws, is not a terminal\n"
