"""The reference on the keyboard: looked up from anywhere, opened at the rule that matched."""

import re
from pathlib import Path

import pytest
from textual import events
from ui_session import Opening, Session

from bounce_tui.diagnosis import rule_by_id
from bounce_tui.diagnosis.reference import read_reference
from bounce_tui.ui.keymap import read_keymap
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.reference import ReferenceScreen
from bounce_tui.ui.text.reference_text import entry_line
from bounce_tui.ui.widgets.entry_list import EntryList

SIZES = [(80, 24), (60, 20), (120, 40)]


def chosen(session: Session) -> str:
    screen = session.app.screen
    assert isinstance(screen, ReferenceScreen)
    entry = screen.query_one(EntryList).entry
    return entry.id if entry else ""


async def opened(session: Session) -> None:
    await session.until(
        lambda: isinstance(session.app.screen, ReferenceScreen) and chosen(session), "the reference is open"
    )


def page(session: Session) -> str:
    return session.text[session.text.index("Page") :]


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_opens_the_rule_that_matched_and_esc_comes_back_to_the_mail(
    opening: Opening, mail: Path, size: tuple[int, int]
) -> None:
    async with opening(mail, size=size) as session:
        await session.press("slash", *"ib104", "enter")
        row = session.triage.queue.focused
        before = session.triage.view.case
        await session.press("e")
        await opened(session)
        assert row is not None
        assert chosen(session) == row.rule == "godaddy-ib104-sbl"
        assert "1 of " in session.lines[0]
        assert "of this bounce" in session.lines[0]
        await session.until(lambda: "Spamhaus SBL" in page(session), "the page of the rule")
        await session.press("j")
        assert chosen(session) == row.reason
        await session.press("escape")
        assert session.app.screen is session.triage
        assert session.triage.queue.focused is row
        assert session.triage.view.case is before


@pytest.mark.parametrize("size", SIZES)
async def test_ctrl_f_looks_up_while_one_types(opening: Opening, mail: Path, size: tuple[int, int]) -> None:
    async with opening(mail, size=size) as session:
        await session.press("ctrl+f")
        await opened(session)
        total = len(read_reference())
        assert f"1 of {total:,}" in session.lines[0]
        counts = []
        for key in "5.7.26":
            await session.press(key)
            counts.append(int(re.findall(r"of ([\d,]+): ", session.lines[0])[0].replace(",", "")))
        assert counts == sorted(counts, reverse=True)
        assert chosen(session) == "X.7.26"
        assert "look up: 5.7.26_" in session.lines[-1]
        await session.press("down")
        assert rule_by_id(chosen(session)).status == "5.7.26"
        assert "look up: 5.7.26_" in session.lines[-1]
        await session.press("up", "enter")
        assert "[Page]" in session.text
        assert "RFC 7372" in session.text
        await session.press("escape")
        assert session.app.screen is session.triage


async def test_while_a_key_is_held_down_the_page_waits_and_then_shows_where_it_rests(
    opening: Opening,
) -> None:
    async with opening() as session:
        await session.press("ctrl+f")
        await opened(session)
        await session.press("escape", *"jjjjjj")
        rests = read_reference()[6].id
        assert chosen(session) == rests
        await session.until(lambda: f" {rests} " in page(session), "the page of the entry")


async def test_words_that_nothing_holds_say_so_and_fewer_bring_the_entries_back(opening: Opening) -> None:
    async with opening() as session:
        await session.press("ctrl+f")
        await opened(session)
        await session.press(*"zwrzl")
        assert "Nothing holds all of: zwrzl" in session.text
        await session.press("ctrl+u")
        assert chosen(session) == read_reference()[0].id
        await session.press("escape", "G")
        assert chosen(session) == read_reference()[-1].id


async def test_from_the_entries_of_a_bounce_to_all_of_them_the_choice_stays(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        await session.press("e")
        await opened(session)
        rule = chosen(session)
        assert "1 of " in session.lines[0]
        await session.press("ctrl+f", "escape")
        assert f"of {len(read_reference()):,}" in session.lines[0]
        assert chosen(session) == rule


async def test_the_page_is_searched_read_whole_and_says_where_the_rule_is_written(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        await session.press("slash", *"ib104", "enter", "e")
        await opened(session)
        await session.press("enter", "enter", "G")
        # A long path is broken anywhere.
        await session.until(
            lambda: re.search(r"godaddy\.toml:\d+", "".join(session.text.split())), "the place in the file"
        )
        assert "Reference" not in session.lines[0]
        await session.press("slash", *"resend", "enter")
        found = next(line for line in session.lines if line.startswith(">"))
        assert "Resend" in found
        await session.press("tab")
        assert "[Reference]" in session.lines[0]
        await session.press("n")
        assert chosen(session) == "blocklisted"


async def test_where_nothing_failed_no_rule_is_shown(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("e")
        assert "no rule matched; ctrl+f looks others up" in session.lines[-1]
        assert session.app.screen is session.triage


async def test_the_palette_leads_there_and_pasted_words_narrow(opening: Opening) -> None:
    async with opening() as session:
        await session.press("colon", *"look up", "enter")
        await opened(session)
        session.app.screen.on_paste(events.Paste("ib104\nmore"))
        await session.pilot.pause()
        assert chosen(session) == "godaddy-ib104-sbl"


async def test_the_keys_are_those_of_the_users_keymap(opening: Opening, mail: Path) -> None:
    keys, faults = read_keymap({"reference": ["f3"], "explain": ["E"], "down": ["s", "f8"], "summary": []})
    assert not faults
    async with opening(mail / "k12-2-mailbox-full.eml", preferences=AppPreferences(keys=keys)) as session:
        await session.press("E")
        await opened(session)
        assert "f3 look up" in session.lines[-1]
        await session.press("f3", "s")
        assert "look up: s_" in session.lines[-1]
        assert "f8 choose" in session.lines[-1]
        before = chosen(session)
        await session.press("f8")
        assert chosen(session) != before


async def test_ctrl_f_belongs_to_a_form_that_is_open(opening: Opening, mail: Path) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        await session.press("i", "ctrl+f")
        assert not isinstance(session.app.screen, ReferenceScreen)


@pytest.mark.parametrize("width", [20, 40, 58, 78, 118])
def test_lines_keep_to_the_width(width: int) -> None:
    from rich.cells import cell_len

    for entry in read_reference():
        text = "".join(span.text for span in entry_line(entry, width))
        assert cell_len(text) <= max(width, 30), (entry.id, text)
