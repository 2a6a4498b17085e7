"""The real app on a real pseudo-terminal: it ends, pauses and comes back as the driver promises."""

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_session import PtySession, alive_in_group, cells

from bounce_tui.locations import shipped

DEMO = (sys.executable, "-m", "bounce_tui", "demo")
HELP_LINE = "q quit"
F12 = "\x1b[24~"


def mbox(path: Path, messages: int) -> Path:
    """An mbox that takes a while to load."""
    report = (
        "From MAILER-DAEMON Fri Nov 20 09:14:02 2026\n"
        "From: MAILER-DAEMON@mx.example.org\nTo: a@example.org\nSubject: Undelivered Mail\n\n"
        "<b@example.net>: host mx.example.net said: 550 5.1.1 User unknown\n" + "filler line\n" * 40 + "\n"
    )
    path.write_text(report * messages)
    return path


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[PtySession]:
    with PtySession(*DEMO, HOME=str(tmp_path)) as session:
        session.wait_for(HELP_LINE)
        session.wait_for(" failed, ")
        session.settle()
        yield session


def test_q_ends_the_app_without_a_trace(demo: PtySession) -> None:
    demo.type("q")
    assert demo.report() == "exited 0"
    demo.assert_as_it_was()
    assert alive_in_group(demo.pid) == []
    assert demo.text().strip() == ""


def test_what_could_not_be_read_is_named_once_more_when_the_screen_is_given_back(tmp_path: Path) -> None:
    good, missing = tmp_path / "good.eml", tmp_path / "no\x1bsuch.eml"
    good.write_text("Subject: Lunch\nFrom: a@example.org\n\nAt noon?\n")
    command = (sys.executable, "-m", "bounce_tui", str(good), str(missing))
    with PtySession(*command, HOME=str(tmp_path)) as session:
        session.wait_for(HELP_LINE)
        session.wait_for("1 refused")
        session.type("q")
        assert session.report() == "exited 1"
        session.assert_as_it_was()
        assert alive_in_group(session.pid) == []
        assert "such.eml: " in session.text().replace("\n", "")
        assert "no\\x1bsuch" in session.text().replace("\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_app_without_a_trace(demo: PtySession, number: signal.Signals) -> None:
    demo.signal(number)
    assert demo.report() == f"exited {128 + number}"
    demo.assert_as_it_was()
    assert alive_in_group(demo.pid) == []
    assert demo.text().strip() == ""


def test_what_a_prompt_had_covered_is_drawn_again_on_a_narrow_screen(tmp_path: Path) -> None:
    with PtySession(*DEMO, size=(60, 20), HOME=str(tmp_path)) as session:
        session.wait_for(HELP_LINE)
        session.settle()
        for keys, then in (
            ("fnobodyatall", "\r"),
            ("f\x15" + "e" * 50, "\x1b"),
            ("f\x15", "\r"),
            ("x", "\x1b"),
            ("y", "z"),
            ("tx" + "long note " * 9, "\r"),
            ("c", "j"),
            ("cx", "\x1b"),
        ):
            session.type(keys)
            session.settle()
            session.type(then)
            session.settle()
            # What is told is over with any key, and ctrl+l is one.
            session.type(F12)
            session.settle()
            before = cells(session.screen())
            session.type("\x0c")
            session.settle()
            assert cells(session.screen()) == before, f"after {keys!r} and {then!r}"


def test_a_lost_line_ends_the_app_and_all_its_processes(demo: PtySession) -> None:
    os.close(demo.slave)
    demo.hang_up()
    assert demo.report() == "exited 129"
    assert alive_in_group(demo.pid) == []
    demo.slave = os.open(os.devnull, os.O_RDWR)


def test_ctrl_z_gives_the_terminal_back_and_fg_brings_the_whole_screen(demo: PtySession) -> None:
    demo.type("jjj")
    demo.settle()
    before = cells(demo.screen())
    demo.type("\x1a")
    assert demo.report() == "stopped"
    demo.settle()
    assert demo.modes_on() == {}
    assert termios.tcgetattr(demo.slave) == demo.attributes
    suspended = len(demo.output)
    demo.foreground()
    demo.wait(lambda: cells(demo.screen(suspended)) == before, "the screen as it was")


def test_ctrl_l_changes_nothing_and_mends_what_something_else_wrote(demo: PtySession) -> None:
    before = cells(demo.screen())
    os.write(demo.slave, b"\x1b[5;5H\x1b[41mbroadcast message\x1b[m\r\n\n")
    demo.settle()
    assert cells(demo.screen()) != before
    demo.type("\x0c")
    demo.wait(lambda: cells(demo.screen()) == before, "the screen as it was")


def test_nothing_is_sent_while_nothing_happens(demo: PtySession) -> None:
    before = len(demo.output)
    time.sleep(1.25)  # a clock, or a cursor that blinks, would have drawn by then
    assert demo.output[before:] == b""


@pytest.mark.parametrize("way", ["q", "SIGTERM", "SIGKILL", "line"])
def test_no_process_outlives_an_app_that_is_still_loading(tmp_path: Path, way: str) -> None:
    big = mbox(tmp_path / "big.mbox", 60_000)
    with PtySession(sys.executable, "-m", "bounce_tui", str(big), HOME=str(tmp_path)) as session:
        session.wait_for(HELP_LINE)
        if way == "q":
            session.type("q")
        elif way == "line":
            os.close(session.slave)
            session.hang_up()
            session.slave = os.open(os.devnull, os.O_RDWR)
        else:
            session.signal(signal.Signals[way])
        expected = {"q": "exited 0", "SIGTERM": "exited 143", "SIGKILL": "exited -9", "line": "exited 129"}
        assert session.report() == expected[way]
        session.wait(lambda: alive_in_group(session.pid) == [], "the end of every process")
        if way in ("q", "SIGTERM"):
            session.assert_as_it_was()


def test_the_samples_show_the_same_screens_for_fewer_bytes_and_ctrl_l_changes_none(tmp_path: Path) -> None:
    command = (
        sys.executable,
        "-m",
        "bounce_tui",
        "--nameserver",
        "127.0.0.1:9",
        str(shipped("samples") / "mail"),
    )
    home = str(tmp_path)
    with (
        PtySession(*command, HOME=home, BOUNCE_TUI_NO_DIFF="1") as whole,
        PtySession(*command, HOME=home) as least,
    ):
        for session in (whole, least):
            session.wait_for(HELP_LINE)
            session.settle()
        for keys in (
            "G",
            "g",
            "j" * 9,
            "\x04",
            "\x04\x04",
            "G",
            "?",
            "\x1b",
            "k",
            "/school\r",
            "n",
            "\x1b",
            "\t",
        ):
            for session in (whole, least):
                session.type(keys)
            for session in (whole, least):
                session.settle()
            wanted = f"after {keys!r} the screen\n{whole.text()}"
            least.wait(lambda: cells(whole.screen()) == cells(least.screen()), wanted)
            before = cells(least.screen())
            least.type("\x0c")
            least.settle()
            assert cells(least.screen()) == before, f"after {keys!r} and ctrl+l"
        assert len(least.output) < len(whole.output)
