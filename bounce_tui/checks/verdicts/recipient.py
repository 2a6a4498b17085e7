"""Causes on the recipient's side that DNS can show: no such domain, no way for its mail."""

from collections.abc import Callable
from functools import wraps

from bounce_tui.checks.address import leads_nowhere, parse_ip
from bounce_tui.checks.domain_name import to_ascii
from bounce_tui.checks.inputs import sender_domain
from bounce_tui.checks.meant import question_of
from bounce_tui.checks.quoted import new_address
from bounce_tui.checks.route_words import WORKS
from bounce_tui.checks.verdicts.elsewhere import elsewhere
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    lowered,
    no_longer_holds,
    not_settled,
    silent,
    still_holds,
)
from bounce_tui.model import CheckResult, Failure, Verdict

# Quoted causes that name servers out of order explain.
_OF_THE_WAY = frozenset({"host_unknown", "dns_failure", "expired", "network_error"})

_MOST_NAMED = 3


def _of_living_domain(judge: Callable[[Facts], Verdict]) -> Callable[[Facts], Verdict]:
    """`judge`, where the recipient's domain is there and leads its mail somewhere; where not, that is the
    verdict, whatever cause was quoted."""

    @wraps(judge)
    def judged(facts: Facts) -> Verdict:
        return _dead(facts) or _with_meant(facts, judge(facts))

    return judged


def _with_meant(facts: Facts, verdict: Verdict) -> Verdict:
    """First of all the domain that may have been meant, where the present one is there but looks like it."""
    for result in _all(facts, "domain", "mx"):
        question = question_of(result.remedy)
        if question is not None and question not in verdict.next_step:
            because = tuple(dict.fromkeys((*verdict.because, result.id)))
            return Verdict(verdict.state, verdict.summary, f"{question} {verdict.next_step}", because)
    return verdict


def domain_gone(facts: Facts) -> Verdict:
    """host_unknown, dns_failure: does the domain resolve now, and lead to a mail host?"""
    domain = facts.result("domain")
    if facts.diagnosis.reason == "host_unknown" and domain is not None and domain.outcome == "timeout":
        # "No such host" was an answer; silence is another matter.
        return silent(domain)
    return _resolves(facts)


@_of_living_domain
def _resolves(facts: Facts) -> Verdict:
    domain, route = facts.result("domain"), facts.result("mx")
    if route is not None and _works(route):
        step = None
        if route.outcome.startswith("address_fallback"):
            step = (
                f"Send again; but {route.target} names no mail server (MX), so if that fails, ask its owner "
                "whether it takes mail at all."
            )
        elif _needs_ipv6(facts, route):
            step = f"Send again; but {lowered(route.remedy or '')}"
        elif route.outcome.startswith("none_too"):
            step = f"Send again; but some servers will take the null MX at its word. {route.remedy}"
        summary = f"the domain resolves now: {route.summary}"
        return no_longer_holds(facts, summary, _all(facts, "domain", "mx"), step)
    if domain is not None and domain.outcome == "exists" and route is None:
        return no_longer_holds(facts, f"{domain.summary} now", (domain,))
    return not_settled(facts, "mx", "domain")


def takes_no_mail(facts: Facts) -> Verdict:
    """not_accept: a null MX can be seen, a server that was told to refuse cannot."""
    sender = facts.result("sender-domain")
    return _recipient_takes_none(facts) if sender is None else _sender_takes_none(facts, sender)


@_of_living_domain
def _recipient_takes_none(facts: Facts) -> Verdict:
    route = facts.result("mx")
    if route is None or not _works(route):
        return not_settled(facts, "mx", "domain")
    if route.outcome.startswith("none_too"):
        return still_holds(route.summary, route.remedy, (route,))
    if facts.speaks_of("null mx", "nullmx", "null-mx", "no mx", "1.10"):
        return no_longer_holds(facts, f"the domain takes mail again by its DNS: {route.summary}", (route,))
    return cannot_be_known(
        f"by its DNS the domain takes mail ({route.summary}); whether its server does, only it can tell",
        "Send again; if it is refused once more, reach the recipient another way.",
        (route,),
    )


def _sender_takes_none(facts: Facts, sender: CheckResult) -> Verdict:
    """The receiver refused a sender whose own domain takes no mail (RFC 7505 section 4.2)."""
    if sender.state == "fail" and sender.outcome != "timeout":
        return still_holds(sender.summary, sender.remedy, (sender,))
    if sender.state == "pass":
        return no_longer_holds(facts, sender.summary, (sender,))
    return cannot_be_known(f"it could not be checked: {sender.summary}", sender.remedy, (sender,))


@_of_living_domain
def address(facts: Facts) -> Verdict:
    """user_unknown and its kin: DNS knows domains, not mailboxes."""
    found = _all(facts, "domain", "mx")
    mx = facts.result("mx")
    refused = facts.inputs.failure.remote_mta if facts.inputs.failure is not None else None
    if mx is not None and mx.outcome.endswith(":elsewhere") and _sent_by_us(facts):
        return cannot_be_known(
            f"{mx.summary} now, and it was {refused or 'another host'} that refused the address; whether the "
            "mailbox exists, only its server knows",
            "Send again: another server takes the mail now. If that refuses it too, ask the recipient for "
            "the right address.",
            found,
        )
    looks = "the domain is in order, but " if any(result.state == "pass" for result in found) else ""
    return cannot_be_known(
        f"{looks}DNS cannot see mailboxes: whether this one exists, only its server knows",
        facts.first_step or "Compare the address letter by letter, correct it and send again.",
        found,
    )


@_of_living_domain
def moved(facts: Facts) -> Verdict:
    """has_moved: the new address may stand in the reply (RFC 5321 section 3.4)."""
    verdict = address(facts)
    new = new_address(facts.inputs)
    if new is None:
        return verdict
    step = f"Write to {new}, which the reply gives as the new address, and correct the contact."
    return Verdict(verdict.state, verdict.summary, step, verdict.because)


@_of_living_domain
def suppressed(facts: Facts) -> Verdict:
    """suppressed: the sending service did not even try, and its list is no part of DNS."""
    steps = facts.diagnosis.resolution
    return cannot_be_known(
        "the sending service did not try: the address is on its suppression list, which is not in DNS",
        next((step for step in steps if "take it off" in step), facts.first_step),
        _all(facts, "domain", "mx"),
    )


@_of_living_domain
def route(facts: Facts) -> Verdict:
    """expired, network_error, failed_starttls: a broken way can be seen in DNS, a server that is down or
    misconfigured cannot."""
    mx, tls = facts.result("mx"), facts.result("tls")
    of_tls = tls if facts.diagnosis.reason == "failed_starttls" else None
    if of_tls is not None and of_tls.state == "fail":
        return still_holds(of_tls.summary, of_tls.remedy, (of_tls,))
    if mx is None or not _works(mx):
        return not_settled(facts, "mx", "domain")
    if of_tls is not None:
        return _of_demand(facts, mx, of_tls)
    step = facts.first_step
    if _needs_ipv6(facts, mx):
        return cannot_be_known(f"{mx.summary}; whether the server is up, DNS cannot see", mx.remedy, (mx,))
    if facts.diagnosis.reason in ("expired", "network_error"):
        again = "Leave it in the queue, or send again" if facts.diagnosis.temporary else "Send again"
        step = f"{again}; if it fails once more, ask the recipient's postmaster whether the server is up."
        if _led_nowhere(facts) and mx.outcome.endswith(":elsewhere"):
            return no_longer_holds(facts, f"{mx.summary}, which can be reached from everywhere", (mx,))
        failure = facts.inputs.failure
        if failure is not None and mx.outcome.endswith(":renumbered"):
            return _of_new_address(mx, failure, again)
    return cannot_be_known(
        f"DNS is in order ({mx.summary}); whether the server is, DNS cannot see", step, (mx,)
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


def _of_demand(facts: Facts, mx: CheckResult, tls: CheckResult) -> Verdict:
    """failed_starttls, where nothing is wrong with the way: what DNS demands of TLS, and whether it can be
    looked up, is half of the matter; the server's certificate is the other."""
    if tls.state == "unknown":
        if tls.outcome == "unclear:servfail" and facts.reply_has("tlsa"):
            words = f"Tell the postmaster of {tls.target} another way that the name servers fail for TLSA."
            return still_holds(tls.summary, tls.remedy or words, (tls,))
        return not_settled(facts, "tls")
    if facts.reply_has("dane", "tlsa"):
        return _of_dane(facts, mx, tls)
    step = facts.first_step
    if "sts" in tls.outcome and facts.reply_has("mta-sts", "mta sts", "sts policy"):
        step = (
            f"Open https://mta-sts.{tls.target}/.well-known/mta-sts.txt: its mx lines must name the mail "
            "hosts, whose certificates must bear those names. Where they do not, tell the postmaster another "
            "way."
        )
    return cannot_be_known(
        f"{tls.summary}, and DNS is in order ({mx.summary}); whether the server is, DNS cannot see",
        step,
        (tls, mx),
    )


def _of_dane(facts: Facts, mx: CheckResult, tls: CheckResult) -> Verdict:
    """A sender that goes by TLSA records did not find them, or not the certificate that they call for."""
    if "dane" in tls.outcome or "TLSA" in tls.summary:
        return cannot_be_known(
            f"{tls.summary}; whether the server's certificate is the one that its TLSA record calls for, "
            "only a connection tells",
            f"Compare the two for each mail host of {tls.target} (posttls-finger -c -l dane {tls.target}, or "
            "the smtp check here); where they differ, its postmaster must publish the record of the present "
            "certificate: tell them another way.",
            (tls, mx),
        )
    summary = f"{tls.summary}: no mail host of {tls.target} has a TLSA record now, so there is none to fail"
    return no_longer_holds(facts, summary, (tls, mx))


@_of_living_domain
def loop(facts: Facts) -> Verdict:
    """mail_loop: a mail host that is the sending server itself can be seen; a forwarding circle cannot."""
    mx = facts.result("mx")
    if mx is None or not _works(mx):
        return not_settled(facts, "mx", "domain")
    if mx.outcome.endswith(":home"):
        return still_holds(
            f"{mx.summary}, and that is the server that reports the loop",
            f"If that server is meant to take mail for {mx.target}, add the domain to those it takes mail "
            f"for; if not, the MX records of {mx.target} must name another host.",
            (mx,),
        )
    if mx.outcome.endswith(":away"):
        return no_longer_holds(
            facts, f"{mx.summary}, and no longer back to the server that reports it", (mx,)
        )
    return cannot_be_known(
        f"DNS is in order ({mx.summary}); which servers hand the mail round, DNS cannot see",
        facts.first_step,
        (mx,),
    )


@_of_living_domain
def relaying(facts: Facts) -> Verdict:
    """no_relaying: does the mail still go to the server that takes none for the domain?"""
    mx = facts.result("mx")
    if mx is None or not _works(mx):
        return not_settled(facts, "mx", "domain")
    refused = facts.inputs.failure.remote_mta if facts.inputs.failure is not None else None
    if mx.outcome.endswith((":same", ":renumbered")):
        return cannot_be_known(
            f"{mx.summary} as before, and that server refused to take mail for the domain; whether it was "
            "told to since, DNS cannot see",
            f"Tell the postmaster of {mx.target} another way that {refused or 'their mail host'} does not "
            f"take mail for {mx.target}: either its list of domains or the MX record is wrong.",
            (mx,),
        )
    if mx.outcome.endswith(":elsewhere") and _sent_by_us(facts) and _is_of(refused, mx.target):
        return no_longer_holds(
            facts, f"{mx.summary} now, and no longer to {refused}, which refused it", (mx,)
        )
    return cannot_be_known(
        f"{mx.summary}; whether {refused or 'the server that refused it'} takes the mail now, DNS cannot see",
        facts.first_step,
        (mx,),
    )


def _led_nowhere(facts: Facts) -> bool:
    """True when the address that did not answer is one that only its own network reaches."""
    failure = facts.inputs.failure
    ip = parse_ip(failure.remote_ip) if failure is not None and failure.remote_ip else None
    return ip is not None and leads_nowhere(ip)


def _sent_by_us(facts: Facts) -> bool:
    """True when the server that reports is of the sender's house, so that it was itself refused: a filter
    before the recipient's server would be refused by a host that is no MX either."""
    reporter = facts.inputs.reporting_mta
    senders = (sender_domain(facts.inputs), facts.inputs.from_domain)
    return any(one is not None and _is_of(reporter, one.value) for one in senders)


def _is_of(host: str | None, domain: str) -> bool:
    name = to_ascii(host) if host else None
    return name is not None and (name == domain or name.endswith(f".{domain}"))


def _needs_ipv6(facts: Facts, mx: CheckResult) -> bool:
    """True when the mail left from an IPv4 address, as far as is known, and the mail hosts have none."""
    ip = parse_ip(facts.inputs.sending_ip.value) if facts.inputs.sending_ip is not None else None
    return mx.outcome.startswith("ipv6_only") and (ip is None or ip.version == 4)


def _works(mx: CheckResult) -> bool:
    return mx.outcome.partition(":")[0] in WORKS


@_of_living_domain
def unclear(facts: Facts) -> Verdict:
    """on_hold: the reply tells no cause, but a domain that is gone or leads nowhere is cause enough."""
    return elsewhere(facts)


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
        return still_holds(domain.summary + now, domain.remedy or _step(domain), (domain,))
    if mx is not None and mx.state == "fail":
        return still_holds(mx.summary, mx.remedy or _step(mx), _all(facts, "domain", "mx"))
    return None


def _told(facts: Facts, check_id: str) -> CheckResult | None:
    """A result, unless it is a failure of name servers and another cause was quoted: whoever refused the
    recipient had found the domain."""
    result = facts.result(check_id)
    fails = result is not None and result.outcome in ("servfail", "timeout")
    return None if fails and facts.diagnosis.reason not in _OF_THE_WAY else result


def _step(result: CheckResult) -> str:
    if result.outcome in ("servfail", "timeout"):
        return (
            f"Tell the owner of {result.target} another way that its name servers fail; send again when "
            "they answer."
        )
    return "Reach the recipient another way."


def _all(facts: Facts, *check_ids: str) -> list[CheckResult]:
    return [result for check_id in check_ids if (result := facts.result(check_id)) is not None]
