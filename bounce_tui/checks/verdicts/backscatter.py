"""A mail that came back although the admin's servers did not send it: nobody sends it again."""

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.domain_name import domain_of
from bounce_tui.model import Backscatter


def of_backscatter(facts: Facts, verdict: Verdict) -> Verdict:
    """`verdict` with the step that suits a forged sender, by what SPF says today of the stranger."""
    found = facts.diagnosis.backscatter
    if found is None:
        return verdict
    address, spf = facts.inputs.sending_ip, facts.result("spf")
    if spf is None or address is None or address.value != found.ip:
        step, because = None, verdict.because
    else:
        step = _step(found, spf, is_sure=facts.diagnosis.is_backscatter)
        because = tuple(dict.fromkeys((*verdict.because, spf.id)))
    if step is not None:
        return Verdict(verdict.state, verdict.summary, step, because)
    if not facts.diagnosis.is_backscatter:
        return verdict
    return Verdict(verdict.state, verdict.summary, _nothing(found), verdict.because)


def _step(found: Backscatter, spf: CheckResult, *, is_sure: bool) -> str | None:
    domain = domain_of(found.sender) or found.sender
    refuses = spf.outcome in ("fail", "softfail")
    if spf.outcome == "pass":
        return (
            f"SPF lets {found.ip} send for {domain}: is it a service of yours? If it is, name it "
            "under [sender] ips and read the bounce again; if not, take it out of SPF."
        )
    if not is_sure:
        return (
            f"Is {found.ip} a server of yours? SPF of {domain} does not let it send. If it is, add it there; "
            f"if not, somebody forged {found.sender}: nothing is to be sent again, and nobody to be asked."
            if refuses
            else None
        )
    if spf.outcome == "fail":
        return f"{_nothing(found)} SPF of {domain} refuses {found.ip}: who asks it takes no such mail."
    if spf.outcome == "softfail":
        return f"{_nothing(found)} SPF of {domain} ends in ~all: with -all servers may refuse such mail."
    if spf.outcome in ("neutral", "none"):
        return f"{_nothing(found)} SPF of {domain} does not refuse {found.ip}: publish one that ends in -all."
    return None


def _nothing(found: Backscatter) -> str:
    return f"Nothing to send again and nobody to ask: somebody forged {found.sender}."
