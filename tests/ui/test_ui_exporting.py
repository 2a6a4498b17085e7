"""Copy and export on the keyboard; the clipboard sequence as a terminal gets it."""

import base64
import re
import sys
from pathlib import Path

import pytest
from pty_session import PtySession
from ui_session import Opening

from bounce_tui.locations import shipped
from bounce_tui.ui.exporting import proposals


async def test_x_writes_the_marked_mails_to_a_new_file(
    opening: Opening, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opening(mail) as session:
        await session.press("space", "space", "x")
        assert "export 2 mails: bounces.md_" in session.notice
        await session.press("enter")
        await session.until(lambda: "wrote the hand-over" in session.notice, "it is written")
        assert (tmp_path / "bounces.md").read_text().startswith("# Bounces to look into")
        await session.press("x")
        assert "bounces-2.md_" in session.notice
        await session.press(*["backspace"] * 5, ".", "m", "d", "enter")
        taken = "export 2 mails: bounces.md_  not exported: bounces.md is there already"
        await session.until(lambda: taken in session.notice, "it is refused, and offered for correction")
        await session.press(*["backspace"] * 3, ".", "c", "s", "v")
        assert "export 2 mails: bounces.csv_  a table for a spreadsheet; tab" in session.notice
        await session.press("enter")
        await session.until(lambda: "wrote a table for a spreadsheet (2 mails, " in session.notice, "written")
        await session.press("x", "tab", "tab")
        assert "bounces-2.ndjson_" in session.notice
        await session.press("escape")


async def test_no_hidden_file_is_written_where_only_an_ending_is_typed(
    opening: Opening, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opening(mail) as session:
        await session.press("x", "ctrl+u", *".csv")
        assert ".csv_  the file wants a name before .csv; tab: the next form" in session.notice
        await session.press("enter")
        refused = ".csv_  not exported: the file wants a name before .csv"
        await session.until(lambda: refused in session.notice, "it is refused, and offered for correction")
        await session.press("tab")
        assert "bounces.csv_" in session.notice
        await session.press("escape")


async def test_the_hand_over_tells_what_the_checks_found(
    opening: Opening, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        await session.press("c")
        work = session.triage.view.failure_checks
        assert work is not None
        await session.until(lambda: work.state == "done", "the checks end")
        await session.press("x", "enter")
        await session.until(lambda: (tmp_path / "bounces.md").exists(), "it is written")
        assert "**STILL HOLDS**" in (tmp_path / "bounces.md").read_text()


@pytest.mark.parametrize(
    ("path", "first"),
    [("", "bounces.md"), ("out", "out.md"), ("out.md", "out.redacted.md"), ("out.redacted.md", "out.ndjson"),
     ("out.txt", "out.md"), (".csv", "bounces.csv"), ("out/", "out/bounces.md"),
     ("out/.redacted.md", "out/bounces.redacted.md")],
)  # fmt: skip
def test_tab_goes_through_the_forms(path: str, first: str) -> None:
    assert proposals(path)[0] == first


async def test_what_is_not_there_is_not_copied(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("y")
        assert "nothing to copy" in session.notice


@pytest.mark.parametrize(
    ("letter", "words"),
    [("a", "@"), ("r", "550"), ("h", "# Bounces to look into"), ("u", "What you can do")],
)
def test_y_hands_the_terminal_its_clipboard(tmp_path: Path, letter: str, words: str) -> None:
    sample = shipped("samples") / "mail" / "k12-1-misspelled-user.eml"
    command = (sys.executable, "-m", "bounce_tui", str(sample))
    with PtySession(*command, HOME=str(tmp_path), TMUX="") as session:
        session.wait_for("User unknown")
        session.settle()
        session.type("y")
        session.wait_for("r reply")
        session.type(letter)
        session.wait_for("(OSC 52)")
        sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", bytes(session.output))
        assert len(sent) == 1
        assert words in base64.b64decode(sent[0]).decode()
        session.type("q")
        assert session.report() == "exited 0"
