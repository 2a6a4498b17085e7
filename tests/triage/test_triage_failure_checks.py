"""The work on one failure, against the embedded DNS server on loopback."""

import asyncio
from collections.abc import Iterator

import dns.message
import dns.rcode
import pytest
from ports import unanswering

from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.model import Message
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.opener import read_case

SAMPLES = shipped("samples")


@pytest.fixture(scope="module")
def nameserver() -> Iterator[str]:
    with serving(SAMPLES / "zones") as address:
        yield address


def work(name: str) -> FailureChecks:
    return FailureChecks(read_case(Message(str(SAMPLES / "mail" / name))), 0)


async def run(checking: FailureChecks, nameserver: str) -> list[int]:
    """Run it; the numbers of results known at each change."""
    resolver = LazyResolver(nameserver)
    known: list[int] = []
    try:
        assert checking.start()
        await checking.run(await resolver.open(), lambda: known.append(len(checking.results)))
    finally:
        await resolver.close()
    return known


def test_making_a_casework_plans_and_sends_nothing() -> None:
    checking = work("godaddy-ib104-sbl.eml")
    assert checking.state == "ready"
    assert checking.verdict is None
    assert [check.id for check in checking.checks]
    assert all(checking.result(check) is None for check in checking.checks)


async def test_results_come_one_by_one_and_the_verdict_last(nameserver: str) -> None:
    checking = work("godaddy-ib104-sbl.eml")
    known = await run(checking, nameserver)
    assert known == sorted(known)
    assert len(known) == len(checking.checks) + 1
    assert all(checking.result(check) for check in checking.checks)
    assert checking.state == "done"
    assert checking.verdict is not None
    assert checking.verdict.state == "still_holds"


async def test_other_inputs_start_over_with_another_plan_and_no_results(nameserver: str) -> None:
    checking = work("godaddy-ib104-sbl.eml")
    await run(checking, nameserver)
    checking.replace_inputs(with_overrides(checking.inputs, sending_ip="192.0.2.1"))
    assert checking.state == "ready"
    assert checking.verdict is None
    assert not checking.results
    assert "192.0.2.1" in [check.target for check in checking.checks]


async def test_a_cancelled_run_keeps_what_has_answered_and_gives_no_verdict(nameserver: str) -> None:
    checking = work("godaddy-ib104-sbl.eml")
    resolver = LazyResolver(nameserver)
    assert checking.start()
    assert not checking.start()
    cancelled: list[bool] = []
    await checking.run(await resolver.open(), lambda: cancelled.append(checking.cancel()))
    await resolver.close()
    assert cancelled == [True]
    assert checking.state == "cancelled"
    assert len(checking.results) == 1 < len(checking.checks)
    assert checking.verdict is None
    assert not checking.cancel()


async def test_the_door_names_its_server_before_and_after_it_is_opened(nameserver: str) -> None:
    resolver = LazyResolver(nameserver)
    assert resolver.address == nameserver
    assert (await resolver.open()).address == nameserver
    assert await resolver.open() is await resolver.open()
    await resolver.close()


class CountingServer(asyncio.DatagramProtocol):
    """A name server for which no name exists."""

    def __init__(self) -> None:
        self.asked = 0

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: object) -> None:
        self.asked += 1
        answer = dns.message.make_response(dns.message.from_wire(data))
        answer.set_rcode(dns.rcode.NXDOMAIN)
        self.transport.sendto(answer.to_wire(), address)


async def test_the_door_forgets_when_it_is_told_and_asks_again() -> None:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(CountingServer, ("127.0.0.1", 0))
    resolver = LazyResolver(f"127.0.0.1:{transport.get_extra_info('sockname')[1]}")
    resolver.forget()
    lookup = await resolver.open()
    for _ in range(3):
        assert (await lookup.query("gone.example", "A")).outcome == "nxdomain"
    first = server.asked
    resolver.forget()
    await lookup.query("gone.example", "A")
    assert server.asked == 2 * first
    await resolver.close()
    transport.close()


def test_the_question_to_the_mail_host_is_planned_and_dropped_and_sends_nothing() -> None:
    one = work("godaddy-ib104-sbl.eml")
    planned = one.checks
    assert one.plan_probe()
    assert one.probes
    assert one.checks[:-1] == planned
    assert "learns this machine's address" in one.checks[-1].seen_by
    assert (one.state, one.verdict) == ("ready", None)
    assert one.plan_probe()
    assert one.checks == planned


def test_while_checks_run_the_plan_stays() -> None:
    one = work("godaddy-ib104-sbl.eml")
    assert one.start()
    assert not one.plan_probe()
    assert not one.probes


async def test_a_run_that_nobody_answered_is_not_kept_over_one_that_was(nameserver: str) -> None:
    checking = work("godaddy-ib104-sbl.eml")
    await run(checking, nameserver)
    assert checking.to_keep() is not None
    checking = work("godaddy-ib104-sbl.eml")
    with unanswering() as nobody:
        await run(checking, nobody)
    assert checking.state == "done"
    assert checking.to_keep() is None


async def test_only_a_run_under_way_can_break_off(nameserver: str) -> None:
    checking = work("godaddy-ib104-sbl.eml")
    checking.break_off("no network")
    assert (checking.state, checking.trouble) == ("ready", None)
    await run(checking, nameserver)
    checking.break_off("no network")
    assert (checking.state, checking.trouble) == ("done", None)
    assert checking.start()
    checking.break_off("no network")
    assert (checking.state, checking.trouble) == ("broken", "no network")


async def test_a_run_of_some_checks_that_settles_nothing_is_not_kept_over_a_whole_one(
    nameserver: str,
) -> None:
    some = work("godaddy-ib104-sbl.eml")
    some.plan_only(["domain"])
    await run(some, nameserver)
    assert some.verdict is not None
    assert some.verdict.state == "cannot_be_known"
    assert some.to_keep() is None
    some = work("godaddy-ib104-sbl.eml")
    (listing,) = [check.id for check in some.checks if check.quoted]
    some.plan_only([listing])
    await run(some, nameserver)
    assert some.verdict is not None
    assert some.verdict.state == "still_holds"
    assert some.to_keep() is not None
