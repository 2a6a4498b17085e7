"""Does the recipient's domain exist?"""

import asyncio

from bounce_tui.checks.answer import Lookup
from bounce_tui.checks.domain_name import parents
from bounce_tui.checks.finding import finding
from bounce_tui.checks.inputs import sender_domain
from bounce_tui.checks.mail_route import MailRoute, trace_route
from bounce_tui.checks.route_words import absence, trouble_remedy
from bounce_tui.checks.wording import record_lines
from bounce_tui.hints.lookalike import resembles
from bounce_tui.model import Check, CheckResult, Inputs

# Deeper names than this do not occur as mail domains.
_MOST_PARENTS = 5


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "exists", "nxdomain", "bad_name", or the trouble with asking ("servfail", "refused",
    "timeout", "unreachable")."""
    route = await trace_route(check.target, lookup)
    if route.exists:
        return finding(check, "pass", "exists", f"{check.target} exists in DNS", _shown(check.target, route))
    if route.outcome == "nxdomain":
        above, lines = await _nearest(check.target, lookup)
        meant, of_meant = await _meant(check.target, inputs, lookup)
        return finding(
            check,
            "fail",
            "nxdomain",
            absence(route) + above,
            route.lines + lines + of_meant,
            f"{meant}Compare {check.target} letter by letter with the domain that you were given; if it is "
            "right, its owner has lost or not yet set up the domain: reach the recipient another way.",
        )
    if route.outcome == "bad_name":
        return finding(check, "fail", "bad_name", absence(route), remedy="Correct the recipient's address.")
    return finding(
        check, route.failed_state, route.outcome, absence(route), route.lines, trouble_remedy(route, "theirs")
    )


def _shown(domain: str, route: MailRoute) -> tuple[str, ...]:
    """The records of the domain itself; those of its mail hosts are the mx check's."""
    return tuple(line for line in route.lines if line.lower().startswith(f"{domain}."))


async def _meant(domain: str, inputs: Inputs, lookup: Lookup) -> tuple[str, tuple[str, ...]]:
    """A domain that looks much like the missing one and does take mail."""
    sender = sender_domain(inputs)
    own = (*inputs.own_domains, *([sender.value] if sender is not None else []))
    found = await asyncio.to_thread(resembles, domain, own=own, gone=True)
    if found is None:
        return "", ()
    answer = await lookup.query(found.domain, "MX")
    if answer.outcome != "answer":
        return "", ()
    local = (inputs.recipient or "").rpartition("@")[0]
    whole = f" ({local}@{found.domain})" if local else ""
    return f"Was {found.domain}{whole} meant? It exists and takes mail. ", record_lines(answer)


async def _nearest(domain: str, lookup: Lookup) -> tuple[str, tuple[str, ...]]:
    """Which domain above a missing one does exist: a typing error further left, or all gone."""
    for parent in parents(domain)[:_MOST_PARENTS]:
        answer = await lookup.query(parent, "SOA")
        if answer.exists:
            return f", though {parent} does", record_lines(answer)
    return "", ()
