"""The mechanisms of RFC 7208 section 5 that need no other policy: one function each.

Each takes the term, the domain whose record holds it, and the session, and says what it found.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import IPv4Address, ip_network
from types import MappingProxyType

from bounce_tui.checks.authentication.spf.evaluation import MOST_NAMES, Finding, Outcome
from bounce_tui.checks.authentication.spf.record import IPNetwork, Mechanism
from bounce_tui.checks.authentication.spf.session import Session, addresses, describe, failure
from bounce_tui.checks.dns.answer import Answer
from bounce_tui.checks.names.address import IPAddress

Evaluator = Callable[[Mechanism, str, Session], Awaitable[Finding]]


async def match_all(term: Mechanism, domain: str, session: Session) -> Finding:
    """The mechanism `all` matches every address (RFC 7208 section 5.1)."""
    return Finding("match", covers=("every address",))


async def match_network(term: Mechanism, domain: str, session: Session) -> Finding:
    """Section 5.6: ip4 and ip6."""
    assert term.network is not None  # the grammar requires it
    return Finding("match" if session.address in term.network else "no_match", covers=(str(term.network),))


async def match_a(term: Mechanism, domain: str, session: Session) -> Finding:
    """Section 5.3: an address of the target name, widened to the prefix."""
    answer = await session.ask(await session.target(term.target, domain), session.address_type)
    session.note_void(answer)
    return failure(answer) or _compare(term, session, [answer])


async def match_mx(term: Mechanism, domain: str, session: Session) -> Finding:
    """Section 5.4: an address of an MX host, in the order of preference.

    The hosts are asked at the same time, but judged in order, as if asked one by one: a match ends
    the term before a later host's error or void answer counts."""
    answer = await session.ask(await session.target(term.target, domain), "MX")
    session.note_void(answer)
    failed = failure(answer)
    if failed is not None:
        return failed
    hosts = exchanges(answer)
    if len(hosts) > MOST_NAMES:
        note = f"{len(hosts)} MX hosts: the limit is {MOST_NAMES}"
        return Finding("permerror", note, answers=(describe(answer),))
    answers = await asyncio.gather(*(session.ask(host, session.address_type) for host in hosts))
    for count, of_host in enumerate(answers, 1):
        session.note_void(of_host)
        failed = failure(of_host)
        if failed is not None:
            return failed
        if _compare(term, session, [of_host]).outcome == "match":
            return _compare(term, session, [answer, *answers[:count]])
    return _compare(term, session, [answer, *answers])


async def match_ptr(term: Mechanism, domain: str, session: Session) -> Finding:
    """Section 5.5: a validated name of the address within the target.  No DNS error stops it.

    Only names within the target are validated: the result is the same, with fewer lookups."""
    target = await session.target(term.target, domain)
    names, pointers = await session.validated_names(target)
    answers = (describe(pointers),)
    if names:
        return Finding("match", f"{names[0]} is within {target}", (str(session.address),), answers)
    note = "too many PTR names: only ten were looked at" if len(pointers.records) > MOST_NAMES else ""
    return Finding("no_match", note, answers=answers)


async def match_exists(term: Mechanism, domain: str, session: Session) -> Finding:
    """Section 5.7: any A record, for IPv6 senders too."""
    answer = await session.ask(await session.target(term.target, domain), "A")
    session.note_void(answer)
    return failure(answer) or Finding("match" if answer.records else "no_match", answers=(describe(answer),))


EVALUATORS: Mapping[str, Evaluator] = MappingProxyType(
    {
        "all": match_all,
        "ip4": match_network,
        "ip6": match_network,
        "a": match_a,
        "mx": match_mx,
        "ptr": match_ptr,
        "exists": match_exists,
    }
)


def exchanges(answer: Answer) -> list[str]:
    """The hosts of an MX answer by preference; a null MX (RFC 7505) names none."""
    hosts: list[tuple[int, str]] = []
    for record in answer.records:
        preference, _, host = record.partition(" ")
        host = host.strip().rstrip(".")
        if host:
            hosts.append((int(preference) if preference.isdecimal() else 0, host))
    return [host for _, host in sorted(hosts, key=lambda pair: pair[0])]


def _compare(term: Mechanism, session: Session, answers: list[Answer]) -> Finding:
    networks = [_widen(found, term) for answer in answers for found in addresses(answer)]
    outcome: Outcome = "match" if any(session.address in network for network in networks) else "no_match"
    covers = tuple(dict.fromkeys(_brief(network) for network in networks))
    return Finding(outcome, covers=covers, answers=tuple(describe(answer) for answer in answers))


def _widen(address: IPAddress, term: Mechanism) -> IPNetwork:
    prefix = term.prefix4 if isinstance(address, IPv4Address) else term.prefix6
    return ip_network((address, prefix), strict=False)


def _brief(network: IPNetwork) -> str:
    single = network.prefixlen == network.max_prefixlen
    return str(network.network_address) if single else str(network)
