"""A domain's entry in its registry, over RDAP (RFC 9082, RFC 9083)."""

import asyncio
from datetime import UTC, datetime
from typing import Literal

import httpx
import msgspec
from msgspec import Struct

RegistrationState = Literal["registered", "not_registered", "no_service", "unreachable"]

# Redirects to the registry's own server, by IANA's list of them.
SERVICE = "https://rdap.org/domain/"
SECONDS = 10.0
MOST_OCTETS = 1 << 20
_MOST_REDIRECTS = 5


class _Event(Struct):
    action: str = msgspec.field(name="eventAction", default="")
    date: str = msgspec.field(name="eventDate", default="")


class _Domain(Struct):
    status: list[str] = []
    events: list[_Event] = []


class Registration(Struct, frozen=True):
    """What the registry says of a domain: since and until when it is registered, its `status` words
    ("client hold", "redemption period"), the `server` that said so, the `trouble` where none did."""

    state: RegistrationState
    since: datetime | None = None
    until: datetime | None = None
    status: tuple[str, ...] = ()
    server: str = ""
    trouble: str = ""


async def registration(domain: str) -> Registration:
    """Ask for `domain` (registered, A-labels).  Never raises for what a server does."""
    # In a thread: to read the certificates of all authorities takes some forty milliseconds.
    context = await asyncio.to_thread(httpx.create_ssl_context)
    async with httpx.AsyncClient(
        verify=context,
        timeout=SECONDS,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        headers={"Accept": "application/rdap+json"},
    ) as client:
        try:
            async with client.stream("GET", f"{SERVICE}{domain}") as reply:
                server = reply.url.host
                if reply.status_code == 404:
                    # A registry without RDAP and a domain that nobody has look alike on the way there.
                    known = bool(reply.history)
                    return Registration("not_registered" if known else "no_service", server=server)
                if reply.status_code != 200:
                    return Registration(
                        "unreachable", server=server, trouble=f"it answers {reply.status_code}"
                    )
                return _read(await _body(reply), server)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Registration("unreachable", trouble=f"{type(error).__name__}: {error}"[:200])


async def _body(reply: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in reply.aiter_bytes():
        body += piece
        if len(body) > MOST_OCTETS:
            raise ValueError("its answer is longer than a megabyte")
    return bytes(body)


def _read(body: bytes, server: str) -> Registration:
    """Raises msgspec.DecodeError, a ValueError, where it is no RDAP answer."""
    found = msgspec.json.decode(body, type=_Domain)
    dates = {event.action: _time(event.date) for event in reversed(found.events[:50])}
    return Registration(
        "registered",
        dates.get("registration"),
        dates.get("expiration"),
        tuple(word.lower() for word in found.status[:20]),
        server,
    )


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
