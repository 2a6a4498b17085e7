"""The filter of the list, typed on the keyboard."""

from pathlib import Path

from ui_session import Opening, Session


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
        assert {row.reason for row in queue} == {"mailbox_full"}
        assert f"1 of {len(queue)} of {total}: reason:mailbox_full" in session.text
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
        assert "did you mean reason:? (at 1)" in session.lines[-1]
        await session.press("enter")
        assert "f shows it again" in session.lines[-1]
        assert len(session.triage.queue) == total
        await typed(session, "(hard")
        assert "this bracket is never closed" in session.lines[-1]


async def test_tab_completes_from_what_is_loaded_and_goes_on(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await typed(session, "rea")
        await session.press("tab")
        assert "filter: reason:_" in session.lines[-1]
        await session.press("m", "a", "i", "l", "b", "tab")
        assert "filter: reason:mailbox_full_" in session.lines[-1]
        await session.press("escape")
        assert not session.triage.queue.is_filtered


async def test_where_nothing_passes_the_page_says_so_and_the_way_back(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await typed(session, "nobodyatall")
        await session.press("enter")
        assert "No mail passes the filter" in session.text
        assert "0 of 0 of" in session.text
        await session.press("j", "c", "i", "v", "o")
        await session.press("f", "ctrl+u", "enter")
        assert len(session.triage.queue) == session.triage.queue.total
        await session.until(lambda: session.triage._case is not None, "a bounce is open again")
