"""The store where its file is damaged, read-only or out of room: what is known is told, nothing is lost."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.triage.row import Row
from bounce_tui.triage.store import database
from bounce_tui.triage.store.location import is_there
from bounce_tui.triage.store.store import Store

A, B = b"a" * 12, b"b" * 12
RESULT = CheckResult("spf", "example.org", "fail", "fail", "It is not allowed.")
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "bounce-tui" / "state.db"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, who may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    group = os.getegid()
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A state file in a folder that whoever `as_nobody` is owns."""
    with as_nobody():
        if not Path(database.__file__).with_name("schema_1.sql").is_file():
            pytest.skip("nobody but root may read this tree")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        path = Path(folder) / "state" / "state.db"
        with closing(Store(path)) as store:
            store.change([A], state="done", note="called")
        if os.geteuid() == 0:
            for one in (path.parent, *path.parent.iterdir()):
                os.chown(one, NOBODY, NOBODY)
        yield path
        path.parent.chmod(0o700)


@contextmanager
def without_room() -> Iterator[None]:
    """No file can grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def spoilt(path: Path, old: bytes, new: bytes, page: int | None = None) -> None:
    """Octets of the file are others: those of one page, counted from one, or wherever they stand."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[16:18], "big")
    start, end = (0, len(raw)) if page is None else ((page - 1) * size, page * size)
    assert old in raw[start:end], "or the test tells nothing"
    path.write_bytes(raw[:start] + raw[start:end].replace(old, new) + raw[end:])


def names(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()}


@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_what_is_read_only_is_shown_and_can_be_worked_on_for_this_session(
    nobodys: Path, file: int, folder: int
) -> None:
    nobodys.chmod(file)
    nobodys.parent.chmod(folder)
    before = names(nobodys)
    with as_nobody(), closing(Store(nobodys)) as store:
        assert store.trouble is not None
        assert "states and notes of this session are not kept" in store.trouble
        store.trouble = None
        assert store.annotations([A])[A].note == "called"
        store.change([A], state="working")
        assert store.annotations([A])[A].state == "working"
        assert store.trouble is None, "it is said once"
    assert names(nobodys) == before
    nobodys.parent.chmod(0o700)
    nobodys.chmod(0o600)
    with as_nobody(), closing(Store(nobodys)) as store:
        assert store.trouble is None
        assert store.annotations([A])[A].state == "done"
        assert store.change([A], state="ignored")


def test_what_only_a_log_holds_is_shown_too_where_the_file_is_read_only(nobodys: Path) -> None:
    with as_nobody(), closing(Store(nobodys)) as running:
        running.change([B], state="done")
        nobodys.chmod(0o400)
        with closing(Store(nobodys)) as store:
            assert store.trouble is not None
            assert set(store.annotations([A, B])) == {A, B}


def test_a_file_that_nobody_may_read_costs_no_more_than_the_memory(nobodys: Path) -> None:
    nobodys.chmod(0)
    with as_nobody(), closing(Store(nobodys)) as store:
        assert store.trouble is not None
        assert store.annotations([A]) == {}
        assert store.change([A], state="done")


def test_a_full_disk_hides_nothing_of_what_is_known(path: Path) -> None:
    with closing(Store(path)) as store:
        store.change([A], state="done", note="called")
    with without_room(), closing(Store(path)) as store:
        assert store.trouble is not None
        assert "states and notes of this session are not kept" in store.trouble
        assert store.annotations([A])[A].note == "called"
        assert store.change([B], state="done")
    with closing(Store(path)) as store:
        assert store.trouble is None
        assert set(store.annotations([A, B])) == {A}


def test_a_disk_that_fills_up_keeps_what_was_there_and_the_next_change_that_fits(path: Path) -> None:
    with closing(Store(path)) as store:
        store.change([A], state="done", note="called")
        with without_room():
            assert store.change([A], note="x" * 9000) == {}
            assert store.forget_everybody() is None
        assert store.trouble is not None
        assert "the last change is not kept" in store.trouble
        assert store.annotations([A])[A].note == "called"
        assert store.change([B], state="done")
    with closing(Store(path)) as store:
        assert set(store.annotations([A, B])) == {A, B}


def test_one_octet_that_is_no_text_any_more_hides_no_other_mail(path: Path) -> None:
    with closing(Store(path)) as store:
        store.change([A], note="damaged one")
        store.change([B], note="whole")
        store.keep_run(A, 0, Verdict("still_holds", "damaged one", ""), [RESULT], None, key=A)
    spoilt(path, b"damaged one", b"damag\xecd one")
    with closing(Store(path)) as store:
        found = store.annotations([A, B])
        assert (found[A].note, found[B].note) == ("damag\N{REPLACEMENT CHARACTER}d one", "whole")
        kept = store.verdict(A)
        assert kept is not None
        assert kept.summary == "damag\N{REPLACEMENT CHARACTER}d one"
        assert store.change([A, B], state="done")
        assert store.trouble is None


def test_a_table_whose_name_is_no_text_any_more_is_damage(path: Path) -> None:
    with closing(Store(path)) as store:
        store.change([A], state="done")
    spoilt(path, b"CREATE TABLE report", b"CREATE T\xecBLE report")
    with closing(Store(path)) as store:
        assert store.trouble is not None
        assert "it is damaged" in store.trouble
        assert "set aside" in store.trouble
        assert store.change([A], state="done")


def test_an_index_that_is_damaged_is_made_anew(path: Path, make_row: Callable[..., Row]) -> None:
    rows = [make_row(number, identity=bytes([number + 1]) * 12) for number in range(9)]
    with closing(Store(path)) as store:
        store.remember(rows)
    with closing(sqlite3.connect(path)) as inside:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = 'report_by_domain'"
        (page,) = inside.execute(asked).fetchone()
    spoilt(path, b"example.net", b"exbmple.net", page)
    with closing(Store(path)) as store:
        assert store.trouble is None, "or the test tells nothing"
        assert store.forget(["user3@example.net"]) == {"user3@example.net": 1}
        assert store.trouble is None
        assert store.earlier(make_row(identity=A), "eve@example.net").of_domain == 8


def test_a_verdict_in_a_word_that_is_none_is_none(path: Path) -> None:
    with closing(Store(path)) as store:
        store.keep_run(A, 0, Verdict("still_holds", "It is listed.", ""), [RESULT], None, key=A)
        store.keep_run(B, 0, Verdict("still_holds", "It is listed.", ""), [RESULT], None, key=B)
    with closing(sqlite3.connect(path, isolation_level=None)) as inside:
        inside.execute("UPDATE verdict SET state = 'still_hqlds' WHERE identity = ?", (A,))
    with closing(Store(path)) as store:
        assert store.verdict(A) is None
        assert set(store.verdicts([A, B])) == {B}


def test_results_with_an_octet_that_is_no_text_are_no_run_before(path: Path) -> None:
    with closing(Store(path)) as store:
        store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    spoilt(path, b"It is not allowed.", b"It is not allow\xecd.")
    with closing(Store(path)) as store:
        assert store.forget(["bob@x.example"]) == {"bob@x.example": 0}
        assert store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A) is None
        assert store.trouble is None


def test_a_program_killed_while_it_sets_a_file_aside_leaves_all_of_it(path: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from bounce_tui.triage.store.store import Store\n"
        "renamed = []\n"
        "def die(event, _):\n"
        "    if event == 'os.rename':\n"
        "        renamed.append(event)\n"
        "        if len(renamed) == 2: os.kill(os.getpid(), 9)\n"
        "sys.addaudithook(die)\n"
        "Store(Path(sys.argv[1]))\n"
    )
    Store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.execute("INSERT INTO standing VALUES (?, 'done', 'a note of a newer version', '', '')", (A,))
        done = subprocess.run([sys.executable, "-c", killed, str(path)], check=False)
        assert done.returncode == -9, "or the test tells nothing"
        with closing(Store(path)) as store:
            assert store.change([B], state="done")
        left = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert b"a note of a newer version" in left


def test_a_folder_that_cannot_be_looked_into_costs_no_more_than_the_memory(nobodys: Path) -> None:
    nobodys.parent.chmod(0)
    with as_nobody(), closing(Store(nobodys)) as store:
        assert store.trouble is not None
        assert is_there(nobodys), "which the trouble then tells"
        assert store.change([A], state="done")
