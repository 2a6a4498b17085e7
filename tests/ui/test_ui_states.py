"""States, notes and memory on the keyboard, kept in a real file."""

import asyncio
import os
import shutil
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from ui_session import Opening, threads_end

from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.model import Message
from bounce_tui.scan.examination import examine
from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.triage.row import row_of
from bounce_tui.triage.store.store import Store
from bounce_tui.ui.threaded_notebook import ThreadedNotebook

FULL = (
    "CREATE TRIGGER full BEFORE INSERT ON standing BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
)


async def test_d_is_done_and_goes_on_and_the_next_session_knows(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state" / "state.db"
    async with opening(mail, store=store) as session:
        queue = session.triage.queue
        first = queue.focused
        assert first is not None
        await session.press("d")
        await session.until(lambda: "1 mail set to done; u takes it back" in session.notice, "it is done")
        assert queue.focus == 1
        assert session.lines[2].startswith("  done ")
        await session.press("t", *"later", "enter")
        await session.press("space", "space", "w")
        await session.until(lambda: "2 mails set to in progress" in session.notice, "they are in progress")
    async with opening(mail, store=store, size=(120, 40)) as session:
        annotations = session.triage.bounces.annotations
        await session.until(lambda: len(annotations) == 3, "the store is asked")
        assert annotations[first.identity].state == "done"
        await session.press("f", *"done", "enter")
        assert [row.key for row in session.triage.queue] == [first.key]
        await session.until(lambda: "Remembered" in session.text, "the detail tells")
        await session.press("f", "ctrl+u", *"noted", "enter")
        await session.until(lambda: "Note: later" in session.text, "the note is told")


async def test_why_a_change_is_not_kept_is_told_by_the_change_whatever_else_asks_the_file(
    mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state.db"
    rows = [row_of(examine(Message("a"), (mail / "k12-2-mailbox-full.eml").read_bytes()))]
    notebook = ThreadedNotebook(store)
    await notebook.learn(rows)
    with closing(sqlite3.connect(store)) as inside:
        inside.execute(FULL)
    (_, trouble), _ = await asyncio.gather(notebook.change(rows, state="done"), notebook.learn(rows))
    assert trouble == f"{store}: database or disk is full; the last change is not kept"
    assert notebook.take_trouble() is None
    assert notebook.annotations == {}
    await notebook.close()


async def test_what_was_changed_right_before_leaving_is_kept_however_busy_the_file(
    mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state.db"
    rows = [row_of(examine(Message("a"), (mail / "k12-2-mailbox-full.eml").read_bytes()))]
    Store(store).close()
    notebook = ThreadedNotebook(store)
    with closing(sqlite3.connect(store)) as another:
        another.execute("BEGIN EXCLUSIVE")
        learning = asyncio.create_task(notebook.learn(rows))
        change = asyncio.create_task(notebook.change(rows, state="done"))
        await asyncio.sleep(0)
        change.cancel()
        leaving = asyncio.create_task(notebook.close())
        await asyncio.sleep(0)
    await asyncio.gather(leaving, learning)
    with closing(Store(store)) as kept:
        assert kept.annotations([rows[0].identity])[rows[0].identity].state == "done"


async def test_a_file_that_takes_no_more_is_told_and_the_triage_goes_on(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state.db"
    Store(store).close()
    with closing(sqlite3.connect(store)) as inside:
        inside.execute(FULL)
    async with opening(mail, store=store, size=(200, 40)) as session:
        await session.press("d")
        await session.until(
            lambda: f"{store}: database or disk is full; the last change is not kept" in session.lines[-1],
            "it is told",
        )
        assert session.triage.bounces.annotations == {}
        await session.press("t", *"later", "enter")
        await session.until(lambda: "the last change is not kept" in session.lines[-1], "it is told again")
        await session.press("u")
        await session.press("j")
        assert session.triage.queue.focus == 2


async def test_moving_the_file_loses_nothing(opening: Opening, mail: Path, tmp_path: Path) -> None:
    store = tmp_path / "state.db"
    raw = (mail / "k12-2-mailbox-full.eml").read_bytes()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.eml").write_bytes(raw)
    async with opening(tmp_path / "a", store=store) as session:
        await session.press("d")
        await session.until(lambda: "done" in session.notice, "it is done")
    (tmp_path / "a" / "one.eml").rename(tmp_path / "a" / "two.eml")
    async with opening(tmp_path / "a", store=store) as session:
        await session.until(lambda: "  done " in session.text or "> done" in session.text, "it is known")


async def test_u_takes_back_states_and_marks_in_their_order(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        bounces, marks = session.triage.bounces, session.triage.bounces.marks
        await session.press("d")
        await session.until(lambda: len(bounces.annotations) == 1, "it is done")
        await session.press("space", "u")
        assert len(marks) == 0
        assert {one.state for one in bounces.annotations.values()} == {"done"}
        await session.press("u")
        await session.until(
            lambda: {one.state for one in bounces.annotations.values()} == {"todo"}, "it is back"
        )
        await session.press("u")
        assert "nothing left to undo" in session.notice


async def test_an_address_that_failed_before_is_told(opening: Opening, mail: Path, tmp_path: Path) -> None:
    raw = (mail / "k12-2-mailbox-full.eml").read_bytes()
    (tmp_path / "a.eml").write_bytes(raw)
    (tmp_path / "b.eml").write_bytes(raw.replace(b"19 Nov 2026", b"18 Nov 2026"))
    async with opening(tmp_path, size=(120, 40)) as session:
        await session.until(lambda: "This address failed once before" in session.text, "it is told")


async def test_the_verdict_of_the_last_run_is_remembered(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state.db"
    async with opening(mail / "godaddy-ib104-sbl.eml", store=store) as session:
        await session.press("c")
        work = session.triage.view.failure_checks
        assert work is not None
        await session.until(lambda: work.state == "done", "the checks end")
    async with opening(mail / "godaddy-ib104-sbl.eml", store=store, size=(120, 40)) as session:
        await session.until(lambda: "the cause still held" in session.text, "it is remembered")
        await session.until(
            lambda: "an earlier verdict: see Remembered" in session.text, "the checks say where"
        )
        await session.press("c")
        await session.until(lambda: "see Remembered" not in session.text, "there is a verdict of today")


async def test_a_spoilt_store_is_one_line_and_the_list_works(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    store = tmp_path / "state.db"
    store.write_bytes(b"no database" * 100)
    async with opening(mail, store=store, size=(200, 50)) as session:
        await session.until(lambda: "set aside" in session.text, "it is told")
        await session.press("j", "d")
        await session.until(lambda: len(session.triage.bounces.annotations) == 1, "it works")
    assert any(".aside-" in name for name in os.listdir(tmp_path))  # noqa: PTH208 - one line, no event loop to keep


async def test_a_second_run_says_what_changed_since_the_first(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    zones = shutil.copytree(shipped("samples") / "zones", tmp_path / "zones")
    listed = mail / "godaddy-ib104-sbl.eml"
    store = tmp_path / "state.db"

    async def checked(*, again: bool) -> str:
        with serving(zones) as nameserver:
            async with opening(listed, store=store, nameserver=nameserver, size=(120, 60)) as session:
                await session.press("c")
                await session.until(lambda: " HOLDS" in session.text, "the verdict comes")
                if again:
                    await session.until(lambda: "since the run of" in session.text, "what changed is told")
                await session.press("tab", "tab", "enter")
                return session.text

    assert "since the run of" not in await checked(again=False)
    same = await checked(again=True)
    assert "nothing has changed since the run of" in same
    assert "when the cause still held" in same
    zen = zones / "zen.spamhaus.org.zone"
    lines = zen.read_text().splitlines(keepends=True)
    zen.write_text("".join(line for line in lines if not line.startswith("20.2.0.192")))
    other = await checked(again=True)
    assert "before: FAIL: 192.0.2.20 is listed by Spamhaus ZEN" in other
    assert "- 20.2.0.192.zen.spamhaus.org. A 127.0.0.2" in other
    assert "+ 20.2.0.192.zen.spamhaus.org. A no such name (NXDOMAIN)" in other


async def test_what_is_taken_back_is_told_as_what_was_done(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        for key, done in (
            ("d", "1 mail set to done"),
            ("w", "1 mail set to in progress"),
            ("D", "1 mail reopened"),
        ):
            await session.press(key)
            await session.until(lambda done=done: session.notice == f"{done}; u takes it back", done)
            await session.press("u")
            await session.until(lambda done=done: session.notice == f"taken back: {done}", done)


def held_open(path: Path) -> list[str]:
    """The files of this process that are open and belong to the store at `path`."""
    targets = []
    for link in Path("/proc/self/fd").iterdir():
        # The one by which the folder itself is read is gone by now.
        with suppress(FileNotFoundError):
            targets.append(str(link.readlink()))
    return [target for target in targets if target.startswith(str(path))]


async def test_a_write_that_breaks_down_keeps_nothing_open(mail: Path, tmp_path: Path) -> None:
    rows = [row_of(examine(Message("a"), (mail / "k12-2-mailbox-full.eml").read_bytes()))]
    others = set(threading.enumerate())
    store = tmp_path / "state.db"
    notebook = ThreadedNotebook(store)
    await notebook.learn(rows)
    assert held_open(store)
    with closing(sqlite3.connect(store)) as another:
        another.execute("BEGIN EXCLUSIVE")
        waiting = asyncio.create_task(notebook.change(rows, state="done"))
        broken = asyncio.create_task(notebook.change(rows, note=42))  # type: ignore[arg-type]
        leaving = asyncio.create_task(notebook.close())
        await asyncio.sleep(0)
    await asyncio.gather(waiting, leaving)
    with pytest.raises(AttributeError):
        await broken
    assert not held_open(store)
    await threads_end("store_0", others)


class Clinging(LocalExaminer):
    """Cannot be left."""

    def leave(self) -> None:
        raise OSError("it does not go")


async def test_what_cannot_be_closed_keeps_nothing_else_open(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    others, store = set(threading.enumerate()), tmp_path / "state.db"
    with pytest.raises(OSError, match="it does not go"):  # noqa: PT012 - it is the end of the app that raises
        async with opening(mail, store=store, examiner=Clinging()) as session:
            await session.press("d")
            await session.until(lambda: "done" in session.notice, "it is done")
            assert held_open(store)
    assert not held_open(store)
    await threads_end("store_0", others)
