"""The only door to DNS: one packet for equal questions, a cache, and every kind of "no" told apart."""

import asyncio
import time
from collections.abc import Sequence
from types import TracebackType

import dns.exception
import dns.name
import dns.rdatatype
import msgspec

from bounce_tui.check_outcome import QueryOutcome
from bounce_tui.checks.dns.answer import Answer, RecordType
from bounce_tui.checks.dns.answer_cache import AnswerCache
from bounce_tui.checks.dns.exchange import CutShortError, NoReplyError, UnreachableError, exchange
from bounce_tui.checks.dns.nameserver import NO_SERVER, Nameserver, parse_nameserver, system_nameservers
from bounce_tui.checks.dns.reply import ROUND, host, leads_away, read_reply

# Sockets in flight: a process may have only 256 descriptors.
_IN_FLIGHT = 100
# RFC 1034 names no limit; a chain longer than this is a loop or a joke.
_LONGEST_CHAIN = 8

# Those that say most first.
_FAILURES: tuple[QueryOutcome, ...] = ("servfail", "refused", "timeout", "unreachable")

_Key = tuple[str, RecordType]


class Resolver:
    """A `Lookup` on the given name servers, or on the system's.

    Args:
        nameserver: "IP", "IP:PORT", "[IPv6]:PORT", several of them in the order to be asked, or
            None for those of the system.
        timeout: Seconds that one server gets for one attempt; the second round gives it half as
            much again.
        lifetime: Seconds that one question may take in all, all servers and attempts included.

    Raises:
        NameserverError: An address cannot be read.

    It belongs to the event loop that first awaits it.  `query` never raises; it may be cancelled
    without harm to others that wait for the same answer.
    """

    def __init__(
        self, nameserver: str | Sequence[str] | None = None, *, timeout: float = 2.0, lifetime: float = 5.0
    ) -> None:
        if nameserver is None:
            self._servers = list(system_nameservers())
        else:
            given = [nameserver] if isinstance(nameserver, str) else nameserver
            self._servers = [parse_nameserver(text) for text in given]
        self._timeout = timeout
        self._lifetime = lifetime
        self._cache = AnswerCache()
        self._flights: dict[_Key, _Flight] = {}
        self._slots = asyncio.Semaphore(_IN_FLIGHT)
        self._closed = False

    async def __aenter__(self) -> "Resolver":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def address(self) -> str:
        """The server that sees the queries at present."""
        return str(self._by_health()[0]) if self._servers else NO_SERVER

    def forget(self) -> None:
        """Drop the cache, so that the next run sees what DNS says now."""
        self._cache.clear()

    async def close(self) -> None:
        """Stop what is in flight; who still waits gets outcome "unreachable", as does who asks later."""
        self._closed = True
        flights = list(self._flights.values())
        for flight in flights:
            flight.task.cancel()
        await asyncio.gather(*(flight.task for flight in flights), return_exceptions=True)

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        """Ask for `name` (absolute, no search list) and `rdtype`."""
        try:
            question = _absolute(name)
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return Answer(name, rdtype, "bad_name")
        key = (host(question), rdtype)
        kept = self._cache.get(key)
        if kept is not None:
            return msgspec.structs.replace(kept, name=name)
        if self._closed:
            return Answer(name, rdtype, "unreachable")
        flight = self._flights.get(key)
        if flight is None or flight.task.cancelling():
            flight = self._flights[key] = _Flight(asyncio.create_task(self._fly(key, question)))
        return msgspec.structs.replace(await flight.wait(key), name=name)

    async def _fly(self, key: _Key, question: dns.name.Name) -> Answer:
        try:
            async with self._slots:
                answer = await self._follow(key[0], question, key[1])
            self._cache.put(key, answer)
            return answer
        finally:
            # A flight that everybody left may have been followed by another under the same key.
            flight = self._flights.get(key)
            if flight is not None and flight.task is asyncio.current_task():
                del self._flights[key]

    async def _follow(self, name: str, question: dns.name.Name, rdtype: RecordType) -> Answer:
        """Ask, and follow CNAMEs that the server left open."""
        started = time.monotonic()
        deadline = started + self._lifetime
        ttl: int | None = None
        seen: set[dns.name.Name] = set()
        while True:
            seen.add(question)
            answer, onward = await self._ask_all(name, question, rdtype, deadline)
            if answer.ttl is not None:
                ttl = answer.ttl if ttl is None else min(ttl, answer.ttl)
            if onward is None:
                break
            if onward in seen or len(seen) > _LONGEST_CHAIN:
                answer = Answer(name, rdtype, "servfail", canonical=host(onward), extended=(ROUND,))
                break
            question = onward
        elapsed = _milliseconds(time.monotonic() - started)
        return msgspec.structs.replace(answer, ttl=ttl, elapsed_ms=elapsed)

    async def _ask_all(
        self, name: str, question: dns.name.Name, rdtype: RecordType, deadline: float
    ) -> tuple[Answer, dns.name.Name | None]:
        """Ask the servers in turn until one says something definite.

        Of several failures the one that says most is kept: SERVFAIL, REFUSED, silence, no route.
        """
        failures: dict[QueryOutcome, Answer] = {}
        servers = self._by_health()
        # With every server known to be dead one short round is enough: no network, no panic.
        rounds = (1.0,) if all(server.is_down for server in servers) else (1.0, 1.5)
        for factor in rounds:
            for server in list(servers):
                allowed = min(self._timeout * factor, deadline - time.monotonic())
                if allowed <= 0:
                    break
                answer, onward = await _ask_one(name, question, rdtype, server, allowed)
                if answer.outcome not in _FAILURES:
                    return answer, onward
                failures[answer.outcome] = answer
                if answer.outcome != "timeout":
                    # It would say the same again.
                    servers.remove(server)
        worst = next((failures[outcome] for outcome in _FAILURES if outcome in failures), None)
        return worst or Answer(name, rdtype, "unreachable"), None

    def _by_health(self) -> list[Nameserver]:
        return sorted(self._servers, key=lambda server: server.is_down)


class _Flight:
    """One question in flight and how many wait for it."""

    def __init__(self, task: asyncio.Task[Answer]) -> None:
        self.task = task
        self._waiting = 0

    async def wait(self, key: _Key) -> Answer:
        """The answer.  When the last who waits is cancelled, the question is dropped too."""
        self._waiting += 1
        try:
            # Not `shield`: it cannot tell a waiter cancelled by its owner from a flight that ended.
            await asyncio.wait([self.task])
        finally:
            self._waiting -= 1
            if not self._waiting and not self.task.done():
                self.task.cancel()
        return Answer(*key, "unreachable") if self.task.cancelled() else self.task.result()


async def _ask_one(
    name: str, question: dns.name.Name, rdtype: RecordType, server: Nameserver, seconds: float
) -> tuple[Answer, dns.name.Name | None]:
    """What one server says, and the name to ask next where it leaves a CNAME open."""
    asked = time.monotonic()
    try:
        reply = await exchange(question, dns.rdatatype.from_text(rdtype), server, seconds)
    except CutShortError:
        server.heard()
        return Answer(name, rdtype, "timeout"), None
    except NoReplyError:
        server.silent_since(asked)
        return Answer(name, rdtype, "timeout"), None
    except UnreachableError:
        server.silent_since(asked)
        return Answer(name, rdtype, "unreachable"), None
    server.heard()
    return read_reply(reply, name, rdtype, _milliseconds(time.monotonic() - asked)), leads_away(reply)


def _absolute(name: str) -> dns.name.Name:
    if not name or name == ".":
        return dns.name.root
    return dns.name.from_text(name, origin=dns.name.root)


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
