"""A refusal for DMARC whose policy asks for nothing by now: does that alone let the mail pass?"""

from bounce_tui.check_outcome import Dkim, Dmarc
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.authentication.signing import how_to_sign
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    lowered,
    no_longer_holds,
    not_settled,
    on_guess,
)
from bounce_tui.regex import regex

_OF_POLICY = regex(r"dmarc.{0,80}polic|polic.{0,80}dmarc|\bp ?= ?(?:reject|quarantine)")
# The ground that the reply gives is then the value itself, "(p=reject)" or "a DMARC policy of reject".
_QUOTES_VALUE = regex(
    r"\bp ?= ?[\"']?(?:reject|quarantine)|polic(?:y|ies) (?:of|is|was|set to|=) ?[\"']?(?:reject|quarantine)"
)
_NO_GROUND = "so DMARC is no ground for refusing it"
_AGAIN = "Run the checks again, or through another resolver."


def of_lifted_policy(
    facts: Facts, dmarc: CheckResult, spf: CheckResult | None, dkim: CheckResult | None
) -> Verdict:
    """The verdict where the From domain's policy is p=none, or gone.

    That mends the mail for a receiver which looks at nothing else.  Others refuse what neither SPF nor DKIM
    vouches for, whatever its domain asks for."""
    gone = dmarc.outcome == "no_record"
    lifted = dmarc.summary if gone else f"the DMARC policy of {dmarc.target} is none now"
    vouching = _vouching(dmarc, spf, dkim)
    if vouching is not None and _is_aligned(vouching, dmarc):
        return _vouched(facts, f"{lifted}, {_NO_GROUND}", dmarc, vouching)
    stricter = dmarc.of(Dmarc).older
    if stricter in ("quarantine", "reject"):
        lifted += f", but {stricter} for receivers that go by the older standard (RFC 7489)"
    elif facts.speaks_of("dmarc_policy_only") or (not gone and _QUOTES_VALUE.search(facts.reply) is not None):
        step = _for_others(spf, dkim) if vouching is None else None
        return no_longer_holds(facts, f"{lifted}, {_NO_GROUND}", (dmarc,), step)
    else:
        lifted += f", {_NO_GROUND}"
        # Where there is no record, DMARC cannot fail; with p=none it does.
        if vouching is not None and (gone or _OF_POLICY.search(facts.reply) is not None):
            return _vouched(facts, lifted, dmarc, vouching)
    if vouching is None:
        return on_guess(facts, _unvouched(facts, lifted, dmarc, spf, dkim))
    summary = (
        f"{lifted}; {vouching.summary}, but that does not count for {dmarc.target}, and whether the receiver "
        "refuses mail for that, only it can tell"
    )
    step = f"Send again; if it is refused once more: {lowered(how_to_sign(facts.inputs))}"
    return on_guess(facts, cannot_be_known(summary, step, (dmarc, vouching)))


def _vouching(dmarc: CheckResult, spf: CheckResult | None, dkim: CheckResult | None) -> CheckResult | None:
    """What passes of the two, one that counts for DMARC before one that does not."""
    passing = [one for one in (dkim, spf) if one is not None and one.outcome in ("verified", "pass")]
    return next((one for one in passing if _is_aligned(one, dmarc)), passing[0] if passing else None)


def _is_aligned(one: CheckResult, dmarc: CheckResult) -> bool:
    return one.of(Dkim).aligned if one.id == "dkim" else dmarc.of(Dmarc).spf == "aligned"


def _vouched(facts: Facts, lifted: str, dmarc: CheckResult, vouching: CheckResult) -> Verdict:
    return on_guess(facts, no_longer_holds(facts, f"{lifted}: {vouching.summary}", (dmarc, vouching)))


def _unvouched(
    facts: Facts, lifted: str, dmarc: CheckResult, spf: CheckResult | None, dkim: CheckResult | None
) -> Verdict:
    """Neither passes, as far as is known."""
    told = [one for one in (spf, dkim) if one is not None]
    if not told:
        missing = not_settled(facts, "spf", "dkim")
        return cannot_be_known(f"{lifted}; {lowered(missing.summary)}", missing.next_step, (dmarc,))
    steps = [one.remedy or (_AGAIN if one.state == "unknown" else None) for one in told]
    first = next(filter(None, steps), None)
    if dmarc.of(Dmarc).broken:
        first = " - ".join(filter(None, (dmarc.remedy, first)))
    return cannot_be_known(
        f"{lifted}; but {listed_words([one.summary for one in told])}, and whether the receiver takes mail "
        "that neither vouches for, only it can tell",
        first,
        (dmarc, *told),
    )


def _for_others(spf: CheckResult | None, dkim: CheckResult | None) -> str | None:
    """What is to be mended for receivers that look at SPF and DKIM, too."""
    remedies = [one.remedy for one in (spf, dkim) if one is not None and one.remedy]
    return (
        f"Send again. Other receivers may refuse it until this is done: {remedies[0]}" if remedies else None
    )
