"""One check of given inputs, through the runner, as the product runs it."""

import threading
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import pytest

from bounce_tui.check_results import CheckResult, Inputs
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.plan import request
from bounce_tui.checks.running.run import run
from bounce_tui.demo.server import ZoneServer
from bounce_tui.model import Original

Serve = Callable[..., Awaitable[tuple[ZoneServer, Resolver]]]
"""The fixture `serve`."""


async def look(
    check_id: str,
    resolver: Resolver,
    *,
    ip: str | None = None,
    sender: str | None = None,
    helo: str | None = None,
    from_domain: str | None = None,
    recipient: str | None = None,
    original: Original | None = None,
) -> CheckResult:
    inputs = with_overrides(
        Inputs(original=original),
        sending_ip=ip,
        envelope_sender=sender,
        helo=helo,
        from_domain=from_domain,
        recipient=recipient,
    )
    (result,) = await run(request([check_id], inputs), inputs, resolver)
    return result


def noting_threads(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[threading.Thread]:
    """The threads that call the function `name` of `module`, which works as ever."""
    work, threads = getattr(module, name), []

    def noted(*args: Any, **options: Any) -> Any:
        threads.append(threading.current_thread())
        return work(*args, **options)

    monkeypatch.setattr(module, name, noted)
    return threads
