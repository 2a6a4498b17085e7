"""What a domain demands of TLS by DNS: DANE and MTA-STS, from a real server on loopback."""

import pytest
from conftest import Serve
from looking import look

from bounce_tui.checks.judge import judge
from bounce_tui.model import CheckResult, Diagnosis, Evidence, Inputs

DIGEST = "ab" * 32
SIGNED = "@ DNSKEY 257 3 13 AAAA\n"
MX = "@ MX 10 mx\nmx A 192.0.2.1\n"
STS = '_mta-sts TXT "v=STSv1; id=20261120"'


@pytest.mark.parametrize(
    ("records", "state", "outcome", "words"),
    [
        (MX, "pass", "none", "demands no TLS by DNS"),
        (MX + STS, "pass", "sts", "demands MTA-STS"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 3 1 1 {DIGEST}", "pass", "dane", "demands DANE"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 2 0 2 {'ab' * 64}\n" + STS, "pass", "dane+sts", "DANE (TLSA"),
        (MX + f"_25._tcp.mx TLSA 1 1 1 {DIGEST}", "fail", "broken", "usage 1 is not for SMTP"),
        (MX + f"_25._tcp.mx TLSA 3 1 9 {DIGEST}", "fail", "broken", "matching type 9 is unknown"),
        (MX + f"_25._tcp.mx TLSA 3 7 1 {DIGEST}", "fail", "broken", "selector 7 is unknown"),
        (MX + f"{STS}\n" + STS.replace("1120", "1121"), "fail", "broken", "2 MTA-STS records"),
        (MX + '_mta-sts TXT "v=STSv1; id="', "fail", "broken", "no valid id"),
        (MX + '_mta-sts TXT "something else"', "pass", "none", "no TLS"),
        ("@ MX 10 mx.servfail.example.", "fail", "broken", "cannot be learned"),
    ],
)
async def test_what_a_domain_demands_of_tls(
    serve: Serve, records: str, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve({"example.org": records})
    result = await look("tls", resolver, recipient="bob@example.org")
    assert (result.state, result.outcome) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize(("apex", "vouched"), [(SIGNED, True), ("", False)])
async def test_a_tlsa_record_that_nobody_vouches_for_is_told(serve: Serve, apex: str, vouched: bool) -> None:
    _, resolver = await serve({"example.org": MX + apex + f"_25._tcp.mx TLSA 3 1 1 {DIGEST}"})
    result = await look("tls", resolver, recipient="bob@example.org")
    told = any("does not vouch for it" in line for line in result.details)
    assert told is not vouched


async def test_where_the_policy_itself_stands_is_told(serve: Serve) -> None:
    _, resolver = await serve(
        {"example.org": MX + STS + '\n_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t@example.org"'}
    )
    result = await look("tls", resolver, recipient="bob@example.org")
    assert "the policy itself: https://mta-sts.example.org/.well-known/mta-sts.txt" in result.details
    assert any("v=TLSRPTv1" in line for line in result.details)


@pytest.mark.parametrize(("outcome", "verdict"), [("broken", "still_holds"), ("dane", "cannot_be_known")])
def test_a_broken_demand_stands_behind_a_failed_starttls(outcome: str, verdict: str) -> None:
    evidence = Evidence("TLS required", "diagnostic")
    diagnosis = Diagnosis(
        "failed_starttls", False, False, None, "r", "high", evidence, "", ("Look.",), "recipient_admin"
    )
    mx = CheckResult("mx", "example.org", "pass", "ok", "mail goes to mx.example.org")
    tls = CheckResult("tls", "example.org", "fail" if outcome == "broken" else "pass", outcome, "TLS is told")
    inputs = Inputs(recipient="bob@example.org", recipient_domain="example.org")
    assert judge(diagnosis, inputs, [mx, tls]).state == verdict
