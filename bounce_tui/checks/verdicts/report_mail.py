"""A DMARC report that came back: its address stands in a DMARC record, whose owner must correct it."""

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.authentication.report_mail import is_of_dead_address, names_as_rua, report_domain
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.checks.verdicts.present_route import is_of
from bounce_tui.domain_name import domain_of


def of_report(facts: Facts, verdict: Verdict) -> Verdict:
    """`verdict` with the step of a report that nobody takes: the `rua=` of the domain that it is about."""
    domain = report_domain(facts.inputs)
    if domain is None or not is_of_dead_address(facts.diagnosis.reason) or verdict.state == "no_longer_holds":
        return verdict
    dmarc = facts.result("dmarc")
    step = _step(facts, domain, dmarc if dmarc is not None and dmarc.target == domain else None)
    because = (*verdict.because, "dmarc") if dmarc is not None else verdict.because
    return Verdict(verdict.state, verdict.summary, step, tuple(dict.fromkeys(because)))


def _step(facts: Facts, domain: str, dmarc: CheckResult | None) -> str:
    given = (facts.inputs.recipient, facts.inputs.original_recipient)
    addresses = frozenset(address.lower() for address in given if address)
    address = facts.inputs.recipient or "this address"
    seen = dmarc.seen if dmarc is not None else ()
    record = next((one.name for one in seen if names_as_rua(one, addresses)), None)
    if record is None and dmarc is not None and dmarc.state != "unknown":
        return (
            f"Nothing to mend on your side: this was a DMARC report about {domain}, whose record no longer "
            f"names {address} (rua=); the next report goes by the record as it is now."
        )
    where = f"rua= of {record}" if record else f"rua= of the DMARC record of {domain} (_dmarc.{domain})"
    holder = record.removeprefix("_dmarc.") if record else domain
    if holder in facts.inputs.own_domains:
        return (
            f"The {where}, a record of yours, names {address} for DMARC reports: set that mailbox up, or "
            "publish the record with an address that takes mail."
        )
    is_theirs = is_of(domain_of(address), holder)
    mend = "name an address there that takes mail" + (", or set that mailbox up" if is_theirs else "")
    return (
        f"The {where} names {address} for DMARC reports: the owner of {holder} must {mend}. Tell them "
        "another way, or stop reporting to it; nothing is wrong on your side."
    )
