"""Does the quoted cause still hold?"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.checks.verdicts.authentication import authentication
from bounce_tui.checks.verdicts.author import author_in_dns
from bounce_tui.checks.verdicts.backscatter import of_backscatter
from bounce_tui.checks.verdicts.beyond_dns import beyond_dns
from bounce_tui.checks.verdicts.domain import domain_gone, takes_no_mail, unclear
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.checks.verdicts.for_a_time import after_the_pause, lasting_for_a_time
from bounce_tui.checks.verdicts.helo import helo_in_dns
from bounce_tui.checks.verdicts.host import told_by_host
from bounce_tui.checks.verdicts.mailbox import address, moved, suppressed
from bounce_tui.checks.verdicts.own_page import own_page_first
from bounce_tui.checks.verdicts.own_rules import by_public_list, own_rules
from bounce_tui.checks.verdicts.own_server import at_own_server
from bounce_tui.checks.verdicts.private_hop import seen_from_inside
from bounce_tui.checks.verdicts.report_mail import of_report
from bounce_tui.checks.verdicts.route import loop, relaying, route
from bounce_tui.checks.verdicts.sender import rejected, reverse_name
from bounce_tui.checks.verdicts.shared_address import of_shared_address
from bounce_tui.checks.verdicts.tls import encryption
from bounce_tui.model import Diagnosis
from bounce_tui.reason import ReasonSlug

_POSTMASTER = "the receiver's postmaster"
_JUDGES: dict[ReasonSlug, Callable[[Facts], Verdict]] = {
    "user_unknown": address,
    "bad_address": address,
    "has_moved": moved,
    "suppressed": suppressed,
    "host_unknown": domain_gone,
    "dns_failure": domain_gone,
    "not_accept": takes_no_mail,
    "expired": route,
    "network_error": route,
    "mail_loop": loop,
    "no_relaying": relaying,
    "failed_starttls": encryption,
    "rejected": rejected,
    "require_ptr": reverse_name,
    "auth_failure": authentication,
    "on_hold": unclear,
    "undefined": unclear,
    "blocklisted": by_public_list,
    "blocked": own_rules,
    "bad_reputation": own_rules,
    "spam_detected": own_rules,
}


def judge(
    diagnosis: Diagnosis, inputs: Inputs, results: Sequence[CheckResult], *, now: datetime | None = None
) -> Verdict:
    """The quoted cause against what the checks found: one state, one sentence, one next step.

    Same input, same verdict; nothing is asked here.  `now` tells which of the times that the bounce names are
    over; without it none is taken for over.
    """
    facts = Facts(diagnosis, inputs, tuple(results), now)
    verdict = (
        told_by_host(facts)
        or seen_from_inside(facts)
        or helo_in_dns(facts)
        or author_in_dns(facts)
        or lasting_for_a_time(facts)
        or after_the_pause(facts)
        or _JUDGES.get(diagnosis.reason, beyond_dns)(facts)
    )
    verdict = at_own_server(facts, of_shared_address(facts, verdict))
    verdict = own_page_first(facts, _with_caution(of_report(facts, verdict), facts))
    verdict = _with_postmaster(_with_owner(verdict, facts), facts)
    return of_backscatter(facts, verdict)


def _with_owner(verdict: Verdict, facts: Facts) -> Verdict:
    """`verdict` with who runs the network, where the check "owner" was run and tells it."""
    owner = facts.result("owner")
    if verdict.state == "no_longer_holds" or owner is None or owner.outcome != "announced":
        return verdict
    words = " ".join(filter(None, (f"{owner.summary}.", owner.remedy)))
    # A full stop after an address of the web would be taken for a part of it.
    between = " " if verdict.next_step.endswith(".") else " - "
    because = tuple(dict.fromkeys((*verdict.because, owner.id)))
    return Verdict(verdict.state, verdict.summary, f"{verdict.next_step}{between}{words}", because)


def _with_postmaster(verdict: Verdict, facts: Facts) -> Verdict:
    """`verdict` with the receiver's postmaster called by the domain, where that is known."""
    domain = facts.inputs.recipient_domain
    if domain is None or _POSTMASTER not in verdict.next_step:
        return verdict
    step = verdict.next_step.replace(_POSTMASTER, f"the postmaster of {domain}")
    return Verdict(verdict.state, verdict.summary, step, verdict.because)


def _with_caution(verdict: Verdict, facts: Facts) -> Verdict:
    """`verdict`; where the quoted cause is gone but another check found a fault, with that in its step:
    "safe" would be too much."""
    others = [one for one in facts.results if one.state == "fail" and one.id not in verdict.because]
    failure = facts.inputs.failure
    is_anothers = failure is not None and failure.is_refused_here
    if verdict.state != "no_longer_holds" or not others or is_anothers:
        return verdict
    fault = others[0]
    ip = facts.inputs.sending_ip
    guessed = fault.id == "spf" and ip is not None and not ip.sure
    doubt = f"; but that {ip.value} is the sending IP is a guess" if ip is not None and guessed else ""
    step = f"Before you send again: {fault.summary}{doubt}. {fault.to_do or ''}".strip()
    return Verdict(verdict.state, verdict.summary, step, (*verdict.because, fault.id))
