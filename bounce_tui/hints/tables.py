"""The tables of this package, each read from its TOML file when it is first asked for."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

FOLDER = Path(__file__).with_name("data")
T = TypeVar("T")


class TableError(ValueError):
    """A table is wrong; the text names the file and the entry."""


class Provider(Struct, frozen=True, forbid_unknown_fields=True):
    """Domains of one provider, or of the providers of one country.  `brands` are first labels that nobody
    else uses: below any other ending they are suspicious."""

    name: str
    domains: tuple[str, ...]
    brands: tuple[str, ...] = ()


class Neighbouring(Struct, frozen=True, forbid_unknown_fields=True):
    """Real domains beside those of providers."""

    domains: tuple[str, ...]


class MailboxDomains(Struct, frozen=True, forbid_unknown_fields=True):
    """What mailbox_domains.toml holds: providers' domains and their neighbours."""

    provider: tuple[Provider, ...]
    neighbours: Neighbouring


class Clinging(Struct, frozen=True, forbid_unknown_fields=True):
    """What clings to a copied address, before and after it."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Typos(Struct, frozen=True, forbid_unknown_fields=True):
    """What typos.toml holds: how people mistype a domain."""

    keyboards: tuple[tuple[str, ...], ...]
    sounds: tuple[str, ...]
    no_such_ending: dict[str, str]
    clinging: Clinging
    look_alikes: dict[str, str]


class Filter(Struct, frozen=True, forbid_unknown_fields=True):
    """Who forbids which file types.  `page` is where that is published."""

    name: str
    extensions: frozenset[str]
    page: str | None = None


class Attachments(Struct, frozen=True, forbid_unknown_fields=True):
    """What attachments.toml holds: types of files that filters refuse."""

    filter: tuple[Filter, ...]
    archives: frozenset[str]
    disguises: frozenset[str]
    types: dict[str, str]


class Links(Struct, frozen=True, forbid_unknown_fields=True):
    """What links.toml holds: services that shorten links."""

    shorteners: frozenset[str]


class SizeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What sizes.toml holds: words that tell that a size is a limit."""

    limit: tuple[str, ...]


class Waiting(Struct, frozen=True, forbid_unknown_fields=True):
    """What one reason says otherwise while the message is still being tried; `you` is never taken over."""

    happened: str = ""
    means: str = ""
    you: tuple[str, ...] = ()
    we: str = ""


class RoleMailboxes(Struct, frozen=True, forbid_unknown_fields=True):
    """What role_mailboxes.toml holds: local parts of `offices`, of which some are `read_by_nobody`."""

    offices: frozenset[str]
    read_by_nobody: frozenset[str]


class Plain(Struct, frozen=True, forbid_unknown_fields=True):
    """One reason, or one cause that some rules know, in plain words; the fields are explained at the top of
    for_user.toml."""

    happened: str
    means: str
    you: tuple[str, ...]
    we: str
    failed: bool = True
    waiting: Waiting = Waiting()
    rules: tuple[str, ...] = ()


class StillTried(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of every message that is still being tried."""

    first: str
    first_undated: str
    last: tuple[str, ...]


class ForUser(Struct, frozen=True, forbid_unknown_fields=True):
    """for_user.toml: a reason's slug leads to its words, but those of a `cause` go before them for its rules;
    `mended` has those for a cause that is gone, `forged` those for a mail that nobody of ours sent,
    `forwarded` those for one that was forwarded, and then not known for its author's."""

    mended: Plain
    forged: Plain
    forwarded: Plain
    waiting: StillTried
    reason: dict[str, Plain]
    cause: dict[str, Plain]

    def of(self, reason: str, rule: str) -> Plain:
        """What is said of a diagnosis with `reason` by `rule`."""
        for plain in self.cause.values():
            if rule in plain.rules:
                return plain
        return self.reason.get(reason, self.reason["undefined"])


@lru_cache(maxsize=1)
def mailbox_domains() -> MailboxDomains:
    """Where people have mailboxes.  Raises TableError."""
    return _read("mailbox_domains.toml", MailboxDomains)


@lru_cache(maxsize=1)
def typos() -> Typos:
    """How people mistype.  Raises TableError."""
    return _read("typos.toml", Typos)


@lru_cache(maxsize=1)
def role_mailboxes() -> RoleMailboxes:
    """Mailboxes of offices.  Raises TableError."""
    return _read("role_mailboxes.toml", RoleMailboxes)


@lru_cache(maxsize=1)
def attachments() -> Attachments:
    """What filters forbid.  Raises TableError."""
    return _read("attachments.toml", Attachments)


@lru_cache(maxsize=1)
def links() -> Links:
    """What makes a link odd.  Raises TableError."""
    return _read("links.toml", Links)


@lru_cache(maxsize=1)
def sizes() -> SizeWords:
    """What stands beside sizes.  Raises TableError."""
    return _read("sizes.toml", SizeWords)


@lru_cache(maxsize=1)
def for_user() -> ForUser:
    """Every reason in plain words.  Raises TableError."""
    return _read("for_user.toml", ForUser)


def _read(name: str, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode((FOLDER / name).read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        raise TableError(f"{name}: {error}") from error
