"""Where mail for a domain goes, by RFC 5321 section 5.1 and RFC 7505."""

import asyncio
from typing import Literal

from msgspec import Struct

from bounce_tui.check_outcome import RouteOutcome
from bounce_tui.check_results import CheckState
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.liveness import is_invented, resolver_answers
from bounce_tui.checks.dns.wording import record_lines
from bounce_tui.checks.names.address import leads_nowhere, parse_ip

ExchangeFault = Literal["is_ip", "is_alias", "unresolved", "nowhere", "unknown"]

# Senders try few hosts; a hostile zone may name thousands.
_MOST_EXCHANGES = 20
_DEFINITE = ("answer", "no_data", "nxdomain", "bad_name")


class Exchange(Struct, frozen=True):
    """One mail host of a domain.  `fault` says what is wrong with it, `trouble` is the answer behind
    "unknown"; an alias (which RFC 2181 section 10.3 forbids) still works with most senders when it has
    `addresses`."""

    preference: int
    host: str
    addresses: tuple[str, ...] = ()
    fault: ExchangeFault | None = None
    trouble: Answer | None = None

    @property
    def usable(self) -> bool:
        """True when a sender can connect to it."""
        return bool(self.addresses) and self.fault in (None, "is_alias")


class MailRoute(Struct, frozen=True):
    """What DNS says about mail for `domain`: `outcome` "mx" (hosts in `exchanges`), "address" (no MX,
    the domain's own address counts as one), or why there is none.  `lines` are the raw records;
    `says_none_too` tells that a null MX stands beside the others, which RFC 7505 section 3 forbids."""

    domain: str
    outcome: RouteOutcome
    exchanges: tuple[Exchange, ...] = ()
    lines: tuple[str, ...] = ()
    trouble: Answer | None = None
    says_none_too: bool = False

    @property
    def exists(self) -> bool:
        """True when the domain is in DNS."""
        return self.outcome in ("mx", "null_mx", "address", "no_mail_host")

    @property
    def failed_state(self) -> CheckState:
        """The state of a check that found no way: REFUSED, silence and lies of the resolver tell
        of our side, everything else of the domain's."""
        return "unknown" if self.outcome in ("refused", "unreachable", "invented") else "fail"


async def trace_route(domain: str, lookup: Lookup) -> MailRoute:
    """Follow the way of mail for `domain`, through to the addresses of every mail host."""
    answer = await lookup.query(domain, "MX")
    lines = record_lines(answer)
    if answer.outcome == "no_data":
        return await _by_address(domain, lookup, lines)
    if answer.outcome == "timeout" and not await resolver_answers(lookup):
        return MailRoute(domain, "unreachable", (), lines, answer)
    if answer.outcome != "answer":
        return MailRoute(domain, answer.outcome, (), lines, answer)
    named = sorted(_read(record) for record in answer.records)
    if all(host == "." for _, host in named):
        return MailRoute(domain, "null_mx", (), lines)
    says_none_too = any(host == "." for _, host in named)
    named = [(preference, host) for preference, host in named if host != "."][:_MOST_EXCHANGES]
    found = await asyncio.gather(*(_exchange(preference, host, lookup) for preference, host in named))
    exchanges = tuple(exchange for exchange, _ in found)
    lines += tuple(line for _, more in found for line in more)
    return MailRoute(domain, "mx", exchanges, lines, says_none_too=says_none_too)


async def _by_address(domain: str, lookup: Lookup, lines: tuple[str, ...]) -> MailRoute:
    exchange, more = await _exchange(0, domain, lookup)
    lines += more
    if exchange.fault == "unknown":
        answers = await asyncio.gather(lookup.query(domain, "A"), lookup.query(domain, "AAAA"))
        failed = next(answer for answer in answers if answer.outcome not in _DEFINITE)
        return MailRoute(domain, failed.outcome, (), lines, failed)
    if exchange.fault == "unresolved":
        return MailRoute(domain, "no_mail_host", (), lines)
    if await is_invented(exchange.addresses, domain, lookup):
        return MailRoute(domain, "invented", (), lines)
    # The domain's own name may be an alias; only a name in an MX record may not.
    fault = None if exchange.fault == "is_alias" else exchange.fault
    own = Exchange(0, domain, exchange.addresses, fault)
    return MailRoute(domain, "address", (own,), lines)


async def _exchange(preference: int, host: str, lookup: Lookup) -> tuple[Exchange, tuple[str, ...]]:
    if parse_ip(host) is not None:
        return Exchange(preference, host, fault="is_ip"), ()
    four, six = await asyncio.gather(lookup.query(host, "A"), lookup.query(host, "AAAA"))
    lines = record_lines(four) + (record_lines(six) if six.outcome == "answer" else ())
    addresses = four.records + six.records
    if not addresses:
        unclear = [answer for answer in (four, six) if answer.outcome not in _DEFINITE]
        if unclear:
            return Exchange(preference, host, fault="unknown", trouble=unclear[0]), lines
        return Exchange(preference, host, fault="unresolved"), lines
    reachable = tuple(text for text in addresses if (ip := parse_ip(text)) and not leads_nowhere(ip))
    if not reachable:
        return Exchange(preference, host, addresses, "nowhere"), lines
    canonical = four.canonical if four.records else six.canonical
    alias = canonical is not None and canonical != host.lower().rstrip(".")
    return Exchange(preference, host, reachable, "is_alias" if alias else None), lines


def _read(record: str) -> tuple[int, str]:
    preference, _, host = record.partition(" ")
    return int(preference), host
