"""The store: real files, real processes, real kills."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest

from bounce_tui.check_outcome import Listing
from bounce_tui.check_results import CheckResult, Seen, Verdict
from bounce_tui.checks.running.changes import changes
from bounce_tui.mailbox import file_system
from bounce_tui.triage.other_recipients import OtherRecipients
from bounce_tui.triage.row import Row
from bounce_tui.triage.store import database
from bounce_tui.triage.store.database import VERSION
from bounce_tui.triage.store.kept_result import to_keep
from bounce_tui.triage.store.records import UNTOUCHED, AddressHistory, KnownVerdict, verdict_matches
from bounce_tui.triage.store.store import Store

HERE = Path(__file__).parent
A, B = b"a" * 12, b"b" * 12
A_BESIDE = A + b"\0beside"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "bounce-tui" / "state.db"


def test_states_and_notes_last_and_say_who_and_when(path: Path) -> None:
    store = Store(path)
    store.change([A, B], state="working")
    store.change([A], note="asked the ISP")
    store.close()
    again = Store(path)
    found = again.annotations([A, B, b"c" * 12])
    assert (found[A].state, found[A].note, found[B].note) == ("working", "asked the ISP", "")
    assert found[A].who
    assert found[A].changed.endswith("Z")
    assert set(found) == {A, B}
    assert again.trouble is None


def test_a_change_can_be_taken_back(path: Path) -> None:
    store = Store(path)
    store.change([A], state="ignored", note="spam")
    changes = store.change([A, B], state="done")
    assert changes[B].before == UNTOUCHED
    store.restore(changes)
    assert store.annotations([A, B]) == {A: changes[A].before}
    assert store.trouble is None


def test_taking_back_leaves_what_somebody_else_has_changed_since(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Store(path)
    monkeypatch.setenv("LOGNAME", "ann")
    hers = Store(path)
    done = mine.change([A, B], state="done")
    hers.change([A], note="called the ISP")
    hers.change([B], state="working")
    found = mine.restore(done)
    assert mine.annotations([A, B]) == found
    assert (found[A].state, found[A].note, found[A].who) == ("todo", "called the ISP", "ann")
    assert found[B].state == "working"
    assert mine.trouble == "somebody else has changed 1 mail since, left as changed there"

    noted = mine.change([A], note="mine")
    hers.change([A], state="done")
    again = mine.change([A], state="ignored")
    hers.change([A], state="ignored")
    mine.trouble = None
    assert mine.restore(again)[A].state == "ignored", "she has said so, too"
    assert mine.trouble is not None
    mine.trouble = None
    assert mine.restore(noted)[A].note == "called the ISP"
    assert mine.trouble is None


def test_only_the_owner_may_read_it(path: Path) -> None:
    store = Store(path)
    store.change([A], state="done")
    for name in path.parent.iterdir():
        assert stat.S_IMODE(name.stat().st_mode) == 0o600, name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_what_failed_before_is_told_of_address_and_domain(path: Path) -> None:
    def row(number: int, recipient: str, kind: str = "failed", date: str = "2026-11-20T09:00:00Z") -> Row:
        identity = number.to_bytes(12, "big")
        return Row("box", number, 0, 1, kind, date=date, recipient=recipient, reason="x", identity=identity)

    store = Store(path)
    rows = [
        row(1, "bob@example.net", date="2026-11-01T09:00:00Z"),
        row(2, "Bob@Example.net"),
        row(3, "bob@example.net", "delivered", "2026-11-21T09:00:00Z"),
        row(4, "carl@example.net"),
        row(5, "dora@example.org"),
        Row("box", 6, 0, 1, "other"),
    ]
    store.remember(rows)
    store.remember(rows)
    assert store.earlier(rows[1], rows[1].recipient) == AddressHistory(
        1, "2026-11-01T09:00:00Z", "2026-11-21T09:00:00Z", 1
    )
    assert store.earlier(rows[4], rows[4].recipient) == AddressHistory()
    # Of the mail that came first, nothing was before.
    assert store.earlier(rows[0], rows[0].recipient).of_address == 0
    assert store.earlier(rows[5], None) == AddressHistory()


def test_each_recipient_of_a_mail_has_a_history_of_its_own(path: Path) -> None:
    def row(number: int, *others: OtherRecipients) -> Row:
        return Row(
            "box", number, 0, 1, "failed", date=f"2026-11-{number:02}T09:00:00Z", recipient="ann@y.example",
            reason="user_unknown", identity=number.to_bytes(12, "big"), others=others,
        )  # fmt: skip

    store = Store(path)
    rows = [
        row(1, OtherRecipients("bob@x.example\nBea@X.example", reason="mailbox_full")),
        row(2, OtherRecipients("bea@x.example", kind="delivered")),
        row(3, OtherRecipients("bob@x.example", reason="mailbox_full"), OtherRecipients("eve@z.example")),
    ]
    store.remember(rows)
    last = rows[2]
    assert store.earlier(last, "ann@y.example") == AddressHistory(2, "2026-11-02T09:00:00Z")
    assert store.earlier(last, "bob@x.example") == AddressHistory(1, "2026-11-01T09:00:00Z", None, 1)
    assert store.earlier(last, "bea@x.example").delivered == "2026-11-02T09:00:00Z"
    # Those of the same mail are no other report.
    assert store.earlier(rows[0], "bob@x.example") == AddressHistory()
    assert store.earlier(last, "eve@z.example") == AddressHistory()


def test_the_verdict_on_another_failure_than_the_leading_one_is_its_own(path: Path) -> None:
    store = Store(path)
    store.keep_run(A, 0, Verdict("still_holds", "It is listed.", "Ask."), [], None, key=A)
    store.keep_run(A, 1, Verdict("no_longer_holds", "It is there.", "Send."), [], None, key=A_BESIDE)
    first, second = store.verdict(A), store.verdict(A_BESIDE)
    assert first is not None
    assert second is not None
    assert (first.state, second.state) == ("still_holds", "no_longer_holds")
    assert second.at.endswith("Z")
    assert store.verdict(A + b"\0another") is None


def test_the_verdicts_beside_that_of_a_mail_are_found_with_it_where_they_are_asked_for(path: Path) -> None:
    store = Store(path)
    held, gone = (
        Verdict("still_holds", "Listed.", "Ask."),
        Verdict("no_longer_holds", "Gone.", "Send."),
    )
    store.keep_run(A, 0, held, [], None, key=A)
    store.keep_run(A, 1, gone, [], None, key=A_BESIDE)
    store.keep_run(B, 0, gone, [], None, key=B)
    found = store.verdicts([A], of_several=[A])
    assert {key: judged.state for key, judged in found.items()} == {
        A: "still_holds",
        A_BESIDE: "no_longer_holds",
    }
    assert store.verdicts([A]).keys() == {A}


def test_a_verdict_is_kept_with_the_resolver_and_the_time(path: Path) -> None:
    store = Store(path)
    assert (
        store.keep_run(A, 0, Verdict("still_holds", "It is listed.", "Ask."), [], "127.0.0.1:53", key=A)
        is None
    )
    store.keep_run(A, 0, Verdict("no_longer_holds", "It is gone.", "Send."), [], "127.0.0.1:53", key=A)
    kept = store.verdict(A)
    assert kept is not None
    assert (kept.state, kept.summary, kept.resolver) == ("no_longer_holds", "It is gone.", "127.0.0.1:53")
    assert store.verdict(B) is None


RESULT = CheckResult(
    "spf",
    "example.org",
    "fail",
    "fail",
    "SPF fails",
    seen=(Seen("example.org", "TXT", ("v=spf1 -all",), 60),),
)


def test_the_run_before_is_given_for_the_one_that_is_kept(path: Path) -> None:
    held, gone = Verdict("still_holds", "It is listed.", "Ask."), Verdict("no_longer_holds", "Gone.", "Send.")
    Store(path).keep_run(A, 0, held, [RESULT], None, key=A)
    store = Store(path)
    assert store.keep_run(A, 1, held, [], None, key=A_BESIDE) is None, "another recipient of the same mail"
    before = store.keep_run(A, 0, gone, [], None, key=A)
    assert before is not None
    assert (before.state, before.results) == ("still_holds", (to_keep(RESULT),))
    after = store.keep_run(A, 0, gone, [], None, key=A)
    assert after is not None
    assert (after.state, after.results) == ("no_longer_holds", ())


def test_the_verdict_of_a_recipient_that_does_not_lead_is_not_that_of_the_mail(path: Path) -> None:
    held, gone = Verdict("still_holds", "It is listed.", "Ask."), Verdict("no_longer_holds", "Gone.", "Send.")
    store = Store(path)
    store.keep_run(A, 0, held, [RESULT], None, key=A)
    store.keep_run(A, 1, gone, [RESULT], None, key=A_BESIDE)
    kept = store.verdict(A)
    assert kept is not None
    assert kept.summary == "It is listed."
    assert store.keep_run(A, 1, held, [], None, key=A_BESIDE) is not None


def test_text_that_is_no_unicode_is_kept_spelt_out_and_harms_nothing_after(path: Path) -> None:
    store = Store(path)
    store.change([A], note="Zo\udceb")
    store.keep_run(A, 0, Verdict("still_holds", "of \udcff", ""), [RESULT], None, key=A)
    store.change([B], state="done")
    found, kept = store.annotations([A, B]), store.verdict(A)
    assert (found[A].note, found[B].state) == (r"Zo\udceb", "done")
    assert kept is not None
    assert kept.summary == r"of \udcff"


def test_a_login_name_that_is_no_utf_8_is_kept_spelt_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", os.fsdecode(b"j\xfcrg"))
    store = Store(path)
    store.change([A], state="done")
    assert store.trouble is None
    assert store.annotations([A])[A].who == r"j\udcfcrg"


def test_addresses_and_servers_that_are_no_unicode_are_kept_spelt_out(
    path: Path, make_row: Callable[..., Row]
) -> None:
    store = Store(path)
    first, second = (
        make_row(number, recipient="Zo\udceb@x.example", identity=id_) for number, id_ in ((0, A), (1, B))
    )
    store.remember([first, second])
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], "\udcff", key=A)
    kept = store.verdict(A)
    assert store.trouble is None
    assert kept is not None
    assert kept.resolver == r"\udcff"
    assert store.earlier(second, second.recipient).of_address == 1


def test_a_file_that_another_program_holds_costs_the_change_and_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 0.05)
    store = Store(path)
    store.change([A], note="before")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.change([A, B], state="done") == {}, "nothing to take back"
        assert store.trouble is not None
        assert str(path) in store.trouble
        assert "locked" in store.trouble
        assert store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A) is None
        other.execute("COMMIT")
    other.close()
    assert [one.note for one in store.annotations([A, B]).values()] == ["before"]
    store.trouble = None
    store.change([A], state="done")
    assert store.trouble is None
    assert (store.annotations([A])[A].state, store.annotations([A])[A].note) == ("done", "before")


def test_a_file_that_can_no_longer_be_read_costs_what_it_holds_and_says_so(
    path: Path, make_row: Callable[..., Row]
) -> None:
    store = Store(path)
    store.change([A], note="before")
    with closing(sqlite3.connect(path)) as other:
        for table in ("standing", "report", "verdict", "run"):
            other.execute(f"DROP TABLE {table}")
    row = make_row()
    asked = (
        (lambda: store.annotations([A]), {}),
        (lambda: store.verdicts([A]), {}),
        (lambda: store.verdict(A), None),
        (lambda: store.earlier(row, row.recipient), AddressHistory()),
    )
    for ask, nothing in asked:
        store.trouble = None
        assert ask() == nothing
        assert store.trouble is not None
        assert "no such table" in store.trouble


def test_a_store_that_other_machines_may_open_shares_no_memory_with_them(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mode() -> str:
        with closing(sqlite3.connect(path)) as other:
            return str(other.execute("PRAGMA journal_mode").fetchone()[0])

    with closing(Store(path)) as before:
        before.change([A], note="before")
        assert mode() == "wal"
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n37 22 0:31 / {path.parent.resolve()} rw - nfs4 files:/ann rw\n"
    )
    monkeypatch.setattr(file_system, "MOUNTS", mounts)
    store, beside = Store(path), Store(path)
    beside.change([B], note="after")
    assert (store.trouble, beside.trouble, mode()) == (None, None, "delete")
    assert {one.note for one in store.annotations([A, B]).values()} == {"before", "after"}
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


def test_a_file_that_cannot_be_opened_is_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*args: object, **named: object) -> sqlite3.Connection:
        made.append(connect(*args, **named))
        return made[-1]

    Store(path).close()
    monkeypatch.setattr(database, "PATIENCE_S", 0.05)
    with connect(path, isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", noted)
        store = Store(path)
    other.close()
    assert store.trouble is not None
    assert "locked" in store.trouble
    on_disk, in_memory = made
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        on_disk.execute("SELECT 1")
    in_memory.execute("SELECT 1")


def test_a_change_that_fails_half_way_is_taken_back_and_the_next_one_is_kept(path: Path) -> None:
    store = Store(path)
    full = "WHEN NEW.identity = x'626262626262626262626262' BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    with sqlite3.connect(path) as other:
        other.execute(f"CREATE TRIGGER full BEFORE INSERT ON standing {full}")
    other.close()
    assert store.change([A, B], state="done") == {}
    assert store.annotations([A, B]) == {}
    assert store.trouble == f"{path}: disk is full; the last change is not kept"
    store.change([A], state="done")
    assert set(store.annotations([A, B])) == {A}


def test_results_that_cannot_be_read_any_more_are_no_run_before(path: Path) -> None:
    store = Store(path)
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE run SET results = x'93'")
    assert store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A) is None
    odd = msgspec.structs.replace(RESULT, summary="\udce9")
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [odd], None, key=A)
    before = store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    assert before is not None
    assert before.results == ()


def test_an_outcome_is_kept_as_the_text_that_json_tells(path: Path) -> None:
    store = Store(path)
    listed = CheckResult(
        "dnsbl:zen.spamhaus.org", "192.0.2.10", "fail", "listed", "It is listed.", remedy="Open the page.",
        particulars=Listing(("SBL", "PBL")), meant="Was 192.0.2.11 meant?",
    )  # fmt: skip
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [listed], None, key=A)
    with sqlite3.connect(path) as other:
        (packed,) = other.execute("SELECT results FROM run").fetchone()
    other.close()
    (kept,) = msgspec.msgpack.decode(packed)
    assert kept["outcome"] == "listed:SBL,PBL"
    assert kept["remedy"] == "Was 192.0.2.11 meant? Open the page."
    assert "particulars" not in kept


@pytest.mark.parametrize("outcome", ["listed:SBL,PBL", "accepted/encrypted", "a word of long ago"])
def test_results_that_an_older_version_kept_are_still_compared(path: Path, outcome: str) -> None:
    store = Store(path)
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    old = {**msgspec.to_builtins(RESULT), "outcome": outcome}
    del old["particulars"], old["meant"]
    with sqlite3.connect(path) as other:
        other.execute("UPDATE run SET results = ?", (msgspec.msgpack.encode([old]),))
    other.close()
    before = store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    assert before is not None
    assert before.results[0].outcome == outcome
    assert changes([RESULT], before.results) == ()


def test_a_store_of_the_first_version_is_brought_up_and_keeps_what_it_holds(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    first = (Path(database.__file__).parent / "schema_1.sql").read_text("utf-8")
    with sqlite3.connect(path) as old:
        old.executescript(f"{first}; PRAGMA application_id = {0x62746B31}; PRAGMA user_version = 1")
        old.execute("INSERT INTO standing VALUES (?, 'done', 'mended', 'ann', '2026-11-20T09:00:00Z')", (A,))
    store = Store(path)
    assert store.trouble is None
    assert store.annotations([A])[A].note == "mended"
    store.keep_run(A, 0, Verdict("still_holds", "", ""), [RESULT], None, key=A)
    assert store.keep_run(A, 0, Verdict("still_holds", "", ""), [], None, key=A) is not None


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")


def of_a_newer_version(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")


def damaged(path: Path) -> None:
    store = Store(path)
    store.change([bytes([number]) * 12 for number in range(200)], state="done")
    store.close()
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    path.write_bytes(data)


def no_database(path: Path) -> None:
    path.write_bytes(b"this is a letter to my aunt, and no database at all\n" * 50)


@pytest.mark.parametrize("spoil", [of_another_program, of_a_newer_version, damaged, no_database])
def test_a_file_that_cannot_be_used_is_set_aside_whole_and_said_so(path: Path, spoil: object) -> None:
    path.parent.mkdir(parents=True)
    spoil(path)
    before = path.read_bytes()
    store = Store(path)
    assert store.trouble is not None
    names = [one for one in path.parent.iterdir() if ".aside-" in one.name]
    (aside,) = [one for one in names if not one.name.endswith(("-wal", "-shm"))]
    assert aside.name in store.trouble
    assert str(path) in store.trouble
    assert aside.read_bytes() == before
    store.change([A], state="done")
    assert store.annotations([A])[A].state == "done"


def test_what_is_begun_anew_only_the_owner_may_read(path: Path) -> None:
    path.parent.mkdir(parents=True)
    no_database(path)
    with closing(Store(path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def connecting(monkeypatch: pytest.MonkeyPatch, made: type[sqlite3.Connection]) -> None:
    """Every connection to a file is from now on one of `made`."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda where, **named: connect(where, **{"factory": made} | named)
    )


def test_a_store_that_another_program_begins_at_this_moment_is_not_set_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    class Beside(sqlite3.Connection):
        """Another program begins its store just before this one is asked for its tables."""

        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            if "sqlite_master" in statement and not begun:
                begun.append(statement)
                other = sqlite3.connect(path, isolation_level=None, timeout=0)
                with closing(other), suppress(sqlite3.OperationalError):
                    database.prepared(other)
            return super().execute(statement, *values)

    connecting(monkeypatch, Beside)
    with closing(Store(path)) as store:
        assert begun
        assert store.trouble is None
        assert not [one.name for one in path.parent.iterdir() if ".aside-" in one.name]
        store.change([A], state="done")
        assert store.annotations([A])[A].state == "done"


def test_a_file_that_another_program_is_opening_is_not_set_aside_under_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 0.05)
    path.parent.mkdir(parents=True)
    no_database(path)
    before = path.read_bytes()
    holding = (
        "import fcntl, sys; held = open(sys.argv[1], 'a'); fcntl.flock(held, fcntl.LOCK_EX); "
        "print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, f"{path}.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with closing(Store(path)) as store:
            assert store.trouble is not None
            assert "another bounce-tui is opening it; states and notes of this session" in store.trouble
        assert path.read_bytes() == before
        other.communicate()
    with closing(Store(path)) as store:
        assert store.trouble is not None
        assert "set aside" in store.trouble


def test_a_program_that_writes_while_the_store_is_opened_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(parents=True)
    refused: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        class Refused(sqlite3.Connection):
            """Once it is refused, the other program is ready."""

            def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
                try:
                    return super().execute(statement, *values)
                except sqlite3.OperationalError:
                    refused.append(statement)
                    other.execute("COMMIT")
                    raise

        connecting(monkeypatch, Refused)
        with closing(Store(path)) as store:
            assert store.trouble is None
            store.change([A], state="done")
    assert refused == ["PRAGMA journal_mode = wal"]
    with closing(Store(path)) as store:
        assert store.annotations([A])[A].state == "done"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_costs_no_more_than_the_memory(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.parent.chmod(0o500)
    store = Store(path)
    assert store.trouble is not None
    assert "not kept" in store.trouble


def test_a_path_that_is_a_folder_costs_no_more_than_the_memory(path: Path) -> None:
    path.mkdir(parents=True)
    store = Store(path)
    assert store.trouble is not None
    assert "not kept" in store.trouble
    store.change([A], state="done")
    assert store.annotations([A])[A].state == "done"


def test_two_programs_killed_at_any_moment_lose_nothing_that_was_said(path: Path) -> None:
    Store(path).close()
    said: set[int] = set()
    for round_ in range(6):
        first = [round_ * 100_000, round_ * 100_000 + 1]
        programs = [
            subprocess.Popen(
                [sys.executable, str(HERE / "hammer.py"), str(path), str(number)], stdout=subprocess.PIPE
            )
            for number in first
        ]
        for program in programs:
            assert program.stdout is not None
            for _ in range(7 * round_ + 1):
                said.add(int(program.stdout.readline()))
        for program in programs:
            program.kill()
            out, _ = program.communicate()
            said |= {int(line) for line in out.split(b"\n")[:-1] if line}
    store = Store(path)
    assert store.trouble is None
    found = store.annotations([number.to_bytes(8, "big") for number in said])
    assert len(found) == len(said) > 200
    assert all(found[number.to_bytes(8, "big")].note == f"note {number}" for number in said)


@pytest.mark.parametrize(
    ("judged", "means"),
    [
        (None, set()),
        (KnownVerdict("still_holds"), {"checked", "still_holds"}),
        (KnownVerdict("no_longer_holds", earlier=True), {"checked", "no_longer_holds", "earlier"}),
    ],
)
def test_what_a_filter_means_by_a_verdict(judged: KnownVerdict | None, means: set[str]) -> None:
    words = ("checked", "earlier", "still_holds", "no_longer_holds", "cannot_be_known")
    assert {word for word in words if verdict_matches(word, judged)} == means
