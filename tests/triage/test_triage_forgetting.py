"""What the store remembers of addresses goes: after its time, when it is asked to, and out of every octet."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.triage.row import Row
from bounce_tui.triage.store import database
from bounce_tui.triage.store.records import AddressHistory
from bounce_tui.triage.store.store import Store

A, B = b"a" * 12, b"b" * 12
NOTHING = Verdict("still_holds", "", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "bounce-tui" / "state.db"


def smtp(*details: str) -> CheckResult:
    return CheckResult("smtp", "mx.x.example", "pass", "accepted", "It is taken.", details)


def octets(path: Path) -> bytes:
    """All that lies in the folder of the state file, in small letters."""
    return b"".join(one.read_bytes() for one in path.parent.iterdir()).lower()


def aged(path: Path, days: int) -> None:
    """Whatever came into the file by now came `days` ago."""
    with closing(sqlite3.connect(path, isolation_level=None)) as inside:
        for table, column in (("report", "seen"), ("verdict", "at"), ("run", "at")):
            inside.execute(f"UPDATE {table} SET {column} = date('now', ?)", (f"-{days} days",))


def of_version(path: Path, version: int) -> sqlite3.Connection:
    """A state file as an older bounce-tui made it."""
    path.parent.mkdir(parents=True)
    old = sqlite3.connect(path, isolation_level=None)
    old.execute("PRAGMA secure_delete = OFF")
    for number in range(1, version + 1):
        old.executescript((Path(database.__file__).parent / f"schema_{number}.sql").read_text("utf-8"))
    old.executescript(f"PRAGMA application_id = {0x62746B31}; PRAGMA user_version = {version}")
    return old


@pytest.mark.parametrize(("kept", "age", "stays"), [(400, 399, 1), (400, 402, 0), (30, 32, 0), (0, 0, 0)])
def test_addresses_and_what_checks_found_are_forgotten_when_their_time_has_come(
    path: Path, make_row: Callable[..., Row], kept: int, age: int, stays: int
) -> None:
    row = make_row(identity=A)
    with closing(Store(path)) as store:
        store.remember([row])
        store.keep_run(A, 0, NOTHING, [smtp(f"RCPT TO:<{row.recipient}>")], None, key=A)
        store.change([A], note="called")
    aged(path, age)
    with closing(Store(path, kept)) as store:
        assert store.trouble is None
        assert store.earlier(make_row(identity=B, date=None), row.recipient).of_address == stays
        assert (store.verdict(A) is not None) == stays
        assert store.annotations([A])[A].note == "called"
    assert (str(row.recipient).encode() in octets(path)) == stays


def test_where_nothing_is_remembered_no_address_is_written(path: Path, make_row: Callable[..., Row]) -> None:
    row = make_row(identity=A)
    with closing(Store(path, 0)) as store:
        store.remember([row])
        assert store.keep_run(A, 0, NOTHING, [smtp(f"<{row.recipient}>")], None, key=A) is None
        assert store.earlier(make_row(identity=B, date=None), row.recipient) == AddressHistory()
        assert store.change([A], state="done")
    assert str(row.recipient).encode() not in octets(path)


def test_an_address_that_is_to_be_forgotten_is_nowhere_in_the_file(
    path: Path, make_row: Callable[..., Row]
) -> None:
    names = ("Bob@x.example", "bea@x.example", "carl@y.example", "dora@y.example")
    rows = [
        make_row(number, recipient=name, identity=bytes([number]) * 12) for number, name in enumerate(names)
    ]
    with closing(Store(path)) as store, closing(Store(path)) as running:
        running.remember(rows)
        for row, words in zip(rows, ("bob@X.example is gone", "", "carl@y.example lives", ""), strict=True):
            verdict = Verdict("still_holds", words, "")
            running.keep_run(row.identity, 0, verdict, [smtp("BOB@x.example")], None, key=row.identity)
            running.change([row.identity], state="done")
        assert store.forget(["<BOB@x.example>", "@y.example", "nobody@z.example"]) == {
            "bob@x.example": 1, "@y.example": 2, "nobody@z.example": 0,
        }  # fmt: skip
        assert b"bob@" not in octets(path)
        assert b"@y.example" not in octets(path)
        assert b"bea@x.example" in octets(path)
        assert len(store.annotations([row.identity for row in rows])) == 4
        assert store.forget_everybody() == 1
        assert b"bea@" not in octets(path)
        assert store.trouble is None


@pytest.mark.parametrize(
    ("asked", "said", "goes"),
    [
        ("bob@x.example", "RCPT TO:<Bob@X.Example>", True),
        ("bob@x.example", "to=bob@x.example, relay=none", True),
        ("bob@x.example", "bob@x.example.", True),
        ("bob@x.example", "list-bounces+bob=x.example@y.example", True),
        ("bob@x.example", "jim-bob@x.example", False),
        ("bob@x.example", "jim.bob@x.example", False),
        ("bob@x.example", "bob@x.example.net", False),
        ("bob@x.example", "bob@x.example-two.net", False),
        ("bob@x.example", "bea@x.example", False),
        ("@x.example", "bea@x.example", True),
        ("@x.example", "mx1.x.example. has no address", True),
        ("@x.example", "bea@maxx.example", False),
        ("@x.example", "bea@x.example.net", False),
        ("@bücher.example", "bea@xn--bcher-kva.example", True),
        ("bob", "bob@x.example says bob", False),
    ],
)
def test_what_checks_said_goes_where_it_names_the_address_and_only_there(
    path: Path, asked: str, said: str, *, goes: bool
) -> None:
    plain = CheckResult("smtp", "mx.z.example", "pass", "accepted", "It is taken.")
    beside = A + b"\0beside"
    with closing(Store(path)) as store:
        store.keep_run(A, 0, Verdict("still_holds", said, ""), [plain], None, key=A)
        # A text of packed results has its length before it, which may look like a letter.
        told = CheckResult("smtp", "mx.z.example", "pass", "accepted", said.ljust(ord("b")))
        store.keep_run(A, 1, NOTHING, [told], None, key=beside)
        store.forget([asked])
        assert (store.verdict(A) is None) == goes
        assert store.verdict(beside) is not None
        assert (store.keep_run(A, 1, NOTHING, [plain], None, key=beside) is None) == goes
        assert store.trouble is None


@pytest.mark.parametrize(
    "asked", ["bob@bücher.example", "BOB@XN--BCHER-KVA.example", "bob@xn--bcher-kva.example."]
)
def test_however_its_domain_is_spelt_an_address_is_the_same(
    path: Path, make_row: Callable[..., Row], asked: str
) -> None:
    spelt = (
        "bob@Bücher.example",
        "bob@xn--bcher-kva.example",
        "Bob@xn--bcher-kva.example.",
        "bea@bücher.example",
    )
    with closing(Store(path)) as store:
        store.remember(
            make_row(number, recipient=name, identity=bytes([number]) * 12)
            for number, name in enumerate(spelt)
        )
        assert list(store.forget([asked]).values()) == [3]
        assert store.forget_everybody() == 1


def test_what_an_older_version_remembers_is_kept_from_the_day_on_which_it_is_brought_up(
    path: Path, make_row: Callable[..., Row]
) -> None:
    with closing(of_version(path, 2)) as old:
        old.execute("INSERT INTO report VALUES (?, 'bob@x.example', 'x.example', 'failed', 'x', NULL)", (A,))
    with closing(Store(path)) as store:
        assert store.trouble is None
        assert store.earlier(make_row(identity=B), "bea@x.example").of_domain == 1
        assert store.forget(["bob@x.example"]) == {"bob@x.example": 1}


@pytest.mark.parametrize("opened_by", [400, 0])
def test_not_even_what_an_older_version_left_in_the_pages_stays(path: Path, opened_by: int) -> None:
    dice = random.Random(1)
    with closing(of_version(path, 2)) as old:
        for number in range(4000):
            who = dice.choice(("alpha", "beta", "secret"))
            report = (
                dice.randbytes(12),
                f"u{dice.random()}@{who}.example",
                f"{who}.example",
                "failed",
                None,
                None,
            )
            old.execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?)", report)
            if number % 7 == 0:
                old.execute(
                    "UPDATE report SET reason = ? WHERE identity = ?", ("x" * (number % 90), report[0])
                )
        old.execute("DELETE FROM report WHERE domain = 'secret.example'")
    assert b"@secret.example" in octets(path), "or the test tells nothing"
    with closing(Store(path, opened_by)) as store:
        assert store.trouble is None
        store.forget(["@secret.example"])
    assert b"@secret.example" not in octets(path)
    assert (b"@alpha.example" in octets(path)) == bool(opened_by)


def test_that_a_reader_hinders_what_is_forgotten_from_going_is_said(
    path: Path, make_row: Callable[..., Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 0.05)
    with closing(Store(path)) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.remember([make_row(identity=A)])
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM report").fetchone() == (1,)
        assert store.forget(["user0@example.net"]) == {"user0@example.net": 1}
        assert store.trouble is not None
        assert "still to be found in its octets" in store.trouble
        other.execute("COMMIT")
        store.forget(["user0@example.net"])
    assert b"user0@" not in octets(path)
