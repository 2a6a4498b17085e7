"""Lists that are asked with a customer's key: under the customer's name, and the key comes out nowhere."""

import msgspec
import pytest
from bounce_mail import IP, refused
from looking import Serve
from scenario_world import GONE, HOLDS, ME, OPEN, PROOF, WELL, blocked

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.blocklists.list_keys import KeyedLists, read_keys
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import Own
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.settle import settle
from bounce_tui.demo.server import ZoneServer
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing import parse

KEY = "q7xk2mvh5tzbn3rdw8yc4jfs6a"
MINE = f"{KEY}.zen.dq.spamhaus.net"
PUBLIC = "* A 127.255.255.254"


async def settled(
    serve: Serve, bounce: bytes, world: dict[str, str], keys: dict[str, str]
) -> tuple[Verdict, tuple[CheckResult, ...], ZoneServer]:
    server, resolver = await serve({**WELL, **world})
    read = parse(bounce)
    failure = read.failures[0]
    diagnosis = diagnose(failure, read)
    inputs = gather(read, failure, Own(keys=keys))
    lookup = KeyedLists(resolver, keys)
    return (*await settle(diagnosis, plan(failure, diagnosis, inputs), inputs, lookup), server)


@pytest.mark.parametrize(
    ("keys", "answer", "state"),
    [
        ({"spamhaus": KEY}, f"{ME} A 127.0.0.4", HOLDS),
        ({"spamhaus": KEY}, "", GONE),
        ({"spamhaus": "anotherkey1"}, "", OPEN),
        ({}, f"{ME} A 127.0.0.4", OPEN),
    ],
)
async def test_a_key_opens_the_list_through_a_public_resolver(
    serve: Serve, keys: dict[str, str], answer: str, state: str
) -> None:
    world = {"zen.spamhaus.org": PUBLIC, MINE: PROOF + answer, "dq.spamhaus.net": "x A 192.0.2.1"}
    verdict, results, server = await settled(serve, refused(blocked("zen.spamhaus.org")), world, keys)
    assert verdict.state == state
    asked = {name for name, _ in server.asked}
    assert (f"{ME}.{MINE}" in asked) == (keys.get("spamhaus") == KEY)
    assert (f"{ME}.zen.spamhaus.org" in asked) == (not keys)
    told = msgspec.json.encode((verdict, results)).decode()
    assert not any(key in told for key in keys.values())
    if keys:
        assert f"{ME}.KEY.zen.dq.spamhaus.net" in told


async def test_without_a_key_a_list_that_refuses_us_says_where_one_would_go(serve: Serve) -> None:
    bounce = refused(blocked("zen.spamhaus.org"))
    verdict, _, _ = await settled(serve, bounce, {"zen.spamhaus.org": PUBLIC}, {})
    assert (verdict.state, "[lists] spamhaus" in verdict.next_step) == (OPEN, True)


@pytest.mark.parametrize("zone", ["zen.dq.spamhaus.net", "sbl.dq.spamhaus.net", "xbl.dq.spamhaus.net"])
async def test_the_name_by_which_a_receiver_asks_as_a_customer_is_that_of_the_list(
    serve: Serve, zone: str
) -> None:
    world = {"zen.spamhaus.org": f"{PROOF}{ME} A 127.0.0.2\n{ME} A 127.0.0.4"}
    verdict, _, server = await settled(serve, refused(blocked(f"{KEY}.{zone}")), world, {})
    assert (verdict.state, verdict.because) == (HOLDS, ("dnsbl:zen.spamhaus.org",))
    assert not any(KEY in name for name, _ in server.asked), "the receiver's key is not ours to use"


@pytest.mark.parametrize(("keys", "state"), [({"abusix": KEY}, HOLDS), ({}, OPEN)])
async def test_a_list_for_customers_alone_is_asked_with_a_key(
    serve: Serve, keys: dict[str, str], state: str
) -> None:
    bounce = refused(f"554 5.7.1 Client host [{IP}] blocked using combined.mail.abusix.zone")
    world = {f"{KEY}.combined.mail.abusix.zone": f"{PROOF}{ME} A 127.0.0.4"}
    verdict, results, _ = await settled(serve, bounce, world, keys)
    assert (verdict.state, verdict.because) == (state, ("dnsbl:combined.mail.abusix.zone",)), results


def test_what_is_no_key_is_named_and_never_quoted() -> None:
    given = {"spamhaus": "Secret.Zen.dq", "spamhause": KEY, "abusix": f" {KEY.upper()} "}
    read = list(read_keys(given))
    assert read[2] == ("abusix", KEY)
    assert [one[0] for one in read if len(one) == 3] == ["spamhaus", "spamhause"]
    assert "ecret" not in str(read[0])
    assert KEY not in str(read[:2])
