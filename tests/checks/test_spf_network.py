"""SPF through our resolver against the demo's name server: real truncation, real SERVFAIL."""

from collections.abc import AsyncIterator

import pytest
from known_silence import known, of_demo

from bounce_tui.checks.authentication.spf import evaluate, lines, propose
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.demo.server import ZoneServer

STRINGS = " ".join(f'" ip4:198.51.100.{number}"' for number in range(200))
ZONE = f"""\
$ORIGIN school.example.
$TTL 300
@ SOA ns.school.example. hostmaster.school.example. 1 7200 3600 1209600 300
@ NS ns
@ TXT "v=spf1 mx include:_spf.school.example " "~all"
@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
_spf TXT "v=spf1 a:mx1.school.example -all"
long TXT "v=spf1" {STRINGS} " -all"
broken TXT "v=spf1 include:servfail.school.example -all"
alias CNAME school.example.
"""


@pytest.fixture
async def server() -> AsyncIterator[ZoneServer]:
    async with ZoneServer.from_text(ZONE) as server:
        with known(server.address, of_demo(server)):
            yield server


@pytest.fixture
async def resolver(server: ZoneServer) -> AsyncIterator[Resolver]:
    async with Resolver(server.address) as resolver:
        yield resolver


async def test_a_record_too_long_for_udp_is_read_over_tcp(resolver: Resolver) -> None:
    evaluation = await evaluate("198.51.100.199", "a@long.school.example", "h.example", resolver)
    assert evaluation.result == "pass"
    assert {problem.code for problem in evaluation.problems} == {"too_long", "needs_several_strings"}


async def test_a_server_failure_is_told_with_its_extended_error(resolver: Resolver) -> None:
    evaluation = await evaluate("192.0.2.9", "a@broken.school.example", "h.example", resolver)
    assert evaluation.result == "temperror"
    assert any("server failure (22" in line for line in lines(evaluation))
    assert await propose(evaluation, "192.0.2.9", resolver) is None


async def test_a_policy_behind_a_cname_is_the_alias_own(resolver: Resolver) -> None:
    evaluation = await evaluate("192.0.2.2", "a@alias.school.example", "h.example", resolver)
    assert (evaluation.result, evaluation.where) == ("pass", ("alias.school.example: mx",))


async def test_checking_and_mending_many_senders_asks_each_question_once(
    server: ZoneServer, resolver: Resolver
) -> None:
    for number in range(20):
        evaluation = await evaluate("192.0.2.9", f"user{number}@school.example", "h.example", resolver)
        assert await propose(evaluation, "192.0.2.9", resolver) is not None
    assert set(server.asked.values()) == {1}
    assert server.queries == 5
