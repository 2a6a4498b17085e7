"""Bounces grouped by what must be mended: one line for two hundred mails that one listing holds up."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from bounce_tui.parsing.house import house_of
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import Row

By = Literal["ip", "author", "recipient", "domain", "host"]


class Cause(Struct, frozen=True, order=True):
    """What bounces have in common: the `reason`, what it is about (an address, a domain; "" where the
    report does not tell) and who says so: the receiver or, where one is named, the `listed` one's list."""

    reason: str
    subject: str
    receiver: str
    listed: bool = False

    @property
    def sentence(self) -> str:
        """The cause as a sentence; not yet safe to print."""
        words = _table().sentences.get("listed" if self.listed else self.reason, "")
        if (
            not words
            or ("{subject}" in words and not self.subject)
            or ("{receiver}" in words and not self.receiver)
        ):
            place = f" at {self.receiver}" if self.receiver else f": {self.subject}" if self.subject else ""
            return f"{reason_words(self.reason)}{place}"
        return words.format(subject=self.subject, receiver=self.receiver)


class Group(Struct, frozen=True):
    """The mails of one cause: how many, of how many senders, to how many recipients, from when to when.
    `rule` and `token`, the receiver's own code, are named where all mails have it."""

    cause: Cause
    mails: int
    senders: int
    recipients: int
    since: str | None
    until: str | None
    rule: str | None
    token: str | None
    rows: tuple[Row, ...]

    @property
    def sentence(self) -> str:
        """The cause as a sentence, with the code; not yet safe to print."""
        return f"{self.cause.sentence} ({self.token})" if self.token else self.cause.sentence


def cause_of(row: Row) -> Cause | None:
    """The cause that `row` belongs to, None for a mail that reports no failure."""
    if row.reason is None or row.kind not in ("failed", "delayed"):
        return None
    by = _by_reason().get(row.reason, "host")
    author = (row.author or "").rpartition("@")[2].lower()
    if row.blocklist:
        return Cause(row.reason, author if row.lists_domain else row.ip or "", row.blocklist, listed=True)
    receiver = operator_of(row) or house_of(row.host or "")
    if by in ("recipient", "domain"):
        # The address or its domain is what to mend, whoever reported it.
        subject = (row.recipient or "").lower() if by == "recipient" else row.domain
        return Cause(row.reason, subject, "" if subject else receiver)
    if by == "ip":
        return Cause(row.reason, row.ip or "", receiver)
    if by == "author":
        return Cause(row.reason, author, receiver)
    return Cause(row.reason, "", receiver)


def operator_of(row: Row) -> str | None:
    """The provider that refused; None where only the software is known that did."""
    return None if row.provider in _table().software else row.provider


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
        rows[0].token if len({row.token for row in rows}) == 1 else None,
        tuple(rows),
    )


class _Table(Struct, frozen=True):
    ip: tuple[str, ...]
    author: tuple[str, ...]
    recipient: tuple[str, ...]
    domain: tuple[str, ...]
    software: tuple[str, ...]
    sentences: dict[str, str]


@cache
def _table() -> _Table:
    return msgspec.toml.decode((Path(__file__).parent / "causes.toml").read_bytes(), type=_Table)


@cache
def _by_reason() -> dict[str, By]:
    table = _table()
    named: tuple[tuple[By, tuple[str, ...]], ...] = (
        ("ip", table.ip), ("author", table.author), ("recipient", table.recipient), ("domain", table.domain),
    )  # fmt: skip
    return {reason: by for by, reasons in named for reason in reasons}
