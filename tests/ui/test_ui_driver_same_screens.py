"""A whole session shows the same screens with and without sending only what changed."""

import sys
from collections.abc import Callable

import pytest
from pty_session import HERE, PtySession, cells

APP = (sys.executable, str(HERE / "driven_app.py"))


def suspend_and_come_back(session: PtySession) -> None:
    session.type("\x1a")
    assert session.report() == "stopped"
    session.foreground()
    session.wait(lambda: 1049 in session.modes_on())


STEPS: list[Callable[[PtySession], None]] = [
    lambda session: session.type("jjj"),
    lambda session: session.type("ddd"),
    lambda session: session.type("u"),
    lambda session: session.resize(60, 20),
    lambda session: session.type("dd"),
    lambda session: session.resize(121, 33),
    suspend_and_come_back,
    lambda session: session.type("j"),
    # The driven app's field takes keys once it has the focus: what is typed in the same breath may miss it.
    lambda session: session.type("\t"),
    lambda session: session.type("日本 cafe\u0301 語\x1b[D\x1b[D"),
    lambda session: session.resize(33, 9),
    lambda session: session.type("\x0c"),
]


def seen(session: PtySession) -> tuple[object, ...]:
    screen = session.screen()
    return cells(screen), min(screen.cursor.x, screen.columns - 1), screen.cursor.y, screen.cursor.hidden


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "linux", "vt100"])
def test_every_step_of_a_session_shows_the_same_screen_for_fewer_bytes(term: str) -> None:
    with PtySession(*APP, TERM=term, BOUNCE_TUI_NO_DIFF="1") as whole, PtySession(*APP, TERM=term) as least:
        for session in (whole, least):
            session.wait_for("nothing")
        for number, step in enumerate(STEPS):
            for session in (whole, least):
                step(session)
            for session in (whole, least):
                session.settle()
            wanted = f"after step {number} the screen\n{whole.text()}\ncursor {seen(whole)[1:]}"
            least.wait(lambda: seen(whole) == seen(least), wanted)
        assert len(least.output) * 2 < len(whole.output)
