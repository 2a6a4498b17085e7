"""The samples against a server that the field runs: the demo's own DNS must not flatter us."""

from collections.abc import Callable
from pathlib import Path

from known_silence import known, of_demo

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.demo.server import ZoneServer
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing import parse

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# Knot serves what the zones hold; to fail on purpose is the demo server's own art.
MISBEHAVING = ("servfail", "refused", "timeout", "temperror", "unconfirmable", "mx_unknown")

Found = dict[tuple[str, int], tuple[tuple[CheckResult, ...], Verdict]]


async def settle_all(address: str) -> Found:
    found: Found = {}
    async with Resolver(address, timeout=1.5, lifetime=2) as resolver:
        for path in sorted((SAMPLES / "mail").iterdir()):
            bounce = parse(path.read_bytes())
            for number, failure in enumerate(bounce.failures):
                diagnosis = diagnose(failure, bounce)
                inputs = gather(bounce, failure)
                results = await run(plan(failure, diagnosis, inputs), inputs, resolver)
                found[path.name, number] = results, judge(diagnosis, inputs, results)
    return found


async def test_every_sample_gets_the_same_verdict_from_knot(knotd: Callable[..., str]) -> None:
    async with ZoneServer.from_folder(SAMPLES / "zones") as server:
        with known(server.address, of_demo(server)):
            by_demo = await settle_all(server.address)
    by_knot = await settle_all(knotd(SAMPLES / "zones"))
    compared = 0
    for key, (results, verdict) in by_demo.items():
        if any(result.outcome_text.partition(":")[0] in MISBEHAVING for result in results):
            continue
        compared += 1
        knots_results, knots_verdict = by_knot[key]
        assert [(r.id, r.outcome_text) for r in knots_results] == [(r.id, r.outcome_text) for r in results], (
            key
        )
        assert knots_verdict == verdict, key
    assert compared > 80
