"""Loading on the screen: progress, cancel, and an app that can be used meanwhile."""

import os
from pathlib import Path

import pytest
from ui_session import Opening, Session, threads_end

from bounce_tui.ui.app import BounceApp

SEPARATOR = b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"


@pytest.fixture
def big_box(tmp_path: Path, mail: Path) -> Path:
    """An mbox that takes seconds to read."""
    raw = (mail / "family-postfix.eml").read_bytes().replace(b"\nFrom ", b"\n>From ")
    box = tmp_path / "big.mbox"
    box.write_bytes((SEPARATOR + raw + b"\n") * 8000)
    return box


async def test_the_list_can_be_used_while_it_loads_and_escape_stops_it(big_box: Path) -> None:
    app = BounceApp((str(big_box),), nameserver="127.0.0.1:9")
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until(lambda: session.triage.queue, "the first rows are there")
        assert "esc stops" in session.lines[-1]
        await session.press("j", "j")
        assert session.triage.queue.focus == 2
        await session.press("escape")
        await session.until(lambda: "loading was stopped" in session.lines[-1], "it says that it was stopped")
        assert 0 < len(session.triage.queue) < 8000
        assert session.triage.queue.focus == 2
        await session.press("q")


async def test_leaving_while_it_loads_leaves_nothing_behind(big_box: Path) -> None:
    import multiprocessing

    app = BounceApp((str(big_box),), nameserver="127.0.0.1:9")
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until(lambda: session.triage.queue, "the first rows are there")
        await session.press("q")
    await threads_end("loading")
    assert not multiprocessing.active_children()


async def test_what_is_no_file_is_named_and_not_waited_for(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.eml")
    async with opening("pipe.eml") as session:
        await session.press("R")
        assert "pipe.eml" in session.text


async def test_a_mail_that_vanishes_after_loading_says_so(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    for number in range(9):
        (tmp_path / f"{number}.eml").write_bytes((mail / "k12-2-mailbox-full.eml").read_bytes())
    async with opening(tmp_path) as session:
        (tmp_path / "8.eml").unlink()
        await session.press("G")
        await session.until(lambda: "Cannot be read" in session.text, "it says so")
        for key in ("c", "i", "v", "escape", "right", "enter", "escape", "g"):
            await session.press(key)
        await session.until(lambda: "Mailbox full" in session.text, "the others are fine")


async def test_once_all_is_loaded_no_timer_is_left(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.until(lambda: session.triage._opened, "the mail is open")
        await session.pilot.pause(0.3)
        drawn = [pane.rows_drawn for pane in session.triage.query("LinePane")]  # type: ignore[attr-defined]
        await session.pilot.pause(0.5)
        assert drawn == [pane.rows_drawn for pane in session.triage.query("LinePane")]  # type: ignore[attr-defined]
