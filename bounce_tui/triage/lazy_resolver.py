"""The resolver of a session, opened when it is first needed."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bounce_tui.checks.blocklists.list_keys import KeyedLists
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.nameserver import ASSUMED, system_nameservers

if TYPE_CHECKING:
    from bounce_tui.checks.dns.resolver import Resolver


class LazyResolver:
    """Makes the one resolver of a session.  Making it sends nothing.  `keys` open the lists of their
    accounts."""

    def __init__(self, nameserver: str | None, keys: Mapping[str, str] | None = None) -> None:
        self._nameserver = nameserver
        self._keys = keys or {}
        first = None if nameserver else system_nameservers()[0]
        self._first = nameserver or str(first)
        self._told = f" ({ASSUMED})" if first is not None and first.is_assumed else ""
        self._resolver: Resolver | None = None
        self._lookup: KeyedLists | None = None
        self._opening = asyncio.Lock()
        self._open = AsyncExitStack()

    @property
    def address(self) -> str:
        """The server that would see the queries, and in words where the system names none."""
        return f"{self._resolver.address if self._resolver else self._first}{self._told}"

    @property
    def is_open(self) -> bool:
        """Whether there is anything to close."""
        return self._resolver is not None

    async def open(self) -> Lookup:
        """The resolver.  Importing it takes a tenth of a second, so a thread does that.

        Raises NameserverError where the address given cannot be read.
        """
        async with self._opening:
            if self._lookup is None:
                resolver = await asyncio.to_thread(self._make)
                self._resolver = await self._open.enter_async_context(resolver)
                self._lookup = KeyedLists(resolver, self._keys)
            return self._lookup

    def forget(self) -> None:
        """Drop what is cached: who runs checks again wants to know what DNS says now."""
        if self._resolver is not None:
            self._resolver.forget()

    async def close(self) -> None:
        """Close the resolver's sockets."""
        await self._open.aclose()
        self._resolver = self._lookup = None

    def _make(self) -> "Resolver":
        from bounce_tui.checks.dns.resolver import Resolver

        return Resolver(self._nameserver)
