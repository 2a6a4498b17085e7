"""Whether receivers may show the sender's logo, from a real server on loopback."""

import pytest
from looking import Serve, look

from bounce_tui.check_results import Inputs
from bounce_tui.checks.planning.plan import plan
from bounce_tui.model import Diagnosis, Evidence, Failure, Original

LOGO = "l=https://example.org/logo.svg"
FULL = f'default._bimi TXT "v=BIMI1; {LOGO}; a=https://example.org/logo.pem"\n'
STRICT = '_dmarc TXT "v=DMARC1; p=reject"\n'


@pytest.mark.parametrize(
    ("records", "state", "outcome", "words"),
    [
        (FULL + STRICT, "pass", "ok", "https://example.org/logo.svg"),
        (f'default._bimi TXT "v=BIMI1; {LOGO}"\n' + STRICT, "warn", "no_evidence", "no certificate for it"),
        ('default._bimi TXT "v=BIMI1; l=; a=;"\n' + STRICT, "pass", "declined", "declines"),
        ('default._bimi TXT "v=BIMI1; l=http://a.example/l"\n' + STRICT, "warn", "bad_record", "l= must"),
        (FULL + FULL.replace("logo", "mark") + STRICT, "warn", "bad_record", "2 BIMI records"),
        (FULL, "warn", "weak_dmarc", "but no DMARC policy"),
        (FULL + '_dmarc TXT "v=DMARC1; p=none"', "warn", "weak_dmarc", "policy of example.org is none"),
        (FULL + '_dmarc TXT "v=DMARC1; p=reject; sp=none"', "warn", "weak_dmarc", "for subdomains is none"),
        (FULL + '_dmarc TXT "v=DMARC1; p=quarantine; pct=50"', "warn", "weak_dmarc", "a part of the mail"),
        (FULL + '_dmarc TXT "v=DMARC1; p=reject; t=y"', "warn", "weak_dmarc", "a test"),
        (STRICT + 'default._bimi TXT "hello"', "warn", "no_record", "no mail is refused for that"),
        (STRICT, "warn", "no_record", "publishes no BIMI record"),
        (STRICT + "default._bimi CNAME x.servfail.", "unknown", "servfail", "fail"),
    ],
)  # fmt: skip
async def test_the_record_and_the_policy_that_it_needs_are_told(
    serve: Serve, records: str, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve({"example.org": records})
    result = await look("bimi", resolver, from_domain="example.org")
    assert (result.state, result.outcome) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize(
    ("records", "outcome"),
    [
        (f"{FULL}{STRICT}_dmarc.news CNAME x.servfail.", "servfail"),
        (f"{FULL}_dmarc CNAME x.servfail.\n_dmarc.a.news TXT \"v=DMARC1; p=reject\"", "servfail"),
        (f"{FULL.replace('default._bimi', 'default._bimi.a.news')}_dmarc CNAME x.servfail.\n"
         '_dmarc.a.news TXT "v=DMARC1; p=reject"', "ok"),
    ],
)  # fmt: skip
async def test_a_policy_that_cannot_be_asked_for_is_told(serve: Serve, records: str, outcome: str) -> None:
    _, resolver = await serve({"example.org": records})
    result = await look("bimi", resolver, from_domain="a.news.example.org")
    assert result.outcome == outcome


async def test_a_subdomain_takes_the_record_of_its_organization(serve: Serve) -> None:
    _, resolver = await serve({"example.org": FULL + STRICT + "news A 192.0.2.1"})
    result = await look("bimi", resolver, from_domain="news.example.org")
    assert result.outcome == "ok"


@pytest.mark.parametrize(
    ("field", "outcome"),
    [
        (b"BIMI-Selector: v=BIMI1; s=brand\r\n", "ok"),
        (b"bimi-selector: v=BIMI1;\r\n\tS = Brand ;\r\n", "ok"),
        (b"BIMI-Selector: v=BIMI1; s=gone\r\n", "no_record"),
        (b"BIMI-Selector: v=BIMI1; s=;\r\n", "declined"),
        (b"BIMI-Selector: v=BIMI1; s=a b\r\n", "declined"),
        (b"X: y\r\n\r\nBIMI-Selector: v=BIMI1; s=brand\r\n", "declined"),
        (b"BIMI-Selector: =?utf-8?q?=00=ff?= \xff\r\n", "declined"),
    ],
)
async def test_the_selector_that_the_mail_asks_for_is_looked_up(
    serve: Serve, field: bytes, outcome: str
) -> None:
    zone = FULL.replace("default", "brand") + 'default._bimi TXT "v=BIMI1; l=; a=;"\n' + STRICT
    _, resolver = await serve({"example.org": zone})
    original = Original(content=b"From: a@example.org\r\n" + field)
    result = await look("bimi", resolver, from_domain="example.org", original=original)
    assert result.outcome == outcome


@pytest.mark.parametrize(
    ("reply", "planned"),
    [
        ("550 5.7.1 BIMI indicator could not be verified", ["bimi"]),
        ("451 4.7.5 MTA-STS policy is not met", ["tls"]),
        ("451 4.7.5 see TLSRPT and DANE", ["tls"]),
        ("550 danebimi-mta is not welcome", []),
    ],
)
def test_it_is_planned_only_where_the_bounce_speaks_of_it(reply: str, planned: list[str]) -> None:
    failure = Failure("bob@remote.example", diagnostic=reply)
    evidence = Evidence("", "diagnostic")
    quoted = Diagnosis("mailbox_full", False, False, None, "r", "low", evidence, "", (), "recipient")
    checks = plan(failure, quoted, Inputs(recipient_domain="remote.example"))
    assert [check.id for check in checks] == planned
