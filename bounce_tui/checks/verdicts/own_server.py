"""The admin's own server refused: where it went by a list, its configuration is what to look at."""

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.checks.planning.registry import list_of
from bounce_tui.checks.verdicts.facts import Facts, lowered
from bounce_tui.checks.verdicts.present_route import is_of
from bounce_tui.reason_groups import reason_groups

_LETS_PASS = "let it pass there (Postfix: check_client_access before reject_rbl_client)"


def at_own_server(facts: Facts, verdict: Verdict) -> Verdict:
    """`verdict` with the step of the admin whose own server refused the client; the client may be a provider
    that many share, which nobody but the provider gets off a list."""
    server = own_server(facts)
    if server is None or verdict.state == "no_longer_holds":
        return verdict
    if facts.diagnosis.reason not in reason_groups().by_sender:
        return _of_other_rules(facts, server, verdict)
    of_lists = [one for one in facts.of_kinds("dnsbl", "rhsbl") if one.id in verdict.because]
    return Verdict(verdict.state, verdict.summary, _step(facts, server, of_lists, verdict), verdict.because)


def _of_other_rules(facts: Facts, server: str, verdict: Verdict) -> Verdict:
    """What a client has to mend is no work of the admin's, unless the mail was their own."""
    failure, told = facts.inputs.failure, facts.first_step
    if failure is None or not failure.is_refused_here or (told is not None and told in verdict.next_step):
        return verdict
    step = f"For whoever runs {_client(facts)}, which {server} refused: {lowered(verdict.next_step)}"
    return Verdict(verdict.state, verdict.summary, step, verdict.because)


def own_server(facts: Facts) -> str | None:
    """The server that refused, where it is the admin's own: by their log, by their domains in the config, or
    since it takes the mail of the sender's own domain under a name of that domain."""
    failure = facts.inputs.failure
    if failure is None:
        return None
    if failure.origin is not None and failure.is_refused_here:
        return failure.origin.refused_by or "the server that wrote this log"
    sender = sender_domain(facts.inputs)
    domains = set(facts.inputs.own_domains)
    if sender is not None and sender.sure and sender.value == facts.inputs.recipient_domain:
        domains.add(sender.value)
    return failure.remote_mta if any(is_of(failure.remote_mta, domain) for domain in domains) else None


def _step(facts: Facts, server: str, of_lists: list[CheckResult], verdict: Verdict) -> str:
    client = _client(facts)
    gone = next((one for one in facts.results if one.outcome == "gone"), None)
    if gone is not None:
        zone = gone.id.partition(":")[2]
        return f"{server} is yours: take {zone} out of its configuration. Until then it refuses for nothing."
    if facts.diagnosis.who_acts == "recipient_admin":
        return (
            f"{server} is yours: let it ask the list through a resolver of its own (unbound on that host), "
            "as the list refuses the one that it asks, and take for a listing only the answers that are one "
            "(Postfix: reject_rbl_client ZONE=127.0.0.[2..11])."
        )
    listed = [one for one in of_lists if one.outcome in ("listed", "range")]
    if not listed:
        return (
            f"{server} is yours: its log and configuration tell which list or rule it refuses {client} by. "
            f"If mail from it is wanted, {_LETS_PASS}."
        )
    names = " and ".join(dict.fromkeys(_name(one) for one in listed[:3]))
    return (
        f"{server} is yours, and it goes by {names}: if mail from {client} is wanted, as from a provider "
        f"that many share, {_LETS_PASS}. To get off the list is for whoever runs {client}: "
        f"{lowered(verdict.next_step)}"
    )


def _client(facts: Facts) -> str:
    return facts.inputs.sending_ip.value if facts.inputs.sending_ip is not None else "the client"


def _name(one: CheckResult) -> str:
    entry = list_of(one.id)
    return entry.name if entry is not None else one.id.partition(":")[2]
