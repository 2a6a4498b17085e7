"""Where does the recipient's domain want its mail, and can it be reached there?"""

import msgspec

from bounce_tui.check_outcome import Route
from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.dnssec import dnssec_fault, dnssec_remedy
from bounce_tui.checks.dns.wording import trouble as words_of
from bounce_tui.checks.finding import finding
from bounce_tui.checks.route.mail_route import MailRoute, trace_route
from bounce_tui.checks.route.meant_domain import meant
from bounce_tui.checks.route.route_ends import end_of
from bounce_tui.checks.route.route_words import (
    WORKS,
    fault_line,
    hosts,
    no_way,
    route_lines,
    told_once,
    trouble_remedy,
)

_MOST_FAULTS = 2
"""Mail hosts of which the step says what is wrong; the details name all."""


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "ok", "address_fallback", "degraded" (some hosts unusable), "ipv6_only" (none has an IPv4
    address), "none_too" (a null MX stands beside them), "null_mx", "no_mail_host", "mx_broken" (no host
    usable), "mx_unknown", "nxdomain", "bad_name", or the trouble with asking."""
    route = await trace_route(check.target, lookup)
    if not route.exchanges:
        return _of_absence(check, route)
    found = _of_hosts(check, route)
    if found.outcome not in WORKS:
        return found
    question, lines = await meant(check.target, inputs, lookup, gone=False)
    return msgspec.structs.replace(
        found,
        particulars=Route(await end_of(route, inputs, lookup)),
        details=(*found.details, *lines),
        meant=question,
    )


def _of_hosts(check: Check, route: MailRoute) -> CheckResult:
    usable = [exchange for exchange in route.exchanges if exchange.usable]
    if not usable:
        return _of_no_usable_host(check, route)
    domain, to, lines = route.domain, hosts(route), route_lines(route)
    if route.says_none_too:
        words = (
            f"mail for {domain} goes to {to}, but a null MX beside it says that {domain} takes none "
            "(RFC 7505 section 3 forbids that)"
        )
        remedy = f"The postmaster of {domain} must take out one or the other; tell them another way."
        return finding(check, "warn", "none_too", words, lines, remedy)
    if route.outcome == "address":
        own = usable[0].addresses[0]
        words = f"{domain} has no MX; mail goes to its own address {own} (RFC 5321 section 5.1)"
        return finding(check, "pass", "address_fallback", words, lines)
    if all(":" in address for exchange in usable for address in exchange.addresses):
        have = "has" if len(usable) == 1 else "have"
        words = f"mail for {domain} goes to {to}, which {have} IPv6 addresses only"
        remedy = (
            f"A server without IPv6 cannot reach {to}: let the sending server use IPv6, or hand such mail to "
            "one that does."
        )
        return finding(check, "warn", "ipv6_only", words, lines, remedy)
    faulty = sum(exchange.fault is not None for exchange in route.exchanges)
    if faulty:
        faults = "; ".join(filter(None, map(fault_line, route.exchanges)))
        words = f"mail for {domain} goes to {to}, but {faulty} of {len(route.exchanges)} MX records are wrong"
        if faulty <= _MOST_FAULTS:
            words += f" ({faults})"
        return finding(check, "warn", "degraded", words, lines)
    return finding(check, "pass", "ok", f"mail for {domain} goes to {to}", lines)


def _of_no_usable_host(check: Check, route: MailRoute) -> CheckResult:
    """None of the mail hosts can be reached; a host that has no fault of its own would be usable."""
    domain, lines, faulty = route.domain, route_lines(route), route.exchanges
    trouble = next((exchange.trouble for exchange in faulty if exchange.trouble is not None), None)
    if trouble is not None and trouble.outcome == "servfail":
        # Every sender sees the same.
        return _of_failing_host(check, trouble, lines)
    if trouble is not None:
        words = f"the mail hosts of {domain} could not be looked up"
        return finding(check, "unknown", "mx_unknown", words, lines)
    words = (
        f"none of the mail hosts of {domain} can be reached: {faulty[0].host} and its like are wrong"
        if len(faulty) > 1
        else f"the only mail host of {domain} cannot be reached: {fault_line(faulty[0])}"
    )
    named = "; ".join(filter(None, map(fault_line, faulty[:_MOST_FAULTS])))
    remedy = f"The postmaster of {domain} must mend its MX records ({named}); tell them another way."
    return finding(check, "fail", "mx_broken", words, lines, remedy)


def _of_failing_host(check: Check, trouble: Answer, lines: tuple[str, ...]) -> CheckResult:
    return finding(
        check,
        "fail",
        "servfail",
        f"no mail host of {check.target} can be looked up: {words_of(trouble)}",
        lines,
        (f"{dnssec_remedy(trouble.name, trouble.rdtype)} " if dnssec_fault(trouble) else "")
        + f"Tell the postmaster of {check.target} another way that the DNS of its mail hosts fails.",
    )


def _of_absence(check: Check, route: MailRoute) -> CheckResult:
    remedies = {
        "null_mx": f"Write to an address at another domain: no mailbox of {route.domain} can take mail.",
        "no_mail_host": f"The owner of {route.domain} must publish MX records; tell them another way.",
        "nxdomain": "Correct the domain of the address.",
        "bad_name": "Correct the domain of the address.",
    }
    return finding(
        check,
        route.failed_state,
        route.outcome,
        no_way(route),
        told_once(route) + route_lines(route),
        remedies.get(route.outcome) or trouble_remedy(route, "theirs"),
    )
