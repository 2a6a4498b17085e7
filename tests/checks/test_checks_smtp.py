"""The probe of a mail host, against a real SMTP server on loopback, with TLS and without."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from looking import Serve, look
from ports import free_port
from worded import worded

from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.route import mail_route, smtp_probe
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import reasons
from bounce_tui.model import Bounce, CheckResult, Diagnosis, Evidence, Failure, Inputs

RECIPIENT = "bob@example.net"
Host = Callable[..., "Receiver"]


class Receiver:
    """Answers RCPT TO with what it is told, and keeps every command."""

    def __init__(self, rcpt: str = "250 2.1.5 Ok", ehlo: str | None = None, mail: str | None = None) -> None:
        self.heard: list[str] = []
        self._rcpt, self._ehlo, self._mail = rcpt, ehlo, mail

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.heard.append(f"EHLO {hostname}")
        session.host_name = hostname
        return [self._ehlo] if self._ehlo else responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.heard.append(f"MAIL {address}")
        envelope.mail_from = address
        return self._mail or "250 Ok"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.heard.append(f"RCPT {address}")
        return self._rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.heard.append("DATA")
        return "250 Ok"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """`host(rcpt="550 ...")`: a mail server on a free port, to which the way is open for this test."""
    running: list[Controller] = []
    monkeypatch.setattr(mail_route, "leads_nowhere", lambda ip: False)

    def start(tls: Any = None, **answers: str) -> Receiver:
        receiver = Receiver(**answers)
        port = free_port(udp=False)
        options = {"tls_context": tls} if tls else {}
        controller = Controller(receiver, hostname="127.0.0.1", port=port, ready_timeout=60, **options)
        controller.start()
        running.append(controller)
        monkeypatch.setattr(smtp_probe, "PORT", port)
        return receiver

    yield start
    for controller in running:
        controller.stop()


ZONES = {"example.net": "@ MX 10 mx\nmx A 127.0.0.1\n"}


async def probe(serve: Serve, **inputs: str) -> CheckResult:
    _, resolver = await serve(ZONES)
    given = {"sender": "ann@example.org", "helo": "mail.example.org", "recipient": RECIPIENT, **inputs}
    return await look("smtp", resolver, **given)


async def test_an_address_that_is_taken_is_never_followed_by_data(serve: Serve, host: Host) -> None:
    receiver = host()
    result = await probe(serve)
    assert (result.state, result.outcome_text) == ("pass", "accepted/none_offered")
    assert receiver.heard == ["EHLO mail.example.org", "MAIL ann@example.org", f"RCPT {RECIPIENT}"]
    assert f"  RCPT TO:<{RECIPIENT}> -> 250 2.1.5 Ok" in result.details


async def test_where_nobody_listens_it_is_said_in_words(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_probe, "PORT", free_port(udp=False))
    result = await probe(serve)
    assert result.outcome == "unreachable"
    assert result.summary.endswith("answers from here: the connection to port 25 is refused")
    assert result.details == ("mx.example.net [127.0.0.1]:", "  the connection to port 25 is refused")


async def test_the_null_sender_stays_null(serve: Serve, host: Host) -> None:
    receiver = host()
    await probe(serve, sender="<>")
    assert "MAIL <>" in receiver.heard


@pytest.mark.parametrize(
    ("answers", "state", "outcome"),
    [
        ({"rcpt": "550 5.1.1 User unknown"}, "fail", "refused:user_unknown/none_offered"),
        ({"rcpt": "452 4.2.2 Mailbox full"}, "warn", "deferred:mailbox_full/none_offered"),
        (
            {"mail": "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org"},
            "unknown",
            "refused_us:blocklisted/none_offered",
        ),
        ({"ehlo": "554 no service for you"}, "unknown", None),
    ],
)
async def test_a_refusal_is_read_by_the_rules_that_read_bounces(
    serve: Serve, host: Host, answers: dict[str, str], state: str, outcome: str | None
) -> None:
    host(**answers)
    result = await probe(serve)
    assert result.state == state
    assert outcome is None or result.outcome_text == outcome


async def test_a_certificate_that_verifies_is_told_with_its_issuer(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import ssl

    authority = trustme.CA(organization_name="Test Authority")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mx.example.net").configure_cert(context)
    host(tls=context)
    result = await probe(serve)
    assert (result.state, result.outcome_text) == ("pass", "accepted/encrypted")
    assert any("certificate for mx.example.net by Test Authority" in line for line in result.details)


async def test_a_certificate_for_another_name_is_told_and_the_talk_goes_on(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import ssl

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    receiver = host(tls=context)
    result = await probe(serve)
    assert result.outcome_text == "accepted/bad_certificate"
    assert any("mx.example.net" in line and "does not verify" in line for line in result.details)
    assert receiver.heard.count(f"RCPT {RECIPIENT}") == 1


async def test_nobody_at_home_is_not_laid_to_the_host(serve: Serve, host: Host, monkeypatch: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setattr(smtp_probe, "PORT", free.getsockname()[1])
        result = await probe(serve)
    assert (result.state, result.outcome_text) == ("unknown", "unreachable/unknown")
    assert "port 25" in (result.remedy or "")


async def test_a_server_that_says_nothing_is_left_in_time(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_probe, "STEP_S", 0.2)

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    monkeypatch.setattr(smtp_probe, "PORT", server.sockets[0].getsockname()[1])
    result = await probe(serve)
    server.close()
    assert result.outcome_text == "unreachable/unknown"


async def test_a_banner_of_megabytes_ends_the_talk(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220-" + b"x" * 3_000_000)
        writer.close()

    server = await asyncio.start_server(flood, "127.0.0.1", 0)
    monkeypatch.setattr(smtp_probe, "PORT", server.sockets[0].getsockname()[1])
    result = await probe(serve)
    server.close()
    assert result.state == "unknown"
    assert max(map(len, (result.summary, *result.details))) < 2000


async def test_a_host_on_a_private_address_is_never_knocked_at(serve: Serve) -> None:
    _, resolver = await serve({"example.net": "@ MX 10 mx\nmx A 10.0.0.5\n"})
    result = await look("smtp", resolver, recipient=RECIPIENT)
    assert (result.state, result.outcome_text) == ("unknown", "no_host")


def diagnosis(reason: str) -> Diagnosis:
    return Diagnosis(
        reason, False, False, None, "r", "high", Evidence("", "diagnostic"), "", ("Look.",), "sender",
        checks=("smtp",), usual_checks=reasons()[reason].checks,
    )  # fmt: skip


def test_no_plan_knocks_at_a_host_unasked() -> None:
    failure = Failure(recipient=RECIPIENT, diagnostic="connection timed out")
    inputs = Inputs(recipient=RECIPIENT, recipient_domain="example.net")
    for reason in ("network_error", "expired", "user_unknown"):
        checks = plan(Bounce(kind="failed", failures=(failure,)), failure, diagnosis(reason), inputs)
        assert "smtp" not in {check.id for check in checks}


@pytest.mark.parametrize(
    ("reason", "outcome", "verdict"),
    [
        ("user_unknown", "refused:user_unknown/encrypted", "still_holds"),
        ("user_unknown", "refused:suspended/encrypted", "still_holds"),
        ("user_unknown", "refused:blocklisted/encrypted", "cannot_be_known"),
        ("user_unknown", "accepted/encrypted", "no_longer_holds"),
        ("user_unknown", "refused_us:blocked/unknown", "cannot_be_known"),
        ("mailbox_full", "accepted/encrypted", "cannot_be_known"),
        ("mailbox_full", "deferred:mailbox_full/encrypted", "still_holds"),
        ("network_error", "accepted/none_offered", "no_longer_holds"),
        ("network_error", "refused:user_unknown/encrypted", "no_longer_holds"),
        ("network_error", "unreachable/unknown", "cannot_be_known"),
        ("failed_starttls", "accepted/encrypted", "no_longer_holds"),
        ("failed_starttls", "accepted/bad_certificate", "still_holds"),
        ("failed_starttls", "unreachable/unknown", "cannot_be_known"),
    ],
)
def test_what_the_host_said_settles_what_dns_cannot(reason: str, outcome: str, verdict: str) -> None:
    result = worded("smtp", "example.net", "pass", outcome, "the host spoke")
    inputs = Inputs(recipient=RECIPIENT, recipient_domain="example.net")
    assert judge(diagnosis(reason), inputs, [result]).state == verdict


def test_a_server_that_can_be_reached_again_and_refuses_is_not_called_safe() -> None:
    result = worded("smtp", "example.net", "fail", "refused:user_unknown/encrypted", "it refuses")
    inputs = Inputs(recipient=RECIPIENT, recipient_domain="example.net")
    verdict = judge(diagnosis("network_error"), inputs, [result])
    assert verdict.next_step == "Send again from your mail server and look at what it says."
