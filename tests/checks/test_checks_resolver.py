"""The resolver: what it sends, what it keeps, and every kind of "no" told apart."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from looking import Serve
from ports import unanswering

from bounce_tui.checks.dns.answer import Answer, RecordType
from bounce_tui.checks.dns.nameserver import NameserverError, parse_nameserver, system_nameservers
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.demo.server import ZoneServer
from bounce_tui.demo.zones import Zone, Zones

ZONES = {
    "example.org": "@ A 192.0.2.1\nwww CNAME @\nloop CNAME loop.example.net.\nshort 1 A 192.0.2.2",
    "example.net": "loop CNAME loop.example.org.\nhost A 192.0.2.9",
    "timeout.example": "@ A 192.0.2.1",
    "servfail.example": "@ A 192.0.2.1",
    "bogus.example": "@ A 192.0.2.1",
    "refused.example": "@ A 192.0.2.1",
}


class Silence(asyncio.DatagramProtocol):
    """A server that counts every packet and answers none."""

    packets = 0
    address = ""

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.packets += 1


@pytest.fixture
async def silence() -> AsyncIterator[Silence]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(Silence, ("127.0.0.1", 0))
    server.address = f"127.0.0.1:{transport.get_extra_info('sockname')[1]}"
    yield server
    transport.close()


@pytest.mark.parametrize(
    ("name", "rdtype", "outcome"),
    [
        ("example.org", "A", "answer"),
        ("EXAMPLE.ORG.", "A", "answer"),
        ("example.org", "MX", "no_data"),
        ("gone.example.org", "A", "nxdomain"),
        ("servfail.example", "A", "servfail"),
        ("refused.example", "A", "refused"),
        ("nowhere.example", "A", "refused"),
        ("example..org", "A", "bad_name"),
        ("x" * 64 + ".example", "A", "bad_name"),
        (".".join(["label"] * 60), "A", "bad_name"),
        ("back\\999slash.example", "A", "bad_name"),
    ],
)
async def test_every_kind_of_no_is_told_apart(serve: Serve, name: str, rdtype: str, outcome: str) -> None:
    _, resolver = await serve(ZONES)
    answer = await resolver.query(name, rdtype)
    assert (answer.name, answer.outcome) == (name, outcome)


async def test_a_name_that_dns_cannot_hold_sends_nothing(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    await resolver.query("example..org", "A")
    assert server.queries == 0


async def test_extended_errors_come_with_the_answer(serve: Serve) -> None:
    _, resolver = await serve(ZONES)
    answer = await resolver.query("bogus.example", "A")
    assert answer.outcome == "servfail"
    assert [text.partition(":")[0] for text in answer.extended] == ["6 DNSSEC Bogus"]


async def test_a_server_that_says_nothing_is_a_timeout(serve: Serve) -> None:
    server, resolver = await serve(ZONES, timeout=0.5, lifetime=5)
    answer = await resolver.query("timeout.example", "A")
    assert answer.outcome == "timeout"
    assert server.asked["timeout.example", "A"] == 2, "one retry, no more"


async def test_a_closed_port_is_unreachable() -> None:
    with unanswering() as address:
        async with Resolver(address) as resolver:
            answer = await resolver.query("example.org", "A")
    assert answer.outcome == "unreachable"


async def test_no_configured_resolver_is_unreachable() -> None:
    async with Resolver([]) as resolver:
        assert (await resolver.query("example.org", "A")).outcome == "unreachable"
        assert resolver.address == "no resolver is configured"


async def test_fifty_equal_questions_send_one_packet(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    answers = await asyncio.gather(*(resolver.query("example.org", "A") for _ in range(50)))
    assert {answer.records for answer in answers} == {("192.0.2.1",)}
    assert server.queries == 1


async def test_upper_and_lower_case_are_one_question(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    await resolver.query("example.org", "A")
    answer = await resolver.query("EXAMPLE.org.", "A")
    assert (answer.name, server.queries) == ("EXAMPLE.org.", 1)


async def test_a_no_is_remembered_as_well_as_a_yes(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    for _ in range(3):
        await resolver.query("gone.example.org", "A")
        await resolver.query("example.org", "MX")
        await resolver.query("servfail.example", "A")
    assert server.queries == 3


async def test_what_was_forgotten_is_asked_anew(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    await resolver.query("example.org", "A")
    resolver.forget()
    await resolver.query("example.org", "A")
    assert server.queries == 2


async def test_a_kept_answer_tells_the_time_that_it_has_left(serve: Serve) -> None:
    _, resolver = await serve(ZONES)
    first = await resolver.query("example.org", "A")
    second = await resolver.query("example.org", "A")
    assert first.ttl == 300
    assert second.ttl is not None
    assert 290 <= second.ttl <= 300


async def test_an_answer_that_is_kept_here_for_minutes_says_how_long_others_may_keep_it(serve: Serve) -> None:
    _, resolver = await serve({"example.org": "@ 86400 A 192.0.2.1"})
    first = await resolver.query("example.org", "A")
    second = await resolver.query("example.org", "A")
    assert first.ttl == 86400
    assert second.ttl is not None
    assert 86390 <= second.ttl <= 86400


async def test_three_hundred_questions_at_once_all_come_back(serve: Serve) -> None:
    server, resolver = await serve({"example.org": "* A 192.0.2.1"}, timeout=60, lifetime=60)
    answers = await asyncio.gather(*(resolver.query(f"n{n}.example.org", "A") for n in range(300)))
    assert {answer.outcome for answer in answers} == {"answer"}
    assert server.queries == 300


async def test_the_event_loop_stays_free_while_three_hundred_are_asked(serve: Serve) -> None:
    _, resolver = await serve({"example.org": "* A 192.0.2.1"})
    asking = asyncio.gather(*(resolver.query(f"n{n}.example.org", "A") for n in range(300)))
    turns = 0
    while not asking.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 50


async def test_an_alias_gives_the_records_at_its_end(serve: Serve) -> None:
    _, resolver = await serve(ZONES)
    answer = await resolver.query("www.example.org", "A")
    assert (answer.records, answer.canonical) == (("192.0.2.1",), "example.org")


async def test_aliases_that_go_round_end(serve: Serve) -> None:
    _, resolver = await serve(ZONES)
    assert (await resolver.query("loop.example.org", "A")).outcome == "servfail"


async def test_a_long_answer_comes_over_tcp(serve: Serve) -> None:
    strings = " ".join(f'"{"y" * 250}"' for _ in range(20))
    server, resolver = await serve({"example.org": f"@ TXT {strings}"})
    answer = await resolver.query("example.org", "TXT")
    assert answer.records == ("y" * 5000,)
    assert server.queries == 2


async def test_text_records_stand_for_bytes(serve: Serve) -> None:
    _, resolver = await serve({"example.org": '@ TXT "caf\\195\\169" "\\000"'})
    assert (await resolver.query("example.org", "TXT")).records == ("caf\xc3\xa9\x00",)


async def test_a_dead_first_server_costs_one_timeout_in_all(serve: Serve, silence: Silence) -> None:
    server, _ = await serve(ZONES)
    async with Resolver([silence.address, server.address], timeout=1, lifetime=10) as resolver:
        first = await resolver.query("example.org", "A")
        assert resolver.address == server.address
        later = [await resolver.query(f"n{n}.example.org", "A") for n in range(5)]
    assert [answer.outcome for answer in (first, *later)] == ["answer"] + ["nxdomain"] * 5
    assert silence.packets == 1, "only the first question went to the dead server"


async def test_one_slow_name_does_not_make_its_server_dead(serve: Serve) -> None:
    server, _ = await serve(ZONES)
    other, _ = await serve(ZONES)
    async with Resolver([server.address, other.address], timeout=1, lifetime=2) as resolver:
        slow = asyncio.create_task(resolver.query("timeout.example", "A"))
        while not server.queries:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
        await resolver.query("example.org", "A")
        await slow
        assert resolver.address == server.address


async def test_the_second_server_is_asked_where_the_first_fails(serve: Serve) -> None:
    failing, _ = await serve({"example.com": "@ A 192.0.2.1"})
    good, _ = await serve(ZONES)
    async with Resolver([failing.address, good.address]) as resolver:
        answer = await resolver.query("example.org", "A")
    assert answer.outcome == "answer"


async def test_of_two_failures_the_more_telling_is_reported(serve: Serve, silence: Silence) -> None:
    server, _ = await serve(ZONES)
    async with Resolver([server.address, silence.address], timeout=1, lifetime=1.5) as resolver:
        assert (await resolver.query("servfail.example", "A")).outcome == "servfail"
        assert (await resolver.query("refused.example", "A")).outcome == "refused"


async def test_one_waiter_that_leaves_does_not_take_the_answer_from_the_others(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    waiters = [asyncio.create_task(resolver.query("example.org", "A")) for _ in range(3)]
    await asyncio.sleep(0)
    waiters[0].cancel()
    results = await asyncio.gather(*waiters, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert [result.records for result in results[1:] if isinstance(result, Answer)] == [("192.0.2.1",)] * 2
    assert server.queries == 1


async def test_a_question_that_everybody_left_can_be_asked_again(serve: Serve) -> None:
    _, resolver = await serve(ZONES)
    left = asyncio.create_task(resolver.query("example.org", "A"))
    await asyncio.sleep(0)
    left.cancel()
    answer = await resolver.query("example.org", "A")
    assert answer.outcome == "answer"
    assert left.cancelled()


async def test_closing_lets_no_one_wait(silence: Silence) -> None:
    resolver = Resolver(silence.address, timeout=30, lifetime=60)
    waiting = asyncio.create_task(resolver.query("example.org", "A"))
    async with asyncio.timeout(20):
        while not silence.packets:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await resolver.close()
    assert (await waiting).outcome == "unreachable"
    assert (await resolver.query("example.net", "A")).outcome == "unreachable"


async def test_a_stranger_cannot_answer_for_the_server() -> None:
    """Only the address that was asked may answer, even where the stranger saw the question."""
    loop = asyncio.get_running_loop()
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        asked.bind(("127.0.0.1", 0))
        asked.setblocking(False)
        async with Resolver(f"127.0.0.1:{asked.getsockname()[1]}", timeout=0.3, lifetime=0.3) as resolver:
            asking = asyncio.create_task(resolver.query("example.org", "A"))
            question, client = await loop.sock_recvfrom(asked, 2048)
            forged = dns.message.make_response(dns.message.from_wire(question))
            forged.answer.append(dns.rrset.from_text("example.org.", 60, "IN", "A", "203.0.113.66"))
            stranger.sendto(forged.to_wire(), client)
            assert (await asking).outcome == "timeout"


class Scripted(asyncio.DatagramProtocol):
    """A UDP server without TCP whose answers a function makes from the question."""

    def __init__(self, answer: Callable[[bytes], list[bytes]]) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        for reply in self._answer(data):
            self._transport.sendto(reply, addr)


@asynccontextmanager
async def scripted(answer: Callable[[bytes], list[bytes]]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: Scripted(answer), ("127.0.0.1", 0))
    yield f"127.0.0.1:{transport.get_extra_info('sockname')[1]}"
    transport.close()


async def test_garbage_from_the_server_is_no_answer() -> None:
    async with (
        scripted(lambda question: [question[:2] + b"\xff" * 40, b"", question]) as address,
        Resolver(address, timeout=0.2, lifetime=0.3) as resolver,
    ):
        assert (await resolver.query("example.org", "A")).outcome == "timeout"


async def test_garbage_before_the_answer_does_no_harm() -> None:
    def answer(question: bytes) -> list[bytes]:
        reply = dns.message.make_response(dns.message.from_wire(question))
        reply.answer.append(dns.rrset.from_text("example.org.", 60, "IN", "A", "192.0.2.1"))
        return [b"", question[:2] + b"\xff" * 40, b"\0\0" + question[2:], reply.to_wire()]

    async with scripted(answer) as address, Resolver(address) as resolver:
        assert (await resolver.query("example.org", "A")).records == ("192.0.2.1",)


async def test_an_answer_to_another_question_is_no_answer() -> None:
    def answer(question: bytes) -> list[bytes]:
        other = dns.message.make_query("example.com", "A", id=int.from_bytes(question[:2], "big"))
        reply = dns.message.make_response(other)
        reply.answer.append(dns.rrset.from_text("example.com.", 60, "IN", "A", "203.0.113.66"))
        return [reply.to_wire()]

    async with scripted(answer) as address, Resolver(address, timeout=0.2, lifetime=0.3) as resolver:
        assert (await resolver.query("example.org", "A")).outcome == "timeout"


async def test_a_server_from_before_edns_is_asked_without_it() -> None:
    def answer(question: bytes) -> list[bytes]:
        query = dns.message.from_wire(question)
        reply = dns.message.make_response(query)
        if query.edns >= 0:
            reply.use_edns(False)
            reply.set_rcode(dns.rcode.FORMERR)
        else:
            reply.answer.append(dns.rrset.from_text("example.org.", 60, "IN", "A", "192.0.2.1"))
        return [reply.to_wire()]

    async with scripted(answer) as address, Resolver(address) as resolver:
        assert (await resolver.query("example.org", "A")).records == ("192.0.2.1",)


async def test_a_long_answer_of_a_server_without_tcp_is_no_answer_but_the_server_lives(serve: Serve) -> None:
    def answer(question: bytes) -> list[bytes]:
        reply = dns.message.make_response(dns.message.from_wire(question))
        reply.flags |= dns.flags.TC
        return [reply.to_wire()]

    server, _ = await serve(ZONES)
    async with (
        scripted(answer) as address,
        Resolver([address, server.address], timeout=2, lifetime=8) as resolver,
    ):
        assert (await resolver.query("example.org", "A")).outcome == "answer"
        assert resolver.address == address, "it answered, so it is not dead"


async def test_three_hundred_mangled_replies_give_three_hundred_answers_and_no_error() -> None:
    whole = 0

    def answer(question: bytes) -> list[bytes]:
        nonlocal whole
        query = dns.message.from_wire(question)
        reply = dns.message.make_response(query)
        name = query.question[0].name.to_text()
        soa = f"{name} {name} 1 2 3 4 5"
        for rdtype, text in ("MX", f"10 mx.{name}"), ("CNAME", f"w.{name}"), ("TXT", '"a" "b"'), ("SOA", soa):
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", rdtype, text))
        reply.use_edns(0, options=[dns.edns.EDEOption(22, "text")])
        wire = bytearray(reply.to_wire())
        # By the name, not by the order in which they are asked.
        chance = random.Random(name)
        for _ in range(chance.randint(0, 3)):
            wire[chance.randrange(2, len(wire))] = chance.randrange(256)
        sent = bytes(wire[: chance.choice((len(wire), chance.randrange(len(wire))))])
        whole += sent == reply.to_wire()
        return [sent]

    async with scripted(answer) as address, Resolver(address, timeout=2, lifetime=2) as resolver:
        types: list[RecordType] = ["MX", "TXT", "CNAME", "SOA", "A"]
        asking = (resolver.query(f"n{n}.example.org", types[n % 5]) for n in range(300))
        outcomes = [answer.outcome for answer in await asyncio.gather(*asking)]
    assert len(outcomes) == 300
    assert 10 < whole < 200, "some were readable, some were not"


async def test_a_contradictory_reply_counts_as_a_failure() -> None:
    def answer(question: bytes) -> list[bytes]:
        reply = dns.message.make_response(dns.message.from_wire(question))
        reply.answer.append(dns.rrset.from_text("example.org.", 60, "IN", "A", "192.0.2.1"))
        reply.set_rcode(dns.rcode.NXDOMAIN)
        return [reply.to_wire()]

    async with scripted(answer) as address, Resolver(address) as resolver:
        assert (await resolver.query("example.org", "A")).outcome == "servfail"


async def test_an_ipv6_server_can_be_asked() -> None:
    zone = "$ORIGIN example.org.\n@ 300 SOA ns host 1 2 3 4 5\n@ 300 NS ns\n@ 300 A 192.0.2.1"
    server = ZoneServer(Zones([Zone.from_text(zone)]), host="::1")
    try:
        await server.start()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    try:
        async with Resolver(server.address) as resolver:
            assert resolver.address.startswith("[::1]:")
            assert (await resolver.query("example.org", "A")).records == ("192.0.2.1",)
    finally:
        await server.stop()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1:53"),
        ("192.0.2.1:5353", "192.0.2.1:5353"),
        ("2001:db8::1", "[2001:db8::1]:53"),
        ("[2001:db8::1]", "[2001:db8::1]:53"),
        ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
    ],
)
def test_a_name_server_is_given_as_address_and_port(text: str, address: str) -> None:
    assert str(parse_nameserver(text)) == address


@pytest.mark.parametrize(
    "text", ["", "dns.example", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "[::1]x", "1:2"]
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(NameserverError, match="give IP or IP:PORT"):
        parse_nameserver(text)


def test_the_servers_of_the_system_are_those_of_resolv_conf(tmp_path: Path) -> None:
    conf = tmp_path / "resolv.conf"
    conf.write_bytes(
        b"# nameserver 192.0.2.9\nsearch example.org\nnameserver 192.0.2.1\n"
        b"nameserver\t2001:db8::53  # the second\nnameserver dns.example\nnameserver\n\xff\n;nameserver 1\n"
    )
    assert [str(server) for server in system_nameservers(str(conf))] == ["192.0.2.1:53", "[2001:db8::53]:53"]


@pytest.mark.parametrize("text", [None, b"", b"search example.org\noptions edns0\nnameserver\n"])
def test_without_a_nameserver_line_the_server_is_that_of_this_machine(
    tmp_path: Path, text: bytes | None
) -> None:
    conf = tmp_path / "resolv.conf"
    if text is not None:
        conf.write_bytes(text)
    servers = system_nameservers(str(conf))
    assert [(str(server), server.is_assumed) for server in servers] == [
        ("127.0.0.1:53", True),
        ("[::1]:53", True),
    ]
