"""The file behind the store: no crash, no second program and no newer version loses anything in it."""

import os
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from errno import EACCES, EBUSY
from pathlib import Path

from bounce_tui.mailbox.file_system import remote_kind
from bounce_tui.triage.store.location import ASIDE
from bounce_tui.triage.store.lock import alone_at

VERSION = 3
_CLEAN = 3
"""The first version which leaves nothing of a deleted row in the pages of the file."""
PATIENCE_S = 5.0
"""Seconds that another program, which is writing the file, is waited for."""
_BETWEEN_S = 0.02
_EFFECTIVE = os.access in os.supports_effective_ids
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
    nothing can be kept at all (a full disk, a folder without permission) the store is in memory, with what
    the file holds as far as that can be read, and `trouble` says so.
    """
    if path is None:
        return Opened(prepared(_connected(":memory:")))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _from_file(path)
    except (OSError, sqlite3.Error) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        # What another program is writing just now cannot be copied.
        is_busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        kept = (None if is_busy else _copied(path)) or prepared(_connected(":memory:"))
        return Opened(kept, f"{path}: {words}; states and notes of this session are not kept")


def _from_file(path: Path) -> Opened:
    with alone_at(path, PATIENCE_S) as alone, ExitStack() as lasting:
        connection, fault = _looked_at(path, lasting)
        if fault is not None:
            # Once more, as where nothing can be locked another program may have set it aside meanwhile.
            connection.close()
            connection, fault = _looked_at(path, lasting)
        trouble = None
        if fault is not None:
            connection.close()
            if not alone:
                raise OSError(EBUSY, f"{fault}, and another bounce-tui is opening it")
            aside = _set_aside(path)
            trouble = f"{path}: {fault}; it was set aside as {aside.name}, and a new one begun"
            connection = lasting.enter_context(closing(_connection(path)))
        opened = Opened(prepared(connection, shared=remote_kind(str(path.parent)) is not None), trouble)
        lasting.pop_all()
        return opened


def _copied(path: Path) -> sqlite3.Connection | None:
    """What the file at `path` holds, in memory, None where that cannot be read either."""
    try:
        # A named pipe would be waited for.
        if not path.is_file():
            return None
    except OSError:
        return None
    # The second way passes over the log, and may do where the first one does not; but that begins a log
    # where there is none, which is then left behind.
    has_log = path.with_name(f"{path.name}-wal").exists()
    for how in ("mode=ro", "mode=ro&immutable=1")[not has_log :]:
        with ExitStack() as failing, suppress(OSError, sqlite3.Error, UnicodeDecodeError):
            copy = failing.enter_context(closing(_connected(":memory:")))
            with closing(_connected(f"{path.absolute().as_uri()}?{how}", uri=True)) as source:
                # First, as the backup waits for ever for one that it may not read.
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy)
            if _fault(copy) is None:
                prepared(copy)
                failing.pop_all()
                return copy
    return None


def _looked_at(path: Path, lasting: ExitStack) -> tuple[sqlite3.Connection, str | None]:
    """A connection to the file at `path`, and why that cannot be used as it is."""
    connection = lasting.enter_context(closing(_connection(path)))
    try:
        return connection, _fault(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return connection, str(error)
    except UnicodeDecodeError:
        # The error that SQLite has to tell quotes the file.
        return connection, "it is damaged: malformed database schema"


def _connection(path: Path) -> sqlite3.Connection:
    if path.exists():
        if not os.access(path, os.W_OK, effective_ids=_EFFECTIVE):
            # SQLite would open it, and refuse every single change.
            raise PermissionError(EACCES, os.strerror(EACCES))
    else:
        # SQLite would make the file with the umask's rights, and it holds addresses.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    return _connected(path, PATIENCE_S)


def _connected(where: Path | str, wait_s: float = 0, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        where, timeout=wait_s, isolation_level=None, check_same_thread=False, uri=uri
    )
    # One octet that is no UTF-8 any more must not hide what is known of all other mails.
    connection.text_factory = lambda octets: octets.decode("utf-8", "replace")
    return connection


def _fault(connection: sqlite3.Connection) -> str | None:
    # In one transaction: another program may write its tables at this very moment, and a file without our
    # mark but with tables would be a stranger's.
    connection.execute("BEGIN")
    version, ours = _number(connection, "user_version"), _number(connection, "application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    found = None
    if ours != _APPLICATION and (version or ours or tables):
        found = "it is another program's database"
    elif version > VERSION:
        found = f"it was written by a newer bounce-tui (version {version} of the file)"
    elif ours == _APPLICATION:
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        found = None if damage == "ok" else f"it is damaged: {damage}"
    connection.execute("COMMIT")
    return found


def prepared(connection: sqlite3.Connection, *, shared: bool = False) -> sqlite3.Connection:
    """`connection` with this version's tables; its file is `shared` where other machines may open it."""
    # With a write-ahead log a process killed at any moment loses nothing that was committed.  But all who use
    # one must share memory, which two machines with the same file do not (sqlite.org/wal.html).
    _keep_log(connection, "delete" if shared else "wal")
    connection.execute(f"PRAGMA synchronous = {'FULL' if shared else 'NORMAL'}")
    # What is forgotten leaves no letters behind in the pages of the file.
    connection.execute("PRAGMA secure_delete = ON")
    if _number(connection, "user_version") == VERSION:
        return connection
    connection.execute("BEGIN IMMEDIATE")
    before = _number(connection, "user_version")
    # Each version's file adds to the one before; an older store is brought up step by step.
    for version in range(before + 1, VERSION + 1):
        schema = Path(__file__).parent / f"schema_{version}.sql"
        for statement in schema.read_text("utf-8").split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("COMMIT")
    if 0 < before < _CLEAN:
        # What an older version left in the pages; whatever hinders it, the store is whole.
        clean(connection)
    return connection


def clean(connection: sqlite3.Connection) -> str | None:
    """Take out of the file whatever is left in it of rows that are deleted; why that cannot be, None when it
    is done."""
    try:
        connection.execute("VACUUM")
        # The log has the pages as they were before.
        until = time.monotonic() + PATIENCE_S
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > until:
                return "another program is using it"
            time.sleep(_BETWEEN_S)
    except sqlite3.Error as error:
        return str(error)
    return None


def _keep_log(connection: sqlite3.Connection, mode: str) -> None:
    """Let the file keep its log as `mode` says."""
    until = time.monotonic() + PATIENCE_S
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
            return
        except sqlite3.OperationalError as error:
            # While another program writes, this is refused at once and not waited for like anything else.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_BETWEEN_S)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    found: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    return found


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.name}{ASIDE}{stamp}-{os.getpid()}")
    # The logs first: SQLite would write what is in one into whatever has the name of its database.
    for tail in ("-wal", "-shm"):
        log = path.with_name(path.name + tail)
        if log.exists():
            log.rename(aside.with_name(aside.name + tail))
    path.rename(aside)
    return aside
