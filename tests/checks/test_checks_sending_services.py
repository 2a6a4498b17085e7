"""SPF for mail that leaves through a service: all its addresses, not the one of this mail."""

import tomllib
from ipaddress import ip_network
from pathlib import Path

import pytest
from bounce_mail import refused
from looking import Serve

from bounce_tui.checks.authentication import sending_services
from bounce_tui.checks.authentication.sending_services import sending_service, service_of_address
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
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


async def next_step(resolver: Resolver, raw: bytes, own: Own = NOTHING_OWN) -> str:
    bounce = parse(raw)
    (failure,) = bounce.failures
    diagnosis = diagnose(failure, bounce)
    inputs = gather(bounce, failure, own)
    results = await run(plan(failure, diagnosis, inputs), inputs, resolver)
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


ALIVE = {".": "com TXT x\nexample TXT x\narpa TXT x"}
BANNED = (
    "550 5.7.511 Access denied, banned sender[{}]. To request removal forward this to delist@microsoft.com"
)
NO_PTR = "550 5.7.25 [{}] The IP address sending this message does not have a PTR record setup"


@pytest.mark.parametrize("words", [BANNED, NO_PTR], ids=["banned", "no reverse name"])
async def test_an_address_that_all_customers_of_a_service_share_is_for_its_support(
    serve: Serve, words: str
) -> None:
    _, resolver = await serve(OURS | ALIVE | {"107.40.in-addr.arpa": "@ TXT x"})
    step = await next_step(resolver, refused(words.format("40.107.22.102"), ip="40.107.22.102"))
    assert "40.107.22.102 is an outgoing address of Microsoft 365" in step
    assert "support ticket" in step
    assert not [words for words in ("PTR", "open relay") if words in step]


def report_of_exchange_online(words: str) -> bytes:
    """Exchange Online's report of a mail that began there: it names no address that others saw."""
    host = "DB9PR02MB6666.eurprd02.prod.outlook.com"
    hop = (
        f"Received: from AM0PR02MB5555.eurprd02.prod.outlook.com (2603:10a6:208:1ff::9)\n by {host}"
        " (2603:10a6:10:45a::12) with Microsoft SMTP Server; Mon, 23 Nov 2026 09:12:06 +0000\n"
    )
    mail = "From: <bob@ours.example>\nTo: <ann@remote.example>\nSubject: Minutes\n\nHello\n"
    return (
        f"Received: from {host} (2603:10a6:10:45a::12)\n by AM0PR02MB5555.eurprd02.prod.outlook.com with"
        " HTTPS; Mon, 23 Nov 2026 09:12:14 +0000\nFrom: <postmaster@ours.example>\nTo: <bob@ours.example>\n"
        "Subject: Undeliverable: Minutes\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;{host}\n\n"
        "Final-Recipient: rfc822;ann@remote.example\nAction: failed\nRemote-MTA: dns;mx.remote.example\n"
        f"Diagnostic-Code: smtp;{words}\n\n--b\nContent-Type: message/rfc822\n\n{hop}{mail}\n--b--\n"
    ).encode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "550 5.7.23 rejected because of Sender Policy Framework violation",
            "include:spf.protection.outlook.com",
        ),
        ("550 5.7.1 Email rejected per DMARC policy for ours.example", "selector1._domainkey.ours.example"),
        (NO_PTR.format("hidden"), "support ticket"),
        ("554 5.7.1 Your IP address is blocked for its bad reputation", "support ticket"),
    ],
)
async def test_no_server_within_exchange_online_is_told_to_be_published_or_given_a_reverse_name(
    serve: Serve, words: str, told: str
) -> None:
    zone = '@ TXT "v=spf1 include:spf.protection.outlook.com -all"\n_dmarc TXT "v=DMARC1; p=reject"'
    _, resolver = await serve(OURS | ALIVE | {"ours.example": zone})
    step = await next_step(resolver, report_of_exchange_online(words))
    assert told in step
    assert not [words for words in ("2603:", "PTR", "SRS") if words in step]


async def test_the_addresses_of_the_config_stand_in_for_one_that_exchange_online_does_not_tell(
    serve: Serve,
) -> None:
    _, resolver = await serve(OURS | ALIVE)
    words = "550 5.7.23 rejected because of Sender Policy Framework violation"
    own = Own(networks=(ip_network("192.0.2.10"),))
    assert "192.0.2.10" in await next_step(resolver, report_of_exchange_online(words), own)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("40.107.22.102", "Microsoft 365"),
        ("2a01:111:f403:c111::1", "Microsoft 365"),
        ("40.108.0.1", None),
        ("192.0.2.10", None),
        ("no address", None),
    ],
)
def test_a_service_is_known_by_the_networks_that_only_its_servers_send_from(
    address: str, name: str | None
) -> None:
    found = service_of_address(address)
    assert (found.name if found is not None else None) == name
