"""What to do about an SPF result, in words."""

from bounce_tui.check_results import Inputs
from bounce_tui.checks.authentication.forwarding import Forwarding
from bounce_tui.checks.authentication.sending_services import SendingService
from bounce_tui.checks.authentication.spf import Repair, SpfEvaluation
from bounce_tui.checks.authentication.spf.draft import MOST_NAMED
from bounce_tui.checks.dns.wording import DOUBT
from bounce_tui.model import Candidate


def capital(text: str) -> str:
    """`text` as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def through_provider(domain: str) -> str:
    """What to do where only a mail provider could publish a record."""
    return (
        f"{domain} is a mail provider's domain, and none but the provider publishes for it: send such mail "
        "through the provider's own servers, or with an envelope sender of a domain of yours."
    )


def mend(
    evaluation: SpfEvaluation, inputs: Inputs, repair: Repair | None, passed_on: Forwarding, *, is_gone: bool
) -> str:
    """What would let the sending IP pass: by `repair`, or by whoever passed the mail on."""
    domain, ip = evaluation.domain, inputs.sending_ip
    assert ip is not None
    forwards = _what_forwarding_needs(inputs)
    if passed_on.likelihood == "sure":
        return (
            f"Whoever runs {ip.value}, which forwards this mail, must {forwards}; for {domain} there is "
            "nothing to publish."
        )
    if passed_on.likelihood == "foreign":
        return (
            f"{domain} is none of your domains: if {ip.value} forwards its mail, let it {forwards}; if it is "
            f"meant to send for {domain}, its owner must allow {ip.value} in SPF."
        )
    if is_gone:
        return (
            f"Send from a domain that exists: correct the envelope sender, or renew {domain}; without a zone "
            "there is no place for an SPF record."
        )
    if repair is None:
        return f"Mend the SPF record of {domain} so that it allows {evaluation.ip}."
    # A wrong guess in an SPF record lets a stranger send in the domain's name.
    doubt = "" if ip.sure else DOUBT
    published = publish(evaluation, repair)
    if evaluation.result == "permerror" and not _adds_address(repair):
        return capital(published)
    if passed_on.likelihood == "strange_host":
        return (
            f"If {ip.value}{doubt} is meant to send for {domain}, {published} - if it only forwards mail of "
            f"others, let it {forwards} instead"
        )
    return f"If {ip.value}{doubt} is a server of yours, {published}"


def _adds_address(repair: Repair) -> bool:
    """Whether the record names an address or a network that none of the present ones does."""
    present = {term for record in repair.present for term in record.split()}
    new = (term.lstrip("+") for term in repair.record.split() if term not in present)
    return any(term.startswith(("ip4:", "ip6:")) for term in new)


def _what_forwarding_needs(inputs: Inputs) -> str:
    """What a forwarder has to do; DMARC does not count the sender that SRS makes, which is not aligned."""
    if inputs.failure is not None and "dmarc" in inputs.failure.diagnostic.lower():
        return "leave the message as it came, so that its DKIM signature holds (SRS does not help with DMARC)"
    return "rewrite the envelope sender (SRS)"


def through_service(evaluation: SpfEvaluation, ip: Candidate, repair: Repair, service: SendingService) -> str:
    """What to publish where the mail left through a sending service."""
    through = f"If mail of {evaluation.domain} leaves through {service.name}, whose address {ip.value} is"
    return f"{through}, {publish(evaluation, repair)}"


def publish(evaluation: SpfEvaluation, repair: Repair) -> str:
    """The record to publish, as the middle of a sentence, and what else the record needs."""
    several = f", as the one record in place of the {len(repair.present)}" if len(repair.present) > 1 else ""
    return f"publish for {repair.domain}{several}: {repair.zone_line}{_thin_out(evaluation, repair)}"


def _thin_out(evaluation: SpfEvaluation, repair: Repair) -> str:
    """The repair lets this address pass early; for all others the record may be as broken as before."""
    ended = evaluation.policy.ended_at
    if evaluation.result != "permerror" or ended is None:
        return ""
    left = {one.code: one for one in repair.remaining}
    loop = left.get("include_loop")
    if loop is not None:
        return f" - and have “{loop.term}” taken out of the record of {loop.domain}: it leads round"
    if "too_many_lookups" in left:
        return " - and take out what no longer sends for you: it still costs other addresses too many lookups"
    if repair.voids_out and not repair.voids_left:
        which = "which leads" if len(repair.voids_out) == 1 else "which lead"
        return f" - it leaves out {', '.join(repair.voids_out[:MOST_NAMED])}, {which} nowhere"
    if repair.voids_left:
        return f" - and take out what leads nowhere: {'; '.join(repair.voids_left)}"
    note = evaluation.policy.note or "it cannot be evaluated"
    if ended.text in repair.record.split():
        return f" - and mend “{ended.text}”, an error for other addresses: {note}"
    return f" - it leaves out “{ended.text}”: {note}"
