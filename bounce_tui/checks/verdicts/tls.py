"""failed_starttls: what DNS demands of TLS can be seen, the server's certificate cannot."""

from bounce_tui.check_outcome import Tls
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, not_settled, still_holds
from bounce_tui.checks.verdicts.living_domain import no_open_way, of_living_domain, open_way

_MOST_NAMED = 3


@of_living_domain
def encryption(facts: Facts) -> Verdict:
    """failed_starttls: what DNS demands of TLS, and whether it can be looked up, is half of the matter; the
    server's certificate is the other."""
    tls = facts.result("tls")
    if tls is not None and tls.state == "fail":
        return still_holds(tls.summary, tls.remedy, (tls,))
    mx = open_way(facts)
    return _of_server(facts, mx, tls) if mx is not None else no_open_way(facts)


def _of_server(facts: Facts, mx: CheckResult, tls: CheckResult | None) -> Verdict:
    in_order = f"DNS is in order ({mx.summary}); whether the server is, DNS cannot see"
    if tls is None:
        return cannot_be_known(in_order, facts.first_step, (mx,))
    if tls.state == "unknown":
        return _not_learned(facts, tls)
    if facts.reply_has("dane", "tlsa"):
        return _of_dane(facts, mx, tls)
    step = facts.first_step
    if tls.of(Tls).dane == "unvouched":
        step = (
            f"{step or ''} Where the sending server's own resolver checks DNSSEC, ask that one "
            f"(--nameserver): if it vouches for the TLSA record, the certificate must fit that "
            f"({_compare(tls)})."
        ).lstrip()
    if tls.of(Tls).sts and facts.reply_has("mta-sts", "mta sts", "sts policy"):
        step = (
            f"Open https://mta-sts.{tls.target}/.well-known/mta-sts.txt: its mx lines must name "
            f"{_mail_hosts(mx)}, and each host's certificate must bear its name. Where that is not so, "
            f"tell the postmaster of {tls.target} another way."
        )
    return cannot_be_known(f"{tls.summary}, and {in_order}", step, (tls, mx))


def _compare(tls: CheckResult) -> str:
    return f"posttls-finger -c -l dane {tls.target}, or the smtp check here"


def _mail_hosts(mx: CheckResult) -> str:
    """The mail hosts by name, as far as DNS named them."""
    hosts = [
        record.split()[-1].rstrip(".") for seen in mx.seen if seen.rdtype == "MX" for record in seen.records
    ]
    return listed_words(hosts[:_MOST_NAMED]) or "the mail hosts"


def _not_learned(facts: Facts, tls: CheckResult) -> Verdict:
    """Where name servers fail for TLSA, every sender that asks sees the same (RFC 7672 section 2.1.1)."""
    if tls.of(Tls).tlsa_fails and facts.reply_has("tlsa"):
        return still_holds(tls.summary, tls.remedy or _tell_of_tlsa(tls), (tls,))
    return not_settled(facts, "tls")


def _tell_of_tlsa(tls: CheckResult) -> str:
    return f"Tell the postmaster of {tls.target} another way that the name servers fail for TLSA."


def _of_dane(facts: Facts, mx: CheckResult, tls: CheckResult) -> Verdict:
    """The verdict where a sender that goes by TLSA records did not find them, or not the certificate that
    they call for."""
    dane = tls.of(Tls).dane
    if dane == "unknown":
        summary = f"{tls.summary}; whether its mail hosts have TLSA records could not be learned"
        if tls.of(Tls).tlsa_fails and facts.reply_has("tlsa"):
            return still_holds(f"{summary}: the name servers fail", _tell_of_tlsa(tls), (tls,))
        return cannot_be_known(summary, "Run the checks again, or through another resolver.", (tls, mx))
    if dane != "absent":
        return cannot_be_known(
            f"{tls.summary}; whether the server's certificate is the one that its TLSA record calls for, "
            "only a connection tells",
            f"Compare the two for each mail host of {tls.target} ({_compare(tls)}); where they differ, "
            "its postmaster must publish the record of the present certificate: tell them another way.",
            (tls, mx),
        )
    summary = f"{tls.summary}: no mail host of {tls.target} has a TLSA record now, so there is none to fail"
    return no_longer_holds(facts, summary, (tls, mx))
