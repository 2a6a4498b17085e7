"""Received headers (RFC 5321 section 4.4) as hops, whoever wrote them.

from HELO (NAME [IP]) by HOST (...) with PROTOCOL id ... for ...; DATE     Sendmail, Postfix
from NAME ([IP] helo=HELO) by HOST with esmtp (Exim ...) ...; DATE          Exim
from unknown (HELO NAME) (IP) by HOST with SMTP; DATE                       qmail
from HOST (IP) by HOST (IP) with Microsoft SMTP Server ...; DATE            Exchange
"""

import re
from typing import Final

from bounce_tui.model import Hop
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.mime.headers import Head, decode_words
from bounce_tui.parsing.public_address import first_address
from bounce_tui.regex import regex

MOST_HOPS: Final = 100
_LONGEST: Final = 2048

_HELO: Final = regex(r"(?:[Hh]elo=|HELO |EHLO |ehlo=)\[?([^\s()\]]{1,255})")
_ENVELOPE: Final = regex(r"envelope-(?:from|sender)[\s=]{1,4}[<\"]?([^\s<>();\"]{1,320})", re.I)


def read_hops(head: Head) -> tuple[Hop, ...]:
    """The hops of a header, newest first."""
    return tuple([read_hop(value) for value in head.each("received", MOST_HOPS)])


def read_hop(value: str) -> Hop:
    """The hop that the value of one Received field tells of."""
    way, date = _halves(value)
    helo, host, ip = _client(way)
    server = _server(way)
    return Hop(
        helo=helo,
        from_host=host,
        from_ip=ip,
        by=_name(server),
        protocol=server.partition(" with ")[2].partition(" ")[0].rstrip(";") or None,
        date=to_utc(date),
    )


def read_way(value: str) -> tuple[str | None, str | None, str | None, str | None]:
    """What one Received value says of the client, its HELO, looked-up name and address, and the name of
    the server."""
    way = _halves(value)[0]
    helo, host, ip = _client(way)
    return helo, host, ip, _name(_server(way))


def _server(way: str) -> str:
    return way[3:] if way.startswith("by ") else way.partition(" by ")[2]


def _name(server: str) -> str | None:
    return server.partition(" ")[0].strip("[]()") or None


def _halves(value: str) -> tuple[str, str]:
    """The way and the date of one Received value."""
    value = value[:_LONGEST]
    if not value.isascii():
        value = decode_words(value)
    value = " ".join(value.split())
    way, semicolon, date = value.rpartition(";")
    return (way, date) if semicolon else (value, "")


def _client(way: str) -> tuple[str | None, str | None, str | None]:
    if not way.startswith("from "):
        return None, None, None
    helo, _, comment = way[5:].partition(" by ")[0].partition(" ")
    host = ip = None
    if comment:
        ip, host, said = _comment(comment)
        if said is not None:
            host, helo = host or (helo if "." in helo else None), said
    if ip is None and helo[:1] in "[0123456789":
        ip = first_address(helo)
    return helo.strip("[]") or None, host, ip


def _comment(comment: str) -> tuple[str | None, str | None, str | None]:
    """Address, looked-up name and HELO in the brackets after "from"."""
    ip = first_address(comment)
    helo = _HELO.search(comment) if "elo=" in comment or "HLO" in comment or "ELO" in comment else None
    name = comment.lstrip("(").partition(" ")[0].partition("[")[0].rpartition("@")[2].strip("().")
    if "." not in name or name == ip or "=" in name:
        name = ""
    return ip, name or None, helo[1].strip("[]") if helo is not None else None


def envelope_from(head: Head) -> str | None:
    """The envelope sender that Exim and its kin write into a Received header, and testers of SPF into
    Received-SPF (RFC 7208 section 9.1: "envelope-from=" and a semicolon behind the value)."""
    if "envelope-" not in head.text:
        return None
    found = _ENVELOPE.search(head.text)
    return found[1] if found is not None and "@" in found[1] else None


def date_of(head: Head) -> str | None:
    """When a message was written, or, for one without a Date, the newest server that had it got it."""
    date = to_utc(head.get("date"))
    newest = "" if date is not None else head.raw("received")
    return read_hop(newest).date if newest else date
