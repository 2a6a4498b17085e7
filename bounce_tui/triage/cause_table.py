"""What `causes.toml` says: by what the mails of a reason are grouped, and the sentence about each group."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

SubjectKind = Literal["ip", "author", "recipient", "mailboxes", "domain", "host"]


class CauseTable(Struct, frozen=True):
    """The reasons whose mails are grouped by the sending `ip`, the domain of the `author`, the `recipient`,
    the mailbox (with others of its domain, where several `mailboxes` are meant) or the `domain`; those in
    none of these are grouped by the receiver.

    `sentences` tell the cause, by reason, those of `plural` that of several mailboxes, and `closed` that a
    list answers no more.  `unnamed` stands for a subject that the report does not name.  `software` is known
    by its words, but operates no server.  By `held_rules`
    `own_queue` keeps the mail, and `held` is said."""

    ip: tuple[str, ...]
    author: tuple[str, ...]
    recipient: tuple[str, ...]
    mailboxes: tuple[str, ...]
    domain: tuple[str, ...]
    software: tuple[str, ...]
    held_rules: tuple[str, ...]
    held: str
    own_queue: str
    closed: str
    unnamed: dict[SubjectKind, str]
    plural: dict[str, str]
    sentences: dict[str, str]


@cache
def cause_table() -> CauseTable:
    """The table, which is read once."""
    return msgspec.toml.decode((Path(__file__).parent / "causes.toml").read_bytes(), type=CauseTable)


@cache
def subjects_by_reason() -> dict[str, SubjectKind]:
    """By what the mails of each reason are grouped; one that is missing is grouped by its receiver."""
    table = cause_table()
    named: tuple[tuple[SubjectKind, tuple[str, ...]], ...] = (
        ("ip", table.ip), ("author", table.author), ("recipient", table.recipient),
        ("mailboxes", table.mailboxes), ("domain", table.domain),
    )  # fmt: skip
    return {reason: kind for kind, reasons in named for reason in reasons}
