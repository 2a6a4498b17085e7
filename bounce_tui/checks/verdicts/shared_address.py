"""A receiver that minds an address of a sending service: its customers can neither mend nor delist it."""

from bounce_tui.check_results import Verdict
from bounce_tui.checks.authentication.exchange_online import NO_ADDRESS, hides_address
from bounce_tui.checks.authentication.sending_services import sending_service, service_of_address
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.reason_groups import reason_groups

_OF_DOMAIN = ("rhsbl:", "spf", "sender-domain")


def of_shared_address(facts: Facts, verdict: Verdict) -> Verdict:
    """`verdict` with the step of the service's customer, where the address is the service's, or one that it
    does not tell; no fault of the sender's domain is any address's."""
    by_address = facts.diagnosis.reason in reason_groups().by_sending_address
    if not by_address or facts.diagnosis.who_acts != "sender_admin":
        return verdict
    if verdict.state == "no_longer_holds" or _blames_domain(facts, verdict):
        return verdict
    ip = facts.inputs.sending_ip
    if ip is not None:
        service = service_of_address(ip.value)
        if service is None:
            return verdict
        step = f"{service.what_helps(ip.value)} Sending again may help, as it may leave from another of them."
        return Verdict(verdict.state, verdict.summary, step, verdict.because)
    service = sending_service(facts.inputs.reporting_mta) if hides_address(facts.inputs) else None
    if service is None:
        return verdict
    step = (
        f"Where the receiver minds the address, it is one of {service.name}: open {service.support} and "
        "quote the reply there."
    )
    return Verdict(verdict.state, f"{NO_ADDRESS}, so it could not be checked.", step, verdict.because)


def _blames_domain(facts: Facts, verdict: Verdict) -> bool:
    """True where a check of the sender's domain failed, and the verdict rests on that."""
    failed = {one.id for one in facts.results if one.state in ("fail", "warn")}
    return any(one in failed and one.startswith(_OF_DOMAIN) for one in verdict.because)
