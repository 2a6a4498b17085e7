"""Where mail goes: the recipient's domain, its MX, the sender's domain."""

import pytest
from looking import Serve, look

from bounce_tui.checks.dns.resolver import Resolver

MX = "@ MX 10 mx1\nmx1 A 192.0.2.1\n"
REST = {
    "host.example": "good A 192.0.2.2\nsix AAAA 2001:db8::2\nalias CNAME good\nlan A 10.0.0.5\nlo A 127.0.0.1"
}


@pytest.mark.parametrize(
    ("records", "state", "outcome", "words"),
    [
        (MX, "pass", "ok", "mail for example.org goes to mx1.example.org"),
        ("@ MX 10 six.host.example.", "warn", "ipv6_only", "six.host.example, which has IPv6 addresses only"),
        ("@ A 192.0.2.5", "pass", "address_fallback", "its own address 192.0.2.5"),
        ("@ AAAA 2001:db8::5", "pass", "address_fallback", "2001:db8::5"),
        ("@ MX 0 .", "fail", "null_mx", "takes no mail"),
        ("@ TXT nothing", "fail", "no_mail_host", "neither MX nor address"),
        ("@ MX 10 192.0.2.1.", "fail", "mx_broken", "192.0.2.1"),
        ("@ MX 10 gone.host.example.", "fail", "mx_broken", "gone.host.example"),
        ("@ MX 10 lan.host.example.", "fail", "mx_broken", "lan.host.example"),
        ("@ MX 10 lo.host.example.", "fail", "mx_broken", "lo.host.example"),
        ("@ A 10.0.0.9", "fail", "mx_broken", "cannot be reached"),
        ("@ MX 10 alias.host.example.", "warn", "degraded", "1 of 1 MX"),
        (MX + "@ MX 20 gone.host.example.", "warn", "degraded", "1 of 2 MX"),
        (MX + "@ MX 20 .", "warn", "none_too", "RFC 7505"),
        (
            "@ MX 10 host.servfail.example.",
            "fail",
            "servfail",
            "no mail host of example.org can be looked up",
        ),
        ("@ MX 10 host.bogus.example.", "fail", "servfail", "DNSSEC"),
        ("@ MX 10 host.timeout.example.", "unknown", "mx_unknown", "could not be looked up"),
        ("@ MX 10 round\nround CNAME back\nback CNAME round", "fail", "servfail", "no mail host of"),
    ],
)
async def test_the_way_of_mail_is_followed_to_the_addresses(
    serve: Serve, records: str, state: str, outcome: str, words: str
) -> None:
    zones = {"example.org": records, "servfail.example": "@ A 192.0.2.1", **REST}
    _, resolver = await serve(zones, timeout=0.2, lifetime=0.3)
    result = await look("mx", resolver, recipient="user@example.org")
    assert (result.state, result.outcome_text, result.target) == (state, outcome, "example.org")
    assert words in result.summary


@pytest.mark.parametrize(
    ("line", "records"),
    [
        ("192.0.2.1 is an address, and an MX record may only hold a host name", "@ MX 10 192.0.2.1."),
        ("alias.host.example is an alias (CNAME)", "@ MX 10 alias.host.example."),
        ("lan.host.example has only addresses that no other network can reach (10.0.0.5)",
         "@ MX 10 lan.host.example."),
        ("gone.host.example has no address", "@ MX 10 gone.host.example."),
        ("example.org. 300 MX 10 gone.host.example", "@ MX 10 gone.host.example."),
        ("gone.host.example. A: no such name (NXDOMAIN)", "@ MX 10 gone.host.example."),
    ],
)  # fmt: skip
async def test_the_fault_and_the_raw_records_are_told(serve: Serve, line: str, records: str) -> None:
    _, resolver = await serve({"example.org": records, **REST})
    result = await look("mx", resolver, recipient="user@example.org")
    assert any(detail.startswith(line) for detail in result.details), result.details


@pytest.mark.parametrize(
    ("domain", "state", "outcome", "words"),
    [
        ("example.org", "pass", "exists", "exists in DNS"),
        ("null.example", "pass", "exists", "exists"),
        ("gone.example.org", "fail", "nxdomain", "does not exist in DNS, though example.org does"),
        ("servfail.example", "fail", "servfail", "No Reachable Authority"),
        ("timeout.example", "fail", "timeout", "no answer for timeout.example"),
        ("refused.example", "unknown", "refused", "refuses to answer"),
    ],
)
async def test_whether_the_recipients_domain_exists(
    serve: Serve, domain: str, state: str, outcome: str, words: str
) -> None:
    zones = dict.fromkeys(("example.org", "servfail.example", "timeout.example", "refused.example"), MX)
    _, resolver = await serve({**zones, "null.example": "@ MX 0 ."}, timeout=1, lifetime=1.5)
    result = await look("domain", resolver, recipient=f"user@{domain}")
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize("domain", ["gone.example.org", "servfail.example", "refused.example"])
async def test_the_checks_of_one_domain_do_not_say_its_absence_in_the_same_words(
    serve: Serve, domain: str
) -> None:
    _, resolver = await serve(dict.fromkeys(("example.org", "servfail.example", "refused.example"), MX))
    found = [await look(check, resolver, recipient=f"user@{domain}") for check in ("domain", "mx", "smtp")]
    assert len({result.summary for result in found}) == 3
    assert [result.outcome_text for result in found] == [found[0].outcome_text] * 2 + ["no_host"]
    # Each may be planned alone, and then it must tell why.
    assert all(found[0].summary.startswith(result.details[0]) for result in found[1:])


async def test_silence_of_the_resolver_itself_is_not_laid_to_the_domain() -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        result = await look("domain", resolver, recipient="user@example.org")
    assert (result.state, result.outcome_text) == ("unknown", "unreachable")


@pytest.mark.parametrize(
    ("records", "state", "outcome"),
    [
        (MX, "pass", "ok"),
        ("@ A 192.0.2.5", "pass", "ok"),
        ("@ MX 0 .", "fail", "null_mx"),
        ("@ TXT nothing", "fail", "no_mail_host"),
        ("@ MX 10 gone", "fail", "mx_broken"),
    ],
)
async def test_the_senders_domain_as_a_receiver_tests_it(
    serve: Serve, records: str, state: str, outcome: str
) -> None:
    _, resolver = await serve({"example.com": records})
    result = await look("sender-domain", resolver, sender="user@example.com")
    assert (result.state, result.outcome_text) == (state, outcome)
    assert state == "pass" or result.remedy


async def test_for_the_null_sender_the_from_domain_is_looked_at(serve: Serve) -> None:
    _, resolver = await serve({"example.net": MX})
    result = await look("sender-domain", resolver, sender="<>", from_domain="example.net")
    assert (result.target, result.outcome_text) == ("example.net", "ok")


async def test_a_domain_with_hundreds_of_mail_hosts_costs_few_questions(serve: Serve) -> None:
    records = "\n".join(f"@ MX 10 mx{n}\nmx{n} A 192.0.2.1" for n in range(200))
    server, resolver = await serve({"example.org": records})
    result = await look("mx", resolver, recipient="user@example.org")
    assert result.outcome_text == "ok"
    assert server.queries < 50
    assert len(result.details) < 80
