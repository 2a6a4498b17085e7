"""Causes and summary on the keyboard, on the real samples."""

from pathlib import Path

import pytest
from ui_session import Opening

from bounce_tui.triage.causes import cause_of, group
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.text.cause_text import cause_line, summary


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_z_groups_and_enter_shows_the_mails_of_one_cause(
    opening: Opening, mail: Path, size: tuple[int, int]
) -> None:
    async with opening(mail, size=size) as session:
        groups = group(session.triage.queue)
        await session.press("z")
        assert isinstance(session.app.screen, CausesScreen)
        assert f"1 of {len(groups)}" in session.text
        assert str(groups[0].mails) in session.lines[1]
        await session.press("j", "enter")
        queue = session.triage.queue
        assert len(queue) == groups[1].mails
        assert {cause_of(row) for row in queue} == {groups[1].cause}
        for back in ("escape", "z"):
            await session.press(back)
            assert f"1 of {len(groups)}" in session.text
            await session.press("j", "enter")
            assert len(queue) == groups[1].mails
        await session.press("f", "enter")
        assert not queue.is_filtered


async def test_back_from_the_causes_changes_nothing(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("z", "G", "escape")
        assert not session.triage.queue.is_filtered


async def test_where_nothing_failed_there_is_nothing_to_group(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("z")
        assert "nothing to group" in session.lines[-1]
        await session.press("s")
        assert "No failure among these mails" in session.text


async def test_s_counts_what_is_shown_in_bars(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await session.press("s")
        assert "failures in" in session.text
        for heading in ("Why", "Who refused", "Who sent", "Sent from"):
            assert heading in session.text
        assert "###" in session.text


@pytest.mark.parametrize("width", [24, 40, 60, 80, 200])
async def test_lines_of_causes_keep_to_the_width(opening: Opening, mail: Path, width: int) -> None:
    async with opening(mail) as session:
        rows = list(session.triage.queue)
    for one in group(rows):
        text = "".join(span.text for span in cause_line(one, width))
        assert len(text) <= max(width, 30)
    for line in summary(width, rows):
        assert len("".join(span.text for span in line)) <= max(width, 50)
