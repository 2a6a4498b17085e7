"""How long reports of addresses are kept, and how they are forgotten."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

REPORT_DAYS = 400
"""Days from when a mail was first read to when its addresses are forgotten, where the config says nothing."""


def today() -> str:
    """The day on which a report is seen, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


def last_kept(days: int) -> str:
    """The first day of which reports are still kept; behind all days where none are."""
    if days == 0:
        return "9999-99-99"
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d")


def forget_address(connection: "sqlite3.Connection", address: str) -> int:
    """Take away the reports of `address`, or of all of a domain ("@example.net"), and what the checks said
    that names it; how many reports there were."""
    where = "domain = ?" if address.startswith("@") else "recipient = ?"
    found = connection.execute(f"DELETE FROM report WHERE {where}", (address.removeprefix("@"),)).rowcount
    connection.execute("DELETE FROM verdict WHERE instr(lower(summary), ?)", (address,))
    # What is packed has its texts as they are; an address may be written there in capitals.
    connection.execute("DELETE FROM run WHERE instr(lower(CAST(results AS TEXT)), ?)", (address,))
    connection.execute("DELETE FROM run WHERE instr(results, CAST(? AS BLOB))", (address,))
    return found


def forget_all(connection: "sqlite3.Connection") -> int:
    """Take away all reports of addresses, and all that checks found; how many reports there were."""
    found = connection.execute("DELETE FROM report").rowcount
    for table in ("verdict", "run"):
        connection.execute(f"DELETE FROM {table}")
    return found
