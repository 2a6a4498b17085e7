"""failed_starttls: what DNS demands of TLS can be seen, the server's certificate cannot."""

from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, not_settled, still_holds
from bounce_tui.model import CheckResult, Verdict


def of_demand(facts: Facts, mx: CheckResult, tls: CheckResult) -> Verdict:
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
