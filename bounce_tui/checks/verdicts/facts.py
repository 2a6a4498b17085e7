"""What a judge looks at: the diagnosis, the inputs, the results; and the three verdicts it may give."""

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bounce_tui.check_results import CheckResult, Inputs, Verdict, VerdictState
from bounce_tui.checks.authentication.exchange_online import INCLUDE, hides_address
from bounce_tui.checks.dns.wording import DOUBT
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.model import Diagnosis
from bounce_tui.reason import Topic
from bounce_tui.regex import regex

_LONGEST_READ = 4000
_GENERIC = regex(
    r"generic|(?<![a-z])(?:dyn(?:amic(?:ally)?)?|dyna|dial-?up|dsl|residential|consumer|end-?user|pool)(?![a-z])"
)
# A host's name or a page: "dyn" in it is no word of the receiver's.
_NAME = regex(r"[a-z0-9]\.[a-z0-9]")
_SAFE = "Safe to send again."
_NEXT_PASSES = "The client's next attempt should pass: there is nothing that you have to send."
_SAFE_OR_QUEUED = "Safe to send again; a message that is still in the queue goes by itself."


class Facts(Struct, frozen=True):
    """All that one verdict is judged by.  `now` is the time of judging, None where it is left out of
    account."""

    diagnosis: Diagnosis
    inputs: Inputs
    results: tuple[CheckResult, ...]
    now: datetime | None = None

    def result(self, check_id: str) -> CheckResult | None:
        """The result of one check, None when it was not run or could not start."""
        found = next((result for result in self.results if result.id == check_id), None)
        return None if found is None or found.state == "skipped" else found

    def those(self, *check_ids: str) -> list[CheckResult]:
        """The results of these checks, as far as there are any."""
        return [result for check_id in check_ids if (result := self.result(check_id)) is not None]

    def of_kinds(self, *prefixes: str) -> tuple[CheckResult, ...]:
        """The results of checks such as dnsbl:..., those that could not start left out."""
        return tuple(
            result
            for result in self.results
            if result.id.partition(":")[0] in prefixes and result.state != "skipped"
        )

    def speaks_of(self, topic: Topic, *words: str) -> bool:
        """True when the rule knows that the reply speaks of `topic`, or the evidence holds it or one of
        `words`."""
        return topic in self.diagnosis.speaks_of or self.evidence_holds(topic, *words)

    def evidence_holds(self, *words: str) -> bool:
        """True when the receiver's very words that decided hold one of `words`, as a word."""
        said = self.diagnosis.evidence.text
        return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", said, re.IGNORECASE) for word in words)

    def reply_has(self, *words: str) -> bool:
        """True when the reply as a whole holds one of `words` (lower case)."""
        return any(word in self.reply for word in words)

    @property
    def blames_generic_name(self) -> bool:
        """True when the receiver refuses hosts whose reverse name looks like a customer's line."""
        words = (word for word in self.reply.split() if not _NAME.search(word))
        return _GENERIC.search(" ".join(words)) is not None

    @property
    def reply(self) -> str:
        """What the receiver said, in lower case, as much of it as decides anything."""
        failure = self.inputs.failure
        return failure.diagnostic[:_LONGEST_READ].lower() if failure is not None else ""

    @property
    def first_step(self) -> str | None:
        """The first step of the advice that came with the diagnosis, behind the one that only says that the
        message is still being tried."""
        steps = self.diagnosis.resolution
        steps = steps[1:] if self.diagnosis.retries_first and len(steps) > 1 else steps
        return steps[0] if steps else None


def still_holds(summary: str, step: str | None, because: Iterable[CheckResult]) -> Verdict:
    """The verdict that the quoted cause is true now: its `summary`, the next `step`, the results that it
    rests on (`because`)."""
    return Verdict("still_holds", _sentence(summary), step or "Mend it before you send again.", _ids(because))


def no_longer_holds(
    facts: Facts, summary: str, because: Iterable[CheckResult], step: str | None = None
) -> Verdict:
    """The verdict that the quoted cause is not true any more; without a `step`, that it is safe to send
    again."""
    failure = facts.inputs.failure
    if failure is not None and failure.is_refused_here:
        safe = _NEXT_PASSES
    else:
        safe = _SAFE_OR_QUEUED if facts.diagnosis.temporary else _SAFE
    return Verdict("no_longer_holds", _sentence(summary), step or safe, _ids(because))


def cannot_be_known(summary: str, step: str | None, because: Iterable[CheckResult] = ()) -> Verdict:
    """The verdict that DNS cannot tell, or did not."""
    return Verdict(
        "cannot_be_known", _sentence(summary), step or "Ask the receiver's postmaster.", _ids(because)
    )


def not_settled(facts: Facts, *check_ids: str) -> Verdict:
    """What to say when the checks that would settle it gave nothing: not run, not startable, no answer."""
    mine = [
        result
        for result in facts.results
        if result.id in check_ids or result.id.partition(":")[0] in check_ids
    ]
    unknown = [result for result in mine if result.state == "unknown"]
    if unknown:
        found = unknown[0]
        step = found.remedy or "Run the checks again, or through another resolver."
        return cannot_be_known(f"it could not be checked: {found.summary}", step, unknown)
    missing = [result for result in mine if result.outcome == "no_input"]
    if missing:
        return cannot_be_known(
            f"it could not be checked: {missing[0].summary}",
            _missing_step(facts),
            missing,
        )
    pages = [result for result in facts.results if result.outcome in ("open_page", "not_asked")]
    if pages:
        return cannot_be_known(pages[0].summary, pages[0].remedy or facts.first_step, pages[:1])
    return cannot_be_known("no check was run that could settle it", facts.first_step)


def _missing_step(facts: Facts) -> str:
    """What to do where an input is missing; no report tells Exchange Online's outgoing address."""
    domain = sender_domain(facts.inputs)
    if domain is None or not hides_address(facts.inputs):
        return _put_in(facts.inputs)
    dkim = facts.result("dkim")
    sign = f" {dkim.remedy}" if dkim is not None and dkim.outcome == "unsigned" and dkim.remedy else ""
    return f"See that the SPF record of {domain.value} has {INCLUDE}.{sign}"


def _put_in(inputs: Inputs) -> str:
    """Which inputs are missing, and where they are to be found."""
    missing = []
    if inputs.sending_ip is None:
        helo = inputs.helo
        host = helo.value if helo is not None and helo.source == "reporting_mta" else "your server"
        missing.append(f"the sending IP, the public address from which {host} sends")
    if inputs.envelope_sender is None:
        missing.append("the envelope sender")
    if inputs.recipient_domain is None:
        missing.append("the recipient")
    if not missing:
        return "Put what is missing into the inputs and run the checks again."
    comma = "," if inputs.sending_ip is None else ""
    return f"Put {', and '.join(missing)}{comma} into the inputs and run the checks again."


def silent(result: CheckResult) -> Verdict:
    """The verdict where nobody answered, which neither confirms the quoted cause nor shows that it is
    gone."""
    return cannot_be_known(
        f"it could not be checked: {result.summary}",
        "Run the checks again; if it stays so, " + lowered(result.remedy or "ask through another resolver."),
        (result,),
    )


def on_guess(facts: Facts, verdict: Verdict) -> Verdict:
    """A verdict that rests on the sending IP (with SPF on the envelope sender, too), softened where that is
    only a guess: a stranger's address that is clear proves nothing for ours, and SPF refuses every
    stranger's."""
    of_sender = "spf" in verdict.because
    sender = facts.inputs.envelope_sender if of_sender else None
    for candidate, what in ((facts.inputs.sending_ip, "sending IP"), (sender, "envelope sender")):
        if candidate is not None and not candidate.sure:
            refuses_all = of_sender and candidate is facts.inputs.sending_ip
            verdict = _doubted(verdict, candidate.value, what, proves_nothing=refuses_all)
    return verdict


def on_guessed_domain(facts: Facts, verdict: Verdict) -> Verdict:
    """A verdict that rests on the policy of the From domain, softened where that is only a guess, which the
    reply does not confirm."""
    domain = facts.inputs.from_domain
    if domain is None or domain.sure or "dmarc" not in verdict.because or facts.reply_has(domain.value):
        return verdict
    return _doubted(verdict, domain.value, "From domain", proves_nothing=True)


def _doubted(verdict: Verdict, value: str, what: str, *, proves_nothing: bool) -> Verdict:
    summary = f"{verdict.summary.removesuffix('.')}; but that {value} is the {what} is a guess."
    confirm = f"Make sure that {value} is the {what}, or put the right one into the inputs"
    if verdict.state == "no_longer_holds":
        return Verdict("cannot_be_known", summary, f"{confirm}, then run the checks again.", verdict.because)
    state: VerdictState = "cannot_be_known" if proves_nothing else verdict.state
    told = verdict.next_step.replace(DOUBT, "")
    then = f"If it is: {lowered(told)}" if proves_nothing else told
    return Verdict(state, summary, f"{confirm}. {then}", verdict.because)


def lowered(text: str) -> str:
    """`text`, a sentence, as the second half of another: its first letter in lower case."""
    return text[:1].lower() + text[1:]


def _ids(results: Iterable[CheckResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(result.id for result in results))


def _sentence(text: str) -> str:
    """`text` with a capital, unless it begins with a name or an address, and a full stop."""
    text = text.strip().rstrip(".")
    first = text.partition(" ")[0]
    return f"{text}." if "." in first or ":" in first else f"{text[:1].upper()}{text[1:]}."
