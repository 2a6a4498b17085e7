"""The admin's own server refused: the step is for its configuration, or for whoever runs the client."""

import pytest
from bounce_mail import refused
from looking import Serve
from scenario_world import GONE, HOLDS, OPEN, REVERSE, WELL, ZEN, blocked, on

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce
from bounce_tui.parsing import parse
from bounce_tui.parsing.pasted_reply import read_pasted

SHARED = "198.51.100.77"
THERE = "77.100.51.198"
LISTED = on(ZEN, f"{THERE} A 127.0.0.4")


def log(words: str, code: str = "554 5.7.1") -> Bounce:
    """Our server's log: it refused a host of a provider that many share."""
    return read_pasted(
        f"Nov 23 09:33:02 mx1 postfix/smtpd[9]: NOQUEUE: reject: RCPT from out.shared.example[{SHARED}]: "
        f"{code} {words}; from=<x@shop.example> to=<me@ours.example> proto=ESMTP helo=<out.shared.example>\n"
    )


def by_zen(more: str = "") -> str:
    return blocked(ZEN, SHARED, more).removeprefix("554 5.7.1 ")


async def settle(
    serve: Serve, bounce: Bounce, world: dict[str, str | None], own: Own = NOTHING_OWN
) -> Verdict:
    zones = {zone: text for zone, text in {**WELL, **world}.items() if text is not None}
    _, resolver = await serve(zones, timeout=0.2, lifetime=0.2)
    (failure,) = bounce.failures
    diagnosis, inputs = diagnose(failure, bounce), gather(bounce, failure, own)
    return judge(diagnosis, inputs, await run(plan(failure, diagnosis, inputs), inputs, resolver))


async def test_a_client_that_our_own_list_holds_is_let_pass_and_not_delisted(serve: Serve) -> None:
    verdict = await settle(serve, log(by_zen()), LISTED)
    assert verdict.state == HOLDS
    assert verdict.next_step.startswith(
        "mx1 is yours, and it goes by Spamhaus ZEN: if mail from 198.51.100.77"
    )
    assert "To get off the list is for whoever runs 198.51.100.77" in verdict.next_step


async def test_a_client_that_the_list_let_go_comes_again_by_itself(serve: Serve) -> None:
    verdict = await settle(serve, log(by_zen()), {})
    assert verdict.state == GONE
    assert "nothing that you have to send" in verdict.next_step


@pytest.mark.parametrize("domains", [("ours.example",), ()])
async def test_a_colleague_s_mail_that_our_own_mx_refused_by_a_list(
    serve: Serve, domains: tuple[str, ...]
) -> None:
    """The mail of a colleague left through a shared provider, and our own MX goes by a list."""
    mail = refused(blocked(ZEN, SHARED), ip=SHARED).replace(b"ann@remote", b"ann@ours")
    mail = mail.replace(b"mx.remote.example[198.51.100.25]", b"mx.ours.example[192.0.2.10]")
    mail = mail.replace(b"dns; mx.remote.example", b"dns; mx.ours.example")
    verdict = await settle(serve, parse(mail), LISTED, Own(domains=domains))
    assert verdict.state == HOLDS
    assert verdict.next_step.startswith("mx.ours.example is yours, and it goes by Spamhaus ZEN")


async def test_another_s_server_is_none_of_ours(serve: Serve) -> None:
    mail = parse(refused(blocked(ZEN, SHARED), ip=SHARED))
    verdict = await settle(serve, mail, LISTED, Own(domains=("ours.example",)))
    assert verdict.state == HOLDS
    assert "is yours" not in verdict.next_step


async def test_a_list_that_is_shut_down_is_taken_out_of_our_own_server(serve: Serve) -> None:
    verdict = await settle(serve, log(blocked("dnsbl.sorbs.net", SHARED).removeprefix("554 5.7.1 ")), {})
    assert verdict.state == OPEN
    assert verdict.next_step.startswith("mx1 is yours: take dnsbl.sorbs.net out of its configuration")


async def test_our_own_server_asks_a_list_through_a_resolver_that_it_refuses(serve: Serve) -> None:
    words = by_zen("; Error: open resolver; https://check.spamhaus.org/returnc/pub/198.51.100.53/")
    verdict = await settle(serve, log(words), {})
    assert verdict.state == OPEN
    assert verdict.next_step.startswith("mx1 is yours: let it ask the list through a resolver of its own")


async def test_a_list_that_only_our_own_server_knows(serve: Serve) -> None:
    verdict = await settle(serve, log(f"[{SHARED}] is on our local blocklist"), {})
    assert verdict.state == OPEN
    assert verdict.next_step.startswith("mx1 is yours: its log and configuration tell which list")


async def test_what_a_client_lacks_is_for_whoever_runs_it(serve: Serve) -> None:
    words = f"Client host rejected: cannot find your hostname, [{SHARED}]"
    verdict = await settle(serve, log(words, "450 4.7.25"), {REVERSE: None, "100.51.198.in-addr.arpa": ""})
    assert verdict.state == HOLDS
    assert verdict.next_step.startswith(f"For whoever runs {SHARED}, which mx1 refused: ")
