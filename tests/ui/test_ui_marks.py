"""Marks on the keyboard, and the checks of many: real packets to a real server."""

import re
import socket
from pathlib import Path

import pytest
from ui_session import Opening, runs_under_way

from bounce_tui.checks.dns import answer_cache
from bounce_tui.demo.server import ZoneServer
from bounce_tui.triage.row import outcomes_of
from bounce_tui.ui.bulk_run import AT_ONCE


async def test_space_marks_and_moves_on_and_u_takes_back(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("space", "space", "j", "space")
        marks, queue = session.triage.bounces.marks, session.triage.queue
        assert len(marks) == 3
        assert queue.focus == 4
        assert f"5 of {len(queue)}, 3 marked" in session.text
        assert session.lines[2].startswith(" *") or session.triage.bounces.top > 0
        await session.press("u")
        assert len(marks) == 2
        await session.press("U")
        assert len(marks) == 0
        await session.press("u", "u", "u", "u")
        assert "nothing left to undo" in session.notice


async def test_a_range_is_marked_from_the_mail_marked_last_to_the_cursor(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        marks, queue = session.triage.bounces.marks, session.triage.queue
        await session.press("V")
        assert "space marks where the range begins, V marks up to here" in session.notice
        assert len(marks) == 0
        await session.press("j", "j", "space", "j", "j", "V")
        assert [place for place, row in enumerate(queue) if row in marks] == [2, 3, 4, 5]
        await session.press("g", "V")
        assert [place for place, row in enumerate(queue) if row in marks] == [0, 1, 2, 3, 4, 5]
        await session.press("u")
        assert "taken back: a range of 3 mails marked" in session.notice
        assert [place for place, row in enumerate(queue) if row in marks] == [2, 3, 4, 5]
        await session.press("U", "u")
        assert "taken back: 4 mails unmarked" in session.notice
        await session.press("V")
        assert [place for place, row in enumerate(queue) if row in marks] == [0, 1, 2, 3, 4, 5]


async def test_a_range_begins_at_no_mail_that_is_hidden_or_no_longer_marked(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        marks = session.triage.bounces.marks
        await session.press("G", "space", "U", "g", "V")
        assert len(marks) == 0
        await session.press("G", "space", "f", *"!marked", "enter", "g", "V")
        assert len(marks) == 1
        assert "marks where the range begins" in session.notice


async def test_all_that_is_shown_is_marked_and_a_filter_finds_it_again(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("f", *"hard", "enter", "asterisk", "f", "ctrl+u", "enter")
        marks, queue = session.triage.bounces.marks, session.triage.queue
        assert len(marks) == sum(any(outcome.hard for outcome in outcomes_of(row)) for row in queue)
        await session.press("f", *"marked", "enter")
        assert len(queue) == len(marks)
        await session.press("I")
        assert len(marks) == 0


async def test_the_marked_are_checked_together_and_the_list_tells_what_came_out(
    opening: Opening, mail: Path
) -> None:
    names = ("godaddy-ib104-sbl.eml", "story-sbl-delisted.eml", "k12-2-mailbox-full.eml", "ordinary.eml")
    async with opening(*(mail / name for name in names), size=(120, 40)) as session:
        bulk = session.triage.bulk
        await session.press("asterisk", "C")
        verdicts = session.triage.bounces.verdicts
        await session.until(lambda: not bulk.is_running and verdicts, "all are checked")
        states = {
            Path(row.file).name: verdicts[row.identity].state
            for row in session.triage.queue
            if row.identity in verdicts
        }
        assert states == {
            names[0]: "still_holds", names[1]: "no_longer_holds", names[2]: "cannot_be_known",
        }  # fmt: skip
        assert "checked 3 of 3: 1 still holds, 1 no longer holds, 1 cannot be known" in session.notice
        assert ["HOLDS" in session.lines[2], "gone" in session.lines[3], "unkn" in session.lines[4]] == [
            True
        ] * 3
        await session.press("f", *"gone", "enter")
        assert len(session.triage.queue) == 1


async def test_many_mails_with_the_same_questions_ask_each_once(
    opening: Opening, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A refusal is remembered for seconds, and this run may take longer.
    monkeypatch.setattr(answer_cache, "FAILURE_S", 36_000)
    raw = (mail / "godaddy-ib104-sbl.eml").read_bytes()
    for number in range(40):
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    async with ZoneServer.from_folder(mail.parent / "zones") as server:
        async with opening(tmp_path, nameserver=server.address) as session:
            await session.press("asterisk", "C")
            await session.until(lambda: "checked 40 of 40:" in session.notice, "all are checked")
        assert set(server.asked.values()) == {1}


async def test_escape_stops_the_checks_of_many(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    nameserver = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail, nameserver=nameserver) as session:
        await session.press("asterisk", "C")
        # Mails that need no answer pass by; then all that run wait, and nothing more is told of them.
        await session.until(lambda: runs_under_way() == AT_ONCE, "all that may run at once wait")
        await session.press("C")
        assert "esc stops them" in session.notice
        await session.press("escape")
        assert not session.triage.bulk.is_running
        await session.until(lambda: runs_under_way() == 0, "every run has ended")


async def test_marks_that_a_filter_hides_are_never_touched(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("asterisk", "f", *"nobodyatall", "enter")
        for key in ("d", "t", "C", "x"):
            await session.press(key)
            assert "none of them shown: U unmarks them" in session.notice
        assert not session.triage.bounces.annotations


async def test_what_a_run_over_many_came_to_is_kept_and_counted_by_itself(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    names = ("godaddy-ib104-sbl.eml", "story-sbl-delisted.eml")
    paths, store = [mail / name for name in names], tmp_path / "state.db"
    async with opening(*paths, store=store, size=(120, 40)) as session:
        bulk = session.triage.bulk
        await session.press("asterisk", "C")
        verdicts = session.triage.bounces.verdicts
        await session.until(lambda: not bulk.is_running and len(verdicts) == 2, "both are checked")
        await session.press("U", "g", "C")
        await session.until(lambda: "checked 1 of 1: 1 still hold" in session.notice, "one is checked")
        assert "no longer" not in session.notice
    async with opening(*paths, store=store, size=(120, 40)) as session:
        await session.press("j")
        await session.until(lambda: "the cause no longer held" in session.text, "it is remembered")


async def test_leaving_amid_the_checks_of_many_leaves_nothing_running(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    async with opening(mail, nameserver=f"127.0.0.1:{silent_server.getsockname()[1]}") as session:
        bulk = session.triage.bulk
        await session.press("asterisk", "C")
        await session.until(lambda: bulk.is_running, "they run")
        await session.press("q")
        await session.until(lambda: not session.app.is_running or not bulk.is_running, "it leaves")
    assert not bulk.is_running


async def test_progress_counts_no_more_verdicts_than_were_checked(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        bulk, said = session.triage.bulk, []
        bulk.start(list(session.triage.queue)[:60], lambda: said.append(bulk.words()))
        await session.until(lambda: not bulk.is_running, "all are checked")
        for words in said:
            progress, _, found = words.partition(": ")
            # Of several recipients of a mail each has a verdict of its own.
            checked = re.search(r"(\d+) recipients", progress) or re.search(r"(\d+)", progress)
            assert checked is not None
            assert sum(map(int, re.findall(r"\d+", found))) <= int(checked[1]), words
