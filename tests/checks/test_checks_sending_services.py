"""SPF for mail that leaves through a service: all its addresses, not the one of this mail."""

import tomllib
from pathlib import Path

import pytest
from bounce_mail import refused
from looking import Serve

from bounce_tui.checks.authentication import sending_services
from bounce_tui.checks.authentication.sending_services import sending_service
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing import parse

SPF_FAIL = "550 5.7.23 SPF fail: ours.example does not designate 192.0.2.77"
OURS = {"ours.example": '@ TXT "v=spf1 ip4:203.0.113.5 -all"'}
THROUGH_MICROSOFT = refused(SPF_FAIL, ip="192.0.2.77").replace(
    b"mx.ours.example", b"eur01.outbound.protection.outlook.com"
)


async def next_step(resolver: Resolver, raw: bytes) -> str:
    bounce = parse(raw)
    (failure,) = bounce.failures
    diagnosis = diagnose(failure, bounce)
    inputs = gather(bounce, failure)
    results = await run(plan(bounce, failure, diagnosis, inputs), inputs, resolver)
    return judge(diagnosis, inputs, results).next_step


async def test_the_include_of_the_service_is_proposed_where_it_lets_the_address_pass(serve: Serve) -> None:
    service = {"spf.protection.outlook.com": '@ TXT "v=spf1 ip4:192.0.2.0/24 -all"'}
    _, resolver = await serve(OURS | service)
    step = await next_step(resolver, THROUGH_MICROSOFT)
    assert (
        "If mail of ours.example leaves through Microsoft 365, whose address 192.0.2.77 is, publish" in step
    )
    assert '"v=spf1 ip4:203.0.113.5 include:spf.protection.outlook.com -all"' in step


@pytest.mark.parametrize("zone", ['@ TXT "v=spf1 ip4:198.51.100.0/24 -all"', "@ A 192.0.2.1"])
async def test_a_host_that_only_bears_the_name_of_a_service_brings_no_include(
    serve: Serve, zone: str
) -> None:
    _, resolver = await serve(OURS | {"spf.protection.outlook.com": zone})
    step = await next_step(resolver, THROUGH_MICROSOFT)
    assert "include:" not in step
    assert '"v=spf1 ip4:203.0.113.5 ip4:192.0.2.77 -all"' in step


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("mail-sor-f41.google.com", "Google Workspace"),
        ("A8-31.smtp-out.AmazonSES.com.", "Amazon SES"),
        ("AM0PR01MB1234.eurprd01.prod.exchangelabs.com", "Microsoft 365"),
        ("notgoogle.com", None),
        ("google.com.evil.example", None),
        ("", None),
        (None, None),
    ],
)
def test_a_service_is_known_by_the_end_of_its_hosts_names(host: str | None, name: str | None) -> None:
    found = sending_service(host)
    assert (found.name if found is not None else None) == name


def test_the_services_are_in_order_and_each_host_belongs_to_one() -> None:
    text = Path(sending_services.__file__).with_suffix(".toml").read_text(encoding="utf-8")
    services = tomllib.loads(text)["service"]
    names = [service["name"] for service in services]
    assert names == sorted(names, key=str.casefold)
    hosts = [host for service in services for host in service["hosts"]]
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower().strip(".") and "." in host for host in hosts)
