"""Keys come in the order in which they were typed, however fast."""

from pathlib import Path

import pytest
from textual import events
from ui_session import Opening, Session

from bounce_tui.ui.line_edit import LONGEST, LONGEST_PROSE, LineEdit


def type_at_once(session: Session, *keys: str) -> None:
    """All keys in one go, as a slow line delivers them."""
    for key in keys:
        session.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_keys_that_arrive_together_do_what_they_do_one_by_one(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        queue = session.triage.queue
        hit = next(place for place, row in enumerate(queue) if row.reason == "greylisted")
        type_at_once(session, "j", "j", "slash", *"greylisted", "enter", "j", "k", "k")
        await session.until(lambda: queue.focus == hit - 1, "the search, then three moves")
        type_at_once(session, "slash", *"no such", "escape", "g")
        await session.until(lambda: queue.focus == 0, "escape closes the prompt, g goes to the top")


async def test_a_command_typed_blind_into_the_palette_runs(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        type_at_once(session, "colon", *"reverse the order", "enter", "G")
        await session.until(lambda: session.triage.queue.is_reversed, "the order is turned")
        await session.until(
            lambda: session.triage.queue.focus == len(session.triage.queue) - 1, "and G still works"
        )


async def test_a_command_right_after_a_move_is_about_the_mail_under_the_cursor(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        type_at_once(session, "slash", *"ib104", "enter", "c")
        await session.until(lambda: "STILL HOLDS" in session.text, "its own checks ran")
        row, work = session.triage.queue.focused, session.triage.view.failure_checks
        assert row is not None
        assert work is not None
        assert work.case.message == row.message


@pytest.mark.parametrize(("key", "longest"), [("slash", LONGEST), ("t", LONGEST_PROSE)])
async def test_a_line_that_takes_no_more_says_so(
    opening: Opening, mail: Path, key: str, longest: int
) -> None:
    async with opening(mail) as session:
        await session.press(key)
        session.app.post_message(events.Paste("x" * (longest - 1)))
        await session.until(lambda: "xxx_" in session.text, "the words are in the prompt")
        assert "full:" not in session.text
        await session.press("x")
        assert f"full: {longest:,} characters at most" in " ".join(session.text.split())
        await session.press("backspace")
        assert "full:" not in session.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_of_a_long_note_the_line_that_one_types_in_stays_in_sight(
    opening: Opening, mail: Path, size: tuple[int, int]
) -> None:
    async with opening(mail, size=size) as session:
        await session.press("t")
        session.app.post_message(events.Paste("called the hoster, who looks into it; " * 50 + "ticket 2217"))
        await session.until(lambda: "2217_" in session.text, "the end of the note")
        before, most = session.lines, size[1] // 3
        assert before[-most].startswith(" note: called the hoster")
        await session.press("a")
        assert [line for line in session.lines if line not in before] == [session.lines[-1]]
        assert session.lines[-1].rstrip().endswith("2217a_")


async def test_a_note_that_is_longer_than_one_can_type_is_not_cut(opening: Opening, mail: Path) -> None:
    line = LineEdit("x" * (LONGEST_PROSE + 1), prose=True)
    line.paste("more")
    line.take("y", "y")
    assert line.text == "x" * (LONGEST_PROSE + 1)


async def test_text_pasted_over_the_list_is_no_command(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        session.app.post_message(events.Paste("qqq\nq"))
        await session.until(lambda: "bounce-tui explain -" in session.lines[-1], "it says what reads a reply")
        await session.press("slash")
        session.app.post_message(events.Paste("greylisted\nqqq"))
        await session.until(lambda: "greylisted_" in session.lines[-1], "the first line is in the prompt")
        await session.press("enter")
        row = session.triage.queue.focused
        assert row is not None
        assert row.reason == "greylisted"


async def test_all_lines_of_a_pasted_note_are_taken(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("t")
        session.app.post_message(events.Paste("called the hoster\n  ticket 2217\n"))
        await session.until(lambda: "note: called the hoster ticket 2217_" in session.lines[-1], "all of it")


@pytest.mark.parametrize(
    ("keys", "text", "outcome"),
    [
        ("abc", "abc", "edited"),
        (["a", "b", "backspace"], "a", "edited"),
        (["a", "ctrl+u"], "", "edited"),
        ([*"two words", "ctrl+w"], "two", "edited"),
        (["a", "enter"], "a", "done"),
        (["a", "escape"], "a", "left"),
        (["backspace"], "", "edited"),
        (["a", "ctrl+c"], "a", "not mine"),
        (["a", "up"], "a", "ignored"),
        ("x" * (LONGEST + 5), "x" * LONGEST, "ignored"),
    ],
)
def test_a_line_is_edited_at_its_end(keys: list[str], text: str, outcome: str) -> None:
    line = LineEdit()
    last = ""
    for key in keys:
        last = line.take(key, key if len(key) == 1 else None)
    assert (line.text, last) == (text, outcome)
