"""Causes on the recipient's side that DNS can show: no such domain, no way for its mail."""

from bounce_tui.checks.verdicts.elsewhere import elsewhere
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    no_longer_holds,
    not_settled,
    silent,
    still_holds,
)
from bounce_tui.model import CheckResult, Verdict

# Quoted causes that name servers out of order explain.
_OF_THE_WAY = frozenset({"host_unknown", "dns_failure", "expired", "network_error"})
_WORKS = ("ok", "address_fallback", "degraded")


def domain_gone(facts: Facts) -> Verdict:
    """host_unknown, dns_failure: does the domain resolve now, and lead to a mail host?"""
    domain = facts.result("domain")
    if facts.diagnosis.reason == "host_unknown" and domain is not None and domain.outcome == "timeout":
        # "No such host" was an answer; silence is another matter.
        return silent(domain)
    dead = _dead(facts)
    if dead is not None:
        return dead
    route = facts.result("mx")
    if route is not None and route.outcome in _WORKS:
        return no_longer_holds(
            facts, f"the domain resolves now: {route.summary}", _all(facts, "domain", "mx")
        )
    if domain is not None and domain.outcome == "exists" and route is None:
        return no_longer_holds(facts, f"{domain.summary} now", (domain,))
    return not_settled(facts, "mx", "domain")


def takes_no_mail(facts: Facts) -> Verdict:
    """not_accept: a null MX can be seen, a server that was told to refuse cannot."""
    sender = facts.result("sender-domain")
    if sender is not None:
        return _sender_takes_none(facts, sender)
    dead = _dead(facts)
    if dead is not None:
        return dead
    route = facts.result("mx")
    if route is None or route.outcome not in _WORKS:
        return not_settled(facts, "mx", "domain")
    if facts.speaks_of("null mx", "nullmx", "null-mx", "no mx", "1.10"):
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


def address(facts: Facts) -> Verdict:
    """user_unknown and its kin: DNS knows domains, not mailboxes."""
    dead = _dead(facts)
    if dead is not None:
        return dead
    found = _all(facts, "domain", "mx")
    looks = "the domain is in order, but " if any(result.state == "pass" for result in found) else ""
    return cannot_be_known(
        f"{looks}DNS cannot see mailboxes: whether this one exists, only its server knows",
        facts.first_step or "Compare the address letter by letter, correct it and send again.",
        found,
    )


def route(facts: Facts) -> Verdict:
    """expired, network_error, mail_loop, no_relaying, failed_starttls: a broken way can be seen in DNS,
    a server that is down or misconfigured cannot."""
    dead = _dead(facts)
    if dead is not None:
        return dead
    mx, tls = facts.result("mx"), facts.result("tls")
    if facts.diagnosis.reason == "failed_starttls" and tls is not None and tls.state == "fail":
        return still_holds(tls.summary, tls.remedy, (tls,))
    if mx is None or mx.outcome not in _WORKS:
        return not_settled(facts, "mx", "domain")
    step = facts.first_step
    if facts.diagnosis.reason in ("expired", "network_error"):
        again = "Leave it in the queue, or send again" if facts.diagnosis.temporary else "Send again"
        step = f"{again}; if it fails once more, ask the recipient's postmaster whether the server is up."
    return cannot_be_known(
        f"DNS is in order ({mx.summary}); whether the server is, DNS cannot see", step, (mx,)
    )


def unclear(facts: Facts) -> Verdict:
    """on_hold: the reply tells no cause, but a domain that is gone or leads nowhere is cause enough."""
    return _dead(facts) or elsewhere(facts)


def _dead(facts: Facts) -> Verdict | None:
    """The verdict when the recipient's domain is gone, fails, or leads its mail nowhere."""
    recipient = facts.inputs.recipient or ""
    _, at, name = recipient.rpartition("@")
    if at and facts.inputs.recipient_domain is None and not name.startswith("["):
        summary = f"the address {recipient[:100]} has no domain that mail could go to"
        return still_holds(summary, "Correct the address and send again.", ())
    domain, mx, rdap = (_told(facts, name) for name in ("domain", "mx", "rdap"))
    if rdap is not None and rdap.state == "fail" and domain is not None and domain.state == "fail":
        return still_holds(f"{domain.summary}: {rdap.summary}", rdap.remedy, (domain, rdap))
    if domain is not None and domain.state == "fail":
        now = " now either" if domain.outcome == "nxdomain" else ""
        return still_holds(domain.summary + now, domain.remedy or _step(domain), (domain,))
    if mx is not None and mx.state == "fail":
        return still_holds(mx.summary, mx.remedy or _step(mx), _all(facts, "domain", "mx"))
    return None


def _told(facts: Facts, check_id: str) -> CheckResult | None:
    """A result, unless it is a failure of name servers and another cause was quoted: whoever refused the
    recipient had found the domain."""
    result = facts.result(check_id)
    fails = result is not None and result.outcome in ("servfail", "timeout")
    return None if fails and facts.diagnosis.reason not in _OF_THE_WAY else result


def _step(result: CheckResult) -> str:
    if result.outcome in ("servfail", "timeout"):
        return (
            f"Tell the owner of {result.target} another way that its name servers fail; send again when "
            "they answer."
        )
    return "Reach the recipient another way."


def _all(facts: Facts, *check_ids: str) -> list[CheckResult]:
    return [result for check_id in check_ids if (result := facts.result(check_id)) is not None]
