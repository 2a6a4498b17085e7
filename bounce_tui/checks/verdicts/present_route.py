"""What the present way of the mail, as the check "mx" found it, means for this mail."""

from bounce_tui.check_results import CheckResult
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.checks.route.route_words import WORKS
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.domain_name import is_within, to_ascii


def works(mx: CheckResult) -> bool:
    """True when mail can take this way."""
    return mx.outcome in WORKS


def needs_ipv6(facts: Facts, mx: CheckResult) -> bool:
    """True when the mail left from an IPv4 address, as far as is known, and the mail hosts have none."""
    ip = parse_ip(facts.inputs.sending_ip.value) if facts.inputs.sending_ip is not None else None
    return mx.outcome == "ipv6_only" and (ip is None or ip.version == 4)


def led_nowhere(facts: Facts) -> bool:
    """True when the address that did not answer is one that only its own network reaches."""
    failure = facts.inputs.failure
    ip = parse_ip(failure.remote_ip) if failure is not None and failure.remote_ip else None
    return ip is not None and leads_nowhere(ip)


def sent_by_us(facts: Facts) -> bool:
    """True when the server that reports is of the sender's organization, so that it was itself refused: a
    filter before the recipient's server would be refused by a host that is no MX either."""
    reporter = facts.inputs.reporting_mta
    senders = (sender_domain(facts.inputs), facts.inputs.from_domain)
    return any(one is not None and is_of(reporter, one.value) for one in senders)


def is_of(host: str | None, domain: str) -> bool:
    """True for the domain (an A-label) itself and all below it."""
    name = to_ascii(host) if host else None
    return name is not None and is_within(name, domain)
