"""The demo's server answers real clients on loopback as a name server does, and survives bad ones."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator

import dns.asyncquery
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zone_records import server_of

from bounce_tui.demo.responder import respond
from bounce_tui.demo.server import ZoneServer
from bounce_tui.demo.zones import Zone, ZoneError, Zones

MANY_STRINGS = "\n".join(f'big TXT "{number:0200}"' for number in range(100))
ZONES = {
    "example.org": f"""
@ MX 10 mx
@ A 192.0.2.80
mx A 192.0.2.1
mx AAAA 2001:db8::1
far.below TXT "deep"
*.wild A 192.0.2.9
taken.wild TXT "a name of its own"
alias CNAME mx
chain CNAME alias
abroad CNAME host.example.net.
nowhere CNAME host.unserved.example.
loop CNAME pool
pool CNAME loop
late CNAME ptr.timeout.example.
dangling CNAME gone
{MANY_STRINGS}
""",
    "example.net": "host A 203.0.113.7\n",
    "child.example.org": 'www TXT "the child zone"\n',
}


@pytest.fixture
async def server() -> AsyncIterator[ZoneServer]:
    async with server_of(ZONES) as running:
        yield running


async def ask(
    server: ZoneServer, name: str, rdtype: str, *, tcp: bool = False, seconds: float = 60, **options: object
) -> dns.message.Message:
    query = dns.message.make_query(name, rdtype, **options)
    send = dns.asyncquery.tcp if tcp else dns.asyncquery.udp
    return await send(query, "127.0.0.1", port=server.port, timeout=seconds)


def lines(message: dns.message.Message) -> list[str]:
    return [
        f"{rrset.name.to_text()} {dns.rdatatype.to_text(rrset.rdtype)} {rdata.to_text()}"
        for rrset in message.answer
        for rdata in rrset
    ]


@pytest.mark.parametrize("tcp", [False, True], ids=["udp", "tcp"])
@pytest.mark.parametrize(
    ("name", "rdtype", "expected"),
    [
        ("example.org", "MX", ["example.org. MX 10 mx.example.org."]),
        ("mx.example.org", "AAAA", ["mx.example.org. AAAA 2001:db8::1"]),
        ("MX.Example.ORG", "A", ["MX.Example.ORG. A 192.0.2.1"]),
        ("x.wild.example.org", "A", ["x.wild.example.org. A 192.0.2.9"]),
        ("x.y.wild.example.org", "A", ["x.y.wild.example.org. A 192.0.2.9"]),
        ("www.child.example.org", "TXT", ['www.child.example.org. TXT "the child zone"']),
        (
            "chain.example.org",
            "A",
            [
                "chain.example.org. CNAME alias.example.org.",
                "alias.example.org. CNAME mx.example.org.",
                "mx.example.org. A 192.0.2.1",
            ],
        ),
        ("chain.example.org", "CNAME", ["chain.example.org. CNAME alias.example.org."]),
        (
            "abroad.example.org",
            "A",
            ["abroad.example.org. CNAME host.example.net.", "host.example.net. A 203.0.113.7"],
        ),
    ],
)
async def test_a_name_gets_its_records(
    server: ZoneServer, name: str, rdtype: str, expected: list[str], tcp: bool
) -> None:
    answer = await ask(server, name, rdtype, tcp=tcp)
    assert answer.rcode() == dns.rcode.NOERROR
    assert lines(answer) == expected


@pytest.mark.parametrize(
    ("name", "rdtype", "rcode"),
    [
        ("nobody.example.org", "A", dns.rcode.NXDOMAIN),
        ("example.org", "TXT", dns.rcode.NOERROR),
        ("below.example.org", "A", dns.rcode.NOERROR),  # exists only because something lies under it
        ("wild.example.org", "A", dns.rcode.NOERROR),  # the wildcard does not cover its own parent
        ("taken.wild.example.org", "A", dns.rcode.NOERROR),  # nor a name that exists
        ("x.taken.wild.example.org", "A", dns.rcode.NXDOMAIN),  # nor what is under it (RFC 4592)
        ("x.wild.example.org", "MX", dns.rcode.NOERROR),
        ("dangling.example.org", "A", dns.rcode.NXDOMAIN),
    ],
)
async def test_every_no_carries_the_soa_of_its_zone(
    server: ZoneServer, name: str, rdtype: str, rcode: dns.rcode.Rcode
) -> None:
    answer = await ask(server, name, rdtype)
    assert answer.rcode() == rcode
    assert all(rrset.rdtype == dns.rdatatype.CNAME for rrset in answer.answer)
    assert [(rrset.name.to_text(), rrset.rdtype) for rrset in answer.authority] == [
        ("example.org.", dns.rdatatype.SOA)
    ]


@pytest.mark.parametrize(
    ("name", "rcode", "extended"),
    [
        ("www.servfail.example", dns.rcode.SERVFAIL, 22),
        ("refused.example", dns.rcode.REFUSED, 18),
        ("mx.bogus.example", dns.rcode.SERVFAIL, 6),
    ],
)
async def test_misbehaving_names_fail_with_the_extended_error_of_the_field(
    server: ZoneServer, name: str, rcode: dns.rcode.Rcode, extended: int
) -> None:
    answer = await ask(server, name, "A", use_edns=0)
    assert answer.rcode() == rcode
    assert [int(error.code) for error in answer.extended_errors()] == [extended]
    without_edns = await ask(server, name, "A", use_edns=False)
    assert without_edns.rcode() == rcode
    assert without_edns.edns == -1


@pytest.mark.parametrize("name", ["timeout.example", "a.b.timeout.example", "late.example.org"])
async def test_names_under_timeout_get_no_answer_though_they_count(server: ZoneServer, name: str) -> None:
    with pytest.raises(dns.exception.Timeout):
        await ask(server, name, "A", seconds=0.2)
    assert server.asked[name, "A"] == 1


async def test_a_blocklist_entry_for_a_misbehaving_domain_is_a_name_like_any_other() -> None:
    async with server_of({"dbl.spamhaus.org": "timeout.example A 127.0.1.2\n"}) as server:
        answer = await ask(server, "timeout.example.dbl.spamhaus.org", "A")
        assert lines(answer) == ["timeout.example.dbl.spamhaus.org. A 127.0.1.2"]


@pytest.mark.parametrize("name", ["host.unserved.example", "nowhere.example.org"])
async def test_what_lies_in_no_zone_is_refused(server: ZoneServer, name: str) -> None:
    assert (await ask(server, name, "A")).rcode() == dns.rcode.REFUSED


async def test_a_cname_loop_ends_in_servfail(server: ZoneServer) -> None:
    assert (await ask(server, "loop.example.org", "A")).rcode() == dns.rcode.SERVFAIL


async def test_an_answer_too_big_for_udp_is_cut_whole_and_comes_by_tcp(server: ZoneServer) -> None:
    for payload in (None, 512, 4096):
        edns = {"use_edns": False} if payload is None else {"use_edns": 0, "payload": payload}
        cut = await ask(server, "big.example.org", "TXT", **edns)
        assert cut.flags & dns.flags.TC
        assert cut.answer == []
        # The trap of to_wire: without care it keeps to the client's UDP size here too.
        whole = await ask(server, "big.example.org", "TXT", tcp=True, **edns)
        assert not whole.flags & dns.flags.TC
        assert len(whole.answer[0]) == 100


async def test_the_largest_udp_answer_is_the_smaller_of_ours_and_the_clients() -> None:
    text = "\n".join(f'@ TXT "{number:060}"' for number in range(12))
    async with server_of({"example.org": text}) as server:
        assert (await ask(server, "example.org", "TXT", use_edns=False)).flags & dns.flags.TC
        assert len((await ask(server, "example.org", "TXT", use_edns=0, payload=1232)).answer[0]) == 12


@pytest.mark.parametrize("rdtype", ["ANY", "AXFR"])
async def test_meta_queries_are_not_implemented(server: ZoneServer, rdtype: str) -> None:
    query = dns.message.make_query("example.org", rdtype)
    wire = server.answer(query.to_wire(), "udp")
    assert wire is not None
    assert dns.message.from_wire(wire).rcode() == dns.rcode.NOTIMP


def test_an_unknown_edns_version_other_class_and_other_opcode_are_told_apart() -> None:
    zones = Zones([])
    query = dns.message.make_query("example.org", "A", use_edns=7)
    assert _rcode(zones, query) == dns.rcode.BADVERS
    assert _rcode(zones, dns.message.make_query("example.org", "A", "CH")) == dns.rcode.REFUSED
    update = dns.message.make_query("example.org", "A")
    update.set_opcode(dns.opcode.NOTIFY)
    assert _rcode(zones, update) == dns.rcode.NOTIMP


def _rcode(zones: Zones, query: dns.message.Message) -> dns.rcode.Rcode:
    wire = respond(zones, query.to_wire(), "udp").wire
    assert wire is not None
    answer = dns.message.from_wire(wire)
    assert answer.id == query.id
    return answer.rcode()


def test_thousands_of_names_in_chains_of_pointers_are_not_followed() -> None:
    pointers = b"".join(struct.pack("!H", 0xC000 | max(offset - 2, 12)) for offset in range(12, 16_000, 2))
    question = struct.pack("!3H", 0xC000 | 15_000, 1, 1)
    wire = struct.pack("!6H", 7, 0, 8_000, 0, 0, 0) + pointers + question * 8_000
    answer = respond(_SERVED, wire[:65_535], "tcp").wire
    assert answer is not None
    assert dns.message.from_wire(answer).rcode() == dns.rcode.FORMERR


def test_a_response_is_never_answered() -> None:
    query = dns.message.make_query("example.org", "A")
    response = dns.message.make_response(query)
    assert respond(Zones([]), response.to_wire(), "udp").wire is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=600) | st.binary(max_size=80).map(lambda tail: _HEADER_OF_A_QUERY + tail))
def test_no_bytes_make_the_responder_raise(wire: bytes) -> None:
    response = respond(_SERVED, wire, "udp")
    if response.wire is not None:
        assert response.wire[:2] == wire[:2]
        assert response.wire[2] & 0x80


_HEADER_OF_A_QUERY = struct.pack("!6H", 7, dns.flags.RD, 1, 0, 0, 1)
_SERVED = Zones(
    [Zone.from_text("$ORIGIN example.org.\n$TTL 9\n@ SOA a b 1 2 3 4 5\n@ NS a\n* A 192.0.2.1\n")]
)


async def test_garbage_oversized_and_empty_datagrams_do_not_stop_the_service(server: ZoneServer) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        for noise in (b"", b"\0", b"\xff" * 65_000, _HEADER_OF_A_QUERY, _HEADER_OF_A_QUERY + b"\xc0\x0c" * 9):
            client.sendto(noise, ("127.0.0.1", server.port))
    assert lines(await ask(server, "mx.example.org", "A")) == ["mx.example.org. A 192.0.2.1"]


async def test_many_clients_at_once_all_get_their_answer(server: ZoneServer) -> None:
    answers = await asyncio.gather(
        *(ask(server, f"c{number}.wild.example.org", "A", tcp=number % 2 == 0) for number in range(120))
    )
    assert [lines(answer) for answer in answers] == [
        [f"c{number}.wild.example.org. A 192.0.2.9"] for number in range(120)
    ]
    assert server.queries == 120


async def test_garbage_of_the_largest_size_by_tcp_gets_an_error_and_the_connection_goes_on(
    server: ZoneServer,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    good = dns.message.make_query("mx.example.org", "A").to_wire(prepend_length=True)
    writer.write(b"\xff\xff" + _HEADER_OF_A_QUERY + b"\xff" * (65_535 - 12) + good)
    await writer.drain()
    rcodes = []
    for _ in range(2):
        length = int.from_bytes(await reader.readexactly(2), "big")
        rcodes.append(dns.message.from_wire(await reader.readexactly(length)).rcode())
    assert rcodes == [dns.rcode.FORMERR, dns.rcode.NOERROR]
    writer.close()


async def test_one_tcp_connection_carries_many_queries_even_in_one_segment(server: ZoneServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    queries = [dns.message.make_query(f"q{number}.wild.example.org", "A") for number in range(20)]
    writer.write(b"".join(query.to_wire(prepend_length=True) for query in queries))
    for query in queries:
        length = int.from_bytes(await reader.readexactly(2), "big")
        assert query.is_response(dns.message.from_wire(await reader.readexactly(length)))
    writer.close()


@pytest.mark.parametrize(
    "sent", [b"", b"\0", b"\x00\x20half a message"], ids=["silent", "half-length", "half"]
)
async def test_a_slow_tcp_client_is_cut_off_while_others_are_served(sent: bytes) -> None:
    zones = Zones([Zone.from_text(_TINY)])
    server = ZoneServer(zones, tcp_idle=0.5)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(sent)
        assert lines(await ask(server, "example.org", "A", tcp=True)) == ["example.org. A 192.0.2.1"]
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await asyncio.wait_for(reader.readexactly(1), 60)
        writer.close()


async def test_a_tcp_client_that_asks_and_never_reads_is_cut_off() -> None:
    server = ZoneServer(Zones([Zone.from_text(_TINY + MANY_STRINGS + "\n")]), tcp_idle=0.5)
    asked = 1000
    async with server:
        loop = asyncio.get_running_loop()
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.setblocking(False)
            await loop.sock_connect(client, ("127.0.0.1", server.port))
            query = dns.message.make_query("big.example.org", "TXT").to_wire(prepend_length=True)
            await loop.sock_sendall(client, query * asked)
            # Nothing tells a client that the other end gave up on it except reading, which it must not do.
            while not server.queries or server.tcp_connections:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert 0 < server.queries < asked
        assert lines(await ask(server, "example.org", "A")) == ["example.org. A 192.0.2.1"]


_TINY = "$ORIGIN example.org.\n$TTL 9\n@ SOA a b 1 2 3 4 5\n@ NS a\n@ A 192.0.2.1\n"


async def test_more_tcp_clients_than_allowed_are_closed_at_the_door() -> None:
    server = ZoneServer(Zones([Zone.from_text(_TINY)]), tcp_clients=2, tcp_idle=600)
    async with server:
        held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(2)]
        for reader, writer in held:
            writer.write(dns.message.make_query("example.org", "A").to_wire(prepend_length=True))
            await reader.readexactly(2)
        extra, extra_writer = await asyncio.open_connection("127.0.0.1", server.port)
        assert await asyncio.wait_for(extra.read(), 60) == b""
        extra_writer.close()
        assert lines(await ask(server, "example.org", "A")) == ["example.org. A 192.0.2.1"]
        for _, writer in held:
            writer.close()


async def test_udp_and_tcp_share_the_port_and_both_are_free_after_the_stop() -> None:
    server = ZoneServer.from_text(_TINY)
    address = await server.start()
    host, port = address.split(":")
    assert (host, int(port)) == ("127.0.0.1", server.port)
    await server.stop()
    await server.stop()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(host, int(port))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind((host, int(port)))


async def test_stopping_with_clients_connected_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    async with ZoneServer.from_text(_TINY) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(dns.message.make_query("example.org", "A").to_wire(prepend_length=True))
        while not server.queries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    writer.close()
    await asyncio.sleep(0)
    assert caplog.text == ""


def test_only_loopback_is_served() -> None:
    with pytest.raises(ValueError, match="not a loopback address"):
        ZoneServer(Zones([]), host="0.0.0.0")


async def test_the_count_of_names_stays_bounded_when_a_client_invents_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bounce_tui.demo.server.MOST_NAMES_COUNTED", 3)
    server = ZoneServer.from_text(_TINY)
    for number in range(10):
        server.answer(dns.message.make_query(f"n{number}.example.org", "A").to_wire(), "udp")
    assert server.queries == 10
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org. 60 IN A 192.0.2.1\n",
        "$ORIGIN example.org.\n@ 60 A 192.0.2.1\n",
        "$ORIGIN example.org.\n$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS a\n@ A 192.0.2.999\n",
        "$ORIGIN example.org.\n$INCLUDE /etc/passwd\n",
    ],
    ids=["empty", "no-origin", "no-soa", "bad-address", "include"],
)
def test_a_zone_that_cannot_be_served_is_named_with_its_reason(text: str) -> None:
    with pytest.raises(ZoneError, match=r"^here\.zone: \S"):
        Zone.from_text(text, "here.zone")
