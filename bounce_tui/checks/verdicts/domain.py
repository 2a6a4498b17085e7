"""Causes in the recipient's domain: not found, no way for its mail, a word that it takes none."""

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.verdicts.beyond_dns import beyond_dns
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    lowered,
    no_longer_holds,
    not_settled,
    silent,
    still_holds,
)
from bounce_tui.checks.verdicts.living_domain import of_living_domain, of_open_way
from bounce_tui.checks.verdicts.present_route import needs_ipv6, works


def domain_gone(facts: Facts) -> Verdict:
    """host_unknown, dns_failure: does the domain resolve now, and lead to a mail host?"""
    domain = facts.result("domain")
    if facts.diagnosis.reason == "host_unknown" and domain is not None and domain.outcome == "timeout":
        # "No such host" was an answer; silence is another matter.
        return silent(domain)
    return _resolves(facts)


@of_living_domain
def _resolves(facts: Facts) -> Verdict:
    domain, route = facts.result("domain"), facts.result("mx")
    if route is not None and works(route):
        step = None
        if route.outcome == "address_fallback":
            step = (
                f"Send again; but {route.target} names no mail server (MX), so if that fails, ask its owner "
                "whether it takes mail at all."
            )
        elif needs_ipv6(facts, route):
            step = f"Send again; but {lowered(route.remedy or '')}"
        elif route.outcome == "none_too":
            step = f"Send again; but some servers will take the null MX at its word. {route.remedy}"
        summary = f"the domain resolves now: {route.summary}"
        return no_longer_holds(facts, summary, facts.those("domain", "mx"), step)
    if domain is not None and domain.outcome == "exists" and route is None:
        return no_longer_holds(facts, f"{domain.summary} now", (domain,))
    return not_settled(facts, "mx", "domain")


def takes_no_mail(facts: Facts) -> Verdict:
    """not_accept: a null MX can be seen, a server that was told to refuse cannot."""
    sender = facts.result("sender-domain")
    return _recipient_takes_none(facts) if sender is None else _sender_takes_none(facts, sender)


@of_open_way
def _recipient_takes_none(facts: Facts, route: CheckResult) -> Verdict:
    if route.outcome == "none_too":
        return still_holds(route.summary, route.remedy, (route,))
    if facts.speaks_of("null_mx", "null mx", "nullmx", "null-mx", "no mx"):
        return no_longer_holds(facts, f"the domain takes mail again by its DNS: {route.summary}", (route,))
    return cannot_be_known(
        f"by its DNS the domain takes mail ({route.summary}); whether its server does, only it can tell",
        "Send again; if it is refused once more, reach the recipient another way.",
        (route,),
    )


def _sender_takes_none(facts: Facts, sender: CheckResult) -> Verdict:
    """The receiver refused a sender whose own domain takes no mail (RFC 7505 section 4.2)."""
    if sender.state == "fail" and sender.outcome != "timeout":
        return still_holds(sender.summary, sender.remedy, (sender,))
    if sender.state == "pass":
        return no_longer_holds(facts, sender.summary, (sender,))
    return cannot_be_known(f"it could not be checked: {sender.summary}", sender.remedy, (sender,))


@of_living_domain
def unclear(facts: Facts) -> Verdict:
    """on_hold: the reply tells no cause, but a domain that is gone or leads nowhere is cause enough."""
    return beyond_dns(facts)
