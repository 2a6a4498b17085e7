"""The filter of the list, typed on the keyboard."""

from collections import Counter
from pathlib import Path

import pytest
from ui_session import Opening, Session

from bounce_tui.triage.row import outcomes_of


async def typed(session: Session, text: str) -> None:
    await session.press("f", "ctrl+u", *(_KEYS.get(char, char) for char in text))


_KEYS = {
    ":": "colon",
    "!": "exclamation_mark",
    "&": "ampersand",
    " ": "space",
    "_": "underscore",
    "|": "vertical_line",
}


async def test_f_shows_what_passes_and_the_header_says_how_many(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        total = session.triage.queue.total
        await typed(session, "reason:mailbox_full")
        await session.press("enter")
        queue = session.triage.queue
        assert len(queue) > 1
        assert all("mailbox_full" in {outcome.reason for outcome in outcomes_of(row)} for row in queue)
        assert f"1 of {len(queue)}, {total} in all: reason:mailbox_full" in session.text
        await session.until(lambda: "Mailbox full" in session.text, "the detail follows")
        await typed(session, "")
        await session.press("enter")
        assert len(queue) == total


async def test_the_cursor_stays_on_its_mail(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("G")
        row = session.triage.queue.focused
        assert row is not None
        assert row.reason is not None
        await typed(session, f"reason:{row.reason}")
        await session.press("enter")
        assert session.triage.queue.focused == row


async def test_a_fault_is_told_while_it_is_typed_and_the_list_stays(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        total = len(session.triage.queue)
        await typed(session, "resaon:spam ")
        assert "did you mean reason:? (at 1)" in session.notice
        await session.press("enter")
        assert len(session.triage.queue) == total
        assert session.notice.startswith("filter: resaon:spam _")
        await session.press("ctrl+u", *"status", "colon")
        assert "a value is missing" not in session.notice
        await session.press("enter")
        assert "filter: status:_  a value is missing, as in status:5.7 (at 8)" in session.notice
        await session.press("escape", "f", "ctrl+u", "left_parenthesis", *"hard")
        assert "this bracket is never closed" in session.notice


async def test_a_mistyped_term_is_asked_about_and_stays_a_word(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await typed(session, "hrad")
        await session.press("enter")
        assert not session.triage.queue
        assert "did you mean hard?" in session.notice
        await session.until(lambda: "hrad is read as a word" in session.text, "the pane says so, too")
        await typed(session, "!hrad")
        await session.press("enter")
        assert session.triage.queue
        assert "did you mean hard?" in session.notice


async def test_tab_completes_from_what_is_loaded_and_goes_on(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await typed(session, "rea")
        await session.press("tab")
        await session.until(lambda: "filter: reason:_" in session.notice, "the name is completed")
        await session.press("m", "a", "i", "l", "b", "tab")
        await session.until(lambda: "filter: reason:mailbox_full _" in session.notice, "the value is")
        await session.press("h", "a", "tab")
        await session.until(
            lambda: "filter: reason:mailbox_full hard _" in session.notice, "the next term is"
        )
        await session.press("escape")
        assert not session.triage.queue.is_filtered


async def test_tab_goes_through_the_values_the_most_frequent_first(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        counts = Counter(row.reason for row in session.triage.queue if row.reason)
        first, second, *_ = [reason for reason, _ in counts.most_common()]
        await typed(session, "reason:")
        await session.press("tab")
        await session.until(lambda: f"filter: reason:_  {first}  {second}  " in session.notice, "told")
        await session.press("tab", "tab")
        assert session.notice.startswith(f"filter: reason:{second}_  {first}")
        await session.press("enter")
        assert {row.reason for row in session.triage.queue} == {second}


@pytest.mark.parametrize("name", ["from", "to", "file", "status", "mta", "domain", "code", "provider"])
async def test_values_come_from_the_rows_that_are_loaded(opening: Opening, mail: Path, name: str) -> None:
    async with opening(mail) as session:
        await typed(session, f"{name}:")
        await session.press("tab", "tab")
        await session.until(lambda: f"filter: {name}:_" not in session.notice, "a value is filled in")
        await session.press("enter")
        assert 0 < len(session.triage.queue) < session.triage.queue.total


async def test_on_an_empty_line_tab_tells_every_term(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(60, 20)) as session:
        await typed(session, "")
        await session.press("tab")
        for words in ("reason:", "age<", "marked", "earlier"):
            await session.until(lambda words=words: words in "\n".join(session.lines[-6:]), words)


async def test_the_filter_is_taken_back_with_u(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        total = session.triage.queue.total
        await typed(session, "hard")
        await session.press("enter", "u")
        assert len(session.triage.queue) == total
        assert session.notice == "taken back: filter hard"
        await typed(session, "hard")
        await session.press("enter", "escape", "u")
        assert session.triage.queue.is_filtered
        assert session.notice == "taken back: lifting the filter hard"


async def test_the_header_tells_shown_all_and_marked_apart(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(100, 30)) as session:
        total = session.triage.queue.total
        await session.press("space", "space")
        await typed(session, "reason:mailbox_full")
        await session.press("enter")
        shown = len(session.triage.queue)
        assert f"1 of {shown}, {total} in all, 2 marked: reason:mailbox_full" in session.lines[1]


async def test_where_nothing_passes_the_page_says_so_and_the_way_back(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await typed(session, "nobodyatall")
        await session.press("enter")
        assert "No mail passes the filter" in session.text
        assert f"none shown, {session.triage.queue.total} in all: nobodyatall" in session.text
        await session.press("j", "c", "i", "v", "o")
        await session.press("f", "ctrl+u", "enter")
        assert len(session.triage.queue) == session.triage.queue.total
        await session.until(lambda: session.triage.view.case is not None, "a bounce is open again")


async def test_a_filter_that_nothing_passes_does_not_lose_the_cursors_place(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        await session.press(*"jjjjjjj")
        row = session.triage.queue.focused
        for lift in ("escape", "u", "f"):
            await typed(session, "to:nobody@at.all" if lift != "u" else "to:noone")
            await session.press("enter")
            assert "nothing passes" in session.notice
            if lift == "f":
                await typed(session, "")
                await session.press("enter")
            else:
                await session.press(lift)
            assert session.triage.queue.focused == row
            assert row is not None
            await session.until(lambda: session.triage.view.shows(row.message), "its page is shown again")
