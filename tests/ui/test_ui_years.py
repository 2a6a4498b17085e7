"""No date leaves in doubt which year it is of, whenever it is looked at."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from ui_session import Opening

from bounce_tui.triage.causes import group
from bounce_tui.triage.row import Row
from bounce_tui.ui.text.cause_text import cause_line
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.row_text import columns, row_line

ROW = Row(
    "a.eml", 0, 0, 1, "failed", "2009-03-12T10:04:00Z", recipient="bob@example.net", reason="mailbox_full"
)


def words(line: Line) -> str:
    return "".join(span.text for span in line)


def archive(folder: Path, mail: Path, years: list[int]) -> Path:
    """A folder with a mail of each of `years`."""
    raw = (mail / "k12-2-mailbox-full.eml").read_bytes()
    for number, year in enumerate(years):
        (folder / f"{number}.eml").write_bytes(raw.replace(b"Nov 2026", b"Nov %d" % year))
    return folder


@pytest.mark.parametrize(
    ("width", "told"),
    [(60, "2009-03 "), (80, "2009-03-12 "), (96, "2009-03-12 10:04"), (120, "2009-03-12 10:04")],
)
def test_a_row_among_mail_of_several_years_tells_its_own(width: int, told: str) -> None:
    assert words(row_line(ROW, columns(width, with_year=True))).startswith(f"fail  {told}")


def test_a_row_without_a_date_says_that_it_has_none() -> None:
    assert words(row_line(replace(ROW, date=None), columns(80))).startswith("fail  - ")


@pytest.mark.parametrize("width", range(24, 240))
def test_a_row_with_its_year_is_no_wider_than_the_list(width: int) -> None:
    assert len(words(row_line(ROW, columns(width, with_year=True)))) <= width - 2


@pytest.mark.parametrize("width", [72, 80, 100, 160])
def test_since_when_a_cause_is_there_is_told_with_the_year(width: int) -> None:
    (found,) = group([ROW, replace(ROW, index=1)])
    assert "since 2009-03-12" in words(cause_line(found, width))


@pytest.mark.parametrize(
    ("size", "day"), [((60, 20), "2009-11"), ((80, 24), "2009-11-19"), ((100, 30), "2009-11-19 16:02")]
)
async def test_a_list_of_several_years_says_of_each_mail_which(
    opening: Opening, mail: Path, tmp_path: Path, size: tuple[int, int], day: str
) -> None:
    async with opening(archive(tmp_path, mail, [2026, 2009]), size=size) as session:
        assert day in session.text
        assert day.replace("2009", "2026") in session.text
        assert session.lines[1].startswith("──[Bounces]──")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
async def test_a_list_of_one_year_says_once_which(
    opening: Opening, mail: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opening(archive(tmp_path, mail, [2009, 2009]), size=size) as session:
        assert session.lines[1].startswith("──[Bounces of 2009]──")
        assert " 11-19 " in session.lines[2]


async def test_read_again_the_list_tells_the_years_that_are_there_now(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    async with opening(archive(tmp_path, mail, [2009, 2026])) as session:
        (tmp_path / "1.eml").unlink()
        await session.press("r")
        await session.until(lambda: "[Bounces of 2009]" in session.lines[1], "one year is left")
        archive(tmp_path, mail, [2009, 2026])
        await session.press("r")
        await session.until(lambda: "2026-11-19" in session.text, "the other has come back")
        assert "[Bounces]" in session.lines[1]
