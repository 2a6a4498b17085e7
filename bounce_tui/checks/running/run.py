"""Running checks: all at once, each within its time, results as they come."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

import msgspec

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.authentication.auth_results import with_auth_results
from bounce_tui.checks.dns.answer import Lookup, RecordType
from bounce_tui.checks.dns.liveness import (
    DENIES,
    HAS_NOTHING,
    LIES,
    OTHER_RESOLVER,
    denied_top,
    empty_top,
    invents_answers,
)
from bounce_tui.checks.dns.recording_lookup import RecordingLookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.planning.registry import Kind, kind_of

# "There is none": who invents answers for one type has none of another, whatever is published.
_ABSENT = frozenset({"no_ptr", "none", "no_record", "no_key", "nxdomain"})
# Lists have test points for that; what else asks is in no verdict.
_MAY_REST_ON_ABSENCE = frozenset({"domain", "mx", "sender-domain", "ptr", "spf", "dkim", "dmarc", "tls"})
# What a check believes, by the type that it rests on: one who invents these has them for every name.
_RESTS_ON: dict[str, RecordType] = {
    "domain": "MX",
    "mx": "MX",
    "sender-domain": "MX",
    "ptr": "PTR",
    "spf": "TXT",
    "dkim": "TXT",
    "dmarc": "TXT",
}
_MODULES: dict[str, ModuleType] = {}
"""Those of `kinds/` that were loaded, by name."""
_IMPORTING = threading.Lock()


async def run(
    checks: Sequence[Check],
    inputs: Inputs,
    lookup: Lookup,
    *,
    on_result: Callable[[CheckResult], None] | None = None,
) -> tuple[CheckResult, ...]:
    """Run `checks` and return their results in the same order.

    `on_result` is called with each result as it comes, in the event loop.  Cancelling the call
    cancels every check.  A check that fails with an error of ours is `unknown` and does not touch
    the others.
    """
    tasks = {asyncio.create_task(_run_one(check, inputs, lookup)): check for check in checks}
    results: dict[asyncio.Task[CheckResult], CheckResult] = {}
    pending = set(tasks)
    try:
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                results[task] = _result_of(task, tasks[task])
                if on_result is not None:
                    on_result(results[task])
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
    return tuple(results[task] for task in tasks)


async def _run_one(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    kind = kind_of(check.id)
    if kind is None:
        return finding(check, "skipped", "no_such_check", f"there is no check called {check.id}")
    if not check.target:
        return finding(check, "skipped", "no_input", kind.missing_of(inputs))
    started = time.monotonic()
    recording = RecordingLookup(lookup)
    result = await _within_time(check, kind, inputs, recording)
    if result.state == "skipped":
        return result
    result = with_auth_results(result, inputs)
    if await _is_invented(result, lookup):
        result = finding(
            check, "unknown", "invented", f"{result.summary}; but {LIES}", result.details, OTHER_RESOLVER
        )
    elif (denial := await _denies_all(result, recording, lookup)) is not None:
        words = f"{result.summary}; but {denial}"
        result = finding(check, "unknown", "all_denied", words, result.details, OTHER_RESOLVER)
    elapsed = round((time.monotonic() - started) * 1000)
    return msgspec.structs.replace(result, resolver=lookup.address, elapsed_ms=elapsed, seen=recording.seen)


async def _is_invented(result: CheckResult, lookup: Lookup) -> bool:
    """True when the resolver would say the same of any name."""
    if result.state == "unknown":
        return False
    if result.outcome in _ABSENT and await invents_answers(lookup):
        return True
    rdtype = _RESTS_ON.get(result.id)
    return rdtype is not None and await invents_answers(lookup, rdtype)


async def _denies_all(result: CheckResult, recording: RecordingLookup, lookup: Lookup) -> str | None:
    """What the resolver denies that must be there, where a fault rests on what it denies, too."""
    rests = result.state in ("fail", "warn") or result.outcome in _ABSENT
    if not rests or result.id not in _MAY_REST_ON_ABSENCE:
        return None
    if (top := await denied_top(recording.missing, lookup)) is not None:
        return DENIES.format(top=top)
    top = await empty_top(recording.absent, lookup)
    return HAS_NOTHING.format(top=top) if top is not None else None


async def _within_time(check: Check, kind: Kind, inputs: Inputs, lookup: Lookup) -> CheckResult:
    module = await _module_of(kind)
    try:
        async with asyncio.timeout(kind.seconds):
            result: CheckResult = await module.check(check, inputs, lookup)
    except TimeoutError:
        return finding(
            check,
            "unknown",
            "timeout",
            f"not finished within {kind.seconds:g} seconds",
            remedy="Run it again; if it stays so, the name servers asked are not answering.",
        )
    return result


async def _module_of(kind: Kind) -> ModuleType:
    """The module of a kind of check.  What it is built on takes up to 150 ms to load: a thread does that."""
    if kind.module not in _MODULES:
        _MODULES[kind.module] = await asyncio.to_thread(_imported, kind.module)
    return _MODULES[kind.module]


def _imported(name: str) -> ModuleType:
    # One at a time: where two threads wait for each other's modules, Python hands out a half-made one.
    with _IMPORTING:
        return import_module(f"bounce_tui.checks.kinds.{name}")


def _result_of(task: asyncio.Task[CheckResult], check: Check) -> CheckResult:
    if task.cancelled():
        return finding(check, "unknown", "cancelled", "called off")
    error = task.exception()
    if error is None:
        return task.result()
    return finding(
        check,
        "unknown",
        "error",
        f"this check broke down: {type(error).__name__}: {error}"[:200],
        remedy="This is a fault of bounce-tui, not of the mail; what the other checks found counts.",
    )
