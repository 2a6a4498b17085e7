"""States, notes, verdicts and earlier reports, by the identity of a mail's content."""

import getpass
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec

from bounce_tui.check_results import CheckResult, Verdict, VerdictState
from bounce_tui.domain_name import written_domain
from bounce_tui.reporting.counted import counted
from bounce_tui.triage.row import Row, outcomes_of
from bounce_tui.triage.store.database import clean, open_database
from bounce_tui.triage.store.forgetting import forget_address, forget_everybody
from bounce_tui.triage.store.kept_result import KeptResult, to_keep
from bounce_tui.triage.store.records import (
    UNTOUCHED,
    AddressHistory,
    Annotation,
    Change,
    EarlierVerdict,
    KnownVerdict,
    Run,
    TriageState,
)
from bounce_tui.triage.store.retention import MEMORY_DAYS, forget_older, has_older, today

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[KeptResult, ...])
_VERDICT_STATES = get_args(VerdictState)
_AT_ONCE = 500
"""Identities in one question: SQLite takes 999 values at least."""


class Store:
    """Every method is one transaction and may be called from any thread; none is for the event loop.

    `trouble` says what is wrong with the file (it was set aside, the disk is full, another program holds it,
    or has changed what was to be taken back), until whoever has told the user empties it.  What could not be
    written is not there when it is asked for.
    """

    def __init__(self, path: Path | None, memory_days: int = MEMORY_DAYS) -> None:
        """What was reported or found more than `memory_days` ago is forgotten; with 0 nothing of it is kept.
        States and notes stay."""
        opened = open_database(path)
        self.trouble = opened.trouble
        self._path = path
        self._connection = opened.connection
        self._lock = threading.Lock()
        self._who = _user()
        self._memory_days = memory_days
        self._forget_older()

    def annotations(self, identities: Iterable[bytes]) -> dict[bytes, Annotation]:
        """What is known of these mails; a mail that nobody touched is left out."""
        return self._read(lambda connection: _annotations(connection, identities), {})

    def change(
        self, identities: Sequence[bytes], *, state: TriageState | None = None, note: str | None = None
    ) -> dict[bytes, Change]:
        """Give these mails another state or note; what became of each, for `restore`, empty where nothing was
        changed."""
        now = _now()

        def work(connection: sqlite3.Connection) -> dict[bytes, Change]:
            before = dict.fromkeys(identities, UNTOUCHED) | _annotations(connection, identities)
            made = {}
            for identity, old in before.items():
                words = old.note if note is None else _storable(note)
                made[identity] = Change(old, Annotation(state or old.state, words, self._who, now))
                _put(connection, identity, made[identity].after)
            return made

        return self._write(work) or {}

    def restore(self, changes: Mapping[bytes, Change]) -> dict[bytes, Annotation]:
        """Take `changes` back, and nothing that others have changed since, which is `trouble`; how the mails
        stand now, empty where nothing could be taken back."""

        def work(connection: sqlite3.Connection) -> dict[bytes, Annotation]:
            found = dict.fromkeys(changes, UNTOUCHED) | _annotations(connection, changes)
            undone = {identity: change.undone(found[identity]) for identity, change in changes.items()}
            taken_back = {
                identity: annotation for identity, annotation in undone.items() if annotation is not None
            }
            for identity, annotation in taken_back.items():
                _put(connection, identity, annotation)
            if len(taken_back) < len(changes):
                left = counted(len(changes) - len(taken_back), "mail")
                self.trouble = f"somebody else has changed {left} since, left as changed there"
            return found | taken_back

        return self._write(work) or {}

    def remember(self, rows: Iterable[Row]) -> None:
        """Keep what `rows` report of each of their recipients."""
        if not self._memory_days:
            return
        seen = today()
        reports = [
            (
                row.identity,
                _storable(address.lower()),
                _storable(outcome.domain),
                outcome.kind,
                outcome.reason,
                row.date,
                seen,
            )
            for row in rows
            if row.identity
            for outcome in outcomes_of(row)
            for address in outcome.addresses
        ]
        insert = (
            "INSERT OR IGNORE INTO report (identity, recipient, domain, kind, reason, date, seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        self._write(lambda connection: connection.executemany(insert, reports))

    def earlier(self, row: Row, address: str | None) -> AddressHistory:
        """What other reports said of `address`, a recipient of `row`; where that has a date, only those
        before."""
        recipient = _storable((address or "").lower())
        if not recipient:
            return AddressHistory()

        def work(connection: sqlite3.Connection) -> AddressHistory:
            ask = connection.execute
            number, last = ask(
                "SELECT count(*), max(date) FROM report"
                " WHERE recipient = ? AND identity != ? AND kind = 'failed' AND (? IS NULL OR date < ?)",
                (recipient, row.identity, row.date, row.date),
            ).fetchone()
            (delivered,) = ask(
                "SELECT max(date) FROM report WHERE recipient = ? AND kind = 'delivered'", (recipient,)
            ).fetchone()
            (of_domain,) = ask(
                "SELECT count(DISTINCT identity) FROM report"
                " WHERE domain = ? AND domain != '' AND recipient != ? AND identity != ? AND kind = 'failed'",
                (written_domain(recipient) or "", recipient, row.identity),
            ).fetchone()
            return AddressHistory(number, last, delivered, of_domain)

        return self._read(work, AddressHistory())

    def forget(self, addresses: Sequence[str]) -> dict[str, int]:
        """Forget what was reported of `addresses`, of a whole domain with "@example.net", and what checks
        said that names them; how many reports there were of each, empty where nothing could be written.
        States and notes stay."""
        asked = dict.fromkeys(_storable(address.strip("<> \t").lower()) for address in addresses)

        def work(connection: sqlite3.Connection) -> dict[str, int]:
            return {address: forget_address(connection, address) for address in asked}

        return self._forgotten(work) or {}

    def forget_everybody(self) -> int | None:
        """Forget all reports of addresses and all that checks found; how many reports there were, None where
        nothing could be written.  States and notes stay."""
        return self._forgotten(forget_everybody)

    def _forget_older(self) -> None:
        days = self._memory_days
        # Looked up before, as to write waits for whoever writes.
        if self._read(lambda connection: has_older(connection, days), False):
            self._write(lambda connection: forget_older(connection, days))

    def _forgotten(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        found = self._write(work)
        if found is not None:
            with self._lock:
                hindered = clean(self._connection)
            if hindered is not None:
                words = f"{hindered}; what is forgotten is still to be found in its octets"
                self.trouble = f"{self._path or 'memory'}: {words}"
        return found

    def keep_run(
        self,
        identity: bytes,
        failure: int,
        verdict: Verdict,
        results: Sequence[CheckResult],
        resolver: str | None,
        *,
        key: bytes,
    ) -> Run | None:
        """Keep what the checks of failure number `failure` of a mail came to; the run before, if there was
        one.  The verdict is found again by `key`, the mail's identity or what begins with it."""
        if not self._memory_days:
            return None
        try:
            packed = _ENCODER.encode([to_keep(result) for result in results])
        except UnicodeEncodeError:
            # A lone surrogate of a hostile mail: the verdict is kept, nothing to compare with.
            packed = _ENCODER.encode(())
        now, asked = _now(), None if resolver is None else _storable(resolver)

        def work(connection: sqlite3.Connection) -> tuple[VerdictState, str, bytes] | None:
            before: tuple[VerdictState, str, bytes] | None = connection.execute(
                "SELECT state, at, results FROM run WHERE identity = ? AND failure = ?", (identity, failure)
            ).fetchone()
            connection.execute(
                "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?)",
                (identity, failure, verdict.state, asked, now, packed),
            )
            connection.execute(
                "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)",
                (key, verdict.state, _storable(verdict.summary), asked, now),
            )
            return before

        row = self._write(work)
        try:
            return Run(row[0], row[1], _DECODER.decode(row[2])) if row else None
        except (msgspec.DecodeError, UnicodeDecodeError):
            # Damaged, or written by a version that knew other results: nothing to compare with.
            return None

    def verdicts(
        self, identities: Iterable[bytes], of_several: Iterable[bytes] = ()
    ) -> dict[bytes, KnownVerdict]:
        """What the checks of these mails came to last time, by the key of each verdict; one that was never
        checked is left out.  `of_several` are the mails of which more than the leading failure is asked."""
        question = "SELECT identity, state FROM verdict WHERE identity IN"
        beside = "SELECT identity, state FROM verdict WHERE identity > ? AND identity < ?"

        def work(connection: sqlite3.Connection) -> dict[bytes, KnownVerdict]:
            found = list(_of_all(connection, question, identities))
            for identity in of_several:
                # The keys of one mail begin with its identity and a zero.
                found += connection.execute(beside, (identity, identity + b"\x01"))
            return {row[0]: KnownVerdict(row[1], earlier=True) for row in found if row[1] in _VERDICT_STATES}

        return self._read(work, {})

    def verdict(self, key: bytes) -> EarlierVerdict | None:
        """What the checks of a failure came to last time, by the key of its verdict."""

        def work(connection: sqlite3.Connection) -> EarlierVerdict | None:
            row = connection.execute(
                "SELECT state, summary, resolver, at FROM verdict WHERE identity = ?", (key,)
            ).fetchone()
            return EarlierVerdict(*row) if row and row[0] in _VERDICT_STATES else None

        return self._read(work, None)

    def close(self) -> None:
        """Close the SQLite file."""
        with self._lock:
            self._connection.close()

    def _read(self, work: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """What `work` finds.  Where the file cannot be read, that is `trouble`, and `nothing` is known."""
        with self._lock:
            try:
                return self._mending(lambda: work(self._connection))
            except (sqlite3.Error, UnicodeError) as error:
                self.trouble = f"{self._path or 'memory'}: {error}; what it holds of these mails is not known"
                return nothing

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `work` returns, once all that it writes is kept.  Where the file does not take it, nothing of
        it is kept, which is `trouble`, not an error: the mails can be worked on without it."""
        with self._lock:
            try:
                return self._mending(lambda: self._transaction(work))
            except (sqlite3.Error, UnicodeError) as error:
                self.trouble = f"{self._path or 'memory'}: {error}; the last change is not kept"
                return None

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            found = work(self._connection)
            self._connection.execute("COMMIT")
            return found
        finally:
            # SQLite takes some failed transactions back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _mending(self, work: Callable[[], T]) -> T:
        """What `work` finds, tried once more behind new indexes where it meets with damage: what is looked at
        when the file is opened leaves them out, and the tables have all that they say."""
        try:
            return work()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            self._connection.execute("REINDEX")
            return work()


def _annotations(connection: sqlite3.Connection, identities: Iterable[bytes]) -> dict[bytes, Annotation]:
    question = "SELECT identity, state, note, who, changed FROM standing WHERE identity IN"
    return {row[0]: Annotation(*row[1:]) for row in _of_all(connection, question, identities)}


def _of_all(
    connection: sqlite3.Connection, question: str, identities: Iterable[bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows that answer `question` for these mails."""
    wanted = list(identities)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"{question} ({marks})", some)


def _put(connection: sqlite3.Connection, identity: bytes, annotation: Annotation) -> None:
    if annotation == UNTOUCHED:
        connection.execute("DELETE FROM standing WHERE identity = ?", (identity,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?)",
            (identity, annotation.state, annotation.note, annotation.who, annotation.changed),
        )


def _storable(text: str) -> str:
    """`text` with its lone surrogates spelt out: SQLite takes UTF-8 only."""
    return text.encode("utf-8", "backslashreplace").decode()


def _user() -> str:
    try:
        return _storable(getpass.getuser())
    except (OSError, KeyError):
        return ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
