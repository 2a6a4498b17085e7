"""Is the domain registered, since when, and does it stand?  Asked only on request: registries learn of it."""

from datetime import UTC, datetime, timedelta

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.checks.names.registration import Registration, registration

NEW = timedelta(days=30)
"""Receivers mistrust domains younger than about this."""
_OFF_DNS = ("hold", "redemption period", "pending delete", "inactive")


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "registered", "new", "expired", "on_hold", "not_registered", "no_service" or "unreachable"."""
    domain = await registered_domain(check.target) or check.target
    found = await registration(domain)
    lines = _lines(found)
    if found.state == "not_registered":
        return finding(
            check, "fail", "not_registered", f"nobody has registered {domain}", lines, "Correct the domain."
        )
    if found.state != "registered":
        why = found.trouble or "its registry offers no RDAP"
        return finding(check, "unknown", found.state, f"the registry could not be asked: {why}", lines)
    now = datetime.now(UTC)
    off = [word for word in found.status if any(sign in word for sign in _OFF_DNS)]
    if off:
        summary = f"the registry has taken {domain} out of DNS: {', '.join(off)}"
        return finding(
            check, "fail", "on_hold", summary, lines, f"The owner of {domain} must ask its registrar."
        )
    if found.until is not None and found.until < now:
        summary = f"the registration of {domain} ran out on {found.until:%Y-%m-%d}"
        return finding(check, "fail", "expired", summary, lines, f"The owner of {domain} must renew it.")
    if found.since is not None and now - found.since < NEW:
        what, remedy = _of_new_domain(check.id)
        summary = f"{domain} was registered only on {found.since:%Y-%m-%d}; {what}"
        return finding(check, "warn", "new", summary, lines, remedy)
    since = f" since {found.since:%Y-%m-%d}" if found.since is not None else ""
    return finding(check, "pass", "registered", f"{domain} is registered{since}", lines)


def _of_new_domain(check_id: str) -> tuple[str, str]:
    """What the youth of a domain means for the sender's, and for the recipient's."""
    if check_id == "sender-rdap":
        return "receivers mistrust new domains", "Send little, to people who expect it, for some weeks."
    return (
        "an address that worked before was of an earlier owner",
        "Ask the recipient another way whether the domain is still theirs.",
    )


def _lines(found: Registration) -> tuple[str, ...]:
    told = [f"asked {found.server}"] if found.server else []
    told += [f"registered {found.since:%Y-%m-%d}"] if found.since else []
    told += [f"paid until {found.until:%Y-%m-%d}"] if found.until else []
    told += [f"status: {', '.join(found.status)}"] if found.status else []
    return tuple(told)
