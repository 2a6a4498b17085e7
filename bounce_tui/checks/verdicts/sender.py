"""Causes on the sender's side that DNS can show: the sender's domain, the reverse name."""

from bounce_tui.check_outcome import Ptr
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    no_longer_holds,
    not_settled,
    on_guess,
    silent,
    still_holds,
)

# Words of a receiver that missed the sender's domain; others miss the sender in a domain that is well.
_OF_DOMAIN = ("dns", "resolve", "domain not found", "not exist", "must exist")
# Sendmail's words, and the registry's for X.7.27: wherever they stand, they mean the domain.
_SURELY_OF_DOMAIN = ("domain of sender", "null mx")
# Postfix's reject_unknown_reverse_client_hostname is content with any reverse name.
_ANY_NAME = "cannot find your reverse hostname"


def rejected(facts: Facts) -> Verdict:
    """The sender's address or domain was refused: does the domain resolve, and allow this IP?"""
    if "receivers_own_list" in facts.diagnosis.speaks_of:
        return cannot_be_known(
            "an entry in the receiver's own list refuses this sender; whether it is still there, only the "
            "receiver can tell",
            facts.first_step,
        )
    domain, spf = facts.result("sender-domain"), facts.result("spf")
    if domain is not None and domain.outcome == "timeout":
        return silent(domain)
    if domain is not None and domain.state == "fail":
        return still_holds(domain.summary, domain.remedy, (domain,))
    if spf is not None and spf.state == "fail" and "spf" in facts.diagnosis.checks:
        return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf,)))
    if domain is None or domain.state == "unknown":
        return not_settled(facts, "sender-domain", "spf")
    missed = facts.speaks_of("sender_not_in_dns", *_OF_DOMAIN) or facts.reply_has(*_SURELY_OF_DOMAIN)
    if "sender-domain" in facts.diagnosis.checks and missed:
        return no_longer_holds(facts, domain.summary, (domain,))
    return cannot_be_known(
        f"{domain.summary}; whether the receiver still refuses this sender, only it can tell",
        facts.first_step,
        (domain,),
    )


def reverse_name(facts: Facts) -> Verdict:
    """require_ptr: is there a reverse name now, and does it lead back?"""
    ptr = facts.result("ptr")
    if ptr is None or ptr.state == "unknown":
        return not_settled(facts, "ptr")
    if ptr.outcome == "timeout":
        return silent(ptr)
    if ptr.outcome == "unconfirmed" and facts.reply_has(_ANY_NAME):
        step = f"Send again; but other receivers want the name to lead back as well: {ptr.remedy}"
        return on_guess(facts, no_longer_holds(facts, f"{ptr.summary}, but is there", (ptr,), step))
    if ptr.state == "fail":
        return on_guess(facts, still_holds(ptr.summary, ptr.remedy, (ptr,)))
    if ptr.of(Ptr).other_helo and facts.reply_has("helo", "ehlo"):
        return _other_helo(facts, ptr)
    if ptr.outcome == "generic":
        if facts.blames_generic_name:
            return on_guess(facts, still_holds(ptr.summary, ptr.remedy, (ptr,)))
        step = f"Send again; if it is refused once more: {ptr.remedy}"
        return on_guess(facts, no_longer_holds(facts, ptr.summary, (ptr,), step))
    return on_guess(facts, no_longer_holds(facts, ptr.summary, (ptr,)))


def _other_helo(facts: Facts, ptr: CheckResult) -> Verdict:
    """The receiver wants the HELO name to be the reverse name (RFC 5321 section 4.1.4: it must not)."""
    helo = facts.inputs.helo.value if facts.inputs.helo is not None else "the HELO name"
    summary = f"{ptr.summary}, and it calls itself {helo}"
    step = (
        f"Let the server call itself by its reverse name (Postfix: smtp_helo_name), or ask the provider of "
        f"{ptr.target} for the reverse name {helo}."
    )
    if facts.reply_has(helo):
        return on_guess(facts, still_holds(summary, step, (ptr,)))
    return cannot_be_known(f"{summary}; whether the receiver minds, only it can tell", step, (ptr,))
