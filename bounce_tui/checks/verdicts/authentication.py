"""auth_failure: which of SPF, DKIM and DMARC was quoted, and does it pass now?"""

import re
from typing import Literal

from bounce_tui.check_outcome import Dkim, Dmarc, Spf
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.authentication.mailing_list import list_behind
from bounce_tui.checks.authentication.signing import how_to_sign, passes_on, sign_as_author, whose_key
from bounce_tui.checks.verdicts.dkim_key import of_key_found
from bounce_tui.checks.verdicts.dmarc_policy import of_lifted_policy
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    no_longer_holds,
    not_settled,
    on_guess,
    on_guessed_domain,
    still_holds,
)
from bounce_tui.domain_name import are_related
from bounce_tui.regex import regex

_SIGN_TOO = "Have the mail signed with DKIM for the From domain as well, then send again."
_AGAIN = "Run the checks again, or through another resolver."
_FAILED = (
    "'fail'",
    "hardfail",
    "softfail",
    "not allowed",
    "not authorized",
    "not permitted",
    "not designate",
)
_UNALIGNED = ("isn't aligned", "not aligned", "is not in alignment", "alignment failed", "unaligned")
# As receivers put it; "DMARC policy" alone is the policy that refuses.
_NO_RECORD = (
    "no dmarc",
    "no-dmarc",
    "no valid dmarc",
    "dmarc record is missing",
    "dmarc record missing",
    "dmarc record not found",
    "dmarc record required",
    "dmarc record is required",
    "missing dmarc",
    "without dmarc",
    "without a dmarc",
    "not have a dmarc",
    "n't have a dmarc",
    "not publish a dmarc",
    "publishes no dmarc",
)
_RESULT = regex(
    r"\b(spf|dkim|dmarc)\s{0,2}[=:]\s{0,2}(pass|fail|none|softfail|neutral|temperror|permerror)\b"
)
_Method = Literal["spf", "dkim", "dmarc"]
_THREE: tuple[_Method, ...] = ("spf", "dkim", "dmarc")
_ALL = "+all"
_NAME_THEM = (
    "Name the hosts that send for the domain in its SPF record, and end it in “~all” or “-all” in place of "
    "“+all”."
)


def authentication(facts: Facts) -> Verdict:
    """auth_failure: SPF and DKIM have checks of their own; DMARC passes where one of them does for the From
    domain."""
    return on_guessed_domain(facts, _by_what_is_quoted(facts))


def _by_what_is_quoted(facts: Facts) -> Verdict:
    quoted = _quoted(facts)
    if "dmarc" in quoted and facts.speaks_of("permerror"):
        return _of_broken_policy(facts)
    if "dmarc" in quoted and _misses_policy(facts):
        return _of_missing_policy(facts)
    if facts.reply_has(*_UNALIGNED) or facts.speaks_of("alignment", "aligned"):
        return _of_dmarc(facts, whatever_policy=True)
    if "dmarc" in quoted and "spf" not in quoted:
        return _of_dmarc(facts)
    if "dkim" in quoted and "spf" not in quoted:
        return _of_dkim(facts)
    return _of_spf(facts, of_dmarc="dmarc" in quoted)


def _of_dkim(facts: Facts) -> Verdict:
    dkim = facts.result("dkim")
    if dkim is None:
        return cannot_be_known(
            "the bounce blames the DKIM signature, and does not bring back the message that carried it",
            facts.first_step
            or "Send a test message to a mailbox that shows Authentication-Results, and look there.",
        )
    if dkim.outcome == "verified" and dkim.of(Dkim).unsure:
        return cannot_be_known(dkim.summary, _AGAIN, (dkim,))
    if _counts_not(dkim):
        return cannot_be_known(
            f"{dkim.summary}, and whether the receiver takes it, only it can tell", _SIGN_TOO, (dkim,)
        )
    if dkim.state == "pass":
        return no_longer_holds(facts, dkim.summary, (dkim,))
    if (found := of_key_found(facts, dkim)) is not None:
        return found
    if dkim.state in ("fail", "warn"):
        return still_holds(dkim.summary, dkim.remedy, (dkim,))
    return cannot_be_known(dkim.summary, dkim.remedy or facts.first_step, (dkim,))


def _misses_policy(facts: Facts) -> bool:
    """True when it is the DMARC record itself that the receiver misses: bulk senders must publish one."""
    results = _results(facts)
    alone = results.get("dmarc") == "none" and "pass" in (results.get("spf"), results.get("dkim"))
    return alone or facts.reply_has(*_NO_RECORD) or facts.speaks_of("no_dmarc", *_NO_RECORD)


def _of_missing_policy(facts: Facts) -> Verdict:
    """The verdict where the receiver demands a DMARC record: it then demands a pass of SPF or DKIM, too."""
    spf, dkim, dmarc = (facts.result(name) for name in ("spf", "dkim", "dmarc"))
    if dmarc is None or dmarc.state == "unknown":
        return not_settled(facts, "dmarc")
    if dmarc.outcome == "no_record":
        return still_holds(dmarc.summary, dmarc.remedy, (dmarc,))
    if spf is not None and spf.state in ("fail", "warn") and _results(facts).get("spf", "pass") != "pass":
        return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf, dmarc)))
    failed = dkim is not None and dkim.state in ("fail", "warn")
    if dkim is not None and failed and _results(facts).get("dkim", "pass") != "pass":
        return still_holds(dkim.summary, dkim.remedy, (dkim, dmarc))
    return no_longer_holds(facts, f"{dmarc.target} publishes a DMARC policy now", (dmarc,))


def _of_broken_policy(facts: Facts) -> Verdict:
    """The verdict where the receiver could not make sense of the DMARC record, or of the SPF record below
    it."""
    spf, dmarc = facts.result("spf"), facts.result("dmarc")
    if dmarc is None or dmarc.state == "unknown":
        return not_settled(facts, "dmarc")
    if dmarc.of(Dmarc).broken:
        return still_holds(dmarc.summary, dmarc.remedy, (dmarc,))
    if spf is not None and spf.outcome == "permerror":
        return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf, dmarc)))
    step = None
    if dmarc.outcome in ("quarantine", "reject"):
        now = _of_dmarc(facts)
        step = (
            f"Before you send again: {now.summary} {now.next_step}"
            if now.state != "no_longer_holds"
            else None
        )
    return no_longer_holds(facts, f"{dmarc.summary}, and that can be read", _those(dmarc, spf), step)


def _results(facts: Facts) -> dict[str, str]:
    """What the reply says each of the three came to, as in "Spf= Pass , Dkim= None , DMARC= Fail"."""
    return {match[1]: match[2] for match in _RESULT.finditer(facts.reply)}


def _of_dmarc(facts: Facts, *, whatever_policy: bool = False) -> Verdict:
    """With `whatever_policy` for a receiver that wants SPF or DKIM to align, whatever the sender asks for."""
    spf, dkim, dmarc = (facts.result(name) for name in ("spf", "dkim", "dmarc"))
    if dmarc is not None and dmarc.outcome == "servfail" and facts.speaks_of("temperror"):
        return still_holds(dmarc.summary, dmarc.remedy or facts.first_step, (dmarc,))
    if not whatever_policy and dmarc is not None and dmarc.outcome in ("none", "no_record"):
        return of_lifted_policy(facts, dmarc, spf, dkim)
    if dkim is not None and _counts(dkim):
        return no_longer_holds(facts, f"{dkim.summary}, and that counts for DMARC", _those(dkim, dmarc))
    if spf is not None and spf.outcome == "pass":
        return on_guess(facts, _by_spf(facts, spf, dkim, dmarc))
    if spf is None or spf.state == "unknown":
        return _without_spf(facts, dkim, dmarc)
    return on_guess(facts, _neither(facts, spf.summary, spf, dkim, dmarc))


def _without_spf(facts: Facts, dkim: CheckResult | None, dmarc: CheckResult | None) -> Verdict:
    """Where SPF would not count for the From domain, it matters nothing that it is not known."""
    sender = facts.inputs.envelope_sender
    if dmarc is None or dmarc.of(Dmarc).spf != "unaligned" or sender is None or not sender.sure:
        return not_settled(facts, "spf")
    summary = f"SPF of {sender.value.rpartition('@')[2]} does not count for {dmarc.target} in DMARC"
    return _neither(facts, summary, None, dkim, dmarc)


def _of_spf(facts: Facts, *, of_dmarc: bool) -> Verdict:
    spf, dkim, dmarc = (facts.result(name) for name in ("spf", "dkim", "dmarc"))
    if dkim is not None and _counts(dkim) and facts.speaks_of("either", "neither"):
        return no_longer_holds(facts, f"{dkim.summary}, and one of SPF and DKIM is enough", _those(dkim, spf))
    if spf is not None and facts.speaks_of("temperror") and _fails_as_quoted(facts, spf):
        return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf,)))
    if spf is None or spf.state == "unknown":
        return not_settled(facts, "spf")
    if (
        spf.outcome == "none"
        and facts.speaks_of("spf_fail", *_FAILED)
        and not facts.speaks_of("either", "neither", "no spf")
    ):
        summary = (
            f"the bounce speaks of an SPF record that refuses the mail, and there is none now: {spf.summary}"
        )
        return cannot_be_known(summary, spf.remedy, (spf,))
    if spf.outcome != "pass":
        return on_guess(facts, still_holds(spf.summary, spf.remedy, (spf,)))
    if facts.reply_has(_ALL) and spf.of(Spf).allows_all:
        return still_holds(
            f"{spf.summary}, as it does every address, and the receiver minds", _NAME_THEM, (spf,)
        )
    if of_dmarc:
        return on_guess(facts, _by_spf(facts, spf, dkim, dmarc))
    return on_guess(facts, no_longer_holds(facts, spf.summary, (spf,)))


def _fails_as_quoted(facts: Facts, spf: CheckResult) -> bool:
    """True where name servers fail, or stay silent about the very name that the receiver could not look up:
    two resolvers that hear nothing of it are no chance."""
    silent = spf.of(Spf).silent_name
    return spf.of(Spf).servers_fail or (silent is not None and facts.reply_has(silent))


def _by_spf(facts: Facts, spf: CheckResult, dkim: CheckResult | None, dmarc: CheckResult | None) -> Verdict:
    """What a pass of SPF means for DMARC."""
    if dmarc is None or dmarc.state == "unknown":
        return not_settled(facts, "dmarc")
    # Aligned, as no record says how strictly.
    if dmarc.outcome == "no_record" and are_related(spf.target, dmarc.target):
        return no_longer_holds(facts, f"{spf.summary}, and {dmarc.summary}", (spf, dmarc))
    if dmarc.of(Dmarc).spf == "aligned":
        return no_longer_holds(facts, f"{spf.summary}, and that counts for DMARC", (spf, dmarc))
    if dmarc.of(Dmarc).spf == "unknown":
        return cannot_be_known(f"{spf.summary}; but {dmarc.summary}", _AGAIN, _those(spf, dkim, dmarc))
    return _neither(
        facts, f"{spf.summary}, but that does not count for {dmarc.target} in DMARC", spf, dkim, dmarc
    )


def _neither(
    facts: Facts,
    summary: str,
    spf: CheckResult | None,
    dkim: CheckResult | None,
    dmarc: CheckResult | None,
) -> Verdict:
    """The verdict where SPF does nothing for DMARC, so that DKIM decides."""
    if dkim is not None and (dkim.outcome == "unasked" or dkim.of(Dkim).unsure):
        return cannot_be_known(
            f"{summary}, and {dkim.summary}", dkim.remedy or _AGAIN, _those(spf, dkim, dmarc)
        )
    if dkim is not None and (dkim.state in ("fail", "warn") or _counts_not(dkim)):
        of_spf = spf.remedy if spf is not None and not _of_others(facts, spf) else None
        step = _or_own_policy(facts, of_spf or _how_dkim_passes(facts, dkim), spf, dmarc)
        return still_holds(f"{summary}, and {dkim.summary}", step, _those(spf, dkim, dmarc))
    if spf is not None and spf.outcome != "pass":
        summary = f"{summary}, so only a DKIM signature could make DMARC pass"
        mend = how_to_sign(facts.inputs) if _of_others(facts, spf) else spf.remedy
        return still_holds(summary, mend, _those(spf, dmarc))
    step = how_to_sign(facts.inputs)
    if not passes_on(facts.inputs):
        step += " Or send with an envelope sender of that domain."
    step = _or_own_policy(facts, step, spf, dmarc)
    return cannot_be_known(
        f"{summary}: only a DKIM signature of it makes DMARC pass", step, _those(spf, dmarc)
    )


def _how_dkim_passes(facts: Facts, dkim: CheckResult) -> str:
    """What makes a signature count for the From domain.  That of a domain which does not go with it would not
    if it verified, either; whose keys are a service's, its remedy says."""
    of = dkim.of(Dkim)
    if of.signer is None or of.aligned or of.unsure or whose_key(of.signer, facts.inputs) is not None:
        return dkim.remedy or how_to_sign(facts.inputs)
    return sign_as_author(of.signer, facts.inputs)


def _of_others(facts: Facts, spf: CheckResult) -> bool:
    """Whether a list, or who forwarded the mail, sent it in the name of its author: no pass of SPF, by a
    rewritten envelope sender or another, would count for the author."""
    return spf.of(Spf).forwarded or passes_on(facts.inputs) or list_behind(facts.inputs) is not None


def _or_own_policy(facts: Facts, step: str, spf: CheckResult | None, dmarc: CheckResult | None) -> str:
    """What a subdomain can publish meanwhile; where somebody else passed the mail on, or a faulty SPF record
    is to blame, nothing."""
    if dmarc is None or dmarc.remedy is None or (spf is not None and spf.outcome != "pass"):
        return step
    if list_behind(facts.inputs) or passes_on(facts.inputs):
        return step
    return f"{step} {dmarc.remedy}"


def _quoted(facts: Facts) -> set[str]:
    """Which of the three the reply or the rule speaks of; else what the rule would check; else SPF."""
    results = _results(facts)
    # Where SPF or DKIM failed, it is beside the point that there is no DMARC policy.
    beside = results.get("dmarc") == "none" and "pass" not in (results.get("spf"), results.get("dkim"))
    failed = {name for name, result in results.items() if result != "pass"} - ({"dmarc"} if beside else set())
    if failed:
        return failed
    # A rule may know all three where the reply blames one.
    said: set[str] = {name for name in _THREE if re.search(rf"(?<![a-z0-9]){name}(?![a-z0-9])", facts.reply)}
    spoken: set[str] = said or {name for name in _THREE if facts.speaks_of(name)}
    return spoken or {name for name in _THREE if name in facts.diagnosis.checks} or {"spf"}


def _counts(dkim: CheckResult) -> bool:
    """True for a signature that verifies and is of the From domain."""
    return dkim.outcome == "verified" and dkim.of(Dkim).aligned


def _those(*results: CheckResult | None) -> list[CheckResult]:
    return [result for result in results if result is not None]


def _counts_not(dkim: CheckResult) -> bool:
    """True for one that verifies, but is of another domain."""
    return dkim.outcome == "verified" and not dkim.of(Dkim).aligned and not dkim.of(Dkim).unsure
