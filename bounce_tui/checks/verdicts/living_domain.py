"""The recipient's domain before all: where it is gone or leads its mail nowhere, that is the verdict."""

from collections.abc import Callable
from functools import wraps

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.dnssec import dnssec_remedy
from bounce_tui.checks.verdicts.facts import Facts, not_settled, still_holds
from bounce_tui.checks.verdicts.present_route import works
from bounce_tui.domain_name import base_domain, domain_of
from bounce_tui.reason_groups import reason_groups


def of_living_domain(judge: Callable[[Facts], Verdict]) -> Callable[[Facts], Verdict]:
    """A judge that looks at the recipient's domain first: where that is gone or leads its mail nowhere, that
    is the verdict, whatever cause was quoted; else the verdict is that of `judge`."""

    @wraps(judge)
    def judged(facts: Facts) -> Verdict:
        return _with_meant(facts, _of_forward(facts, _dead(facts)) or judge(facts))

    return judged


def of_open_way(judge: Callable[[Facts, CheckResult], Verdict]) -> Callable[[Facts], Verdict]:
    """A judge that needs an open way for the mail: `judge` is given what the check "mx" found.  Where no way
    is known nothing is settled, and a domain that is not there at all comes first, as for
    `of_living_domain`."""

    @of_living_domain
    @wraps(judge)
    def judged(facts: Facts) -> Verdict:
        mx = open_way(facts)
        return judge(facts, mx) if mx is not None else no_open_way(facts)

    return judged


def open_way(facts: Facts) -> CheckResult | None:
    """The result of the check "mx", where mail can take the route that it found; else None."""
    mx = facts.result("mx")
    return mx if mx is not None and works(mx) else None


def no_open_way(facts: Facts) -> Verdict:
    """The verdict where no way of the mail is known."""
    return not_settled(facts, "mx", "domain")


def _with_meant(facts: Facts, verdict: Verdict) -> Verdict:
    """First of all the domain that may have been meant, where the present one looks like it."""
    for result in facts.those("domain", "mx"):
        if result.meant is not None:
            because = tuple(dict.fromkeys((*verdict.because, result.id)))
            return Verdict(verdict.state, verdict.summary, f"{result.meant} {verdict.next_step}", because)
    return verdict


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
        return still_holds(domain.summary + now, domain.remedy or _step(facts, domain), (domain,))
    if mx is not None and mx.state == "fail":
        return still_holds(mx.summary, mx.remedy or _step(facts, mx), facts.those("domain", "mx"))
    return None


def _told(facts: Facts, check_id: str) -> CheckResult | None:
    """A result, unless it is a failure of name servers and another cause was quoted: whoever refused the
    recipient had found the domain."""
    result = facts.result(check_id)
    fails = result is not None and result.outcome in ("servfail", "timeout")
    # Name servers out of order explain only that no server was reached.
    return None if fails and facts.diagnosis.reason not in reason_groups().unreached else result


def _of_forward(facts: Facts, dead: Verdict | None) -> Verdict | None:
    """The verdict on a dead domain, where the sender never wrote to it: somebody passes mail on to it."""
    step = change_of_forward(facts)
    if dead is None or step is None:
        return dead
    return Verdict(dead.state, dead.summary, step, dead.because)


def change_of_forward(facts: Facts) -> str | None:
    """What to do about a dead address that the sender never wrote to, where the mail was written to one of
    another organization; None where it was not."""
    first = facts.inputs.original_recipient
    there, here = domain_of(first) if first else None, facts.inputs.recipient_domain
    if there is None or here is None or base_domain(there) == base_domain(here):
        return None
    return (
        f"The mail was written to {first}, which passes it on to {facts.inputs.recipient}: whoever runs "
        f"{first} must change that forward; tell them another way."
    )


def _step(facts: Facts, result: CheckResult) -> str:
    if result.outcome == "servfail" and facts.reply_has("dnssec"):
        # A resolver that validates need not say why it fails; the one that was quoted did.
        return (
            f"The bounce blames DNSSEC. {dnssec_remedy(result.target)} Tell the owner of {result.target} "
            "another way; send again when it is mended."
        )
    if result.outcome in ("servfail", "timeout"):
        return (
            f"Tell the owner of {result.target} another way that its name servers fail; send again when "
            "they answer."
        )
    return "Reach the recipient another way."
