"""Received headers (RFC 5321 section 4.4) as hops, whoever wrote them."""

import re

from bounce_tui.model import Hop

from .dates import to_utc
from .headers import Head, decode_words

MOST_HOPS = 100
_LONGEST = 2048

# from HELO (NAME [IP]) by HOST with PROTOCOL ...; DATE.  Every piece is optional and bounded.
_FROM = re.compile(
    r"\bfrom\s+([^\s;()]{1,255})(?:\s*\(([^()]{0,400}(?:\([^()]{0,200}\)[^()]{0,200})?)\))?(?:\s*\(([^()]{0,200})\))?",
    re.I,
)
_BY = re.compile(r"\bby\s+([A-Za-z0-9_.:\[\]-]{1,255})", re.I)
_WITH = re.compile(r"\bwith\s+([A-Za-z0-9]{1,40})", re.I)
_IP = re.compile(
    r"(?<![\w.])(?:IPv6:)?((?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{2,}[0-9A-Fa-f.]*)(?![\w:])",
    re.I,
)
_HELO = re.compile(r"(?:helo=|HELO |EHLO )\[?([^\s()\]]{1,255})", re.I)
_NAME = re.compile(r"(?:^|@)([A-Za-z0-9_-][A-Za-z0-9_-]*\.[A-Za-z0-9_.-]{1,250})\.?(?=\s|$|\[)")
_ENVELOPE = re.compile(r"envelope-(?:from|sender)[\s=]+<?([^\s<>()]{1,320})>?", re.I)


def read_hops(head: Head) -> tuple[Hop, ...]:
    """The hops of a header, newest first."""
    if "received" not in head.fields:
        return ()
    return tuple(read_hop(value) for value in head.all("received")[:MOST_HOPS])


def read_hop(value: str) -> Hop:
    """One Received value."""
    value = value[:_LONGEST]
    if not value.isascii():
        value = decode_words(value)
    helo = host = ip = None
    found = _FROM.search(value, 0, 300)
    if found is not None:
        helo, comment = found[1], found[2]
        if comment is not None:
            ip, host, said = _client(comment)
            if ip is None and found[3]:
                ip, _, said_too = _client(found[3])
                said = said or said_too
            if said:
                host, helo = host or helo, said
        if ip is None:
            match = _IP.search(helo)
            ip = match[1] if match else None
        helo = helo.strip("[]")
    by = _BY.search(value, found.end() if found is not None else 0)
    protocol = _WITH.search(value, by.end() if by is not None else 0)
    date = value.rpartition(";")[2]
    return Hop(
        helo=helo or None,
        from_host=host,
        from_ip=ip,
        by=by[1].strip("[]") if by is not None else None,
        protocol=protocol[1] if protocol is not None else None,
        date=to_utc(date),
    )


def _client(comment: str) -> tuple[str | None, str | None, str | None]:
    """Address, looked-up name and HELO in the brackets after "from"."""
    address = _IP.search(comment)
    helo = _HELO.search(comment)
    name = _NAME.search(comment)
    host = name[1] if name is not None and (address is None or name[1] != address[1]) else None
    if host is not None and helo is not None and host == helo[1]:
        host = None
    return (
        address[1] if address is not None else None,
        host if host != "unknown" else None,
        helo[1].strip("[]") if helo is not None else None,
    )


def envelope_from(head: Head) -> str | None:
    """The envelope sender that Exim and its kin write into a Received header."""
    if "envelope-" not in head.text:
        return None
    found = _ENVELOPE.search(head.text)
    return found[1] if found and "@" in found[1] else None
