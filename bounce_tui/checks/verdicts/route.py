"""Causes on the way to the recipient's server: not reached, led round, handed to a server that takes none."""

from bounce_tui.check_outcome import Route
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, still_holds
from bounce_tui.checks.verdicts.living_domain import of_open_way
from bounce_tui.checks.verdicts.present_route import is_of, led_nowhere, needs_ipv6, sent_by_us
from bounce_tui.domain_name import to_ascii
from bounce_tui.model import Failure

_MOST_NAMED = 3


@of_open_way
def route(facts: Facts, mx: CheckResult) -> Verdict:
    """expired, network_error: a broken way can be seen in DNS, a server that is down cannot."""
    if needs_ipv6(facts, mx):
        return cannot_be_known(f"{mx.summary}; whether the server is up, DNS cannot see", mx.remedy, (mx,))
    if "broken_dialogue" in facts.diagnosis.speaks_of:
        return cannot_be_known(
            f"DNS is in order ({mx.summary}), and the server was reached; what broke the dialogue off, DNS "
            "cannot see",
            facts.first_step,
            (mx,),
        )
    if mx.outcome == "address_fallback" and mx.of(Route).end == "same":
        return _of_own_address(facts, mx)
    again = "Leave it in the queue, or send again" if facts.diagnosis.temporary else "Send again"
    if led_nowhere(facts) and mx.of(Route).end == "elsewhere":
        return no_longer_holds(facts, f"{mx.summary}, which can be reached from everywhere", (mx,))
    failure = facts.inputs.failure
    if failure is not None and mx.of(Route).end == "renumbered":
        return _of_new_address(mx, failure, again)
    if failure is not None and mx.of(Route).end == "elsewhere" and sent_by_us(facts):
        return _of_new_host(facts, mx, failure, again)
    return cannot_be_known(
        f"DNS is in order ({mx.summary}); whether the server is, DNS cannot see",
        f"{again}; if it fails once more, ask the recipient's postmaster whether the server is up."
        f"{_knock(facts)}",
        (mx,),
    )


def _knock(facts: Facts) -> str:
    """The one check that sees whether the server answers, where nobody asked for it yet."""
    if facts.result("smtp") is not None:
        return ""
    return " To see whether it answers now, ask its port 25: check --only smtp, or the probe in the app."


def _of_own_address(facts: Facts, mx: CheckResult) -> Verdict:
    """A domain without MX took no mail at its own address: what is there mostly serves pages alone."""
    return cannot_be_known(
        f"{mx.summary}, where nobody took it; whether a mail server is there now, DNS cannot see",
        "Ask the recipient another way for an address that takes mail: a domain without MX mostly leads to a "
        f"website, or is not in use. If {mx.target} is to take mail, its owner must publish an MX record."
        f"{_knock(facts)}",
        (mx,),
    )


def _of_new_address(mx: CheckResult, failure: Failure, again: str) -> Verdict:
    """The host that did not answer has another address by now; a cache may still hand out the old one."""
    host = to_ascii(failure.remote_mta or "")
    new = [record for seen in mx.seen if seen.name == host for record in seen.records if parse_ip(record)]
    at = f", {' or '.join(new[:_MOST_NAMED])}," if new else ""
    step = (
        f"{again}, and see in the sending server's log that it tries the new address{at} and no longer "
        f"{failure.remote_ip} (if it does, empty its resolver's cache); if that does not answer either, ask "
        "the recipient's postmaster whether the server is up."
    )
    return cannot_be_known(
        f"{mx.summary}, which has another address now than {failure.remote_ip}, where it was tried; "
        "whether it answers there, DNS cannot see",
        step,
        (mx,),
    )


def _of_new_host(facts: Facts, mx: CheckResult, failure: Failure, again: str) -> Verdict:
    """The host that was tried is no mail host of the domain now.  One in the domain itself was one before;
    any other may be a relay of our own, which stands before every domain."""
    tried = failure.remote_mta or failure.remote_ip or "the host that was tried"
    if is_of(failure.remote_mta, mx.target):
        step = f"{again}; if your server still tries {tried}, empty its resolver's cache."
        return no_longer_holds(facts, f"{mx.summary} now, and no longer to {tried}", (mx,), step)
    return cannot_be_known(
        f"{mx.summary}, and {tried}, which was tried, is no mail host of {mx.target} now",
        f"{again}: if mail for {mx.target} went to {tried} before, its MX has moved. If {tried} is a relay "
        f"of your own, see whether that is up.{_knock(facts)}",
        (mx,),
    )


@of_open_way
def loop(facts: Facts, mx: CheckResult) -> Verdict:
    """mail_loop: a mail host that is the sending server itself can be seen; a forwarding circle cannot."""
    if mx.of(Route).end == "home":
        return still_holds(
            f"{mx.summary}, and that is the server that reports the loop",
            f"If {facts.inputs.reporting_mta or 'that server'} is meant to take mail for {mx.target}, add "
            "the domain to those it takes mail for (Postfix: mydestination, virtual_mailbox_domains or "
            f"relay_domains); if not, the MX records of {mx.target} must name another host.",
            (mx,),
        )
    if mx.of(Route).end == "away":
        return no_longer_holds(
            facts, f"{mx.summary}, and no longer back to the server that reports it", (mx,)
        )
    step = facts.first_step or "Follow the Received headers: the same hosts repeat."
    if mx.of(Route).end in ("same", "renumbered"):
        step += f" Tell the postmaster of {mx.target} another way which they are."
    return cannot_be_known(
        f"DNS is in order ({mx.summary}); which servers hand the mail round, DNS cannot see", step, (mx,)
    )


@of_open_way
def relaying(facts: Facts, mx: CheckResult) -> Verdict:
    """no_relaying: does the mail still go to the server that takes none for the domain?"""
    failure = facts.inputs.failure
    refused = (failure.remote_mta or failure.remote_ip) if failure is not None else None
    if "connector" in facts.diagnosis.speaks_of:
        return cannot_be_known(
            f"which servers {refused or 'the tenant'} lets in by a connector, DNS cannot see",
            facts.first_step,
            (mx,),
        )
    if mx.of(Route).end in ("same", "renumbered"):
        return cannot_be_known(
            f"{mx.summary} as before, and that server refused to take mail for the domain; whether it was "
            "told to since, DNS cannot see",
            f"Tell the postmaster of {mx.target} another way that {refused or 'their mail host'} does not "
            f"take mail for {mx.target}: either its list of domains or the MX record is wrong.",
            (mx,),
        )
    if mx.of(Route).end == "elsewhere" and sent_by_us(facts) and is_of(refused, mx.target):
        return no_longer_holds(
            facts, f"{mx.summary} now, and no longer to {refused}, which refused it", (mx,)
        )
    if mx.of(Route).end == "elsewhere" and refused:
        return cannot_be_known(
            f"{mx.summary}, and {refused}, which refused it, is no mail host of {mx.target} now",
            f"If mail for {mx.target} went to {refused} before, its MX has moved: send again, and where your "
            f"server still hands it to {refused}, take the old entry out of its transport table or its "
            f"resolver's cache. If {refused} is the relay of your own provider, log in there: authentication "
            "on port 587 or 465.",
            (mx,),
        )
    return cannot_be_known(
        f"{mx.summary}; whether {refused or 'the server that refused it'} takes the mail now, DNS cannot see",
        facts.first_step,
        (mx,),
    )
