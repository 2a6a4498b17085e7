"""Causes in the recipient's mailbox, which DNS cannot see: unknown, moved, not even tried."""

from bounce_tui.check_outcome import Route
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.planning.quoted_contacts import new_address
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known
from bounce_tui.checks.verdicts.living_domain import change_of_forward, of_living_domain
from bounce_tui.checks.verdicts.present_route import sent_by_us


@of_living_domain
def address(facts: Facts) -> Verdict:
    """user_unknown and its kin: DNS knows domains, not mailboxes."""
    return _unseen(facts)


def _unseen(facts: Facts) -> Verdict:
    found = facts.those("domain", "mx")
    mx = facts.result("mx")
    refused = facts.inputs.failure.remote_mta if facts.inputs.failure is not None else None
    if mx is not None and mx.of(Route).end == "elsewhere" and sent_by_us(facts):
        return cannot_be_known(
            f"{mx.summary} now, and it was {refused or 'another host'} that refused the address; whether the "
            "mailbox exists, only its server knows",
            "Send again: another server takes the mail now. If that refuses it too, ask the recipient for "
            "the right address.",
            found,
        )
    looks = "the domain is in order, but " if any(result.state == "pass" for result in found) else ""
    step = (
        change_of_forward(facts)
        or facts.first_step
        or "Compare the address letter by letter, correct it and send again."
    )
    return cannot_be_known(
        f"{looks}DNS cannot see mailboxes: whether this one exists, only its server knows",
        f"{step}{_kept(facts, mx)}",
        found,
    )


def _kept(facts: Facts, mx: CheckResult | None) -> str:
    """What to do where the sending server looked for the mailbox on itself, and the domain's mail hosts are
    others: web hosts go on to take a domain for their own when its mail has moved away."""
    host = facts.inputs.helo
    if mx is None or host is None or mx.of(Route).end != "kept":
        return ""
    return (
        f" If it is right: {host.value} looked for the mailbox on itself, but {mx.summary}. Have "
        f"{host.value} hand mail for {mx.target} on to its MX (cPanel: Email Routing, Remote Mail "
        "Exchanger), then send again."
    )


@of_living_domain
def moved(facts: Facts) -> Verdict:
    """has_moved: the new address may stand in the reply (RFC 5321 section 3.4)."""
    verdict = _unseen(facts)
    new = new_address(facts.inputs)
    if new is None:
        return verdict
    step = f"Write to {new}, which the reply gives as the new address, and correct the contact."
    return Verdict(verdict.state, verdict.summary, step, verdict.because)


@of_living_domain
def suppressed(facts: Facts) -> Verdict:
    """suppressed: the sending service did not even try, and its list is no part of DNS."""
    return cannot_be_known(
        "the sending service did not try: the address is on its suppression list, which is not in DNS",
        facts.first_step,
        facts.those("domain", "mx"),
    )
