"""A DNS reply as an `Answer`: rcode, CNAME chain, records as text, extended errors."""

from typing import Any

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from bounce_tui.check_outcome import QueryOutcome
from bounce_tui.checks.dns.answer import Answer, RecordType, Soa

# The extra text of an extended error is free text of a stranger.
_LONGEST_EXTRA = 200


def read_reply(reply: dns.message.QueryMessage, name: str, rdtype: RecordType, elapsed_ms: int) -> Answer:
    """What `reply` says of `name`; a contradictory reply counts as SERVFAIL, never raises.

    `canonical` is the end of the CNAME chain as far as this reply brings it.
    """
    rcode = reply.rcode()
    extended = tuple(_extended(option) for option in reply.extended_errors())
    authentic = bool(reply.flags & dns.flags.AD)

    def no(outcome: QueryOutcome, canonical: str | None = None, ttl: int | None = None) -> Answer:
        return Answer(name, rdtype, outcome, (), canonical, ttl, extended, elapsed_ms, authentic, _soa(reply))

    if rcode == dns.rcode.REFUSED:
        return no("refused")
    if rcode not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        return no("servfail")
    try:
        chain = reply.resolve_chaining()
    except dns.message.ChainTooLong:
        extended = (*extended, ROUND)
        return no("servfail")
    except dns.exception.DNSException:
        return no("servfail")
    canonical = host(chain.canonical_name)
    if rcode == dns.rcode.NXDOMAIN:
        return no("nxdomain", canonical, chain.minimum_ttl)
    if chain.answer is None:
        return no("no_data", canonical, chain.minimum_ttl)
    records = tuple(record_text(rdata) for rdata in chain.answer)
    ttl = chain.minimum_ttl
    soa = _soa(reply) if rdtype == "SOA" else None
    return Answer(name, rdtype, "answer", records, canonical, ttl, extended, elapsed_ms, authentic, soa)


def _soa(reply: dns.message.QueryMessage) -> Soa | None:
    """The zone's SOA record: the answer, or in the authority section of a "no" (RFC 2308 section 3)."""
    for rrset in (*reply.answer, *reply.authority):
        if rrset.rdtype == dns.rdatatype.SOA and len(rrset):
            return Soa(host(rrset.name), rrset[0].serial, rrset[0].minimum, rrset.ttl)
    return None


ROUND = "its aliases (CNAME) lead round in a circle"


def leads_away(reply: dns.message.QueryMessage) -> dns.name.Name | None:
    """The name to ask next, where the reply ends in a CNAME and does not say what is there.

    A recursive resolver follows the chain itself; a server that only knows its own zones stops
    at their border.
    """
    if reply.rcode() != dns.rcode.NOERROR:
        return None
    try:
        chain = reply.resolve_chaining()
    except dns.exception.DNSException:
        return None
    if chain.answer is not None or not chain.cnames:
        return None
    if any(rrset.rdtype == dns.rdatatype.SOA for rrset in reply.authority):
        return None
    return chain.canonical_name


def host(name: dns.name.Name) -> str:
    """A host name without the last dot, lower case; the root is "."."""
    text = name.to_text(omit_final_dot=True)
    return text.lower() if text else "."


def record_text(rdata: Any) -> str:
    """One record in the form that `Answer` promises."""
    match dns.rdatatype.to_text(rdata.rdtype):
        case "A" | "AAAA":
            return str(rdata.address)
        case "MX":
            return f"{rdata.preference} {host(rdata.exchange)}"
        case "TXT":
            return bytes(b"".join(rdata.strings)).decode("latin-1")
        case "PTR" | "CNAME" | "NS":
            return host(rdata.target)
        case "SOA":
            numbers = (rdata.serial, rdata.refresh, rdata.retry, rdata.expire, rdata.minimum)
            return " ".join((host(rdata.mname), host(rdata.rname), *map(str, numbers)))
        case _:
            return str(rdata.to_text())


def _extended(option: dns.edns.EDEOption) -> str:
    # dnspython writes "EDE 22 (No Reachable Authority): text".
    code, _, rest = option.to_text().removeprefix("EDE ").partition(" ")
    name, _, text = rest.removeprefix("(").partition(")")
    text = text.removeprefix(":").strip().strip('"')[:_LONGEST_EXTRA]
    line = f"{code.rstrip(':')} {name}".strip()
    return f"{line}: {text}" if text else line
