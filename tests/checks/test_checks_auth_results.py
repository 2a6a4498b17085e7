"""What servers on the way wrote of SPF and DKIM stands beside our own result, and never in its place."""

import pytest
from bounce_mail import KEY_RECORD, original, refused
from looking import Serve

from bounce_tui.check_results import CheckResult
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import request
from bounce_tui.checks.running.run import run
from bounce_tui.parsing import parse

OURS = '@ TXT "v=spf1 ip4:192.0.2.10 -all"\n'
DKIM = "Authentication-Results: mx.remote.example; dkim={} (by and by) header.d=ours.example\n"
SPF = "Authentication-Results: spf={} (sender IP is 192.0.2.10) smtp.mailfrom=ours.example; dkim=none\n"


async def checked(serve: Serve, check_id: str, fields: str, records: str, outer: str = "") -> CheckResult:
    returned = fields + original(signer="ours.example")
    raw = outer.encode() + refused("550 5.7.1 refused", returned=returned)
    bounce = parse(raw)
    inputs = gather(bounce, bounce.failures[0])
    _, resolver = await serve({"ours.example": records})
    (result,) = await run(request([check_id], inputs), inputs, resolver)
    return result


@pytest.mark.parametrize(
    ("check_id", "field", "records", "state", "words"),
    [
        ("dkim", DKIM.format("fail"), OURS + KEY_RECORD, "pass",
         "against our result, in the returned message mx.remote.example wrote dkim=fail (by and by) "
         "header.d=ours.example [Authentication-Results]: so it was altered before"),
        ("dkim", DKIM.format("pass"), OURS, "fail", "against our result, in the returned message mx.remote"),
        ("dkim", DKIM.format("pass"), OURS + KEY_RECORD, "pass",
         "in the returned message mx.remote.example wrote"),
        ("spf", SPF.format("fail"), OURS, "pass",
         "against our result, in the returned message a server that gives no name wrote spf=fail"),
        ("spf", SPF.format("pass"), OURS.replace("ip4", "ip4:192.0.2.1 ?ip4"), "warn",
         "the record changed since"),
        ("spf", SPF.format("pass").replace("ours", "third"), '@ TXT "v=spf1 -all"', "fail",
         "in the returned message a server that gives no name wrote spf=pass"),
    ],
)  # fmt: skip
async def test_it_is_shown_with_who_wrote_it_and_a_contradiction_is_named(
    serve: Serve, check_id: str, field: str, records: str, state: str, words: str
) -> None:
    result = await checked(serve, check_id, field, records)
    plain = await checked(serve, check_id, "", records)
    assert (result.state, result.outcome_text, result.summary, result.remedy) == (
        state, plain.outcome_text, plain.summary, plain.remedy,
    )  # fmt: skip
    (line,) = set(result.details) - set(plain.details)
    assert line.startswith(words) or words in line
    assert line.startswith("against our result") is ("against" in words or "since" in words)


async def test_a_signature_that_was_seen_and_is_gone_was_taken_out(serve: Serve) -> None:
    raw = refused("550 5.7.20 No passing DKIM signature", returned=DKIM.format("pass") + original())
    bounce = parse(raw)
    inputs = gather(bounce, bounce.failures[0])
    _, resolver = await serve({"ours.example": OURS})
    (result,) = await run(request(["dkim"], inputs), inputs, resolver)
    assert result.outcome_text == "unsigned"
    assert "a server that had the mail later took the signature out" in "\n".join(result.details)


async def test_what_is_said_of_the_bounce_is_not_taken_for_the_mail_s(serve: Serve) -> None:
    outer = "Authentication-Results: imap.ours.example; dkim=pass header.d=remote.example\n"
    result = await checked(serve, "dkim", "", OURS, outer)
    assert result.details[-1] == (
        "of the bounce itself, not of your mail, imap.ours.example wrote dkim=pass header.d=remote.example "
        "[Authentication-Results]"
    )
