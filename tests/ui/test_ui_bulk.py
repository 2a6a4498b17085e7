"""The checks of many without a screen: asked anew each time, and ended with what they started."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from breaking import Breaking

from bounce_tui.checks.dns import answer_cache
from bounce_tui.demo.server import ZoneServer
from bounce_tui.demo.zones import Zones
from bounce_tui.model import Case, Message
from bounce_tui.scan import examine
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.row import Row, row_of
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.bulk_run import BulkRun
from bounce_tui.ui.threaded_notebook import ThreadedNotebook

SAMPLE = "godaddy-ib104-sbl.eml"


@asynccontextmanager
async def bench(
    nameserver: str, opener: Opener | None = None
) -> AsyncIterator[tuple[BackgroundChecks, BulkRun]]:
    checking = BackgroundChecks(LazyResolver(nameserver))
    bulk = BulkRun(checking, opener or Opener(), ThreadedNotebook(None))
    try:
        yield checking, bulk
    finally:
        await bulk.close()
        await checking.close()


def case_of(path: Path) -> Case:
    raw = path.read_bytes()
    return examine(Message(str(path), length=len(raw)), raw)


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if holds():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it never happened")


def under_way() -> list[str]:
    """The runs of checks that have not ended, those of many as well, by name."""
    return [name for task in asyncio.all_tasks() if (name := task.get_name()).startswith("checks of")]


async def checked(bulk: BulkRun, rows: list[Row]) -> str:
    ended = asyncio.Event()
    assert bulk.start(rows, lambda: None if bulk.is_running else ended.set())
    await asyncio.wait_for(ended.wait(), 60)
    return bulk.words()


async def test_many_are_asked_anew_each_time_and_within_one_run_once(
    mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_cache, "FAILURE_S", 36_000)
    zones, mended = mail.parent / "zones", tmp_path / "mended"
    mended.mkdir()
    for zone in zones.glob("*.zone"):
        lines = zone.read_text().splitlines(keepends=True)
        listing = zone.stem == "zen.spamhaus.org"
        (mended / zone.name).write_text(
            "".join(one for one in lines if not (listing and "20.2.0.192" in one))
        )
    paths = [tmp_path / f"{number}.eml" for number in range(5)]
    for path in paths:
        path.write_bytes((mail / SAMPLE).read_bytes())
    rows = [row_of(case_of(path)) for path in paths]
    async with ZoneServer.from_folder(zones) as server:
        port = int(server.address.rpartition(":")[2])
        async with bench(server.address) as (_, bulk):
            assert await checked(bulk, rows) == "checked 5 of 5: 5 still hold"
            once = server.queries
            assert await checked(bulk, rows) == "checked 5 of 5: 5 still hold"
            assert server.queries == 2 * once
            assert set(server.asked.values()) == {2}
            await server.stop()
            await asyncio.sleep(0)  # asyncio closes the socket in its next round
            async with ZoneServer(Zones.from_folder(mended), port=port) as anew:
                assert await checked(bulk, rows) == "checked 5 of 5: 5 no longer hold"
                assert set(anew.asked.values()) == {1}


async def test_a_mail_on_which_our_code_breaks_is_told_and_costs_no_other_mail(
    mail: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.eml" for number in range(40)]
    for path in paths:
        path.write_bytes((mail / SAMPLE).read_bytes())
    examiner = Breaking()
    examiner.unreadable = str(paths[3])
    rows = [row_of(case_of(path)) for path in paths]
    async with (
        ZoneServer.from_folder(mail.parent / "zones") as server,
        bench(server.address, Opener(examiner=examiner)) as (_, bulk),
    ):
        assert await checked(bulk, rows) == (
            "checked 40 of 40: 39 still hold; 1 mail could not be checked (OSError: the disk is gone)"
        )


async def test_a_run_that_was_under_way_outlives_the_checks_of_many(
    mail: Path, silent_server: socket.socket
) -> None:
    case, other = case_of(mail / SAMPLE), case_of(mail / "story-sbl-delisted.eml")
    async with bench(f"127.0.0.1:{silent_server.getsockname()[1]}") as (checking, bulk):
        mine, its = checking.work(case, 0), checking.work(other, 0)
        assert mine is not None
        assert its is not None
        checking.keep(its)
        assert checking.start(mine, lambda: None)
        assert bulk.start([row_of(case), row_of(other)], lambda: None)
        await until(lambda: its.state == "running")
        assert bulk.cancel()
        await until(lambda: its.state != "running")
        await until(lambda: under_way() == [f"checks of {case.message}"])
        assert (mine.state, its.state) == ("running", "cancelled")


async def test_a_verdict_that_comes_as_the_rest_is_stopped_is_in_the_list_as_well(mail: Path) -> None:
    case = case_of(mail / SAMPLE)
    row = row_of(case)
    async with ZoneServer.from_folder(mail.parent / "zones") as server:
        checking, notebook = BackgroundChecks(LazyResolver(server.address)), ThreadedNotebook(None)
        bulk, work = BulkRun(checking, Opener(), notebook), checking.work(case, 0)
        assert work is not None
        checking.keep(work)
        assert bulk.start([row], lambda: None)
        for _ in range(1_000_000):
            if work.verdict is not None:
                break
            await asyncio.sleep(0)
        assert work.verdict is not None
        assert bulk.cancel()
        await bulk.close()
        await checking.close()
        await notebook.close()
    assert work.state == "done"
    assert [judged.state for judged in notebook.verdicts.values()] == [work.verdict.state]


async def test_what_was_stopped_is_awaited_before_the_end(mail: Path, silent_server: socket.socket) -> None:
    case = case_of(mail / SAMPLE)
    async with bench(f"127.0.0.1:{silent_server.getsockname()[1]}") as (checking, bulk):
        work = checking.work(case, 0)
        assert work is not None
        assert checking.start(work, lambda: None)
        assert bulk.start([row_of(case)], lambda: None)
        await asyncio.sleep(0)
        assert bulk.cancel()
        assert checking.cancel(work)
        await bulk.close()
        await checking.close()
        assert under_way() == []
