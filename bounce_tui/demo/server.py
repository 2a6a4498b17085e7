"""A DNS server on loopback that serves zone files: for the demo, and for every test that asks DNS."""

import asyncio
import ipaddress
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import cast

import dns.rdatatype

from bounce_tui.demo.responder import Transport, respond
from bounce_tui.demo.zones import Zone, Zones

_TRIES_FOR_A_PORT = 20
MOST_NAMES_COUNTED = 10_000
"""Names and types that `asked` tells apart: who asks for ever new ones must not fill the memory."""


class ZoneServer:
    """Serves zones over UDP and TCP, both on one port of a loopback address.

    Use it in a running event loop: `async with ZoneServer.from_folder(folder) as server:` and ask
    `server.address`; `demo.serving` runs it in a thread for code that has no loop.

    Names misbehave as `demo.zones.misbehaviour_of` says.  A name in no zone is refused.  `queries`
    counts the questions that arrived, by either transport; `asked` counts them by name (lower case,
    no last dot) and type: `server.asked["example.org", "MX"]`.

    `tcp_idle` is the seconds that a TCP client may take for one message in or out before it is cut
    off, `tcp_clients` how many may be connected at once; further ones are closed at the door.
    """

    def __init__(
        self,
        zones: Zones,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tcp_idle: float = 5.0,
        tcp_clients: int = 256,
    ) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not a loopback address: the demo's server answers nobody else")
        self.queries = 0
        self.asked: Counter[tuple[str, str]] = Counter()
        self.zones = zones
        self._host = host
        self._port = port
        self._tcp_idle = tcp_idle
        self._tcp_clients = tcp_clients
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @classmethod
    def from_folder(cls, folder: Path) -> "ZoneServer":
        """Serve every *.zone file of `folder`.  Raises ZoneError."""
        return cls(Zones.from_folder(folder))

    @classmethod
    def from_text(cls, *texts: str) -> "ZoneServer":
        """Serve zones given as standard zone text, each with $ORIGIN, SOA and NS.  Raises ZoneError."""
        return cls(Zones(Zone.from_text(text) for text in texts))

    @property
    def address(self) -> str:
        """Where it listens: "127.0.0.1:PORT"."""
        return f"[{self._host}]:{self._port}" if ":" in self._host else f"{self._host}:{self._port}"

    @property
    def port(self) -> int:
        """The port, 0 before the start when none was asked for."""
        return self._port

    @property
    def tcp_connections(self) -> int:
        """How many TCP clients are connected now."""
        return len(self._clients)

    async def start(self) -> str:
        """Bind and listen; returns the address.  Raises OSError when no port can be had."""
        loop = asyncio.get_running_loop()
        for attempt in range(_TRIES_FOR_A_PORT):
            udp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), (self._host, self._port))
            port = udp.get_extra_info("sockname")[1]
            try:
                tcp = await asyncio.start_server(self._accept, self._host, port)
            except OSError:
                # The system gave us a UDP port whose TCP twin is taken.
                udp.close()
                if self._port or attempt == _TRIES_FOR_A_PORT - 1:
                    raise
                continue
            self._udp, self._tcp, self._port = udp, tcp, port
            break
        return self.address

    async def stop(self) -> None:
        """Close the sockets and end every client's task.  Safe to call twice."""
        if self._udp is not None:
            self._udp.close()
        if self._tcp is not None:
            self._tcp.close()
        for task in self._clients:
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        if self._tcp is not None:
            await self._tcp.wait_closed()
        self._udp = self._tcp = None

    async def __aenter__(self) -> "ZoneServer":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def answer(self, wire: bytes, transport: Transport) -> bytes | None:
        """Answer one message and count it; None where there is nothing to say."""
        response = respond(self.zones, wire, transport)
        if response.question is not None:
            self.queries += 1
            name = response.question.name.to_text(omit_final_dot=True).lower()
            key = (name, dns.rdatatype.to_text(response.question.rdtype))
            if key in self.asked or len(self.asked) < MOST_NAMES_COUNTED:
                self.asked[key] += 1
        return response.wire

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if len(self._clients) >= self._tcp_clients:
            writer.close()
            return
        self._clients.add(task)
        try:
            await self._converse(reader, writer)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            pass  # the client was slow, left in the middle, or the line broke: its own affair
        except asyncio.CancelledError:
            pass  # `stop` did it; asyncio.streams of Python 3.11 would log a traceback for it
        finally:
            self._clients.discard(task)
            writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            # One clock for the whole message: a byte now and then must not hold the connection.
            async with asyncio.timeout(self._tcp_idle):
                length = int.from_bytes(await reader.readexactly(2), "big")
                wire = await reader.readexactly(length)
            answer = self.answer(wire, "tcp")
            if answer is not None:
                writer.write(len(answer).to_bytes(2, "big") + answer)
                async with asyncio.timeout(self._tcp_idle):
                    await writer.drain()


class _Datagrams(asyncio.DatagramProtocol):
    """The UDP side of a server: answers each datagram, and drops answers while the socket is full."""

    def __init__(self, server: ZoneServer) -> None:
        self._server = server
        self._full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A cast, for the selector loop's datagram transport is no subclass of DatagramTransport.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def pause_writing(self) -> None:
        self._full = True  # drop, as UDP does, rather than grow

    def resume_writing(self) -> None:
        self._full = False

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self._server.answer(data, "udp")
        if answer is not None and not self._full:
            self._transport.sendto(answer, addr)

    def error_received(self, exc: Exception) -> None:
        """A client that left before its answer came (ICMP port unreachable) is no trouble of ours."""
