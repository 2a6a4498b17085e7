"""A domain's registration, asked of a real HTTP server on loopback."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from looking import Serve, look, noting_threads

from bounce_tui.check_results import CheckResult, Inputs
from bounce_tui.checks.names import registration
from bounce_tui.checks.planning.plan import plan
from bounce_tui.model import Diagnosis, Evidence, Failure

Registry = Callable[..., list[str]]
LATER = (datetime.now(UTC) + timedelta(days=200)).isoformat()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """`registry(status, body)`: what is said below /registry/, to which the service redirects."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, body: bytes, *, redirects: bool = True) -> list[str]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                if redirects and self.path.startswith("/domain/"):
                    self.send_response(302)
                    self.send_header("Location", self.path.replace("/domain/", "/registry/"))
                    self.end_headers()
                    return
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(registration, "SERVICE", f"http://127.0.0.1:{server.server_port}/domain/")
        return asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def domain(
    since: str = "2001-02-03T04:05:06Z", until: str = LATER, status: tuple[str, ...] = ("active",)
) -> bytes:
    events = [
        {"eventAction": "registration", "eventDate": since},
        {"eventAction": "expiration", "eventDate": until},
    ]
    return json.dumps({"ldhName": "example.net", "status": list(status), "events": events}).encode()


async def ask(serve: Serve, check_id: str = "rdap") -> CheckResult:
    _, resolver = await serve({"example.net": "@ A 192.0.2.1"})
    return await look(check_id, resolver, recipient="bob@mail.example.net", sender="ann@news.example.org")


@pytest.mark.parametrize(
    ("status", "body", "state", "outcome", "words"),
    [
        (200, domain(), "pass", "registered", "registered since 2001-02-03"),
        (200, domain(since=datetime.now(UTC).isoformat()), "warn", "new", "registered only on"),
        (200, domain(until="2020-01-01T00:00:00Z"), "fail", "expired", "ran out on 2020-01-01"),
        (200, domain(status=("client hold",)), "fail", "on_hold", "client hold"),
        (200, domain(status=("redemption period",)), "fail", "on_hold", "redemption period"),
        (200, domain(since="soon", until="never"), "pass", "registered", "is registered"),
        (404, b"", "fail", "not_registered", "nobody has registered example.net"),
        (500, b"", "unknown", "unreachable", "answers 500"),
        (200, b"<html>", "unknown", "unreachable", "DecodeError"),
        (200, b"x" * 2_000_000, "unknown", "unreachable", "longer than a megabyte"),
    ],
)
async def test_what_the_registry_says_of_a_domain(
    serve: Serve, registry: Registry, status: int, body: bytes, state: str, outcome: str, words: str
) -> None:
    asked = registry(status, body)
    result = await ask(serve)
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary
    assert asked[0] == "/domain/example.net"


async def test_a_top_level_domain_without_rdap_says_nothing_of_the_domain(
    serve: Serve, registry: Registry
) -> None:
    registry(404, b"", redirects=False)
    assert (await ask(serve)).outcome_text == "no_service"


async def test_the_sender_s_domain_is_asked_for_by_an_id_of_its_own(serve: Serve, registry: Registry) -> None:
    asked = registry(200, domain())
    await ask(serve, "sender-rdap")
    assert asked[0] == "/domain/example.org"


@pytest.mark.parametrize(
    ("check_id", "words", "remedy"),
    [
        ("sender-rdap", "receivers mistrust new domains", "Send little"),
        ("rdap", "of an earlier owner", "Ask the recipient another way"),
    ],
)
async def test_a_new_domain_means_one_thing_for_the_sender_and_another_for_the_recipient(
    serve: Serve, registry: Registry, check_id: str, words: str, remedy: str
) -> None:
    registry(200, domain(since=datetime.now(UTC).isoformat()))
    result = await ask(serve, check_id)
    assert (result.state, result.outcome_text) == ("warn", "new")
    assert words in result.summary
    assert remedy in (result.remedy or "")


async def test_the_certificates_of_authorities_are_read_in_a_thread(
    serve: Serve, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That takes longer than a key may wait, and keys wait for the event loop."""
    registry(200, domain())
    threads = noting_threads(monkeypatch, httpx, "create_ssl_context")
    assert (await ask(serve)).outcome == "registered"
    assert len(threads) == 1
    assert threading.main_thread() not in threads


async def test_without_a_network_it_is_one_line(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "SERVICE", "http://127.0.0.1:9/domain/")
    result = await ask(serve)
    assert (result.state, result.outcome_text) == ("unknown", "unreachable")
    assert "\n" not in result.summary


def test_no_plan_asks_a_registry_unasked() -> None:
    failure = Failure(recipient="bob@example.net")
    evidence = Evidence("", "diagnostic")
    diagnosis = Diagnosis(
        "host_unknown", False, True, None, "r", "high", evidence, "", (), "sender", ("rdap",),
        usual_checks=("domain", "mx"),
    )  # fmt: skip
    inputs = Inputs(recipient="bob@example.net", recipient_domain="example.net")
    checks = plan(failure, diagnosis, inputs)
    assert [check.id for check in checks] == ["domain", "mx"]
