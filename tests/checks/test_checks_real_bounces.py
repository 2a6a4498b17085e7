"""Real bounces, read where they lie, on a machine without a network: no false word about any of them."""

from corpus import EMAILS, needs_corpus

from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.parsing import parse

pytestmark = needs_corpus

KNOWN_ALREADY = ("gone", "unsigned", "malformed")


async def test_without_a_network_no_real_bounce_is_called_mended_or_standing() -> None:
    seen = 0
    async with Resolver("127.0.0.1:9") as resolver:
        for path in sorted(path for path in EMAILS.rglob("*") if path.is_file()):
            bounce = parse(path.read_bytes())
            for failure in bounce.failures[:5]:
                diagnosis = diagnose(failure, bounce)
                inputs = gather(bounce, failure)
                results = await run(plan(failure, diagnosis, inputs), inputs, resolver)
                # That a list closed in 2024, or that nobody signed, needs no network to be known.
                asked = [result for result in results if not result.outcome.startswith(KNOWN_ALREADY)]
                assert {result.state for result in asked} <= {"unknown", "skipped"}, path.name
                assert not [result for result in results if result.outcome == "error"], path.name
                if inputs.recipient_domain is not None:
                    assert judge(diagnosis, inputs, results).state == "cannot_be_known", path.name
                seen += 1
    assert seen > 300
