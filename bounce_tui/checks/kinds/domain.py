"""Does the recipient's domain exist?"""

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.wording import record_lines
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.private_names import private_ending
from bounce_tui.checks.route.mail_route import MailRoute, trace_route
from bounce_tui.checks.route.meant_domain import meant
from bounce_tui.checks.route.route_words import absence, trouble_remedy
from bounce_tui.domain_name import parents
from bounce_tui.hints.odd_characters import unpunycoded

# Deeper names than this do not occur as mail domains.
_MOST_PARENTS = 5


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Outcome "exists", "nxdomain", "bad_name", or
    the trouble with asking ("servfail", "refused", "timeout", "unreachable")."""
    route = await trace_route(check.target, lookup)
    if route.exists:
        question, of_meant = await meant(check.target, inputs, lookup, gone=False)
        lines = (*_shown(check.target, route), *of_meant)
        return finding(check, "pass", "exists", f"{check.target} exists in DNS", lines, meant=question)
    if route.outcome == "nxdomain":
        above, lines = await _nearest(check.target, lookup)
        question, of_meant = await meant(check.target, inputs, lookup, gone=True)
        lines = route.lines + lines + of_meant
        return finding(
            check,
            "fail",
            "nxdomain",
            absence(route) + above,
            lines,
            _compare(check.target),
            meant=question,
        )
    if route.outcome == "bad_name":
        return finding(check, "fail", "bad_name", absence(route), remedy="Correct the recipient's address.")
    return finding(
        check, route.failed_state, route.outcome, absence(route), route.lines, trouble_remedy(route, "theirs")
    )


def _shown(domain: str, route: MailRoute) -> tuple[str, ...]:
    """The records of the domain itself; those of its mail hosts are the mx check's."""
    return tuple(line for line in route.lines if line.lower().startswith(f"{domain}."))


def _compare(domain: str) -> str:
    ending = private_ending(domain)
    if ending is not None:
        return (
            f"No public DNS knows names that end in {ending}: write to the recipient's public address; or, "
            f"where {domain} is of your own network, let your server hand its mail over by a route of its "
            "own (Postfix: transport_maps), and ask that network's resolver."
        )
    readable = unpunycoded(domain)
    shown = f"{readable} (in DNS: {domain})" if readable != domain else domain
    return (
        f"Compare {shown} letter by letter with the domain that you were given; if it is right, its owner "
        "has lost or not yet set up the domain: reach the recipient another way."
    )


async def _nearest(domain: str, lookup: Lookup) -> tuple[str, tuple[str, ...]]:
    """Which domain above a missing one does exist: a typing error further left, or all gone."""
    for parent in parents(domain)[:_MOST_PARENTS]:
        answer = await lookup.query(parent, "SOA")
        if answer.exists:
            return f", though {parent} does", record_lines(answer)
    return "", ()
