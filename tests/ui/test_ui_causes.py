"""Causes and summary on the keyboard, on the real samples."""

import re
import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from held_mail import held_mail, reading
from msgspec.structs import replace
from ui_session import Opening

from bounce_tui.triage.causes import OfCause, group
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.records import KnownVerdict
from bounce_tui.triage.summary import Summary, summarise
from bounce_tui.ui.parts import ordering
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.text.cause_text import cause_line, not_of_all
from bounce_tui.ui.text.summary_text import summary


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
        assert all(map(OfCause(groups[1].cause), queue))
        for back in ("escape", "z", "q"):
            await session.press(back)
            assert f"2 of {len(groups)}" in session.text
            await session.press("enter")
            assert len(queue) == groups[1].mails
        await session.press("f", "enter")
        assert not queue.is_filtered


async def test_q_goes_back_one_level_and_quits_from_the_whole_list(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("z", "enter", "enter")
        assert session.triage.active is session.triage.detail
        await session.press("q")
        assert session.triage.active is session.triage.bounces
        assert session.triage.queue.is_filtered
        await session.press("q")
        assert isinstance(session.app.screen, CausesScreen)
        await session.press("q")
        assert session.app.screen is session.triage
        assert session.app.is_running
        await session.press("q")
        assert not session.app.is_running


async def test_c_checks_a_cause_once_and_its_line_tells_what_came_out(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    for number in range(3):
        shutil.copy(mail / "godaddy-ib104-sbl.eml", tmp_path / f"a{number}.eml")
    other = (mail / "godaddy-ib104-sbl.eml").read_bytes().replace(b"192.0.2.20", b"192.0.2.60")
    other = other.replace(b"Subject: ", b"Subject: Another, ")
    for number in range(2):
        (tmp_path / f"b{number}.eml").write_bytes(other.replace(b"Message-I", b"X-A: %d\nMessage-I" % number))
    async with opening(tmp_path, size=(120, 40)) as session:
        await session.press("z")
        assert "3         Spamhaus SBL lists 192.0.2.20 (IB104)" in session.lines[1]
        await session.press("c")
        await session.until(lambda: "HOLDS" in session.lines[1], "all three agree")
        assert "HOLDS" not in session.lines[2]
        await session.until(lambda: "checked 3 of 3: 3 still hold" in session.lines[-1], "it is counted")
        await session.press("j", "C")
        await session.until(lambda: "checked 2 of 2" in session.lines[-1], "the other is checked")
        assert "HOLDS" not in session.lines[2]
        await session.press("k", "enter")
        assert [line[2:7] for line in session.lines[2:5]] == ["HOLDS"] * 3


async def test_where_verdicts_differ_or_lack_the_line_counts(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        (one,) = group(session.triage.queue)
        rows = tuple(replace(one.rows[0], identity=bytes([number])) for number in range(4))
        group_of_4 = replace(one, mails=4, rows=rows)
    holds, gone = KnownVerdict("still_holds"), KnownVerdict("no_longer_holds", earlier=True)

    def said(*verdicts: KnownVerdict) -> str:
        known = {bytes([number]): judged for number, judged in enumerate(verdicts)}
        return "".join(span.text for span in cause_line(group_of_4, 100, known)).split("Spamhaus")[0].strip()

    assert said() == "4"
    assert said(holds, holds) == "4  part   2 HOLDS:"
    assert said(holds, holds, holds, gone) == "4  mixed  3 HOLDS, 1 gone?:"
    assert said(gone, gone, gone, gone) == "4  gone?"

    def explained(*verdicts: KnownVerdict) -> str:
        return not_of_all(group_of_4, {bytes([number]): judged for number, judged in enumerate(verdicts)})

    assert explained(holds, holds) == "part: 2 of its 4 mails checked"
    assert explained(holds, gone) == "mixed: its mails were judged otherwise"
    assert explained() == explained(holds, holds, holds, holds) == ""


async def test_what_part_says_stands_on_the_frame_for_the_chosen_cause(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    raw = (mail / "godaddy-ib104-sbl.eml").read_bytes()
    for number in range(2):
        (tmp_path / f"{number}.eml").write_bytes(b"X-A: %d\n" % number + raw)
        raw = raw.replace(b"Subject: ", b"Subject: Another, ")
    async with opening(tmp_path, size=(120, 40)) as session:
        await session.press("c")
        await session.until(lambda: any("HOLDS" in line for line in session.lines), "one is checked")
        await session.press("z")
        assert "part: 1 of its 2 mails checked" in "\n".join(session.lines)


async def test_z_while_reading_says_so_and_fills_up() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press("z")
            assert isinstance(session.app.screen, CausesScreen)
            assert "still reading" in session.lines[-1]
            held.end()
            await session.until(lambda: "1,000" in session.lines[1], "all mails are counted")
            await session.until(lambda: "still reading" not in session.lines[-1], "reading has ended")


async def test_a_summary_while_reading_or_after_a_stop_says_that_it_is_not_of_all() -> None:
    with held_mail(1000) as held:
        async with reading(held) as session:
            await session.press("s")
            assert "still reading: this counts what was read so far" in session.text
            await session.press("escape", "escape")
            await session.until(lambda: "r reads all" in session.lines[-1], "it is stopped")
            await session.press("s")
            assert "loading was stopped: this counts what was read" in session.text


async def test_back_from_its_mails_the_cursor_stands_on_the_cause_again(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("z", "j", "j", "j")
        cause = next(line for line in session.lines if line.startswith(">"))
        await session.press("enter")
        await session.until(lambda: session.triage.queue.is_filtered, "its mails are shown")
        await session.press("escape")
        await session.until(lambda: isinstance(session.app.screen, CausesScreen), "all causes again")
        assert next(line for line in session.lines if line.startswith(">")) == cause


async def test_a_cause_opens_at_its_first_mail_wherever_the_cursor_was(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("G", "z", "enter")
        await session.until(lambda: session.triage.queue.is_filtered, "its mails are shown")
        assert len(session.triage.queue) > 1
        assert session.triage.queue.focus == 0


async def test_esc_leaves_the_causes_while_a_run_goes_on_and_stops_it_from_the_list(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    nameserver = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail, nameserver=nameserver) as session:
        await session.press("z", "c")
        assert "esc esc stops" in session.notice
        await session.press("escape")
        assert not isinstance(session.app.screen, CausesScreen)
        assert session.triage.bulk.is_running
        await session.press("escape")
        assert not session.triage.bulk.is_running
        assert session.notice.startswith("stopped after 0 of")


async def test_back_from_the_causes_changes_nothing(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("z", "G", "escape")
        assert not session.triage.queue.is_filtered


async def test_where_nothing_failed_there_is_nothing_to_group(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("z")
        assert "nothing to group" in session.lines[-1]
        await session.press("s")
        assert "No failure and no delay among these mails" in session.text


async def test_s_counts_what_is_shown_in_bars(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await session.press("s")
        assert re.search(r"\d+ failed, \d+ delayed, of \d+ mails", session.text)
        for heading in ("Why", "Who refused", "Who sent", "Sent from"):
            assert heading in session.text
        assert "###" in session.text


async def test_the_summary_is_counted_once_and_in_a_thread(
    opening: Opening, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand rows take half a second, and keys wait for the event loop."""
    threads = []

    def noted(*args: Any) -> Summary:
        threads.append(threading.current_thread())
        return summarise(*args)

    monkeypatch.setattr(ordering, "summarise", noted)
    async with opening(mail) as session:
        await session.press("s")
        before = session.text
        await session.pilot.resize_terminal(120, 40)
        assert session.text != before
        assert len(threads) == 1
        assert threading.main_thread() not in threads


@pytest.mark.parametrize("width", [24, 40, 60, 80, 200])
async def test_lines_of_causes_keep_to_the_width(opening: Opening, mail: Path, width: int) -> None:
    async with opening(mail) as session:
        rows = list(session.triage.queue)
    for one in group(rows):
        text = "".join(span.text for span in cause_line(one, width))
        assert len(text) <= max(width, 30)
    for line in summary(width, summarise(rows)):
        assert len("".join(span.text for span in line)) <= max(width, 50)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_days_without_any_and_the_oldest_mail_have_their_place_in_the_summary(width: int) -> None:
    def told(*dates: str) -> list[str]:
        times = (day if "T" in day else f"{day}T10:00:00Z" for day in dates)
        rows = [Row("a.eml", at, 0, 1, "failed", time, reason="spam") for at, time in enumerate(times)]
        lines = ["".join(span.text for span in line) for line in summary(width, summarise(rows))]
        found = next(at for at, line in enumerate(lines) if line.startswith("When"))
        return [*lines[found : found + 2], " ".join(lines[found + 2 :])]

    days = ("2026-11-01", "2026-11-01", "2026-11-20")
    assert told(*days) == [
        "When, by the day",
        f"#{' ' * 18}=",
        "2026-11-01 to 2026-11-20 (UTC); a sign is a day, blank where none, at most 2",
    ]
    assert told("2009-03-12", *days) == [
        "When, by the year",
        f"-{' ' * 16}#",
        "2009 to 2026 (UTC); a sign is a year, blank where none, at most 3",
    ]
    assert told("2026-11-01T08:12:00Z", "2026-11-01")[2].startswith(
        "2026-11-01 08:00 to 2026-11-01 10:00 (UTC); a sign is an hour, blank"
    )


async def test_a_cause_is_read_to_its_end_before_its_time_is_told(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        (one,) = group(session.triage.queue)
    cause = replace(one.cause, subject="a-rather-long-name-of-a-host.example")
    long = "Spamhaus SBL lists a-rather-long-name-of-a-host.example (IB104)"

    def line(width: int) -> str:
        return "".join(span.text for span in cause_line(replace(one, cause=cause), width)).rstrip()

    assert line(78).endswith(long)
    assert line(100).endswith("since 2026-11-20")
    assert long in line(100)
    assert line(120).endswith("1 sender, since 2026-11-20 15:27")
