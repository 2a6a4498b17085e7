"""A hundred thousand rows: only what is on screen is ever drawn."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ui_session import Opening, Session

from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.row import Row
from bounce_tui.ui import held_key
from bounce_tui.ui.parts import cursor, open_bounce

ROWS = 100_000
HOURS = 36_000.0


def rows() -> Iterator[Row]:
    for number in range(ROWS):
        yield Row(
            "box.mbox", number, number, 1, "failed", f"2026-11-20T09:{number % 60:02d}:00Z", None, None, 1,
            f"user{number}@example.net", reason="user_unknown", reply_code="550", host="mx.example.net",
        )  # fmt: skip


def deliver(session: Session, arriving: list[Row]) -> None:
    session.triage.arriving.take(Arrivals(arriving, [], 1, 1, True, False, None))


async def drawn(session: Session, lines_drawn: Counter[str | None], *keys: str) -> int:
    """Lines of the list that were rendered for `keys`."""
    before = lines_drawn["bounces"]
    assert before
    await session.press(*keys)
    return lines_drawn["bounces"] - before


async def test_keys_draw_a_screenful_at_most_however_long_the_list(
    opening: Opening, lines_drawn: Counter[str | None]
) -> None:
    async with opening(size=(120, 40)) as session:
        deliver(session, list(rows()))
        await session.pilot.pause()
        height = session.triage.bounces.size.height
        # A move within the window draws the old row, the new row and the header.
        assert 0 < await drawn(session, lines_drawn, "j") <= 3
        assert 0 < await drawn(session, lines_drawn, "k") <= 3
        for key in ("G", "g", "ctrl+d", "ctrl+u", "O", "o", "o"):
            assert await drawn(session, lines_drawn, key) <= 2 * height, key
        assert session.triage.queue.focused is not None


async def test_the_end_of_the_list_is_one_key_away(opening: Opening) -> None:
    async with opening() as session:
        deliver(session, list(rows()))
        await session.press("G")
        assert f"{ROWS:,} of {ROWS:,}" in session.lines[1]
        assert "user99999@" in session.text
        await session.press("slash", *"user54321@", "enter")
        await session.until(lambda: session.triage.queue.focus == 54321, "the row is found")
        assert "> " in session.text


async def test_rows_that_arrive_below_the_window_draw_nothing_but_the_header(
    opening: Opening, lines_drawn: Counter[str | None]
) -> None:
    async with opening() as session:
        everything = list(rows())
        deliver(session, everything[:1000])
        await session.press("j", "j")
        before = session.lines[2:9]
        deliver(session, everything[1000:2000])
        assert await drawn(session, lines_drawn) <= 1
        assert session.lines[2:9] == before
        assert "3 of 2,000" in session.lines[1]


async def test_the_cursor_keeps_its_mail_when_rows_are_sorted_in_above_it(
    opening: Opening, mail: Path
) -> None:
    async with opening() as session:
        everything = list(rows())
        deliver(session, everything[30:60])
        await session.press("o", "j", "j")
        row = session.triage.queue.focused
        deliver(session, everything[:30])
        await session.pilot.pause()
        assert session.triage.queue.focused is row
        line = next(line for line in session.lines if line.startswith("> "))
        assert row is not None
        assert f"user{row.index}@" in line


async def test_while_a_key_is_held_no_other_mail_s_page_stands_beside_the_cursor(
    opening: Opening, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(mail) as session:
        screen = session.triage
        await session.until(lambda: first_line(session) != "…", "a page is shown")
        # Every move is that of a key held down, which never rests.
        monkeypatch.setattr(held_key, "HELD_S", HOURS)
        monkeypatch.setattr(open_bounce, "SETTLED_S", HOURS)
        monkeypatch.setattr(cursor, "HELD_S", HOURS)
        screen.action_move(1)
        assert first_line(session) != "…", "for a moment the page that was left stays"
        monkeypatch.setattr(cursor, "HELD_S", 0.0)
        screen.action_move(1)
        assert first_line(session) == "…"
        assert screen.view.failure_checks is None
        monkeypatch.setattr(open_bounce, "SETTLED_S", 0.01)
        screen.action_move(1)
        assert first_line(session) == "…"
        row = screen.queue.focused
        assert row is not None
        await session.until(lambda: screen.view.shows(row.message), "the page comes when the key rests")
        assert first_line(session) != "…"


def first_line(session: Session) -> str:
    return session.page[0]
