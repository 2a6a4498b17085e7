"""Addresses that are to be forgotten: what the store holds of each, and how it goes."""

import re
import sqlite3
from collections.abc import Iterator

import msgspec

from bounce_tui.domain_name import to_ascii, written_domain

# A letter of these before it, and an address is the end of a longer one; not all that may stand in one, as
# texts quote them with it ("to=bob@example.net").
_OF_ADDRESSES = r"[\w.+-]"
_OF_DOMAINS = r"[\w-]"


def forget_address(connection: sqlite3.Connection, asked: str) -> int:
    """Take away the reports of an address, or of all of a domain ("@example.net"), and what the checks said
    that names it; how many reports there were."""
    local, at, domain = asked.rpartition("@")
    spellings = _spellings(connection, domain) if at else set()
    found = 0
    if asked.startswith("@"):
        for spelling in spellings:
            found += connection.execute("DELETE FROM report WHERE domain = ?", (spelling,)).rowcount
    else:
        for recipient in {asked} | _recipients(connection, local, spellings):
            found += connection.execute("DELETE FROM report WHERE recipient = ?", (recipient,)).rowcount
    if spellings:
        _forget_checks(connection, _naming(local, spellings))
    return found


def forget_everybody(connection: sqlite3.Connection) -> int:
    """Take away all reports of addresses, and all that checks found; how many reports there were."""
    for table in ("verdict", "run"):
        connection.execute(f"DELETE FROM {table}")
    return connection.execute("DELETE FROM report").rowcount


def _spellings(connection: sqlite3.Connection, domain: str) -> set[str]:
    """`domain` as it was asked for and as mails spell it: with the last dot or not, as A-labels or not."""
    ascii_only = to_ascii(domain)
    found = {domain, domain.rstrip("."), ascii_only or domain}
    for (other,) in connection.execute("SELECT DISTINCT domain FROM report"):
        if ascii_only and to_ascii(other) == ascii_only:
            found.add(other)
    return found - {""}


def _recipients(connection: sqlite3.Connection, local: str, domains: set[str]) -> set[str]:
    """The recipients of `domains` with this local part, in brackets or not."""
    return {
        recipient
        for domain in domains
        for (recipient,) in connection.execute(
            "SELECT DISTINCT recipient FROM report WHERE domain = ?", (domain,)
        )
        if recipient.rpartition("@")[0].strip("<> \t") == local and written_domain(recipient) == domain
    }


def _naming(local: str, domains: set[str]) -> re.Pattern[str]:
    """What names a host or an address of `domains`; with a local part, that address only."""
    among = "|".join(map(re.escape, sorted(domains)))
    before = rf"(?<!{_OF_DOMAINS})"
    if local:
        # With "=" as a list's own envelope sender tells whom it wrote to ("list-bob=example.net@...").
        before = rf"(?:(?<!{_OF_ADDRESSES}){re.escape(local)}@|(?<![\w.]){re.escape(local)}=)"
    return re.compile(rf"{before}(?:{among})(?!{_OF_DOMAINS}|\.\w)", re.IGNORECASE)


def _forget_checks(connection: sqlite3.Connection, named: re.Pattern[str]) -> None:
    gone = [
        key for key, said in connection.execute("SELECT identity, summary FROM verdict") if named.search(said)
    ]
    connection.executemany("DELETE FROM verdict WHERE identity = ?", [(key,) for key in gone])
    runs = [
        (identity, failure)
        for identity, failure, results in connection.execute("SELECT identity, failure, results FROM run")
        if any(map(named.search, _texts(results)))
    ]
    connection.executemany("DELETE FROM run WHERE identity = ? AND failure = ?", runs)


def _texts(packed: bytes) -> Iterator[str]:
    """All texts of results as they are packed; of what cannot be unpacked any more, all of it as one."""
    try:
        waiting = [msgspec.msgpack.decode(packed)]
    except (msgspec.DecodeError, UnicodeDecodeError):
        waiting = [packed.decode("utf-8", "replace")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
