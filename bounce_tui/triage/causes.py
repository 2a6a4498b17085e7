"""Bounces grouped by what must be mended: one line for two hundred mails that one listing holds up."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from bounce_tui.triage.row import Row

By = Literal["ip", "author", "recipient", "domain", "host"]


class Cause(Struct, frozen=True, order=True):
    """What bounces have in common: the `reason`, what it is about (an address, a domain; "" where the
    report does not tell) and who says so."""

    reason: str
    subject: str
    receiver: str


class Group(Struct, frozen=True):
    """The mails of one cause: how many, of how many senders, to how many recipients, from when to when, and
    the `first` of them.  `rule` is named where all mails have it."""

    cause: Cause
    mails: int
    senders: int
    recipients: int
    since: str | None
    until: str | None
    rule: str | None
    first: Row


def cause_of(row: Row) -> Cause | None:
    """The cause that `row` belongs to, None for a mail that reports no failure."""
    if row.reason is None or row.kind not in ("failed", "delayed"):
        return None
    by = _by_reason().get(row.reason, "host")
    receiver = row.provider or _house(row.host)
    if by in ("recipient", "domain"):
        # The address or its domain is what to mend, whoever reported it.
        subject = (row.recipient or "").lower() if by == "recipient" else row.domain
        return Cause(row.reason, subject, "" if subject else receiver)
    if by == "ip":
        return Cause(row.reason, row.ip or "", receiver)
    if by == "author":
        return Cause(row.reason, (row.author or "").rpartition("@")[2].lower(), receiver)
    return Cause(row.reason, "", receiver)


def group(rows: Iterable[Row]) -> list[Group]:
    """The groups of `rows`, those with the most mails first, equal ones by name."""
    together: dict[Cause, list[Row]] = {}
    for row in rows:
        cause = cause_of(row)
        if cause is not None:
            together.setdefault(cause, []).append(row)
    groups = [_group(cause, mails) for cause, mails in together.items()]
    groups.sort(key=lambda one: (-one.mails, one.cause))
    return groups


def _group(cause: Cause, rows: Sequence[Row]) -> Group:
    dates = sorted(row.date for row in rows if row.date)
    rules = {row.rule for row in rows}
    return Group(
        cause,
        len(rows),
        len({row.author.lower() for row in rows if row.author}),
        len({row.recipient.lower() for row in rows if row.recipient}),
        dates[0] if dates else None,
        dates[-1] if dates else None,
        rows[0].rule if len(rules) == 1 else None,
        rows[0],
    )


def _house(host: str | None) -> str:
    """The last two labels of a host: its many names are one house."""
    return ".".join((host or "").lower().rstrip(".").split(".")[-2:])


@cache
def _by_reason() -> dict[str, By]:
    text = (Path(__file__).parent / "causes.toml").read_bytes()
    table = msgspec.toml.decode(text, type=dict[By, list[str]])
    return {reason: by for by, reasons in table.items() for reason in reasons}
