"""What the checks found, as JSON tells it: the form of design.md, whatever the result is made of."""

import json

import pytest
from worded import worded

from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.model import Candidate
from bounce_tui.reporting.findings import findings_json, findings_text

VERDICT = Verdict("cannot_be_known", "DNS cannot see mailboxes.", "Ask the recipient.")


@pytest.mark.parametrize(
    ("check_id", "outcome"),
    [
        ("dnsbl:zen.spamhaus.org", "listed:SBL,PBL"),
        ("dnsbl:bl.spamcop.net", "listed"),
        ("mx", "ok:elsewhere"),
        ("mx", "degraded"),
        ("dkim", "verified:unaligned"),
        ("dmarc", "reject:aligned"),
        ("dmarc", "no_record:broken"),
        ("smtp", "refused:user_unknown/encrypted"),
        ("smtp", "accepted/none_offered"),
        ("spf", "temperror:servfail"),
        ("spf", "softfail"),
        ("tls", "dane+sts"),
        ("tls", "unclear:servfail"),
    ],
)
def test_an_outcome_is_one_text_in_json(check_id: str, outcome: str) -> None:
    result = worded(check_id, "example.net", "warn", outcome, "It is so.")
    (check,) = json.loads(findings_json("a.eml", Inputs(), [result], VERDICT))["checks"]
    assert check["outcome"] == outcome
    assert list(check) == [
        *("id", "target", "state", "summary", "details", "resolver", "elapsed_ms", "outcome", "remedy"),
    ]


def test_the_domain_that_may_have_been_meant_stands_before_the_remedy() -> None:
    question = "Was example.net meant? It exists and takes mail."
    result = CheckResult(
        "domain", "exampel.net", "fail", "nxdomain", "gone", remedy="Compare it.", meant=question
    )
    (check,) = json.loads(findings_json("a.eml", Inputs(), [result], VERDICT))["checks"]
    assert check["remedy"] == f"{question} Compare it."
    told = " ".join(findings_text(Inputs(), [result], VERDICT).split())
    assert f"{question} Compare it." in told


def test_an_input_that_nothing_tells_is_null() -> None:
    known = Inputs(sending_ip=Candidate("192.0.2.10", "received", True))
    assert json.loads(findings_json("a.eml", known, [], VERDICT))["inputs"] == {
        "sending_ip": {"value": "192.0.2.10", "source": "received"},
        "envelope_sender": None,
        "helo": None,
        "from_domain": None,
    }
