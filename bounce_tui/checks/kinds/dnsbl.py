"""Is the sending IP on this blocklist?"""

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.blocklists.listing import ask_list, unknown_list
from bounce_tui.checks.blocklists.listing_words import in_words, not_asked
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.wording import never_seen
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.planning.registry import list_of


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "listed", "range", "neutral", "good", "not_listed", "refused", "unusable", "gone" or
    "not_asked"."""
    zone = check.id.partition(":")[2]
    entry = list_of(check.id) or unknown_list(zone, of_domains=False)
    ip = parse_ip(check.target)
    # A list's own test entry is 127.0.0.2 (RFC 5782 section 5), which an admin may want to see answered.
    if ip is None or (leads_nowhere(ip) and not ip.is_loopback):
        return finding(check, "skipped", "no_input", never_seen(check.target))
    if not entry.is_open(inputs.accounts):
        return not_asked(check, entry)
    if f"ip{ip.version}" not in entry.looks_at:
        return finding(check, "skipped", "not_asked", f"{entry.name} holds no IPv{ip.version} addresses")
    reply = inputs.failure.diagnostic if check.quoted and inputs.failure is not None else ""
    return in_words(check, entry, await ask_list(entry, ip, lookup), reply=reply)
