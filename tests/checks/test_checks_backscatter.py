"""The checks of a bounce whose sender was forged: SPF says whether the stranger may send."""

import pytest
from backscatter_mail import ENTRY, FAILED_SPF, OWN, bounce
from looking import Serve

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import Own
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Message
from bounce_tui.scan import examine


async def settle(serve: Serve, raw: bytes, spf: str, own: Own) -> Verdict:
    zones = {
        ".": "nothing TXT x",
        "example.org": f'@ MX 10 mx\n@ TXT "{spf}"\nmx A 192.0.2.10',
        "example.net": "@ MX 10 mx\nmx A 198.51.100.25",
    }
    _, resolver = await serve(zones, timeout=0.2, lifetime=0.2)
    case = examine(Message("m.eml"), raw, own=own)
    (failure,), (diagnosis,) = case.bounce.failures, case.diagnoses
    inputs = gather(case.bounce, failure, own)
    results = await run(plan(failure, diagnosis, inputs), inputs, resolver)
    return judge(diagnosis, inputs, results)


@pytest.mark.parametrize(
    ("spf", "words"),
    [
        ("v=spf1 ip4:192.0.2.0/28 -all", "Nothing to send again"),
        ("v=spf1 ip4:192.0.2.0/28 -all", "refuses 203.0.113.7"),
        ("v=spf1 ip4:192.0.2.0/28 ~all", "ends in ~all"),
        ("v=spf1 ip4:192.0.2.0/28 ?all", "publish one that ends in -all"),
        ("v=spf1 ip4:203.0.113.0/28 -all", "a service of yours"),
    ],
)
async def test_the_step_goes_by_what_spf_says_of_the_stranger(serve: Serve, spf: str, words: str) -> None:
    verdict = await settle(serve, bounce(), spf, OWN)
    assert words in verdict.next_step
    assert "spf" in verdict.because
    assert "ben@example.net" not in verdict.next_step


async def test_without_addresses_in_the_config_the_step_asks_whose_server_it_is(serve: Serve) -> None:
    verdict = await settle(serve, bounce(FAILED_SPF + ENTRY), "v=spf1 -all", Own())
    assert verdict.next_step.startswith("Is 203.0.113.7 a server of yours?")


async def test_mail_of_ones_own_needs_no_spf_to_be_told(serve: Serve) -> None:
    verdict = await settle(serve, bounce(""), "v=spf1 -all", OWN)
    assert "spf" not in verdict.because
