"""DNSSEC: a real unbound validates what a real Knot DNS serves, with trust anchors of our own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from looking import look
from signed_zones import HEAD, SignedZone

from bounce_tui.check_results import Inputs
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Diagnosis, Evidence

MAIL = f"@ MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 {'ab' * 32}\n"
Validated = Callable[..., str]


def tampered() -> SignedZone:
    """Somebody changed an address after the zone was signed."""
    zone = SignedZone("bogus.example", MAIL)
    zone.text = zone.text.replace("192.0.2.1", "203.0.113.66").replace("10 mx", "20 mx")
    return zone


@pytest.fixture
def address(validated: Validated) -> str:
    return validated(
        SignedZone("signed.example", MAIL),
        tampered(),
        SignedZone("expired.example", MAIL, age=timedelta(days=60), fresh_key=True),
        SignedZone("given-up.example", MAIL, age=timedelta(days=60)),
        unsigned={"plain.example": HEAD.format("plain.example") + MAIL},
    )


async def test_the_resolver_vouches_for_what_is_signed_and_for_nothing_else(address: str) -> None:
    async with Resolver(address) as resolver:
        signed = await resolver.query("signed.example", "MX")
        absent = await resolver.query("nothing.signed.example", "A")
        plain = await resolver.query("plain.example", "MX")
        bogus = await resolver.query("bogus.example", "MX")
        expired = await resolver.query("expired.example", "MX")
    assert (signed.outcome, signed.records, signed.authentic) == ("answer", ("10 mx.signed.example",), True)
    assert (absent.outcome, absent.authentic) == ("nxdomain", True)
    assert (plain.outcome, plain.records, plain.authentic) == ("answer", ("10 mx.plain.example",), False)
    assert (bogus.outcome, bogus.extended[0].partition(" ")[0]) == ("servfail", "6")
    assert (expired.outcome, expired.extended[0].partition(" ")[0]) == ("servfail", "7")


async def test_dane_is_demanded_only_where_its_records_are_vouched_for(address: str) -> None:
    async with Resolver(address) as resolver:
        signed = await look("tls", resolver, recipient="ann@signed.example")
        plain = await look("tls", resolver, recipient="ann@plain.example")
    assert (signed.state, signed.outcome) == ("pass", "dane")
    assert (plain.state, plain.outcome) == ("warn", "none")
    assert "does not vouch for it" in plain.summary


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        ("bogus.example", "they do not verify"),
        ("expired.example", "they have expired"),
        ("given-up.example", "no key (DNSKEY) is there that the DS record vouches for"),
    ],
)
@pytest.mark.parametrize("check_id", ["domain", "mx"])
async def test_wrong_signatures_are_called_so_and_it_is_said_who_mends_them(
    address: str, check_id: str, domain: str, words: str
) -> None:
    async with Resolver(address) as resolver:
        result = await look(check_id, resolver, recipient=f"ann@{domain}")
        fine = await look(check_id, resolver, recipient="ann@signed.example")
    assert fine.state == "pass"
    assert (result.state, result.outcome) == ("fail", "servfail")
    assert f"the DNSSEC signatures of {domain} are wrong: {words}" in result.summary
    assert result.remedy is not None
    assert f"Whoever runs DNS for {domain} must sign the zone anew" in result.remedy
    assert f"Tell the owner of {domain} another way" in result.remedy
    evidence = Evidence("Name service error", "diagnostic")
    quoted = Diagnosis("dns_failure", True, False, None, "r", "high", evidence, "", (), "recipient_admin")
    inputs = Inputs(recipient=f"ann@{domain}", recipient_domain=domain)
    verdict = judge(quoted, inputs, [result])
    assert verdict.state == "still_holds"
    assert "DNSSEC" in verdict.summary
    assert verdict.next_step == result.remedy


async def test_the_sender_s_own_wrong_signatures_are_the_sender_s_to_mend(address: str) -> None:
    async with Resolver(address) as resolver:
        result = await look("sender-domain", resolver, sender="ann@expired.example")
        spf = await look(
            "spf", resolver, ip="192.0.2.10", sender="ann@expired.example", helo="mx.example.org"
        )
    assert result.state == "fail"
    assert "the DNSSEC signatures of expired.example are wrong" in result.summary
    assert result.remedy is not None
    assert "another way" not in result.remedy
    assert (spf.state, spf.outcome_text) == ("unknown", "temperror:servfail")
