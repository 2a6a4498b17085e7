"""A mail route in words, for the checks of the recipient's and of the sender's domain."""

from typing import Literal

from bounce_tui.checks.dns.dnssec import dnssec_fault, dnssec_remedy
from bounce_tui.checks.dns.liveness import LIES, OTHER_RESOLVER
from bounce_tui.checks.dns.wording import listed_words, trouble
from bounce_tui.checks.route.mail_route import Exchange, MailRoute

WORKS = ("ok", "address_fallback", "degraded", "ipv6_only", "none_too")
"""Outcomes of the check of the way (`kinds/mx.py`) by which some mail host can be reached."""

_FAULTS = {
    "is_ip": "{host} is an address, and an MX record may only hold a host name (RFC 1035 section 3.3.9)",
    "is_alias": "{host} is an alias (CNAME), which RFC 2181 section 10.3 forbids; many senders follow it",
    "unresolved": "{host} has no address",
    "nowhere": "{host} has only addresses that no other network can reach ({addresses})",
    "unknown": "the address of {host} could not be looked up",
}


def fault_line(exchange: Exchange) -> str | None:
    """What is wrong with one mail host, or None."""
    if exchange.fault is None:
        return None
    addresses = ", ".join(exchange.addresses[:4])
    return _FAULTS[exchange.fault].format(host=exchange.host, addresses=addresses)


def route_lines(route: MailRoute) -> tuple[str, ...]:
    """The faults of a route, then its raw records."""
    faults = (fault_line(exchange) for exchange in route.exchanges)
    return tuple(fault for fault in faults if fault) + route.lines


def hosts(route: MailRoute) -> str:
    """The usable mail hosts, "mx1.example.org and mx2.example.org"."""
    named = [exchange.host for exchange in route.exchanges if exchange.usable]
    shown = named[:3] + ([f"{len(named) - 3} more"] if len(named) > 3 else [])
    return listed_words(shown)


def trouble_remedy(route: MailRoute, whose: Literal["ours", "theirs"]) -> str | None:
    """What to do where the route could not be learned; `whose` domain it is."""
    domain = route.domain
    if route.outcome == "invented":
        return OTHER_RESOLVER
    if route.trouble is not None and dnssec_fault(route.trouble) is not None:
        tell = (
            ""
            if whose == "ours"
            else f" Tell the owner of {domain} another way; send again when it is mended."
        )
        return f"{dnssec_remedy(domain)}{tell}"
    if whose == "ours" and route.outcome in ("servfail", "timeout"):
        return f"Mend the name servers of {domain}: receivers cannot look it up."
    return None


def absence(route: MailRoute) -> str:
    """Why the route leads nowhere, as a sentence without its full stop."""
    domain = route.domain
    match route.outcome:
        case "nxdomain":
            return f"{domain} does not exist in DNS"
        case "bad_name":
            return f"{domain} is not a name that DNS can hold"
        case "null_mx":
            return f"{domain} says that it takes no mail (null MX, RFC 7505)"
        case "no_mail_host":
            return f"{domain} exists, but has neither MX nor address records: no mail can be delivered"
        case "invented":
            return f"{domain} seems to have an address, but {LIES}"
        case _:
            return trouble(route.trouble) if route.trouble else f"nothing could be learned of {domain}"


def no_way(route: MailRoute) -> str:
    """The same of the way alone, where a check beside this one tells of the domain itself."""
    domain = route.domain
    match route.outcome:
        case "null_mx" | "no_mail_host":
            return absence(route)
        case "nxdomain" | "bad_name":
            return f"mail for {domain} has nowhere to go: there is no such domain"
        case _ if route.trouble is not None and dnssec_fault(route.trouble) is not None:
            return absence(route)
        case _:
            return f"the mail hosts of {domain} could not be looked up"


def told_once(route: MailRoute) -> tuple[str, ...]:
    """Why `no_way` leads nowhere, for the details, where its words do not say it all."""
    return (absence(route),) if absence(route) != no_way(route) else ()
