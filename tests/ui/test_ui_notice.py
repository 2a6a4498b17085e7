"""What is told at the bottom of a screen is whole, and gone with the next key."""

from pathlib import Path

import pytest
from ui_session import Opening, Session

SIZES = [(60, 20), (80, 24), (120, 40)]


def at_the_bottom(session: Session) -> str:
    """The last third of the screen as running text."""
    lines = session.lines
    return " ".join(" ".join(lines[-(len(lines) // 3) :]).split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys",
    [
        ("y",),
        ("x",),
        ("x", "tab"),
        ("vertical_line",),
        ("slash",),
        ("p",),
        ("d",),
        ("f", *"frm", "colon", *"bob", "space"),
        ("f", *"status", "colon", "y", "enter"),
        ("f", *"nobodyatall", "enter"),
        ("z", "c"),
    ],
)
async def test_what_is_asked_and_told_is_whole_at_every_size(
    opening: Opening, mail: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with opening(mail, size=size) as session:
        await session.press(*keys)
        whole = " ".join(session.notice.split())
        await session.until(lambda: whole in at_the_bottom(session), whole)


async def test_a_notice_of_several_lines_moves_nothing_and_leaves_what_it_covered(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail, size=(60, 20)) as session:
        before = session.lines
        await session.press("x")
        await session.until(lambda: session.lines[-2].startswith(" export"), "two lines are asked")
        assert session.lines[:-2] == before[:-2]
        await session.press("escape")
        await session.until(lambda: session.lines == before, "the screen is as it was")


async def test_keys_on_offer_stay_on_one_line_and_are_left_out_whole(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(60, 20)) as session:
        hints = session.triage.hint().split("  ")
        shown = session.lines[-1].strip().split("  ")
        assert shown == hints[: len(shown)]


@pytest.mark.parametrize("key", ["j", "o", "O", "tab", "enter", "f12"])
async def test_what_was_told_is_over_with_the_next_key_whatever_it_does(
    opening: Opening, mail: Path, key: str
) -> None:
    async with opening(mail) as session:
        await session.press("n")
        assert "nothing to search for" in session.notice
        await session.press(key)
        assert "nothing to search for" not in session.notice
        assert "nothing to search for" not in session.text
