"""Loading on the screen: progress, cancel, and an app that can be used meanwhile."""

import os
from collections import Counter
from pathlib import Path

import pytest
from held_mail import SAMPLE, held_mail, reading
from ui_session import Opening, Session, threads_end
from worker_processes import worker_processes

from bounce_tui.ui.app import BounceApp


async def test_the_list_can_be_used_while_it_loads_and_escape_stops_it() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            assert "esc stops" in session.lines[-1]
            await session.press("j", "j")
            assert session.triage.queue.focus == 2
            await session.press("escape")
            await session.until(
                lambda: "loading was stopped" in session.lines[-1], "it says that it was stopped"
            )
            assert 0 < len(session.triage.queue) < 1000
            assert session.triage.queue.focus == 2
            await session.press("q")


async def test_a_page_tells_of_the_mail_that_was_read_after_it() -> None:
    earlier = SAMPLE.read_bytes().replace(b"17 Nov 2026", b"16 Nov 2026")
    with held_mail(1000, earlier) as held:
        async with reading(held) as session:
            await session.finished()
            assert not any("failed once before" in line for line in session.page)
            held.end()
            await session.until(
                lambda: any("This address failed once before" in line for line in session.page), "it is told"
            )


async def test_leaving_while_it_loads_leaves_nothing_behind() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press("q")
        await threads_end("loading")
        assert worker_processes() == []


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


async def test_once_all_is_loaded_no_timer_is_left(
    opening: Opening, mail: Path, lines_drawn: Counter[str | None]
) -> None:
    async with opening(mail) as session:
        await session.finished()
        await session.until(lambda: not list(session.app.workers), "its page and its neighbours are done")
        await session.pilot.pause()
        drawn = lines_drawn.copy()
        assert drawn["bounces"]
        await session.pilot.pause(0.5)
        assert lines_drawn == drawn


async def test_the_page_of_what_is_refused_says_that_reading_goes_on_and_keeps_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with held_mail(1000) as held:
        app = BounceApp(("-", "nowhere.eml"), stdin=held.stream, nameserver="127.0.0.1:9")
        async with app.run_test(size=(80, 24)) as pilot:
            session = Session(app, pilot)
            await session.until(lambda: session.triage.queue, "the first rows are there")
            await session.press("R")
            assert "Still reading; what cannot be read is added here." in session.text
            assert "nowhere.eml" not in session.text
            held.end()
            await session.until(lambda: "Still reading" not in session.text, "reading has ended")
            assert "nowhere.eml" in session.text


async def test_the_page_of_what_is_refused_says_that_nothing_was_while_reading_goes_on() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press("R")
            assert "So far everything could be read." in session.text
            held.end()
            await session.until(lambda: "Still reading" not in session.text, "reading has ended")
            assert "Everything could be read." in session.text


async def test_after_a_stop_the_page_of_what_is_refused_says_so() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press("escape")
            await session.until(lambda: "loading was stopped" in session.lines[-1], "it is stopped")
            await session.press("R")
            assert "Loading was stopped" in session.text
            assert "So far everything could be read." in session.text


@pytest.mark.parametrize("keys", [("f",), ("f", "x"), ("slash",)])
async def test_leaving_a_line_that_was_emptied_stops_no_loading(keys: tuple[str, ...]) -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press(*keys, "backspace", "backspace", "escape")
            assert "stopped" not in session.lines[-1]
            held.end()
            await session.until(lambda: len(session.triage.queue) == 1000, "all is loaded")
