"""Cause against state of the world: does what the bounce quotes still hold?"""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies
from looking import Serve
from scenario_world import TOPS

from bounce_tui.check_outcome import Particulars
from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.checks import verdicts
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather, with_overrides
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.planning.registry import KINDS
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.checks.verdicts.own_page import hosters
from bounce_tui.diagnosis import reasons, rules
from bounce_tui.model import Bounce, Candidate, Diagnosis, Evidence, Failure

BEYOND_DNS = Path(verdicts.__file__).with_name("beyond_dns.toml")
IP = "192.0.2.10"
INPUTS = with_overrides(
    Inputs(),
    sending_ip=IP,
    envelope_sender="a@example.org",
    helo="mail.example.org",
    from_domain="example.org",
    recipient="b@example.net",
)
PROOF = "2.0.0.127 A 127.0.0.2\n"
WORLD = {
    ".": TOPS,
    "example.net": "@ MX 10 mx\nmx A 203.0.113.1",
    "example.org": '@ MX 10 mail\nmail A 192.0.2.10\n@ TXT "v=spf1 mx -all"\n_dmarc TXT "v=DMARC1; p=reject"',
    "2.0.192.in-addr.arpa": "10 PTR mail.example.org.",
    "zen.spamhaus.org": PROOF,
    "dbl.spamhaus.org": "dbltest.com A 127.0.1.2",
    "bl.spamcop.net": PROOF,
    "b.barracudacentral.org": PROOF,
    "multi.surbl.org": "test.surbl.org A 127.0.0.254",
    "multi.uribl.com": "2.0.0.127 A 127.0.0.14",
}


def diagnosis(
    reason: str, text: str = "", checks: tuple[str, ...] = (), lists: tuple[str, ...] = ()
) -> Diagnosis:
    return Diagnosis(
        reason=reason,
        temporary=False,
        hard=False,
        provider=None,
        rule="a-rule",
        confidence="high",
        evidence=Evidence(text, "diagnostic"),
        cause="",
        lists=lists,
        resolution=("Do what the advice says.",),
        who_acts="sender_admin",
        checks=checks,
        usual_checks=reasons()[reason].checks if reason in reasons() else (),
    )


async def settle(resolver: Resolver, quoted: Diagnosis, inputs: Inputs = INPUTS) -> Verdict:
    failure = Failure(recipient=inputs.recipient, diagnostic=quoted.evidence.text)
    checks = plan(failure, quoted, inputs)
    results = await run(checks, inputs, resolver)
    verdict = judge(quoted, inputs, results)
    assert set(verdict.because) <= {result.id for result in results}
    assert "\n" not in verdict.summary + verdict.next_step
    assert verdict.summary.endswith(".")
    assert verdict.next_step
    return verdict


NO_HOST = {"example.net": "@ MX 10 gone"}
SPAMCOP = {"bl.spamcop.net": PROOF + "10.2.0.192 A 127.0.0.2"}
HOLDS, GONE, OPEN = "still_holds", "no_longer_holds", "cannot_be_known"
ZEN = ("dnsbl:zen.spamhaus.org",)


BY_ZEN = diagnosis("blocklisted", "blocked using zen.spamhaus.org")
IB104 = diagnosis("blocklisted", "IB104", ZEN, ("sbl.spamhaus.org",))


def pointer(record: str) -> dict[str, str]:
    return {"2.0.192.in-addr.arpa": record}


def zen(*answers: str) -> dict[str, str]:
    return {"zen.spamhaus.org": PROOF + "\n".join(f"10.2.0.192 A {answer}" for answer in answers)}


@pytest.mark.parametrize(
    ("quoted", "change", "state", "words"),
    [
        # A named list.
        (BY_ZEN, zen("127.0.0.3"), HOLDS, "CSS"),
        (BY_ZEN, {}, GONE, "not listed"),
        (
            IB104,
            zen("127.0.0.2"),
            HOLDS,
            "SBL",
        ),
        (IB104, {}, GONE, "not listed"),
        (
            IB104,
            zen("127.0.0.4"),
            HOLDS,
            "has left SBL, but Spamhaus ZEN lists it still, in XBL",
        ),
        (
            BY_ZEN,
            {"zen.spamhaus.org": "* A 127.255.255.254"},
            OPEN,
            "refused to answer",
        ),
        (
            BY_ZEN,
            {"zen.spamhaus.org": "* A 203.0.113.9"},
            OPEN,
            "parked",
        ),
        (
            diagnosis("blocklisted", "blocked using bl.spamcop.net"),
            SPAMCOP,
            HOLDS,
            "SpamCop",
        ),
        (
            diagnosis("blocklisted", "blocked using bl.spamcop.net"),
            zen("127.0.0.4"),
            GONE,
            "not listed by SpamCop Blocking List now, but 192.0.2.10 is listed by Spamhaus ZEN",
        ),
        (diagnosis("blocklisted", "listed by dnsbl.sorbs.net"), {}, OPEN, "gone since 2024"),
        (
            diagnosis("blocklisted", "listed by dnsbl-2.uceprotect.net"),
            {"dnsbl-2.uceprotect.net": PROOF + "10.2.0.192 A 127.0.0.2"},
            HOLDS,
            "address range is listed, not this address",
        ),
        (
            diagnosis("blocklisted", "domain found in dbl.spamhaus.org"),
            {"dbl.spamhaus.org": "dbltest.com A 127.0.1.2\nexample.org A 127.0.1.2"},
            HOLDS,
            "example.org is listed",
        ),
        (diagnosis("blocklisted", "domain found in dbl.spamhaus.org"), {}, GONE, "example.org is not listed"),
        # A list without a name.
        (
            diagnosis("blocklisted", "RBL"),
            SPAMCOP,
            HOLDS,
            "SpamCop",
        ),
        (diagnosis("blocklisted", "RBL"), {}, OPEN, "which list it was, the bounce does not say"),
        (diagnosis("blocklisted", "RBL"), {"b.barracudacentral.org": "@ TXT x"}, OPEN, "Barracuda"),
        (
            diagnosis("blocklisted", "see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.10"),
            {},
            OPEN,
            "Proofpoint Dynamic Reputation cannot be checked by DNS",
        ),
        # The receiver's own rules.
        (
            diagnosis("blocked", "blocked, see https://ipcheck.proofpoint.com/?ip=192.0.2.10"),
            zen("127.0.0.4"),
            OPEN,
            "a likely ground, though the bounce does not name it",
        ),
        (diagnosis("blocked", "blocked"), zen("127.0.0.4"), HOLDS, "likely ground"),
        (
            diagnosis("blocked", "blocked"),
            {"2.0.192.in-addr.arpa": "9 PTR x.example.org."},
            HOLDS,
            "reverse name",
        ),
        (diagnosis("blocked", "blocked"), {}, OPEN, "only it can tell"),
        (
            diagnosis("bad_reputation", "Cloudmark CSI"),
            {},
            OPEN,
            "cannot be checked by DNS",
        ),
        (diagnosis("spam_detected", "spam"), {}, OPEN, "only it can tell"),
        (
            diagnosis("spam_detected", "spam"),
            {"multi.surbl.org": "test.surbl.org A 127.0.0.254\nexample.org A 127.0.0.64"},
            HOLDS,
            "SURBL",
        ),
        # Reverse DNS.
        (diagnosis("require_ptr"), {}, GONE, "leads back"),
        (
            diagnosis("require_ptr"),
            {"2.0.192.in-addr.arpa": "9 PTR x.example.org."},
            HOLDS,
            "no reverse name",
        ),
        (
            diagnosis("require_ptr"),
            {"2.0.192.in-addr.arpa": "10 PTR x.example.org."},
            HOLDS,
            "does not lead back",
        ),
        (
            diagnosis("require_ptr"),
            {"2.0.192.in-addr.arpa": "10 CNAME x.servfail.example."},
            HOLDS,
            "SERVFAIL",
        ),
        (diagnosis("require_ptr"), pointer("10 CNAME x.refused.example."), OPEN, "refuses"),
        # Authentication.
        (diagnosis("auth_failure", "SPF fail"), {}, GONE, "SPF passes"),
        (diagnosis("auth_failure", "SPF fail"), {"example.org": '@ TXT "v=spf1 -all"'}, HOLDS, "SPF fails"),
        (diagnosis("auth_failure", "SPF fail"), {"example.org": '@ TXT "v=spf1 ~all"'}, HOLDS, "softfails"),
        (diagnosis("auth_failure", "SPF fail"), {"example.org": "@ TXT x"}, HOLDS, "no SPF"),
        (
            diagnosis("auth_failure", "SPF fail"),
            {"example.org": '@ TXT "v=spf1 include:servfail.example -all"'},
            OPEN,
            "could not be evaluated",
        ),
        (diagnosis("auth_failure", "DMARC fail"), {}, GONE, "counts for DMARC"),
        (
            diagnosis("auth_failure", "DMARC fail"),
            {"example.org": '@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=reject"'},
            HOLDS,
            "only a DKIM signature",
        ),
        (
            diagnosis("auth_failure", "DMARC fail"),
            {"example.org": '@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=none"'},
            OPEN,
            "no ground for refusing",
        ),
        (diagnosis("auth_failure", "DKIM fail"), {}, OPEN, "DKIM"),
        # The sender's domain.
        (diagnosis("rejected", "domain not found", ("sender-domain",)), {}, GONE, "exists"),
        (
            diagnosis("rejected", "domain not found", ("sender-domain",)),
            {"example.org": "@ TXT x"},
            HOLDS,
            "neither MX",
        ),
        # The domain was never in doubt: the receiver asked for the mailbox (a call-out, or its own table).
        (diagnosis("rejected", "sender verify failed", ("sender-domain",)), {}, OPEN, "only it can tell"),
        (diagnosis("rejected", "sender refused"), {}, OPEN, "only it can tell"),
        # The recipient's domain.
        (diagnosis("host_unknown"), {}, GONE, "mail for example.net goes to mx.example.net"),
        (diagnosis("host_unknown"), {"example.net": None}, HOLDS, "does not exist"),
        (diagnosis("host_unknown"), NO_HOST, HOLDS, "cannot be reached"),
        (diagnosis("host_unknown"), {"example.net": "@ MX 0 ."}, HOLDS, "takes no mail"),
        (diagnosis("not_accept", "null MX"), {"example.net": "@ MX 0 ."}, HOLDS, "null MX"),
        (diagnosis("not_accept", "null MX"), {}, GONE, "takes mail again"),
        (diagnosis("not_accept", "domain has no licence"), {}, OPEN, "only it can tell"),
        (diagnosis("network_error", "timed out"), {}, OPEN, "DNS is in order"),
        (
            diagnosis("network_error", "timed out"),
            NO_HOST,
            HOLDS,
            "cannot be reached",
        ),
        (diagnosis("expired", "too long in queue"), {"example.net": None}, HOLDS, "does not exist"),
        # Mailboxes and the rest.
        (diagnosis("user_unknown", "no such user"), {}, OPEN, "DNS cannot see mailboxes"),
        (diagnosis("user_unknown", "no such user"), {"example.net": None}, HOLDS, "does not exist"),
        (diagnosis("mailbox_full", "quota"), {}, OPEN, "how full"),
        (diagnosis("greylisted"), {}, OPEN, "next one usually passes"),
        (diagnosis("on_hold"), {}, OPEN, "does not tell its cause"),
        (diagnosis("on_hold"), {"example.net": None}, HOLDS, "does not exist"),
        (diagnosis("a reason of tomorrow"), {}, OPEN, "not in DNS"),
    ],
)
async def test_the_quoted_cause_is_held_against_the_world(
    serve: Serve, quoted: Diagnosis, change: dict[str, str | None], state: str, words: str
) -> None:
    zones = {origin: text for origin, text in {**WORLD, **change}.items() if text is not None}
    _, resolver = await serve(
        {**zones, "servfail.example": "@ A 192.0.2.1", "refused.example": "@ A 192.0.2.1"}
    )
    verdict = await settle(resolver, quoted)
    assert (verdict.state, words) == (state, words if words in verdict.summary else verdict.summary)


async def test_all_clear_is_safe_to_send_again(serve: Serve) -> None:
    _, resolver = await serve(WORLD)
    verdict = await settle(resolver, BY_ZEN)
    assert verdict.next_step == "Safe to send again."
    assert verdict.because == ZEN


async def test_what_is_still_in_the_queue_need_not_be_sent_again(serve: Serve) -> None:
    _, resolver = await serve(WORLD)
    delayed = msgspec.structs.replace(diagnosis("require_ptr"), temporary=True)
    verdict = await settle(resolver, delayed)
    assert verdict.state == "no_longer_holds"
    assert "still in the queue goes by itself" in verdict.next_step


async def test_what_is_still_tried_is_left_in_the_queue(serve: Serve) -> None:
    _, resolver = await serve(WORLD)
    delayed = msgspec.structs.replace(diagnosis("network_error", "timed out"), temporary=True)
    assert (await settle(resolver, delayed)).next_step.startswith("Leave it in the queue")


async def test_a_bounce_that_names_no_part_of_the_list_has_left_none(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, **zen("127.0.0.3")})
    by_any_part = diagnosis(
        "blocklisted",
        "zen.spamhaus.org",
        ("dnsbl:zen.spamhaus.org",),
        "Spamhaus ZEN (SBL, XBL or PBL) lists it.",
    )
    verdict = await settle(resolver, by_any_part)
    assert verdict.state == "still_holds"
    assert "has left" not in verdict.summary


async def test_another_fault_stands_between_the_all_clear_and_sending(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, **pointer("9 PTR x.example.org.")})
    verdict = await settle(resolver, BY_ZEN)
    assert verdict.state == "no_longer_holds"
    assert verdict.next_step.startswith(
        f"Before you send again: {IP} has no reverse name (PTR). Ask the provider"
    )
    assert verdict.because == (*ZEN, "ptr")


async def test_a_standing_listing_gives_the_page_with_the_address(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, **zen("127.0.0.4")})
    verdict = await settle(resolver, BY_ZEN)
    assert f"https://check.spamhaus.org/query/ip/{IP}" in verdict.next_step


async def test_a_failing_spf_gives_the_record_to_publish(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, "example.org": '@ TXT "v=spf1 ip4:203.0.113.0/24 -all"'})
    verdict = await settle(resolver, diagnosis("auth_failure", "SPF fail"))
    assert '"v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.10 -all"' in verdict.next_step


async def test_a_refusing_list_sends_the_admin_to_a_resolver_of_his_own(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, "zen.spamhaus.org": "* A 127.255.255.254"})
    verdict = await settle(resolver, BY_ZEN)
    assert "resolver of your own" in verdict.next_step


async def test_a_gone_list_is_the_receivers_to_remove(serve: Serve) -> None:
    _, resolver = await serve(WORLD)
    verdict = await settle(resolver, diagnosis("blocklisted", "listed by dnsbl.sorbs.net"))
    assert "the receiver must remove it" in verdict.summary
    assert "postmaster" in verdict.next_step


@pytest.mark.parametrize(("change", "state"), [(zen("127.0.0.4"), "still_holds"), ({}, "cannot_be_known")])
async def test_a_guessed_sending_ip_is_told_and_never_gives_the_all_clear(
    serve: Serve, change: dict[str, str], state: str
) -> None:
    _, resolver = await serve({**WORLD, **change})
    guess = Inputs(sending_ip=Candidate(IP, "received", False))
    verdict = await settle(resolver, BY_ZEN, guess)
    assert verdict.state == state
    assert "is a guess" in verdict.summary
    assert "Make sure" in verdict.next_step


async def test_other_lists_that_hold_the_address_are_named_beside_the_quoted_one(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, **SPAMCOP, **zen("127.0.0.3")})
    verdict = await settle(resolver, diagnosis("blocklisted", "blocked using bl.spamcop.net"))
    assert verdict.summary.endswith("; also by Spamhaus ZEN.")
    assert verdict.because == ("dnsbl:bl.spamcop.net", *ZEN)


@pytest.mark.parametrize("recipient", ["user@exam ple.net", "user@example..net", "user@-", "user@", "a@b"])
async def test_an_address_without_a_real_domain_can_only_be_corrected(serve: Serve, recipient: str) -> None:
    _, resolver = await serve(WORLD)
    inputs = gather(Bounce(), Failure(recipient=recipient))
    verdict = await settle(resolver, diagnosis("host_unknown"), inputs)
    assert verdict.state == "still_holds"
    assert "Correct the address" in verdict.next_step


@pytest.mark.parametrize("recipient", ["postmaster", "user@[192.0.2.1]"])
async def test_a_local_name_or_an_address_literal_is_not_called_wrong(serve: Serve, recipient: str) -> None:
    _, resolver = await serve(WORLD)
    inputs = gather(Bounce(), Failure(recipient=recipient))
    assert (await settle(resolver, diagnosis("user_unknown"), inputs)).state == "cannot_be_known"


async def test_without_a_sending_ip_the_verdict_asks_for_it(serve: Serve) -> None:
    _, resolver = await serve(WORLD)
    verdict = await settle(resolver, BY_ZEN, Inputs())
    assert verdict.state == "cannot_be_known"
    assert "sending IP" in verdict.summary
    assert "inputs" in verdict.next_step
    # The app and the plain session have a key and a command for that.
    assert "--ip" not in verdict.summary


REASONS = (
    "blocklisted",
    "blocked",
    "host_unknown",
    "require_ptr",
    "auth_failure",
    "rejected",
    "user_unknown",
)


async def test_without_a_network_nothing_is_known() -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        for reason in (
            "blocklisted",
            "host_unknown",
            "require_ptr",
            "auth_failure",
            "rejected",
            "user_unknown",
        ):
            assert (await settle(resolver, diagnosis(reason))).state == "cannot_be_known", reason


@pytest.mark.parametrize(
    "reason", ["blocklisted", "host_unknown", "require_ptr", "auth_failure", "on_hold", "x"]
)
def test_with_no_results_at_all_there_is_still_a_verdict(reason: str) -> None:
    verdict = judge(diagnosis(reason), Inputs(), ())
    assert (verdict.state, verdict.because) == ("cannot_be_known", ())


def test_every_reason_has_words_of_its_own() -> None:
    unheard_of = judge(diagnosis("a reason of tomorrow"), Inputs(), ()).summary
    said = {reason: judge(diagnosis(reason), Inputs(), ()).summary for reason in reasons()}
    assert [reason for reason, summary in said.items() if summary == unheard_of] == []


RESULTS = strategies.lists(
    strategies.builds(
        CheckResult,
        id=strategies.sampled_from(
            [*KINDS, "dnsbl:zen.spamhaus.org", "rhsbl:dbl.spamhaus.org", "link:google"]
        ),
        target=strategies.text(max_size=20),
        state=strategies.sampled_from(["pass", "warn", "fail", "unknown", "skipped"]),
        outcome=strategies.sampled_from(
            [
                "ok",
                "exists",
                "nxdomain",
                "servfail",
                "listed",
                "range",
                "gone",
                "reject",
            ]
        ),
        summary=strategies.text(max_size=50),
        details=strategies.just(()),
        remedy=strategies.none() | strategies.text(max_size=20),
        resolver=strategies.none(),
        elapsed_ms=strategies.just(0),
        quoted=strategies.booleans(),
        particulars=strategies.none() | strategies.from_type(Particulars),
        meant=strategies.none() | strategies.text(max_size=20),
    ),
    max_size=6,
)


@settings(max_examples=300)
@given(reason=strategies.deferred(lambda: strategies.sampled_from(sorted(reasons()))), results=RESULTS)
def test_whatever_came_in_there_is_one_verdict_that_rests_on_it(
    reason: str, results: list[CheckResult]
) -> None:
    verdict = judge(diagnosis(reason), INPUTS, results)
    assert verdict.summary
    assert verdict.next_step
    assert set(verdict.because) <= {result.id for result in results}
    if verdict.state != "cannot_be_known":
        assert any(result.state != "skipped" for result in results if result.id in verdict.because)


async def test_the_same_results_give_the_same_verdict(serve: Serve) -> None:
    _, resolver = await serve({**WORLD, **zen("127.0.0.4", "127.0.0.2", "127.0.0.10")})
    quoted = diagnosis("blocked", "blocked")
    failure = Failure(recipient=INPUTS.recipient, diagnostic="blocked")
    results = await run(plan(failure, quoted, INPUTS), INPUTS, resolver)
    assert len({str(judge(quoted, INPUTS, results)) for _ in range(5)}) == 1


def test_what_lies_beyond_dns_is_told_for_reasons_that_exist_and_have_no_judge_of_their_own() -> None:
    told = tomllib.loads(BEYOND_DNS.read_text(encoding="utf-8"))
    assert told.keys() - {"default"} <= reasons().keys()
    for slug in told.keys() - {"default"}:
        verdict = judge(diagnosis(slug), Inputs(), ())
        assert verdict.state == "cannot_be_known"
        assert verdict.summary.lower() == f"{told[slug]['because']}.".lower()


def test_a_hoster_whom_we_name_is_a_provider_of_the_rules_with_a_page() -> None:
    pages = {rule.provider for rule in rules() if rule.url}
    assert hosters() - pages == set()
