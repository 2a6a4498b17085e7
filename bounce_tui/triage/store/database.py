"""The file behind the store: no crash, no second program and no newer version loses anything in it."""

import os
import sqlite3
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bounce_tui.mailbox.file_system import remote_kind

VERSION = 2
_WAIT_S = 5.0
_APPLICATION = 0x62746B31
"""Marks the file as ours, so that nobody else's database is taken for one."""


class Opened:
    """`connection` to use, and `trouble`: what had to be set aside and where, None when all is well."""

    def __init__(self, connection: sqlite3.Connection, trouble: str | None = None) -> None:
        self.connection = connection
        self.trouble = trouble


def open_database(path: Path | None) -> Opened:
    """Open or make the database at `path`, in memory with None.

    A damaged file, or one of a newer version, is moved aside under another name and never written to.  Where
    nothing can be kept at all (a full disk, a folder without permission) the store is in memory, and
    `trouble` says so.
    """
    if path is None:
        return Opened(_prepared(sqlite3.connect(":memory:", check_same_thread=False)))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite would make the file with the umask's rights, and it holds addresses.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        return _from_file(path)
    except (OSError, sqlite3.Error) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        kept = _prepared(sqlite3.connect(":memory:", check_same_thread=False))
        return Opened(kept, f"{path}: {words}; states and notes of this session are not kept")


def _from_file(path: Path) -> Opened:
    with ExitStack() as on_error:
        connection, fault = _connection(path, on_error), None
        try:
            fault = _fault(connection)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            fault = str(error)
        trouble = None
        if fault is not None:
            connection.close()
            aside = _set_aside(path)
            trouble = f"{path}: {fault}; it was set aside as {aside.name}, and a new one begun"
            connection = _connection(path, on_error)
        opened = Opened(_prepared(connection, shared=remote_kind(str(path.parent)) is not None), trouble)
        on_error.pop_all()
        return opened


def _connection(path: Path, on_error: ExitStack) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
    on_error.callback(connection.close)
    return connection


def _fault(connection: sqlite3.Connection) -> str | None:
    """Why this file cannot be used as it is."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0]
    if version == 0 and ours == 0:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return None if tables == 0 else "it is another program's database"
    if ours != _APPLICATION:
        return "it is another program's database"
    if version > VERSION:
        return f"it was written by a newer bounce-tui (version {version} of the file)"
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return None if found == "ok" else f"it is damaged: {found}"


def _prepared(connection: sqlite3.Connection, *, shared: bool = False) -> sqlite3.Connection:
    # With a write-ahead log a process killed at any moment loses nothing that was committed.  But all who use
    # one must share memory, which two machines with the same file do not (sqlite.org/wal.html).
    connection.execute(f"PRAGMA journal_mode = {'DELETE' if shared else 'WAL'}")
    connection.execute(f"PRAGMA synchronous = {'FULL' if shared else 'NORMAL'}")
    connection.isolation_level = None
    connection.execute("BEGIN IMMEDIATE")
    # Each version's file adds to the one before; an older store is brought up step by step.
    for version in range(connection.execute("PRAGMA user_version").fetchone()[0] + 1, VERSION + 1):
        schema = Path(__file__).parent / f"schema_{version}.sql"
        for statement in schema.read_text("utf-8").split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("COMMIT")
    return connection


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.name}.aside-{stamp}-{os.getpid()}")
    path.rename(aside)
    for tail in ("-wal", "-shm"):
        log = path.with_name(path.name + tail)
        if log.exists():
            log.rename(aside.with_name(aside.name + tail))
    return aside
