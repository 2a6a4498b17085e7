"""What does the recipient's mail host say to RCPT TO now?  Asked only on request: the host learns of it."""

import asyncio
from typing import Literal

import msgspec

from bounce_tui.check_outcome import Smtp, TlsaMatch
from bounce_tui.check_results import Check, CheckResult, CheckState, Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.checks.planning.inputs import NULL_SENDER
from bounce_tui.checks.route.mail_route import Exchange, trace_route
from bounce_tui.checks.route.route_words import absence, route_lines
from bounce_tui.checks.route.smtp_probe import Conversation, converse
from bounce_tui.checks.route.tlsa import MalformedCertificateError, compare
from bounce_tui.model import Bounce

MOST_HOSTS = 2
"""Hosts tried, best first: a sender would go on, a person wants to know soon."""
_SECURITY = {
    "none_offered": "no TLS is offered",
    "encrypted": "TLS with a certificate that verifies",
    "bad_certificate": "TLS with a certificate that does not verify",
    "failed": "TLS fails",
    "unknown": "whether it offers TLS is not known",
}


_OF_TLSA: dict[TlsaMatch, str] = {
    "matches": ", which is the one that its TLSA record calls for",
    "differs": ", which is not the one that its TLSA record calls for",
    "unknown": "; whether it is the one that its TLSA record calls for was not seen",
}
_PLAIN = (
    "Use addresses with plain letters (a-z) before the @ for sender and recipient, or ask the receiver's "
    "postmaster to switch SMTPUTF8 on (Postfix: smtputf8_enable)."
)


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "accepted", "refused", "deferred" (at RCPT TO), "refused_us" (an earlier command was refused),
    "broke_off", "no_smtputf8" (it cannot be told such an address), "unreachable" or "no_host"."""
    recipient = inputs.recipient or ""
    if "@" not in recipient:
        return finding(check, "skipped", "no_input", "the bounce does not tell an address to ask for")
    route = await trace_route(check.target, lookup)
    hosts = [exchange for exchange in route.exchanges if exchange.usable][:MOST_HOSTS]
    if not hosts:
        lines = route_lines(route)
        if route.exchanges:
            return finding(
                check, "unknown", "no_host", f"no mail host of {check.target} can be reached", lines
            )
        words = f"nobody can be asked for {recipient}: no mail host is known"
        return finding(check, "unknown", "no_host", words, (absence(route), *lines))
    told: list[str] = []
    for host in hosts:
        address = _address(host)
        found = await _talk(host.host, address, inputs, recipient)
        # Where no word was spoken, why is all that there is to tell.
        lines = found.lines or ((found.text,) if found.text else ())
        told += [f"{found.host} [{address}]:", *(f"  {line}" for line in lines)] if lines else []
        if found.reached:
            return await _result(check, found, told, await _compared(found, lookup))
    summary = f"no mail host of {check.target} answers from here: {found.text}"
    remedy = "Many networks close port 25 on the way out: try it from the mail server itself."
    return finding(check, "unknown", "unreachable", summary, told, remedy, Smtp(security="unknown"))


def _address(host: Exchange) -> str:
    """Where it is talked to: from most places IPv4 leads there."""
    return next(
        (one for one in host.addresses if (ip := parse_ip(one)) and ip.version == 4), host.addresses[0]
    )


async def _talk(host: str, address: str, inputs: Inputs, recipient: str) -> Conversation:
    sender = inputs.envelope_sender.value if inputs.envelope_sender else NULL_SENDER
    helo = inputs.helo.value if inputs.helo else "localhost.localdomain"
    return await converse(
        host, address, helo=helo, sender="" if sender == NULL_SENDER else sender, recipient=recipient
    )


async def _compared(found: Conversation, lookup: Lookup) -> TlsaMatch | None:
    """The certificate against the TLSA records that count: those that the resolver vouches for."""
    if found.certificate is None:
        return None
    answer = await lookup.query(f"_25._tcp.{found.host}", "TLSA")
    if not answer.authentic or not answer.records:
        return None
    try:
        return compare(found.certificate, answer.records)
    except MalformedCertificateError:
        return "unknown"


async def _result(check: Check, found: Conversation, told: list[str], tlsa: TlsaMatch | None) -> CheckResult:
    security = f"; {_SECURITY[found.security]}{_OF_TLSA[tlsa] if tlsa else ''}"
    seen = Smtp(None, found.security, tlsa, found.smtputf8)
    if found.stage == "RCPT" and found.code is not None and found.code < 400:
        summary = f"{found.host} takes the address now ({found.code}){security}"
        return finding(check, "pass", "accepted", summary, told, None, seen)
    if found.stage == "EHLO" and found.smtputf8 is False:
        summary = (
            f"{found.host} does not offer SMTPUTF8 (RFC 6531), so that no address with letters beyond ASCII "
            f"before the @ can be told to it{security}"
        )
        return finding(check, "fail", "no_smtputf8", summary, told, _PLAIN, seen)
    if found.code is None:
        summary = f"{found.host} answers, but broke off at {found.stage}: {found.text}{security}"
        return finding(check, "unknown", "broke_off", summary, told, None, seen)
    # In a thread: what reads replies, and the rules, are loaded for the first one of a session.
    seen = msgspec.structs.replace(seen, reason=await asyncio.to_thread(_reason, found))
    said = f"{found.code} {found.text}"
    if found.stage != "RCPT":
        summary = (
            f"{found.host} refuses this machine at {found.stage}, which tells nothing of the address: {said}"
        )
        return finding(check, "unknown", "refused_us", summary, told, None, seen)
    word, state = _word(found.code)
    summary = f"{found.host} {'refuses' if word == 'refused' else 'puts off'} the address: {said}{security}"
    return finding(check, state, word, summary, told, None, seen)


def _word(code: int) -> tuple[Literal["refused", "deferred"], CheckState]:
    return ("refused", "fail") if code >= 500 else ("deferred", "warn")


def _reason(found: Conversation) -> str:
    """Why, by the same rules that read bounces."""
    from bounce_tui.diagnosis import diagnose
    from bounce_tui.parsing import read_reply

    failure = read_reply(f"{found.code} {found.text}")
    return diagnose(failure, Bounce(kind="failed", failures=(failure,))).reason
