"""States, notes, verdicts and earlier reports, by the identity of a mail's content."""

import getpass
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from bounce_tui.model import CheckResult, Verdict
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.database import open_database
from bounce_tui.triage.store.standing import UNTOUCHED, Earlier, Judged, Kept, Run, Standing, State

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[CheckResult, ...])
_AT_ONCE = 500
"""Identities in one question: SQLite takes 999 values at least."""


class Store:
    """Every method is one transaction and may be called from any thread; none is for the event loop.

    `trouble` says what was wrong with the file, once.
    """

    def __init__(self, path: Path | None) -> None:
        opened = open_database(path)
        self.trouble = opened.trouble
        self._connection = opened.connection
        self._lock = threading.Lock()
        self._who = _user()

    def standings(self, identities: Iterable[bytes]) -> dict[bytes, Standing]:
        """What is known of these mails; a mail that nobody touched is left out."""
        question = "SELECT identity, state, note, who, changed FROM standing WHERE identity IN"
        return {row[0]: Standing(*row[1:]) for row in self._of_all(question, identities)}

    def change(
        self, identities: Sequence[bytes], *, state: State | None = None, note: str | None = None
    ) -> dict[bytes, Standing]:
        """Give these mails another state or note; how they stood before, for `restore`."""
        before = self.standings(identities)
        now = _now()
        after = {}
        for identity in identities:
            old = before.get(identity, UNTOUCHED)
            after[identity] = Standing(state or old.state, old.note if note is None else note, self._who, now)
        self._put(after)
        return {identity: before.get(identity, UNTOUCHED) for identity in identities}

    def restore(self, before: Mapping[bytes, Standing]) -> None:
        """Take a `change` back."""
        self._put(before)

    def remember(self, rows: Iterable[Row]) -> None:
        """Keep what `rows` report of their recipients."""
        reports = [
            (row.identity, row.recipient.lower(), row.domain, row.kind, row.reason, row.date)
            for row in rows
            if row.recipient and row.identity
        ]
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR IGNORE INTO report VALUES (?, ?, ?, ?, ?, ?)", reports)
            self._connection.execute("COMMIT")

    def earlier(self, row: Row) -> Earlier:
        """What other reports said of the recipient of `row`; where that has a date, only those before."""
        recipient = (row.recipient or "").lower()
        if not recipient:
            return Earlier()
        ask = self._connection.execute
        with self._lock:
            number, last = ask(
                "SELECT count(*), max(date) FROM report"
                " WHERE recipient = ?1 AND identity != ?2 AND kind = 'failed' AND (?3 IS NULL OR date < ?3)",
                (recipient, row.identity, row.date),
            ).fetchone()
            (delivered,) = ask(
                "SELECT max(date) FROM report WHERE recipient = ? AND kind = 'delivered'", (recipient,)
            ).fetchone()
            (of_domain,) = ask(
                "SELECT count(*) FROM report"
                " WHERE domain = ? AND domain != '' AND recipient != ? AND kind = 'failed'",
                (row.domain, recipient),
            ).fetchone()
        return Earlier(number, last, delivered, of_domain)

    def keep_run(
        self,
        identity: bytes,
        failure: int,
        verdict: Verdict,
        results: Sequence[CheckResult],
        resolver: str | None,
        *,
        leads: bool = True,
    ) -> Run | None:
        """Keep what the checks of failure number `failure` of a mail came to; the run before, if there was
        one.  Where that failure `leads`, its verdict is that of the mail."""
        try:
            packed = _ENCODER.encode(tuple(results))
        except UnicodeEncodeError:
            # A lone surrogate of a hostile mail: the verdict is kept, nothing to compare with.
            packed = _ENCODER.encode(())
        now = _now()
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            row = self._connection.execute(
                "SELECT state, at, results FROM run WHERE identity = ? AND failure = ?", (identity, failure)
            ).fetchone()
            self._connection.execute(
                "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?)",
                (identity, failure, verdict.state, resolver, now, packed),
            )
            if leads:
                self._connection.execute(
                    "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)",
                    (identity, verdict.state, verdict.summary, resolver, now),
                )
            self._connection.execute("COMMIT")
        try:
            return Run(row[0], row[1], _DECODER.decode(row[2])) if row else None
        except msgspec.DecodeError:
            # Written by a version that knew other results: nothing to compare with.
            return None

    def verdicts(self, identities: Iterable[bytes]) -> dict[bytes, Judged]:
        """What the checks of these mails came to last time; one that was never checked is left out."""
        question = "SELECT identity, state FROM verdict WHERE identity IN"
        return {row[0]: Judged(row[1], earlier=True) for row in self._of_all(question, identities)}

    def verdict(self, identity: bytes) -> Kept | None:
        """What the checks of a mail came to last time."""
        with self._lock:
            row = self._connection.execute(
                "SELECT state, summary, resolver, at FROM verdict WHERE identity = ?", (identity,)
            ).fetchone()
        return Kept(*row) if row else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _of_all(self, question: str, identities: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
        """The rows that answer `question` for these mails."""
        wanted = list(identities)
        with self._lock:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                yield from self._connection.execute(f"{question} ({marks})", some)

    def _put(self, standings: Mapping[bytes, Standing]) -> None:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            for identity, standing in standings.items():
                if standing == UNTOUCHED:
                    self._connection.execute("DELETE FROM standing WHERE identity = ?", (identity,))
                else:
                    self._connection.execute(
                        "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?)",
                        (identity, standing.state, standing.note, standing.who, standing.changed),
                    )
            self._connection.execute("COMMIT")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
