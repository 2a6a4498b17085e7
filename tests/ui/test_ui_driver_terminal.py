"""The terminal is as it was, however the app ends or pauses (hostile.md, rule 9)."""

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_session import ANSWER, HERE, PtySession, alive_in_group, cells

APP = (sys.executable, str(HERE / "driven_app.py"))


@pytest.fixture
def session() -> Iterator[PtySession]:
    with PtySession(*APP) as session:
        session.wait_for("nothing piped")
        session.settle()
        yield session


def test_the_app_takes_the_terminal_and_no_mouse(session: PtySession) -> None:
    assert session.modes_on() == {1049: True, 25: False, 2004: True, 7: False}
    assert termios.tcgetattr(session.slave) != session.attributes


def test_quitting_gives_the_terminal_back(session: PtySession) -> None:
    session.type("q")
    assert session.report() == "exited 0"
    session.assert_as_it_was()
    assert alive_in_group(session.pid) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_to_leave_gives_the_terminal_back(session: PtySession, number: signal.Signals) -> None:
    session.signal(number)
    assert session.report() == f"exited {128 + number}"
    session.assert_as_it_was()


def test_a_captured_mouse_is_let_go_on_a_signal() -> None:
    with PtySession(*APP, "--mouse") as session:
        session.wait_for("nothing piped")
        assert session.modes_on().keys() >= {1000, 1006}
        session.signal(signal.SIGTERM)
        assert session.report() == "exited 143"
        session.assert_as_it_was()


def test_a_thread_that_never_ends_does_not_keep_the_app_alive_after_a_signal(session: PtySession) -> None:
    session.type("w")
    session.settle()
    session.signal(signal.SIGTERM)
    assert session.report() == "exited 143"
    session.assert_as_it_was()


def test_a_blocked_app_gives_the_terminal_back_on_a_signal(session: PtySession) -> None:
    session.type("s")
    session.settle()
    session.signal(signal.SIGTERM)
    assert session.report() == "exited 143"
    session.assert_as_it_was()


def test_a_lost_line_ends_the_app(session: PtySession) -> None:
    os.close(session.slave)
    session.hang_up()
    assert session.report() == "exited 129"
    assert alive_in_group(session.pid) == []
    session.slave = os.open(os.devnull, os.O_RDWR)


def test_a_line_lost_where_hangups_are_ignored_ends_the_app() -> None:
    with PtySession("sh", "-c", 'trap "" HUP; exec "$@"', "sh", *APP) as session:
        session.wait_for("nothing piped")
        os.close(session.slave)
        session.hang_up()
        assert session.report() == "exited 129"
        session.slave = os.open(os.devnull, os.O_RDWR)


def test_a_terminal_that_takes_nothing_more_does_not_keep_the_app_alive(session: PtySession) -> None:
    session.reading.clear()
    session.type("jd" * 400)
    session.signal(signal.SIGTERM)
    assert session.report() == "exited 143"
    assert termios.tcgetattr(session.slave) == session.attributes


@pytest.mark.parametrize("way", ["ctrl+z", "SIGTSTP"])
def test_suspending_gives_the_terminal_back_and_fg_brings_the_whole_screen(
    session: PtySession, way: str
) -> None:
    session.type("j")
    session.settle()
    before = cells(session.screen())
    if way == "ctrl+z":
        session.type("\x1a")
    else:
        session.signal(signal.SIGTSTP)
    assert session.report() == "stopped"
    session.assert_as_it_was()
    suspended = len(session.output)
    session.foreground()
    session.wait(lambda: "nothing piped" in session.text(suspended))
    session.settle()
    assert cells(session.screen(suspended)) == before
    session.type("q")
    assert session.report() == "exited 0"
    session.assert_as_it_was()


def test_a_screen_resized_while_suspended_is_whole_after_fg(session: PtySession) -> None:
    session.type("\x1a")
    assert session.report() == "stopped"
    session.resize(60, 20)
    suspended = len(session.output)
    session.foreground()
    session.wait(lambda: "nothing piped" in session.text(suspended))
    session.settle()
    assert "  16 почта" in session.text(suspended)
    assert "  17 " not in session.text(suspended)


def test_after_a_stop_that_nobody_could_see_coming_the_screen_is_whole(session: PtySession) -> None:
    before = cells(session.screen())
    os.killpg(session.pid, signal.SIGSTOP)
    assert session.report() == "stopped"
    termios.tcsetattr(session.slave, termios.TCSANOW, session.attributes)
    stopped = len(session.output)
    session.foreground()
    session.wait(lambda: "nothing piped" in session.text(stopped))
    session.settle()
    assert cells(session.screen(stopped)) == before
    session.type("q")
    assert session.report() == "exited 0"
    session.assert_as_it_was()


def test_a_program_started_by_the_app_has_the_terminal_and_its_ctrl_c_to_itself(session: PtySession) -> None:
    before = cells(session.screen())
    session.type("e")
    session.wait_for("elsewhere")
    assert session.modes_on() == {}
    elsewhere = len(session.output)
    session.type("\x03")
    session.wait(lambda: "nothing piped" in session.text(elsewhere))
    session.settle()
    assert cells(session.screen(elsewhere)) == before
    session.type("q")
    assert session.report() == "exited 0"
    session.assert_as_it_was()


@pytest.mark.parametrize("size", [(60, 20), (120, 40), (80, 24), (20, 6)])
def test_after_a_resize_the_screen_is_whole(session: PtySession, size: tuple[int, int]) -> None:
    session.resize(40, 30)
    session.settle()
    start = len(session.output)
    session.resize(*size)
    session.settle()
    seen = cells(session.screen(start))
    start = len(session.output)
    session.type("\x0c")
    session.wait(lambda: len(session.output) > start)
    session.settle()
    assert cells(session.screen(start)) == seen
    assert "0 Postfach voll" in session.text(start)


def test_ctrl_l_mends_a_screen_that_something_else_wrote_on(session: PtySession) -> None:
    before = cells(session.screen())
    os.write(session.slave, b"\x1b[H\x1b[7mbroadcast message from root\r\n\n\n\x1b[?25h")
    session.settle()
    assert cells(session.screen()) != before
    session.type("\x0c")
    session.settle()
    assert cells(session.screen()) == before
    assert session.modes_on()[25] is False


PATIENT = """
import runpy, sys
from bounce_tui.ui.driver import terminal_driver
terminal_driver.REPLY_S = 60.0
terminal_driver._SLOW_REPLY_S = 60.0
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_an_answer_that_comes_when_the_app_has_ended_is_not_typed_into_the_shell() -> None:
    command = (sys.executable, "-c", PATIENT, str(HERE / "driven_app.py"))
    with PtySession(*command, answers=False) as session:
        session.wait_for("nothing piped")
        session.type("qa\r")
        session.settle()
        assert termios.tcgetattr(session.slave) != session.attributes
        session.type(ANSWER.decode())
        assert session.report() == "exited 0"
        session.assert_as_it_was()
        assert session.text().strip() == ""


def test_a_held_key_leaves_little_to_draw_for_a_terminal_that_is_behind(session: PtySession) -> None:
    session.reading.clear()
    before = len(session.output)
    for _ in range(60):
        session.type("j")
        time.sleep(0.03)
    session.reading.set()
    session.settle()
    assert len(session.output) - before < 4_000
    assert "  60 " in session.text()
    session.type("q")
    assert session.report() == "exited 0"
    session.assert_as_it_was()


def test_leaving_while_the_terminal_is_behind_leaves_no_answer_to_the_shell() -> None:
    command = (sys.executable, "-c", PATIENT, str(HERE / "driven_app.py"))
    with PtySession(*command) as session:
        session.wait_for("nothing piped")
        session.settle()
        session.reading.clear()
        for _ in range(30):
            session.type("d")
            time.sleep(0.03)
        session.type("q")
        session.reading.set()
        assert session.report() == "exited 0"
        session.assert_as_it_was()


SHORT_OF_THREADS = """
import sys, threading
from bounce_tui.cli import main
class Thread(threading.Thread):
    def start(self):
        if self.name == "terminal-input":
            raise RuntimeError("can't start new thread")
        super().start()
threading.Thread = Thread
sys.argv = ["bounce-tui", "demo"]
main()
"""


def test_the_terminal_is_given_back_where_the_system_gives_no_thread_for_the_keys(tmp_path: Path) -> None:
    with PtySession(sys.executable, "-c", SHORT_OF_THREADS, HOME=str(tmp_path)) as session:
        assert session.report() == "exited 1"
        session.assert_as_it_was()
        assert "Traceback" not in session.text()
        assert "bounce-tui: too many threads: raise their limit (ulimit -u)" in session.text()


def test_too_few_open_files_are_named_in_one_line(tmp_path: Path) -> None:
    command = f'ulimit -n 12; exec "{sys.executable}" -m bounce_tui demo'
    with PtySession("sh", "-c", command, HOME=str(tmp_path)) as session:
        assert session.report() == "exited 1"
        session.assert_as_it_was()
        assert "bounce-tui: too many open files: raise their limit (ulimit -n)" in session.text()
        assert "Traceback" not in session.text()
