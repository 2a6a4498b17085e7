"""How long the store remembers addresses."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

MEMORY_DAYS = 400
"""Days for which addresses, and what checks found, are remembered where the config says nothing."""

# Of each table that can name an address, the column that says when a row came into it.
_AGES = (("report", "seen"), ("verdict", "at"), ("run", "at"))


def today() -> str:
    """The day on which a report is seen, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


def has_older(connection: "sqlite3.Connection", days: int) -> bool:
    """Whether the store holds something that is older than `days`; anything at all with 0."""
    first = _first_kept(days)
    asked = (f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {at} < ?)" for table, at in _AGES)
    return any(connection.execute(question, (first,)).fetchone()[0] for question in asked)


def forget_older(connection: "sqlite3.Connection", days: int) -> None:
    """Take away what is older than `days`; everything with 0."""
    first = _first_kept(days)
    for table, at in _AGES:
        connection.execute(f"DELETE FROM {table} WHERE {at} < ?", (first,))


def _first_kept(days: int) -> str:
    """The first day of which something is still kept; behind all days where nothing is."""
    if days == 0:
        return "9999-99-99"
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d")
