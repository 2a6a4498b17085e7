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
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.lookup import Door
from bounce_tui.triage.open import read_case

SAMPLES = shipped("samples")


@pytest.fixture(scope="module")
def nameserver() -> Iterator[str]:
    with serving(SAMPLES / "zones") as address:
        yield address


def work(name: str) -> Casework:
    return Casework(read_case(Message(str(SAMPLES / "mail" / name))), 0)


async def run(casework: Casework, nameserver: str) -> list[int]:
    """Run it; the numbers of results known at each change."""
    door = Door(nameserver)
    known: list[int] = []
    try:
        assert casework.start()
        await casework.run(await door.open(), lambda: known.append(len(casework.results)))
    finally:
        await door.close()
    return known


def test_making_a_casework_plans_and_sends_nothing() -> None:
    casework = work("godaddy-ib104-sbl.eml")
    assert casework.state == "ready"
    assert casework.verdict is None
    assert [check.id for check in casework.checks]
    assert all(casework.result(check) is None for check in casework.checks)


async def test_results_come_one_by_one_and_the_verdict_last(nameserver: str) -> None:
    casework = work("godaddy-ib104-sbl.eml")
    known = await run(casework, nameserver)
    assert known == sorted(known)
    assert len(known) == len(casework.checks) + 1
    assert all(casework.result(check) for check in casework.checks)
    assert casework.state == "done"
    assert casework.verdict is not None
    assert casework.verdict.state == "still_holds"


async def test_other_inputs_start_over_with_another_plan_and_no_results(nameserver: str) -> None:
    casework = work("godaddy-ib104-sbl.eml")
    await run(casework, nameserver)
    casework.replace_inputs(with_overrides(casework.inputs, sending_ip="192.0.2.1"))
    assert casework.state == "ready"
    assert casework.verdict is None
    assert not casework.results
    assert "192.0.2.1" in [check.target for check in casework.checks]


async def test_a_cancelled_run_keeps_what_has_answered_and_gives_no_verdict(nameserver: str) -> None:
    casework = work("godaddy-ib104-sbl.eml")
    door = Door(nameserver)
    assert casework.start()
    assert not casework.start()
    cancelled: list[bool] = []
    await casework.run(await door.open(), lambda: cancelled.append(casework.cancel()))
    await door.close()
    assert cancelled == [True]
    assert casework.state == "cancelled"
    assert len(casework.results) == 1 < len(casework.checks)
    assert casework.verdict is None
    assert not casework.cancel()


async def test_the_door_names_its_server_before_and_after_it_is_opened(nameserver: str) -> None:
    door = Door(nameserver)
    assert door.address == nameserver
    assert (await door.open()).address == nameserver
    assert await door.open() is await door.open()
    await door.close()


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
    door = Door(f"127.0.0.1:{transport.get_extra_info('sockname')[1]}")
    door.forget()
    lookup = await door.open()
    for _ in range(3):
        assert (await lookup.query("gone.example", "A")).outcome == "nxdomain"
    first = server.asked
    door.forget()
    await lookup.query("gone.example", "A")
    assert server.asked == 2 * first
    await door.close()
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
    casework = work("godaddy-ib104-sbl.eml")
    await run(casework, nameserver)
    assert casework.to_keep() is not None
    casework = work("godaddy-ib104-sbl.eml")
    with unanswering() as nobody:
        await run(casework, nobody)
    assert casework.state == "done"
    assert casework.to_keep() is None


async def test_only_a_run_under_way_can_break_off(nameserver: str) -> None:
    casework = work("godaddy-ib104-sbl.eml")
    casework.break_off("no network")
    assert (casework.state, casework.trouble) == ("ready", None)
    await run(casework, nameserver)
    casework.break_off("no network")
    assert (casework.state, casework.trouble) == ("done", None)
    assert casework.start()
    casework.break_off("no network")
    assert (casework.state, casework.trouble) == ("broken", "no network")


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
