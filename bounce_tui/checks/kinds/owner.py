"""Who announces the sending IP: network, AS and country, from Team Cymru's DNS zones; where abuse of it is
reported, from Abusix's."""

import asyncio
import re

from msgspec import Struct

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import never_seen, plain_text, record_lines, trouble
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import leads_nowhere, parse_ip, reversed_labels
from bounce_tui.regex import regex

_ORIGIN = {4: "origin.asn.cymru.com", 6: "origin6.asn.cymru.com"}
_NAMES = "asn.cymru.com"
# "abuse@example.net", several with commas between them.
_CONTACTS = "abuse-contacts.abusix.zone"
_CONTACT = regex(r"[\w.+=-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}", re.ASCII | re.IGNORECASE)
_MOST_CONTACTS = 3
# "64496 64511 | 192.0.2.0/24 | US | arin | 2010-07-01"
_RECORD = regex(r"(\d{1,10})(?: \d{1,10}){0,20} \| ([0-9a-fA-F.:]{2,39})/(\d{1,3}) \| (\w{0,2}) \|.{0,100}")
_MOST_RECORDS = 20


class Announcement(Struct, frozen=True):
    """One route that holds the address."""

    number: str
    network: str
    length: int
    country: str


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "announced", "not_announced", "unreadable", or the trouble with asking."""
    ip = parse_ip(check.target)
    if ip is None or leads_nowhere(ip):
        return finding(check, "skipped", "no_input", never_seen(check.target))
    answer, contact = await asyncio.gather(
        lookup.query(f"{reversed_labels(ip)}.{_ORIGIN[ip.version]}", "TXT"),
        lookup.query(f"{reversed_labels(ip)}.{_CONTACTS}", "TXT"),
    )
    lines = (*_contact_lines(contact), *record_lines(answer))
    if answer.outcome in ("nxdomain", "no_data"):
        summary = f"{ip} is in no network that is announced: no mail can come from it or return to it"
        return finding(check, "warn", "not_announced", summary, lines)
    if answer.outcome != "answer":
        return finding(check, "unknown", answer.outcome, trouble(answer), lines)
    routes = _routes(answer)
    if not routes:
        return finding(check, "unknown", "unreadable", "the answer cannot be read", lines)
    numbers = list(dict.fromkeys(route.number for route in routes))[:3]
    named = await asyncio.gather(*(lookup.query(f"AS{number}.{_NAMES}", "TXT") for number in numbers))
    lines += tuple(line for found in named for line in record_lines(found))
    route = routes[0]
    summary = f"{ip} is in {route.network}/{route.length}, run by {_name(named[0])}AS{route.number}"
    where = f", registered in {route.country}" if route.country else ""
    return finding(check, "pass", "announced", summary + where, lines, _reach(contact))


def _contacts(answer: Answer) -> list[str]:
    """Where the network wants to hear of abuse, as far as it says so."""
    texts = [plain_text(record) for record in answer.records[:_MOST_RECORDS]]
    named = [part.strip() for text in texts for part in text[:1000].split(",")]
    return list(dict.fromkeys(part for part in named if _CONTACT.fullmatch(part)))[:_MOST_CONTACTS]


def _reach(answer: Answer) -> str | None:
    found = _contacts(answer)
    return f"Its network hears of abuse at {found[0]}." if found else None


def _contact_lines(answer: Answer) -> tuple[str, ...]:
    found = _contacts(answer)
    return (f"abuse contact of the network: {', '.join(found)}", *record_lines(answer)) if found else ()


def _routes(answer: Answer) -> list[Announcement]:
    """The routes, the narrowest first: its holder is the one to ask."""
    found = [_RECORD.fullmatch(plain_text(record)) for record in answer.records[:_MOST_RECORDS]]
    routes = [Announcement(m[1], m[2], int(m[3]), m[4]) for m in found if m]
    return sorted(routes, key=lambda route: -route.length)


def _name(answer: Answer) -> str:
    """The name of an AS, with a comma after it: "64496 | US | arin | 2010-07-01 | DISTRICT-NET, US"."""
    if answer.outcome != "answer":
        return ""
    _, bar, name = plain_text(answer.records[0]).rpartition("| ")
    name = re.sub(r", [A-Z]{2}$", "", name[:80].strip())
    return f"{name}, " if bar and name else ""
