"""Would a receiver find the sender's domain: does it exist, and does it take replies?"""

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.private_names import private_ending
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.checks.route.mail_route import trace_route
from bounce_tui.checks.route.route_words import absence, hosts, route_lines, trouble_remedy


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "ok", "mx_broken", "null_mx", "no_mail_host", "nxdomain", "bad_name", "mx_unknown", or the
    trouble with asking ("servfail", "timeout" ...)."""
    route = await trace_route(check.target, lookup)
    domain, lines = check.target, route_lines(route)
    if any(exchange.usable for exchange in route.exchanges):
        words = f"{_what(check, inputs)} {domain} exists"
        if route.outcome == "mx":
            words += f", and its mail goes to {hosts(route)}"
        return finding(check, "pass", "ok", words, lines)
    if any(exchange.fault == "unknown" for exchange in route.exchanges):
        return finding(
            check, "unknown", "mx_unknown", f"the mail hosts of {domain} could not be looked up", lines
        )
    if route.exchanges:
        return finding(
            check,
            "fail",
            "mx_broken",
            f"{_what(check, inputs)} {domain} names only mail hosts that cannot be reached",
            lines,
            f"Mend the MX records of {domain}: each must name a host with a public address.",
        )
    remedies = {
        "nxdomain": await _instead(domain, _whose(check, inputs), lookup)
        if route.outcome == "nxdomain"
        else "",
        "bad_name": "Correct the sender's address.",
        "null_mx": f"Send from a domain that takes replies, or replace the null MX of {domain}.",
        "no_mail_host": f"Publish an MX record for {domain}, or send from a domain that has one.",
    }
    return finding(
        check,
        route.failed_state,
        route.outcome,
        absence(route),
        lines,
        remedies.get(route.outcome) or trouble_remedy(route, "ours"),
    )


async def _instead(domain: str, whose: str, lookup: Lookup) -> str:
    """What to send from in place of a domain that is not there: of a host of an organization, the
    organization's own; `whose` is the address that has it."""
    ending = private_ending(domain)
    if ending is not None:
        return (
            f"No public DNS knows names that end in {ending}: let the server rewrite such senders to your "
            "public domain (Postfix: smtp_generic_maps)."
        )
    home = await registered_domain(domain) or domain
    if home != domain and (await lookup.query(home, "SOA")).exists:
        return (
            f"Send from {home}, which exists: let the server rewrite the sender (Postfix: "
            f"masquerade_domains), or publish an MX record for {domain}."
        )
    return f"Send from a domain that exists: correct {whose}, or renew {domain}."


def _whose(check: Check, inputs: Inputs) -> str:
    return "the From address" if _what(check, inputs) == "the From domain" else "the sender's address"


def _what(check: Check, inputs: Inputs) -> str:
    """The plan may ask for the HELO name or the From header's domain, which receivers look up in the same
    way."""
    sender = sender_domain(inputs)
    if sender is not None and sender.value == check.target:
        return "the sender's domain"
    if inputs.helo is not None and inputs.helo.value == check.target:
        return "the HELO name"
    author = inputs.from_domain
    return "the From domain" if author is not None and author.value == check.target else "the sender's domain"
