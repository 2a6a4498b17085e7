"""Whole bounces against the state of the world: read, diagnosed, checked over real DNS, and judged."""

import msgspec
import pytest
from bounce_mail import RECIPIENT, REMOTE, given_up, postfix, refused
from looking import Serve
from scenario_world import BACK, GONE, HOLDS, ME, OPEN, PROOF, WELL, ZEN, Scenario, blocked, lost
from verdict_scenarios import QUESTIONS, SCENARIOS

from bounce_tui.check_results import Verdict
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather, with_overrides
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing import parse

TALK = (
    "Spamhaus SBL, XBL, PBL; URIBL, SURBL; SPF, DKIM and DMARC: neither is aligned; no DMARC; permerror, "
    "temperror, 'fail', hardfail; null MX, no MX; the domain does not resolve in DNS; TLSA; in the queue"
)


async def settle(
    resolver: Resolver, raw: bytes, *, ip: str | None = None, sender: str | None = None
) -> list[Verdict]:
    """The verdict on each recipient, by the way that `bounce-tui check` goes."""
    bounce = parse(raw)
    verdicts = []
    for failure in bounce.failures:
        diagnosis = diagnose(failure, bounce)
        inputs = with_overrides(gather(bounce, failure), sending_ip=ip, envelope_sender=sender)
        checks = plan(failure, diagnosis, inputs)
        results = await run(checks, inputs, resolver)
        verdict = judge(diagnosis, inputs, results)
        # A user's rule may be called anything, and say anything of its cause.
        reworded = msgspec.structs.replace(diagnosis, rule=TALK, cause=TALK)
        assert (plan(failure, reworded, inputs), judge(reworded, inputs, results)) == (
            checks,
            verdict,
        )
        verdicts.append(verdict)
    return verdicts


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
async def test_a_bounce_is_judged_as_a_careful_postmaster_would(serve: Serve, scenario: Scenario) -> None:
    zones = {zone: text for zone, text in {**WELL, **scenario.world}.items() if text is not None}
    _, resolver = await serve(zones, timeout=0.2, lifetime=0.2)
    verdicts = await settle(resolver, scenario.bounce, ip=scenario.ip, sender=scenario.sender)
    expected = (scenario.verdict,) if isinstance(scenario.verdict, str) else scenario.verdict
    assert tuple(verdict.state for verdict in verdicts) == expected, [one.summary for one in verdicts]
    steps = " ".join(verdict.next_step for verdict in verdicts)
    assert scenario.step in steps
    assert not scenario.never or scenario.never not in f"{verdicts[0].summary} {steps}"
    assert not scenario.because or scenario.because in verdicts[0].because


async def test_each_recipient_has_a_verdict_of_their_own(serve: Serve) -> None:
    _, resolver = await serve({**WELL, **BACK, ZEN: f"{PROOF}{ME} A 127.0.0.4"})
    verdicts = await settle(
        resolver,
        postfix(
            (RECIPIENT, REMOTE, f"550 5.1.1 <{RECIPIENT}>: User unknown"),
            ("b@lapsed.example", "", lost("lapsed.example")),
            ("c@gone.example", "", lost("gone.example")),
            ("d@remote.example", REMOTE, blocked(ZEN)),
        ),
    )
    assert [verdict.state for verdict in verdicts] == [OPEN, HOLDS, GONE, HOLDS]


@pytest.mark.parametrize("bounce", QUESTIONS.values(), ids=QUESTIONS)
async def test_a_resolver_that_invents_answers_is_not_believed(serve: Serve, bounce: bytes) -> None:
    _, resolver = await serve({".": "* A 203.0.113.9"})
    (verdict,) = await settle(resolver, bounce)
    assert (verdict.state, verdict.summary) == (OPEN, verdict.summary)
    assert "resolver" in f"{verdict.summary} {verdict.next_step}"


@pytest.mark.parametrize("bounce", QUESTIONS.values(), ids=QUESTIONS)
async def test_without_a_resolver_nothing_is_settled(bounce: bytes) -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        (verdict,) = await settle(resolver, bounce)
    assert verdict.state == OPEN


async def test_addresses_in_place_of_missing_names_do_not_spoil_what_is_really_there(serve: Serve) -> None:
    _, resolver = await serve({**WELL, ".": "* A 203.0.113.9", **BACK})
    (listed,) = await settle(resolver, refused(blocked(ZEN)))
    (back,) = await settle(resolver, given_up(lost("gone.example")))
    (never,) = await settle(resolver, given_up(lost("lapsed.example"), "ann@lapsed.example"))
    assert [listed.state, back.state, never.state] == [GONE, GONE, OPEN]
