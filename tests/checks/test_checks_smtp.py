"""The probe of a mail host, against a real SMTP server on loopback, with TLS and without."""

import asyncio
import hashlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from looking import Serve, look, noting_threads
from ports import free_port
from worded import worded

from bounce_tui import diagnosis as diagnosis_package
from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.plan import plan, request
from bounce_tui.checks.route import mail_route, smtp_probe
from bounce_tui.checks.route.tlsa import MalformedCertificateError, public_key_of
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose, reasons
from bounce_tui.model import Bounce, Candidate, Diagnosis, Evidence, Failure
from bounce_tui.parsing import read_reply

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
        self.heard.append(" ".join((f"MAIL {address}", *(one for one in options if one == "SMTPUTF8"))))
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

    def start(tls: Any = None, *, smtputf8: bool = False, **answers: str) -> Receiver:
        receiver = Receiver(**answers)
        port = free_port(udp=False)
        options = {"tls_context": tls, "enable_SMTPUTF8": smtputf8} if tls else {"enable_SMTPUTF8": smtputf8}
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


async def test_certificates_and_rules_are_read_in_threads(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both take longer than a key may wait, and keys wait for the event loop."""
    certificates = noting_threads(monkeypatch, ssl, "create_default_context")
    rules = noting_threads(monkeypatch, diagnosis_package, "diagnose")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("mx.example.net").configure_cert(context)
    host(tls=context, rcpt="550 5.1.1 User unknown")
    result = await probe(serve)
    assert result.outcome_text == "refused:user_unknown/bad_certificate"
    assert len(certificates) == 2
    assert len(rules) == 1
    assert threading.main_thread() not in (*certificates, *rules)


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


async def test_a_talk_that_is_called_off_at_its_goodbye_is_hung_up(
    serve: Serve, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    bidden, hung_up = asyncio.Event(), asyncio.Event()

    async def deaf_to_quit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example.net\r\n")
        while not (line := await reader.readline()).startswith(b"QUIT"):
            assert line
            writer.write(b"250 Ok\r\n")
        bidden.set()
        await reader.read()
        hung_up.set()
        writer.close()

    server = await asyncio.start_server(deaf_to_quit, "127.0.0.1", 0)
    monkeypatch.setattr(smtp_probe, "PORT", server.sockets[0].getsockname()[1])
    asking = asyncio.create_task(probe(serve))
    async with asyncio.timeout(60):
        await bidden.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await hung_up.wait()
    server.close()


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
        checks = plan(failure, diagnosis(reason), inputs)
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


JOERG = "jörg@example.net"


async def test_letters_beyond_ascii_go_by_smtputf8(serve: Serve, host: Host) -> None:
    receiver = host(smtputf8=True)
    result = await probe(serve, recipient=JOERG)
    assert receiver.heard[1:] == ["MAIL ann@example.org SMTPUTF8", f"RCPT {JOERG}"]
    assert (result.state, result.outcome) == ("pass", "accepted")
    assert any(line.endswith("SMTPUTF8 -> 250 Ok") for line in result.details)


@pytest.mark.parametrize("address", [{"recipient": JOERG}, {"sender": "zoë@example.org"}])
async def test_a_host_without_smtputf8_is_not_told_such_an_address(
    serve: Serve, host: Host, address: dict[str, str]
) -> None:
    receiver = host()
    result = await probe(serve, **address)
    assert receiver.heard == ["EHLO mail.example.org"]
    assert (result.state, result.outcome_text) == ("fail", "no_smtputf8/none_offered")
    assert result.summary.startswith("mx.example.net does not offer SMTPUTF8 (RFC 6531)")


async def test_a_domain_beyond_ascii_goes_as_its_a_labels(serve: Serve, host: Host) -> None:
    receiver = host()
    _, resolver = await serve({"xn--mller-kva.example": "@ MX 10 mx\nmx A 127.0.0.1\n"})
    result = await look("smtp", resolver, sender="ann@example.org", recipient="bob@müller.example")
    assert receiver.heard[1:] == ["MAIL ann@example.org", "RCPT bob@xn--mller-kva.example"]
    assert result.outcome == "accepted"


async def _settled(serve: Serve, zone: str, reply: str, recipient: str = RECIPIENT) -> Verdict:
    """The verdict on `reply` by `check --only smtp`."""
    _, resolver = await serve({"example.net": zone})
    failure = read_reply(reply)
    bounce = Bounce(kind="failed", failures=(failure,))
    given = Inputs(failure=failure, helo=Candidate("mail.example.org", "user", sure=True))
    inputs = with_overrides(given, recipient=recipient, envelope_sender="ann@example.org")
    results = await run(request(["smtp"], inputs), inputs, resolver)
    return judge(diagnose(failure, bounce), inputs, results)


@pytest.mark.parametrize(("offers", "state"), [(True, "no_longer_holds"), (False, "still_holds")])
async def test_whether_a_host_that_lacked_smtputf8_offers_it_now(
    serve: Serve, host: Host, *, offers: bool, state: str
) -> None:
    host(smtputf8=offers)
    reply = "550 5.6.7 SMTPUTF8 is required, but was not offered by host mx.example.net[127.0.0.1]"
    assert (await _settled(serve, ZONES["example.net"], reply, JOERG)).state == state


async def test_where_an_address_cannot_be_told_its_mailbox_stays_unknown(serve: Serve, host: Host) -> None:
    host()
    verdict = await _settled(serve, ZONES["example.net"], "550 5.1.1 User unknown", JOERG)
    assert verdict.state == "cannot_be_known"
    assert "does not offer SMTPUTF8" in verdict.summary


DANE = "454 4.7.5 TLSA lookup: certificate verification failed for mx.example.net by DANE"
STS = "451 4.7.5 TLS certificate of mx.example.net does not match the MTA-STS policy"


@pytest.fixture
def certified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Any, trustme.LeafCert]:
    """What a server of mx.example.net needs for TLS, and its certificate, by an authority that is trusted."""
    authority = trustme.CA(organization_name="Test Authority")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = authority.issue_cert("mx.example.net")
    leaf.configure_cert(context)
    return context, leaf


def tlsa(leaf: trustme.LeafCert, form: str) -> str:
    """The record of a certificate, as OpenSSL's reading of it makes one."""
    read = x509.load_pem_x509_certificate(leaf.cert_chain_pems[0].bytes())
    der, info = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    whole = read.public_bytes(der) if form.split()[1] == "0" else read.public_key().public_bytes(der, info)
    digest = {"0": whole, "1": hashlib.sha256(whole).digest(), "2": hashlib.sha512(whole).digest()}
    return f"_25._tcp.mx TLSA {form} {digest[form.split()[2]].hex()}\n"


OTHER_KEY = f"_25._tcp.mx TLSA 3 1 1 {'ab' * 32}\n"
SIGNED = "@ DNSKEY 257 3 13 AAAA\n"


@pytest.mark.parametrize("form", ["3 1 1", "3 0 1", "3 1 2", "3 0 0", "3 1 0"])
async def test_a_certificate_that_its_tlsa_record_calls_for(
    serve: Serve, host: Host, certified: tuple[Any, trustme.LeafCert], form: str
) -> None:
    context, leaf = certified
    host(tls=context)
    verdict = await _settled(serve, ZONES["example.net"] + SIGNED + OTHER_KEY + tlsa(leaf, form), DANE)
    assert verdict.state == "no_longer_holds"
    assert "the one that its TLSA record calls for" in verdict.summary


@pytest.mark.parametrize(
    ("zone", "state"),
    [
        # The usual fault: a renewed certificate, fine by the authorities of the web, and the old record.
        (SIGNED + OTHER_KEY, "still_holds"),
        (SIGNED + OTHER_KEY.replace("3 1 1", "2 1 1"), "cannot_be_known"),
        (OTHER_KEY, "cannot_be_known"),
        ("", "cannot_be_known"),
    ],
)
async def test_a_certificate_that_verifies_is_no_end_of_a_refusal_for_dane(
    serve: Serve, host: Host, certified: tuple[Any, trustme.LeafCert], zone: str, state: str
) -> None:
    host(tls=certified[0])
    assert (await _settled(serve, ZONES["example.net"] + zone, DANE)).state == state


async def test_a_certificate_of_one_s_own_is_right_for_dane(serve: Serve, host: Host) -> None:
    context, leaf = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), trustme.CA().issue_cert("mx.example.net")
    leaf.configure_cert(context)
    host(tls=context)
    verdict = await _settled(serve, ZONES["example.net"] + SIGNED + tlsa(leaf, "3 1 1"), DANE)
    assert verdict.state == "no_longer_holds"


async def test_a_certificate_that_verifies_leaves_the_policy_of_mta_sts_open(
    serve: Serve, host: Host, certified: tuple[Any, trustme.LeafCert]
) -> None:
    host(tls=certified[0])
    verdict = await _settled(serve, ZONES["example.net"], STS)
    assert verdict.state == "cannot_be_known"
    assert verdict.next_step.startswith("Open https://mta-sts.example.net/.well-known/mta-sts.txt")


async def test_one_that_does_not_verify_is_no_certificate_for_mta_sts(serve: Serve, host: Host) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("mx.example.net").configure_cert(context)
    host(tls=context)
    assert (await _settled(serve, ZONES["example.net"], STS)).state == "still_holds"


@pytest.mark.parametrize(
    "octets", [b"", b"\x30", b"\x30\x82", b"\x30\x03\x30\x01\x02", b"\x30\x84" + b"\xff" * 9]
)
def test_what_is_no_certificate_has_no_key(octets: bytes) -> None:
    with pytest.raises(MalformedCertificateError):
        public_key_of(octets)
