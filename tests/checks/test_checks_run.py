"""The runner: all at once, results as they come, one broken check alone, nothing left running."""

import asyncio
import inspect
import subprocess
import sys
from importlib import import_module

import msgspec
import pytest
from looking import Serve

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.finding import finding
from bounce_tui.checks.kinds import mx, ptr
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.plan import request
from bounce_tui.checks.planning.registry import KINDS
from bounce_tui.checks.running.run import run

ZONES = {
    "example.net": "@ MX 10 mx\nmx A 192.0.2.1",
    "2.0.192.in-addr.arpa": "10 PTR mail.example.org.",
    "example.org": 'mail A 192.0.2.10\n@ TXT "v=spf1 ip4:192.0.2.10 -all"',
    "zen.spamhaus.org": "2.0.0.127 A 127.0.0.2",
}
INPUTS = with_overrides(
    Inputs(), sending_ip="192.0.2.10", envelope_sender="a@example.org", recipient="b@example.net"
)


async def test_results_come_in_the_order_of_the_checks_with_resolver_and_time(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    ids = ["mx", "dnsbl:zen.spamhaus.org", "ptr", "spf", "domain"]
    results = await run(request(ids, INPUTS), INPUTS, resolver)
    assert [result.id for result in results] == ids
    assert {result.state for result in results} == {"pass"}
    assert {result.resolver for result in results} == {server.address}


async def test_results_are_handed_on_as_they_come(serve: Serve) -> None:
    _, resolver = await serve({**ZONES, "timeout.example": "@ A 192.0.2.1"}, timeout=1, lifetime=1.5)
    slow = with_overrides(INPUTS, recipient="b@timeout.example")
    seen: list[CheckResult] = []
    results = await run(request(["domain", "ptr"], slow), slow, resolver, on_result=seen.append)
    assert [result.id for result in seen] == ["ptr", "domain"]
    assert set(seen) == set(results)


async def test_a_check_without_its_input_is_skipped_and_says_how_to_give_it(serve: Serve) -> None:
    server, resolver = await serve(ZONES)
    checks = request(["ptr", "dnsbl:zen.spamhaus.org", "spf", "mx", "sender-domain"], Inputs())
    results = await run(checks, Inputs(), resolver)
    assert {(result.state, result.outcome_text, result.resolver) for result in results} == {
        ("skipped", "no_input", None)
    }
    assert "sending IP" in results[0].summary
    assert server.queries == 0


async def test_a_check_that_breaks_is_unknown_and_the_others_go_on(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(check: Check, inputs: Inputs, lookup: Resolver) -> CheckResult:
        raise KeyError("oops")

    monkeypatch.setattr(mx, "check", broken)
    _, resolver = await serve(ZONES)
    found = {result.id: result for result in await run(request(["mx", "ptr"], INPUTS), INPUTS, resolver)}
    assert (found["mx"].state, found["mx"].outcome_text) == ("unknown", "error")
    # Nothing is asked for that the reader cannot do: there is no address to report to.
    assert (
        found["mx"].to_do
        == "This is a fault of bounce-tui, not of the mail; what the other checks found counts."
    )
    assert "KeyError" in found["mx"].summary
    assert found["ptr"].state == "pass"


async def test_a_check_that_takes_too_long_is_cut_off(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(check: Check, inputs: Inputs, lookup: Resolver) -> CheckResult:
        await asyncio.Event().wait()
        return finding(check, "pass", "never", "")

    monkeypatch.setattr(ptr, "check", endless)
    monkeypatch.setitem(KINDS, "ptr", msgspec.structs.replace(KINDS["ptr"], seconds=0.05))
    _, resolver = await serve(ZONES)
    (result,) = await run(request(["ptr"], INPUTS), INPUTS, resolver)
    assert (result.state, result.outcome_text) == ("unknown", "timeout")


async def test_cancelling_a_run_stops_its_questions(serve: Serve) -> None:
    server, resolver = await serve({"timeout.example": "@ A 192.0.2.1"}, timeout=60, lifetime=60)
    inputs = with_overrides(Inputs(), recipient="b@timeout.example")
    running = asyncio.create_task(run(request(["domain", "mx"], inputs), inputs, resolver))
    async with asyncio.timeout(60):
        while not server.queries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    async with asyncio.timeout(60):
        while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_five_hundred_bounces_ask_each_question_once(serve: Serve) -> None:
    # With a root zone every "no" has a TTL: a mere failure is kept for seconds, which a busy machine needs.
    server, resolver = await serve({**ZONES, ".": "@ NS ns.example."})
    checks = request(["mx", "dnsbl:zen.spamhaus.org", "ptr", "spf", "domain"], INPUTS)
    await run(checks, INPUTS, resolver)
    once = server.queries
    await asyncio.gather(*(run(checks, INPUTS, resolver) for _ in range(500)))
    assert set(server.asked.values()) == {1}
    assert server.queries == once


async def test_without_a_network_every_check_says_so() -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        checks = request(["domain", "mx", "ptr", "spf", "dnsbl:zen.spamhaus.org"], INPUTS)
        results = await run(checks, INPUTS, resolver)
    assert {result.state for result in results} == {"unknown"}


async def test_an_unknown_id_is_skipped() -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        (result,) = await run([Check("horoscope", "x", "", "")], INPUTS, resolver)
    assert (result.state, result.summary) == ("skipped", "there is no check called horoscope")


@pytest.mark.parametrize("module", ["planning.inputs", "planning.plan", "verdicts.judge", "running.run"])
def test_planning_and_judging_load_no_dns_library(module: str) -> None:
    loaded = "[name for name in sys.modules if name.split('.')[0] == 'dns']"
    code = f"import sys, bounce_tui.checks.{module}; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_a_check_is_built_on_is_loaded_in_a_thread() -> None:
    """Loading holds up whoever does it, and in the event loop keys are waiting."""
    code = """if True:
        import asyncio, sys, threading
        from bounce_tui.check_results import Inputs
        from bounce_tui.checks.dns.resolver import Resolver
        from bounce_tui.checks.planning.inputs import with_overrides
        from bounce_tui.checks.planning.plan import request
        from bounce_tui.checks.running.run import run

        class Finder:
            def find_spec(self, name, path=None, target=None):
                if name == "aiosmtplib":
                    print(threading.current_thread() is threading.main_thread())

        sys.meta_path.insert(0, Finder())
        inputs = with_overrides(Inputs(), recipient="bob@example.net")
        asyncio.run(run(request(["smtp"], inputs), inputs, Resolver("127.0.0.1:9")))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False"]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_of_check_has_its_module(name: str) -> None:
    module = import_module(f"bounce_tui.checks.kinds.{KINDS[name].module}")
    assert inspect.iscoroutinefunction(module.check)
    assert inspect.getdoc(module)
