"""Does the sending IP have a reverse name that leads back to it?"""

import asyncio

import msgspec

from bounce_tui.check_outcome import Ptr
from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.authentication.sending_services import service_of_address
from bounce_tui.checks.authentication.signing import is_foreign_provider
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType
from bounce_tui.checks.dns.dnssec import dnssec_fault
from bounce_tui.checks.dns.liveness import resolver_answers
from bounce_tui.checks.dns.wording import listed_words, never_seen, record_lines, trouble
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import IPAddress, leads_nowhere, parse_ip, reverse_name
from bounce_tui.checks.names.generic_name import looks_generic
from bounce_tui.checks.names.private_names import private_ending
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.domain_name import base_domain, is_within

# RFC 7208 section 4.6.4 stops at ten names as well.
_MOST_NAMES = 10
_MOST_SERVERS = 2
_FAILING = ("servfail", "timeout")


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "confirmed" (FCrDNS), "generic" (confirmed, but looks like a dial-up name), "no_ptr",
    "unconfirmed" (no name leads back), "unconfirmable" (the names could not be looked up), or the trouble
    with asking ("servfail", "timeout", "refused", "unreachable")."""
    ip = parse_ip(check.target)
    if ip is None or leads_nowhere(ip):
        return finding(check, "skipped", "no_input", never_seen(check.target))
    answer = await lookup.query(reverse_name(ip), "PTR")
    lines = record_lines(answer)
    if answer.outcome != "answer":
        return await _without_name(check, ip, answer, inputs, lookup)
    names = answer.records[:_MOST_NAMES]
    rdtype = _address_type(ip)
    forward = await asyncio.gather(*(lookup.query(name, rdtype) for name in names))
    lines += tuple(line for found in forward for line in record_lines(found))
    leads_by_helo, helo_lines = await _of_helo(ip, names, inputs, lookup)
    lines += helo_lines
    confirmed = [found.name for found in forward if _leads_to(ip, found)]
    if confirmed:
        found = _confirmed(check, ip, confirmed, lines, inputs)
        differs = inputs.helo is not None and inputs.helo.value not in names
        if differs and found.outcome == "confirmed":
            return msgspec.structs.replace(found, particulars=Ptr(other_helo=True))
        return found
    unclear = [found for found in forward if not (found.exists or found.outcome in ("nxdomain", "bad_name"))]
    if unclear:
        summary = f"{ip} is called {names[0]}, but whether that leads back is unknown: {trouble(unclear[0])}"
        return finding(check, "unknown", "unconfirmable", summary, lines)
    remedy = (
        f"Ask the provider of {ip} for the reverse name {inputs.helo.value}, which leads to it, or add "
        f"{names[0]}. {rdtype} {ip} to the zone of that name."
        if leads_by_helo and inputs.helo is not None and not _is_own(names[0], inputs)
        else f"Add {names[0]}. {rdtype} {ip} to the zone of that name, or have the reverse name changed to a "
        f"host that has {ip}."
    )
    summary = f"{ip} is called {names[0]}, which does not lead back to {ip}"
    return finding(check, "fail", "unconfirmed", summary, lines, remedy)


async def _without_name(
    check: Check, ip: IPAddress, answer: Answer, inputs: Inputs, lookup: Lookup
) -> CheckResult:
    lines = record_lines(answer)
    if answer.outcome in ("nxdomain", "no_data"):
        keeper, of_zone = await _keeper(answer, lookup)
        service = service_of_address(str(ip))
        remedy = service.what_helps(str(ip)) if service is not None else _publish(ip, inputs, keeper)
        return finding(check, "fail", "no_ptr", f"{ip} has no reverse name (PTR)", lines + of_zone, remedy)
    if answer.outcome == "servfail" or (answer.outcome == "timeout" and await resolver_answers(lookup)):
        # Receivers see the same, and many take it for "no reverse name".
        what = "DNSSEC signatures" if dnssec_fault(answer) else "name servers"
        zone = await _failing_zone(ip, lookup)
        remedy = f"Tell the provider of {ip} that the {what} of its reverse zone{zone} fail."
        return finding(check, "fail", answer.outcome, trouble(answer), lines, remedy)
    return finding(check, "unknown", answer.outcome, trouble(answer), lines)


def _confirmed(
    check: Check, ip: IPAddress, names: list[str], lines: tuple[str, ...], inputs: Inputs
) -> CheckResult:
    if all(looks_generic(name, ip) for name in names):
        return finding(
            check,
            "warn",
            "generic",
            f"{ip} is called {names[0]} and that leads back, but it looks like a customer's line",
            lines,
            f"Ask the provider of {ip} for a reverse name of your own, such as {_own_name(ip, inputs)}, and "
            f"give that name the address {ip}; if the line gets none, send through the provider's mail "
            "server.",
        )
    own = next(name for name in names if not looks_generic(name, ip))
    return finding(check, "pass", "confirmed", f"{ip} is called {own}, and that leads back to {ip}", lines)


def _own_name(ip: IPAddress, inputs: Inputs) -> str:
    """A name that the sending host could have: the one it calls itself by, or one below the sender's domain,
    where that is the admin's to use."""
    domain = sender_domain(inputs)
    helo = inputs.helo.value if inputs.helo is not None else None
    home = base_domain(domain.value) if domain is not None else None
    # The domain's own name is mostly the website's, and can have no other address; a name that shows the
    # address, as a line's does, would be refused again.
    is_host = helo and home and is_within(helo, home) and helo not in (home, domain and domain.value)
    if helo and is_host and not looks_generic(helo, ip):
        return helo
    if domain is None or is_foreign_provider(domain.value, inputs):
        return "mail.your-domain"
    return f"mail.{domain.value}"


def _is_own(name: str, inputs: Inputs) -> bool:
    """Whether `name` lies in the zone of the sender's organization, where the admin can add a record."""
    domain = sender_domain(inputs)
    return domain is not None and is_within(name, base_domain(domain.value))


def _address_type(ip: IPAddress) -> RecordType:
    return "A" if ip.version == 4 else "AAAA"


def _leads_to(ip: IPAddress, answer: Answer) -> bool:
    return any(parse_ip(record) == ip for record in answer.records)


async def _of_helo(
    ip: IPAddress, names: tuple[str, ...], inputs: Inputs, lookup: Lookup
) -> tuple[bool, tuple[str, ...]]:
    """Whether a HELO name that is not the reverse name leads to `ip`, and in lines how it stands to that;
    receivers are told not to insist (RFC 5321 section 4.1.4), so it is said and not judged."""
    if inputs.helo is None:
        return False, ()
    helo = inputs.helo.value
    if helo in names:
        return False, (f"the HELO name {helo} is the reverse name",)
    answer = await lookup.query(helo, _address_type(ip))
    leads = _leads_to(ip, answer)
    how = f", but leads to {ip} too" if leads else f" and does not lead to {ip}"
    return leads, (f"the HELO name {helo} is not the reverse name{how}", *record_lines(answer))


async def _failing_zone(ip: IPAddress, lookup: Lookup) -> str:
    """The name of the widest of the usual reverse zones of `ip` that fails as well, in brackets."""
    labels = reverse_name(ip).split(".")
    zones = [".".join(labels[hosts:]) for hosts in ((1, 2) if ip.version == 4 else (16, 20, 24))]
    answers = await asyncio.gather(*(lookup.query(zone, "SOA") for zone in zones))
    failing = [zone for zone, answer in zip(zones, answers, strict=True) if answer.outcome in _FAILING]
    return f" ({failing[-1]})" if failing else f" ({reverse_name(ip)})"


async def _keeper(answer: Answer, lookup: Lookup) -> tuple[str, tuple[str, ...]]:
    """The zone that the reverse name would stand in, and its name servers: whose they are, is to be asked."""
    zone = answer.soa.zone if answer.soa is not None else ""
    if not zone.endswith((".in-addr.arpa", ".ip6.arpa")):
        return "", ()
    servers = await lookup.query(zone, "NS")
    on = f" on {listed_words(list(sorted(servers.records)[:_MOST_SERVERS]))}" if servers.records else ""
    return f" ({zone}{on})", record_lines(servers)


def _publish(ip: IPAddress, inputs: Inputs, keeper: str) -> str:
    helo = inputs.helo.value if inputs.helo else None
    host, dot, hidden = helo or "the name of your mail server", "." if helo else "", ""
    if helo is not None and private_ending(helo) is not None:
        host, hidden = _own_name(ip, inputs), f" The name {helo} is known in your network alone."
    meanwhile = " Until then let it send over IPv4 alone (Postfix: inet_protocols = ipv4)."
    return (
        f"Ask the provider of {ip}, who runs its reverse zone{keeper}, for {reverse_name(ip)}. "
        f"PTR {host}{dot} and let that name have {_address_type(ip)} {ip}.{hidden}"
        f"{meanwhile if ip.version == 6 else ''}"
    )
