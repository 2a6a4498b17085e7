"""auth_failure: which of SPF, DKIM and DMARC was quoted, and does it pass now?"""

from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    no_longer_holds,
    not_settled,
    on_guess,
    still_holds,
)
from bounce_tui.model import CheckResult, Verdict


def authentication(facts: Facts) -> Verdict:
    """SPF can be settled; DMARC as far as SPF carries it; a DKIM signature only with its own check."""
    spf, dmarc = facts.result("spf"), facts.result("dmarc")
    quoted = _quoted(facts)
    of_spf, of_dkim, of_dmarc = "spf" in quoted, "dkim" in quoted, "dmarc" in quoted
    if of_dkim and not of_spf and not of_dmarc:
        return cannot_be_known(
            "the bounce blames the DKIM signature, which was not checked",
            facts.first_step
            or "Send a test message to a mailbox that shows Authentication-Results, and look there.",
        )
    if (
        of_dmarc
        and not of_spf
        and dmarc is not None
        and dmarc.outcome.partition(":")[0] in ("none", "no_record")
    ):
        return no_longer_holds(
            facts,
            f"{dmarc.summary}, so DMARC is no ground for refusing it now",
            [dmarc, *([spf] if spf else [])],
        )
    if spf is None or spf.state == "unknown":
        return not_settled(facts, "spf")
    if spf.outcome == "pass":
        return on_guess(facts, _passing(facts, spf, dmarc, of_dmarc=of_dmarc), of_sender=True)
    if of_dmarc and not of_spf:
        summary = f"{spf.summary}, so only a DKIM signature could make DMARC pass"
        return on_guess(facts, still_holds(summary, spf.remedy, _both(spf, dmarc)), of_sender=True)
    return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf,)), of_sender=True)


def _passing(facts: Facts, spf: CheckResult, dmarc: CheckResult | None, *, of_dmarc: bool) -> Verdict:
    if not of_dmarc:
        return no_longer_holds(facts, spf.summary, (spf,))
    if dmarc is None or dmarc.state == "unknown":
        return not_settled(facts, "dmarc")
    if dmarc.outcome.endswith(":aligned"):
        return no_longer_holds(facts, f"{spf.summary}, and that counts for DMARC", (spf, dmarc))
    return cannot_be_known(
        f"{spf.summary}, but {dmarc.target} is another domain: only a DKIM signature of it makes DMARC pass",
        "Sign with DKIM for the From domain, or send with an envelope sender of that domain.",
        (spf, dmarc),
    )


def _quoted(facts: Facts) -> set[str]:
    """Which of the three the reply or the rule speaks of; else what the rule would check; else SPF."""
    three = ("spf", "dkim", "dmarc")
    spoken = {name for name in three if facts.speaks_of(name)}
    return spoken or {name for name in three if name in facts.diagnosis.checks} or {"spf"}


def _both(spf: CheckResult, dmarc: CheckResult | None) -> list[CheckResult]:
    return [spf] if dmarc is None else [spf, dmarc]
