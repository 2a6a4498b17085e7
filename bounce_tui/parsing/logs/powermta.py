"""PowerMTA's accounting files: "b,TIME,TIME,FROM,TO,,failed,5.1.1 (words),smtp;550 ...,mx.example.net (IP)",
a row for each recipient, with the names of the columns above or without, or a field a line."""

import csv
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Action
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import address, log_failure
from bounce_tui.regex import regex

NAME = "PowerMTA"
MARKS = ("dsnDiag", "dsnStatus", ",smtp;")

_COLUMNS: Final = (
    *("type", "timeLogged", "timeQueued", "orig", "rcpt", "orcpt", "dsnAction", "dsnStatus", "dsnDiag"),
    "dsnMta",
)
"""The first of those that it writes where nobody chose others."""
_NEEDED: Final = frozenset(("rcpt", "dsnAction"))
_ROW: Final = regex(r"r?[bt]q?,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_FIELD: Final = regex(r"\s{0,8}([A-Za-z]{2,30})\s?[=:]\s?(\S.{0,2000})")
_STATUS: Final = regex(r"[245]\.\d{1,3}\.\d{1,3}")
_ACTIONS: Final[dict[str, Action]] = {
    "failed": "failed",
    "delayed": "delayed",
    "relayed": "delivered",
    "delivered": "delivered",
}
_MOST: Final = 20_000
_LONGEST: Final = 8000


def read(lines: list[str]) -> list[Entry]:
    """The rows of the file, or the fields of its records."""
    cells = _rows(lines[:_MOST])
    if "dsnAction" in "\n".join(lines[:_MOST]) and not cells:
        cells = list(_records(lines[:_MOST]))
    return [entry for one in cells for entry in _entry(one)]


def _rows(lines: list[str]) -> list[Mapping[str, str]]:
    names: tuple[str, ...] = _COLUMNS
    found: list[Mapping[str, str]] = []
    for line in lines:
        is_row = _ROW.match(line) is not None
        if not is_row and "," not in line:
            continue
        try:
            cells = next(csv.reader([line[:_LONGEST]]), [])
        except csv.Error:
            continue
        if set(cells) >= _NEEDED:
            names = tuple(cells)
        elif is_row or names is not _COLUMNS:
            found.append(dict(zip(names, cells, strict=False)))
    return found


def _records(lines: list[str]) -> Iterator[Mapping[str, str]]:
    """Records with a field a line, each from the first that it names again."""
    record: dict[str, str] = {}
    for line in lines:
        field = _FIELD.match(line)
        if field is None:
            continue
        if field[1] in record:
            yield record
            record = {}
        record[field[1]] = field[2].strip()
    yield record


def _entry(cells: Mapping[str, str]) -> Iterator[Entry]:
    action = _ACTIONS.get(cells.get("dsnAction", ""))
    to = cells.get("rcpt", "")
    if action is None or "@" not in to:
        return
    status = _STATUS.match(cells.get("dsnStatus", ""))
    diagnostic = cells.get("dsnDiag", "")
    words = diagnostic.partition(";")[2] if diagnostic[:5].lower() == "smtp;" else diagnostic
    relay = cells.get("dsnMta", "").replace(" (", "[").replace(")", "]")
    one = log_failure(
        to,
        words or cells.get("dsnStatus", ""),
        action,
        status=status[0] if status is not None else None,
        relay=relay,
    )
    date = to_utc(cells.get("timeLogged"))
    yield Entry(
        failure=replace(one, date=date) if date is not None else one, sender=address(cells.get("orig"))
    )
