"""Backscatter: a bounce of a mail that the admin's own servers never sent, because its sender was forged.

What counts is the hop that the reporting server itself wrote: from which address it had the mail.  All that
stands below may be invented, so that it can only speak against: an own address or server on the way, a
submission with a password, a signature of the sender's domain or a hop without an address ends the matter.
What the report does not bring back proves nothing.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.domain_name import base_domain, domain_of
from bounce_tui.model import Backscatter, Bounce, Confidence, Diagnosis, Failure, Hop, Original
from bounce_tui.regex import regex

_REFUSED = ("fail", "softfail")
_AUTHENTICATED = regex(r"(?:(?:UTF8)?E?SMTPS?A|UTF8LMTPS?A|LMTPS?A|HTTPS?|HTTPREST|MAPI|local)", re.I)
# The networks of RFC 1918 and its kin as they are written: an address of these says nothing.
_INSIDE = regex(
    r"(?:0|10|127)\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\."
    r"|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:",
    re.I,
)
_SIGNATURE = regex(rb"^dkim-signature:((?:[^\n]|\n[ \t]){0,4000})", re.I | re.M)
_DOMAIN_TAG = regex(rb"(?:^|;)\s{0,20}d\s{0,9}=\s{0,9}([A-Za-z0-9._-]{1,253})")
_NUMBER = regex(r"\d+")


class Owner(Protocol):
    """What the config says of the admin's own servers (`checks.planning.own.Own`)."""

    @property
    def addresses_known(self) -> bool:
        """Whether the addresses are named that mail leaves from."""

    def has_ip(self, text: str) -> bool:
        """Whether mail from this address is the admin's."""

    def has_host(self, name: str | None) -> bool:
        """Whether a host name is of the admin's domains."""


class Nobody:
    """Stands for the admin where the config names no servers."""

    addresses_known = False

    def has_ip(self, text: str) -> bool:
        """No address is known to be the admin's."""
        return False

    def has_host(self, name: str | None) -> bool:
        """No host is."""
        return False


NOBODY = Nobody()


def may_be_backscatter(bounce: Bounce, own: Owner) -> bool:
    """Whether `bounce` may be backscatter, so that a closer look pays: the server that reports is not the
    admin's, and no address of the admin's is named in it.  A brief `bounce` is enough."""
    reporter, sender = bounce.reporting_mta, _forged(bounce)
    if not bounce.is_bounce or reporter is None or sender is None or own.has_host(reporter):
        return False
    if base_domain(reporter) == base_domain(sender.rpartition("@")[2]):
        return False
    return not any(own.has_ip(one.value) for one in bounce.sending_ips)


def find_backscatter(bounce: Bounce, own: Owner) -> Backscatter | None:
    """The finding that none of the admin's servers sent the returned mail; None where too little speaks for
    that.

    `high` needs the admin's addresses, a stranger who handed the mail to the reporting server himself, and
    that server's own word that SPF did not let him; without that word, or with servers between or behind, it
    is `medium`.  Without the admin's addresses it stays a question (`low`): what looks forged may as well be
    a server of theirs that nobody put into SPF.
    """
    original, sender, reporter = bounce.original, _forged(bounce), bounce.reporting_mta
    if original is None or sender is None or reporter is None or not may_be_backscatter(bounce, own):
        return None
    domain = domain_of(sender)
    entry = _entry(original.hops, base_domain(reporter))
    if domain is None or entry is None or entry.from_ip is None or original.from_ is None:
        return None
    senders = base_domain(domain)
    if any(_may_be_own(hop, own, senders, is_entry=hop is entry) for hop in original.hops):
        return None
    spf = _spf(original, base_domain(reporter), entry.from_ip)
    if spf == "pass" or _is_signed_by(original, senders):
        return None
    if spf is None and _may_be_within(entry, senders):
        return None
    is_direct = original.hops[-1] is entry and not _relayed(bounce, base_domain(reporter))
    confidence, sign = _weighed(entry, entry.from_ip, spf, is_direct=is_direct, known=own.addresses_known)
    if confidence is None:
        return None
    words = {
        "by": reporter,
        "client": _named(entry),
        "ip": entry.from_ip,
        "sender": sender,
        "domain": domain,
    }
    table = _table()
    statement = _filled(
        table.statement[confidence], words | {"sign": _filled(table.sign.get(sign, ""), words)}
    )
    return Backscatter(entry.from_ip, reporter, sender, confidence, table.headline[confidence], statement)


def told(diagnosis: Diagnosis, failure: Failure, found: Backscatter) -> Diagnosis:
    """`diagnosis` with the finding `found` and its advice: nobody needs to chase the recipient.  A mere
    suspicion changes no advice."""
    if found.confidence == "low":
        return replace(diagnosis, backscatter=found)
    words = {
        "statement": found.statement,
        "by": found.by,
        "ip": found.ip,
        "domain": found.sender.rpartition("@")[2],
        "recipient": failure.recipient or "the recipient",
        "cause": diagnosis.cause,
    }
    table = _table().told
    return replace(
        diagnosis,
        cause=_filled(table.cause, words),
        resolution=tuple(_filled(step, words) for step in table.steps),
        who_acts="sender_admin",
        retries_first=False,
        backscatter=found,
    )


def _forged(bounce: Bounce) -> str | None:
    """The envelope sender of the returned mail; None where it is null, as that of a bounce, or unknown."""
    first = bounce.envelope_senders[0].value if bounce.envelope_senders else ""
    return first if "@" in first else None


def _may_be_within(entry: Hop, senders: str) -> bool:
    """Whether the client may be a new server of the admin's, whose name nobody looked up, or a host inside
    the reporting organization, which needs no more than a bare name."""
    helo = entry.helo or ""
    return base_domain(helo) == senders or (entry.from_host is None and "." not in helo)


def _relayed(bounce: Bounce, reporters: str) -> bool:
    """Whether the reporting server was refused by another: it may send for its customers, as a provider of
    the admin's does, and what it calls its own hosts is nobody's business."""
    return any(
        one.remote_ip is not None
        or one.command is not None
        or (one.remote_mta is not None and base_domain(one.remote_mta) != reporters)
        for one in bounce.failures
    )


def _entry(hops: Iterable[Hop], reporters: str) -> Hop | None:
    """The hop by which the mail came into the reporting server's organization, as that wrote it: it stands
    above all that a stranger may have put there."""
    for hop in hops:
        if hop.by is None or base_domain(hop.by) != reporters:
            return None
        if hop.from_ip is None and hop.from_host is None and hop.helo is None:
            continue
        is_within = any(
            name is not None and base_domain(name) == reporters for name in (hop.from_host, hop.helo)
        )
        if is_within or (hop.from_ip is not None and _INSIDE.match(hop.from_ip)):
            continue
        return hop if hop.from_ip is not None else None
    return None


def _may_be_own(hop: Hop, own: Owner, senders: str, *, is_entry: bool) -> bool:
    """Whether a hop shows a server of the admin's or somebody who gave a password, or may hide one."""
    if hop.protocol is not None and _AUTHENTICATED.fullmatch(hop.protocol):
        return True
    if hop.from_ip is not None and own.has_ip(hop.from_ip):
        return True
    # What the client calls itself in the hop that counts is a stranger's word, and a favourite lie.
    names = (hop.by, hop.from_host) if is_entry else (hop.by, hop.from_host, hop.helo)
    if any(name is not None and (own.has_host(name) or base_domain(name) == senders) for name in names):
        return True
    named = hop.from_host or hop.helo or ""
    return hop.from_ip is None and "." in named and not named.startswith("localhost")


def _spf(original: Original, reporters: str, ip: str) -> str | None:
    """What the reporting server found of SPF for the address from which it had the mail."""
    for one in original.auth_results:
        if one.method != "spf" or "ARC" in one.field:
            continue
        if one.by is not None and base_domain(one.by) != reporters:
            continue
        if "client-ip=" in one.about and f"client-ip={ip}" not in one.about:
            continue
        return one.result if one.result in (*_REFUSED, "pass") else None
    return None


def _is_signed_by(original: Original, senders: str) -> bool:
    """Whether the sender's domain signed the mail: who forges a sender has no key of it."""
    head = original.content.partition(b"\n\n")[0]
    for field in _SIGNATURE.finditer(head):
        tag = _DOMAIN_TAG.search(field[1])
        if tag is not None and base_domain(tag[1].decode("ascii")) == senders:
            return True
    return False


def _weighed(
    entry: Hop, ip: str, spf: str | None, *, is_direct: bool, known: bool
) -> tuple[Confidence | None, str]:
    """How sure it is, and the sign that speaks for a question."""
    if known:
        if spf in _REFUSED:
            return ("high" if is_direct else "medium"), ""
        # With servers between, one of them may be a service of the admin's that kept its client to itself.
        return ("medium" if is_direct else None), ""
    if not is_direct:
        return None, ""
    if spf in _REFUSED:
        return "low", "spf"
    if entry.from_host is None:
        return "low", "nameless"
    numbers = _NUMBER.findall(entry.from_host)
    is_dynamic = "." in ip and all(part in numbers for part in ip.split("."))
    return ("low", "dynamic") if is_dynamic else (None, "")


def _named(hop: Hop) -> str:
    name = hop.from_host or ""
    called = f"calls itself {hop.helo}" if hop.helo and hop.helo not in (name, hop.from_ip) else ""
    about = ", ".join(filter(None, (name, called)))
    return f"{hop.from_ip} ({about})" if about else f"{hop.from_ip}"


def _filled(text: str, words: dict[str, str]) -> str:
    # The values are a stranger's: put in once, and never read for further slots.
    return _SLOT.sub(lambda slot: words.get(slot[1], ""), text)


_SLOT = regex(r"\{([a-z]{1,12})\}")


class _Told(Struct, frozen=True, forbid_unknown_fields=True):
    cause: str
    steps: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    headline: dict[Confidence, str]
    statement: dict[Confidence, str]
    sign: dict[str, str]
    told: _Told


@cache
def _table() -> _Table:
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=_Table)
