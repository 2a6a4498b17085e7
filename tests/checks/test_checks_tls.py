"""What a domain demands of TLS by DNS: DANE and MTA-STS, from a real server on loopback."""

import pytest
from looking import Serve, look
from ports import unanswering
from worded import worded

from bounce_tui.check_results import CheckResult, Inputs
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Diagnosis, Evidence

DIGEST = "ab" * 32
SIGNED = "@ DNSKEY 257 3 13 AAAA\n"
MX = "@ MX 10 mx\nmx A 192.0.2.1\n"
REPORTS = '_smtp._tls TXT "v=TLSRPTv1; rua={}"'
STS = '_mta-sts TXT "v=STSv1; id=20261120"'


@pytest.mark.parametrize(
    ("records", "state", "outcome", "words"),
    [
        (MX, "pass", "none", "demands no TLS by DNS"),
        (MX + STS, "pass", "sts", "demands MTA-STS"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 3 1 1 {DIGEST}", "pass", "dane", "demands DANE"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 2 0 2 {'ab' * 64}\n" + STS, "pass", "dane+sts", "DANE (TLSA"),
        (MX + f"_25._tcp.mx TLSA 3 1 1 {DIGEST}", "warn", "none", "does not vouch for it"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 1 1 1 {DIGEST}", "warn", "none", "usage 1 is not for SMTP"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 3 1 9 {DIGEST}", "warn", "none", "matching type 9 is unknown"),
        (MX + SIGNED + f"_25._tcp.mx TLSA 3 7 1 {DIGEST}", "warn", "none", "selector 7 is unknown"),
        # RFC 8461 section 3.1: as if there were none, so that no sender is kept from delivering.
        (MX + f"{STS}\n" + STS.replace("1120", "1121"), "warn", "none", "2 MTA-STS records"),
        (MX + '_mta-sts TXT "v=STSv1; id="', "warn", "none", "no valid id"),
        (MX + '_mta-sts TXT "something else"', "pass", "none", "no TLS"),
        (MX + SIGNED + "_25._tcp.mx CNAME x.servfail.", "fail", "broken", "cannot be learned"),
        # Senders do not ask for TLSA of a host whose address nobody vouches for (RFC 7672 section 2.2.2).
        (MX + "_25._tcp.mx CNAME x.servfail.", "unknown", "unclear:servfail", "cannot be learned"),
        (MX + "_25._tcp.mx CNAME x.bogus.", "fail", "broken", "DNSSEC signatures"),
        (MX + SIGNED + "_25._tcp.mx CNAME x.servfail.\n" + STS, "fail", "broken", "cannot be learned"),
        (MX + "_mta-sts CNAME x.servfail.", "unknown", "unclear", "MTA-STS policy cannot be learned"),
    ],
)
async def test_what_a_domain_demands_of_tls(
    serve: Serve, records: str, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve({"example.org": records})
    result = await look("tls", resolver, recipient="bob@example.org")
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary


async def test_where_the_policy_itself_stands_is_told(serve: Serve) -> None:
    _, resolver = await serve(
        {"example.org": MX + STS + '\n_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t@example.org"'}
    )
    result = await look("tls", resolver, recipient="bob@example.org")
    assert "the policy itself: https://mta-sts.example.org/.well-known/mta-sts.txt" in result.details
    assert "senders report failures of TLS to mailto:t@example.org (TLS-RPT)" in result.details
    assert any('"v=TLSRPTv1' in line for line in result.details)


@pytest.mark.parametrize(
    ("records", "words"),
    [
        (
            f"{REPORTS.format('mailto:a@example.org')}\n{REPORTS.format('mailto:b@example.org')}",
            "2 TLS-RPT records, which senders take for none",
        ),
        (REPORTS.format("ftp://x"), "names no place (rua=)"),
        ('_smtp._tls TXT "hello"', "no TLS-RPT record among"),
    ],
)
async def test_a_record_for_reports_that_brings_none_is_told(serve: Serve, records: str, words: str) -> None:
    _, resolver = await serve({"example.org": MX + records})
    result = await look("tls", resolver, recipient="bob@example.org")
    assert result.state == "pass"
    assert any(words in line for line in result.details)


async def test_without_a_resolver_silence_is_not_taken_for_no_demand() -> None:
    with unanswering() as address:
        async with Resolver(address) as resolver:
            result = await look("tls", resolver, recipient="bob@example.org")
    assert (result.state, result.outcome_text) == ("unknown", "unclear")


@pytest.mark.parametrize(("outcome", "verdict"), [("broken", "still_holds"), ("dane", "cannot_be_known")])
def test_a_broken_demand_stands_behind_a_failed_starttls(outcome: str, verdict: str) -> None:
    evidence = Evidence("TLS required", "diagnostic")
    diagnosis = Diagnosis(
        "failed_starttls", False, False, None, "r", "high", evidence, "", ("Look.",), "recipient_admin"
    )
    mx = CheckResult("mx", "example.org", "pass", "ok", "mail goes to mx.example.org")
    tls = worded("tls", "example.org", "fail" if outcome == "broken" else "pass", outcome, "TLS is told")
    inputs = Inputs(recipient="bob@example.org", recipient_domain="example.org")
    assert judge(diagnosis, inputs, [mx, tls]).state == verdict
