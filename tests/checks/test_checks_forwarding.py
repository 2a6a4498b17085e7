"""Mail that was forwarded without a new envelope sender: what SPF refuses is not the sender's to mend."""

import pytest
from bounce_mail import KEY_RECORD, SENDER, original, postfix, refused
from looking import Serve

from bounce_tui.check_results import Verdict
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import Own
from bounce_tui.checks.planning.plan import plan, request
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Case, Message
from bounce_tui.parsing import parse
from bounce_tui.reporting.for_user import text_for_user

SPF_FAIL = "550 5.7.23 SPF fail: ours.example does not designate 192.0.2.77"
OURS = {"ours.example": '@ TXT "v=spf1 ip4:203.0.113.5 -all"'}
NOTHING = Own()
FORWARDER = "192.0.2.77"


async def settle(resolver: Resolver, raw: bytes, own: Own = NOTHING) -> Verdict:
    bounce = parse(raw)
    (failure,) = bounce.failures
    diagnosis = diagnose(failure, bounce)
    inputs = gather(bounce, failure, own)
    results = await run(plan(failure, diagnosis, inputs), inputs, resolver)
    return judge(diagnosis, inputs, results)


def passed_on(*, by: str = "mx.school.example", to: str = "ann@school.example", login: bool = False) -> bytes:
    """A mail of ours to a school, whose server passed it on to another provider, which refused it."""
    hop = (
        f"Received: from mx.ours.example (mx.ours.example [203.0.113.5])\n\tby {by} (Postfix) with "
        f"{'ESMTPSA' if login else 'ESMTPS'} id 77AAB;\n\tMon, 2 Nov 2026 09:14:00 +0000 (UTC)\n"
    )
    words = ("ann77@remote.example", "mx.remote.example[198.51.100.25]", SPF_FAIL)
    return postfix(words, ip=FORWARDER, returned=hop + original(to=to))


async def test_the_server_that_passed_the_mail_on_must_rewrite_its_sender(serve: Serve) -> None:
    _, resolver = await serve(OURS)
    verdict = await settle(resolver, passed_on())
    assert verdict.state == "still_holds"
    assert verdict.next_step.startswith(f"Whoever runs {FORWARDER}, which forwards this mail, must rewrite")
    assert "v=spf1" not in verdict.next_step


async def test_the_address_first_written_to_shows_the_forwarding_too(serve: Serve) -> None:
    _, resolver = await serve(OURS)
    report = refused(SPF_FAIL, ip=FORWARDER).replace(
        b"\nFinal-Recipient:", b"\nOriginal-Recipient: rfc822;ann@school.example\nFinal-Recipient:"
    )
    assert "SRS" in (await settle(resolver, report)).next_step
    alias = report.replace(b"rfc822;ann@school.example", b"rfc822;team@ours.example")
    assert "publish for ours.example" in (await settle(resolver, alias)).next_step


@pytest.mark.parametrize(
    "raw",
    [
        # A smarthost: it belongs into the record.
        passed_on(by="smtp.isp.example", to="ann77@remote.example"),
        passed_on(by="smtp.isp.example"),
        # The way within our own organization, and a user's machine.
        passed_on(by="out.ours.example"),
        passed_on(login=True),
    ],
)
async def test_a_way_that_is_no_forwarding_is_not_taken_for_one(serve: Serve, raw: bytes) -> None:
    _, resolver = await serve(OURS)
    step = (await settle(resolver, raw)).next_step
    assert "publish for ours.example: ours.example. IN TXT" in step


async def test_a_stranger_s_domain_is_not_ours_to_publish_for(serve: Serve) -> None:
    _, resolver = await serve({"third.example": '@ TXT "v=spf1 ip4:203.0.113.5 -all"'})
    words = "550 5.7.23 SPF fail: third.example does not designate 192.0.2.10"
    report = refused(words, sender="carol@third.example")
    asked = await settle(resolver, report)
    assert "is meant to send for third.example, publish" in asked.next_step
    assert "SRS" in asked.next_step
    told = await settle(resolver, report, Own(domains=("ours.example",)))
    assert told.next_step.startswith("third.example is none of your domains")
    assert "v=spf1" not in told.next_step


async def test_a_domain_of_ours_may_be_sent_for_by_any_host(serve: Serve) -> None:
    _, resolver = await serve(OURS)
    report = refused(SPF_FAIL, ip=FORWARDER).replace(b"mx.ours.example", b"mx.esp.example")
    assert "SRS" in (await settle(resolver, report)).next_step
    step = (await settle(resolver, report, Own(domains=("ours.example",)))).next_step
    assert step.startswith("If 192.0.2.77 is a server of yours, publish for ours.example")
    assert SENDER.endswith("ours.example")


async def test_without_a_record_it_does_not_matter_who_passed_the_mail_on(serve: Serve) -> None:
    _, resolver = await serve({"ours.example": "@ MX 10 mx\nmx A 203.0.113.5"})
    step = (await settle(resolver, passed_on())).next_step
    assert "SRS" not in step
    assert '"v=spf1 ip4:192.0.2.77' in step


SRS = "SRS0=Ab12=XY=third.example=carol@ours.example"
DMARC = "550 5.7.26 Unauthenticated email from third.example is not accepted due to domain's DMARC policy."
THIRD = {
    ".": "example TXT x\ncom TXT x",
    "ours.example": '@ TXT "v=spf1 ip4:192.0.2.77 -all"',
    "third.example": f'@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=reject"\n{KEY_RECORD}',
}
AUTHOR = "carol@third.example"


def in_a_stranger_s_name(returned: str, *, sender: str = SRS, told_ip: bool = True) -> bytes:
    words = ("bob77@remote.example", "mx.remote.example[198.51.100.25]", DMARC)
    return postfix(words, sender=sender, ip=FORWARDER, returned=returned, received=told_ip)


UNSIGNED = original(sender=SRS, from_=AUTHOR, to=SENDER)
ALTERED = original(sender=SRS, from_=AUTHOR, to=SENDER, signer="third.example").replace("Hello", "[x] Hello")


@pytest.mark.parametrize("returned", [UNSIGNED, ALTERED], ids=["unsigned", "altered"])
@pytest.mark.parametrize("told_ip", [True, False], ids=["with the address", "without the address"])
async def test_who_forwards_signs_for_no_stranger_and_srs_does_nothing_for_dmarc(
    serve: Serve, returned: str, told_ip: bool
) -> None:
    _, resolver = await serve(THIRD)
    verdict = await settle(resolver, in_a_stranger_s_name(returned, told_ip=told_ip))
    assert verdict.state == "still_holds"
    assert "so that the signature of third.example survives, or seal them with ARC" in verdict.next_step
    told = [
        words for words in ("on your last server", "SRS", "inputs", "d=third") if words in verdict.next_step
    ]
    assert not told


async def test_who_forwards_without_srs_is_not_told_to_rewrite_the_sender_for_dmarc(serve: Serve) -> None:
    _, resolver = await serve(THIRD)
    raw = in_a_stranger_s_name(original(sender=AUTHOR, from_=AUTHOR, to=SENDER), sender=AUTHOR).replace(
        b"\nFinal-Recipient:", f"\nOriginal-Recipient: rfc822;{SENDER}\nFinal-Recipient:".encode()
    )
    verdict = await settle(resolver, raw)
    assert verdict.next_step.startswith(
        "ours.example only forwards this mail, and cannot sign for third.example"
    )


def test_the_steps_and_the_text_for_the_user_know_the_forwarding() -> None:
    bounce = parse(in_a_stranger_s_name(UNSIGNED))
    (failure,) = bounce.failures
    diagnosis = diagnose(failure, bounce)
    assert diagnosis.reason == "auth_failure"
    assert "keep the message" not in " ".join(diagnosis.resolution)
    assert "(SRS) counts for SPF alone" in diagnosis.resolution[1]
    told = text_for_user(Case(Message("a"), bounce, (diagnosis,)), 0)
    assert "The message was forwarded on its way" in told
    assert "records that prove our mail is ours" not in told


async def test_a_missing_address_matters_nothing_where_spf_would_not_count(serve: Serve) -> None:
    _, resolver = await serve(THIRD)
    returned = original(sender=SENDER, from_=AUTHOR)
    verdict = await settle(resolver, in_a_stranger_s_name(returned, sender=SENDER, told_ip=False))
    assert verdict.state == "still_holds"
    assert verdict.summary.startswith("SPF of ours.example does not count for third.example in DMARC")
    assert "inputs" not in verdict.next_step


@pytest.mark.parametrize("own", [NOTHING, Own(domains=("ours.example",))], ids=["any domain", "our own told"])
async def test_where_forwarding_is_only_possible_srs_is_not_the_way_through_dmarc(
    serve: Serve, own: Own
) -> None:
    policy = '@ TXT "v=spf1 ip4:203.0.113.5 -all"\n_dmarc TXT "v=DMARC1; p=reject"'
    _, resolver = await serve({"third.example": policy})
    report = refused(DMARC, sender="carol@third.example", returned=UNSIGNED.replace(SRS, AUTHOR))
    bounce = parse(report)
    inputs = gather(bounce, bounce.failures[0], own)
    (result,) = await run(request(["spf"], inputs), inputs, resolver)
    spf = result.remedy or ""
    assert "leave the message as it came, so that its DKIM signature holds" in spf
    assert "rewrite the envelope sender" not in spf
