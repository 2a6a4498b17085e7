"""What is told of a failure, once the rules that its reply calls are known."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec

from bounce_tui.diagnosis.advice import Filler, tried_for_s
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.evidence import evidence
from bounce_tui.diagnosis.hit import CODE, STATUS, STATUS_AND_TEXT, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.named_lists import NamedLists
from bounce_tui.diagnosis.reason_sets import REASONS
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rule import NamedList, Reason, Rule
from bounce_tui.diagnosis.rulebook import Rulebook
from bounce_tui.model import Bounce, Confidence, Diagnosis, Failure, OtherReading
from bounce_tui.reason import GIVEN_UP, ReasonSlug, WhoActs
from bounce_tui.regex import regex

_OTHER_READINGS: Final = 3
_NAMED_BY_ITS_WORDS: Final = 24
"""Characters of wording from which a provider may be named though its host is not known."""

_PLAIN_WORDS: Final = 9
"""Characters of wording from which it is sure, where nothing else speaks against it: of 191 replies that
no rule was written for, 188 were read rightly by such words."""
_SURE_WORDS: Final = 24
"""The same whatever else is said."""
_MOST_MEANINGS: Final = 1
"""Other readings that plain wording may leave open."""
_OF_WORDS: Final = frozenset({"text", "last", "weak", "code"})
_MANY_MEANINGS: Final = 2
"""Wording that leaves more open than these is never sure, however long it is."""

_SUBJECTS: Final = {
    "1": "an address",
    "2": "a mailbox",
    "3": "a mail system",
    "4": "the network or the route",
    "5": "the SMTP dialogue",
    "6": "the content",
    "7": "security or policy",
}
"""What the second number of an enhanced status code says (RFC 3463 section 2)."""
_RETRY: Final = "the queue retry"
"""What steps begin with, behind "let", that leave it to the queue."""
_AFRESH: Final = regex(r"(?:resend|split the recipients|send (?:the message |it )?again)\b", re.IGNORECASE)
"""Begins steps that send the same mail anew."""
_THEN_RESEND: Final = regex(r"[,;] (?:and )?then (?:resend|send again)\.$")
"""Ends steps that do so when all is mended."""
_UNTIL_THE_END: Final = " It stayed so until the queue gave up."
"""Said where the queue's patience ended over something that may pass."""


class Composer:
    """Composes diagnoses by one rulebook.  Holds no state that changes."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._lists = NamedLists(rulebook.lists)

    def diagnosis(self, hits: Sequence[Hit], reply: Reply, failure: Failure, bounce: Bounce) -> Diagnosis:
        """The diagnosis of `failure` by the best of `hits`; the others are what it may be besides."""
        best = hits[0]
        provider = _provider(best)
        reason = self._rulebook.reasons[best.rule.reason]
        listed = self._lists.find(reply.text) if reason.slug in REASONS.may_mean_a_list else None
        came_back = _came_back(failure, bounce)
        rule = best.rule if provider or not best.rule.names_provider else _of_anyone(best.rule, reason)
        if listed is not None and listed.steps:
            rule = _of_list(rule, reason, listed, provider)
        if reason.late is not None and (tried_for_s(failure, bounce) or 0) >= reason.late.after_s:
            rule = _in_place_of_usual(rule, reason, reason.late.steps, reason.late.who_acts)
        if came_back and reason.returned:
            rule = _in_place_of_usual(rule, reason, reason.returned, rule.who_acts)
        temporary = _temporary(rule, reason, failure)
        gave_up = (
            temporary
            and bounce.kind != "delayed"
            and reason.slug != GIVEN_UP
            and any(map(_tells_the_end, hits[1:]))
        )
        contradiction, denied = self._contradiction(best, reply, failure)
        tied = len(hits) > 1 and _ties(best, hits[1])
        confidence = _confidence(best, denied=denied, tied=tied)
        retries_first = temporary and reason.retry_step and _is_retried(rule, failure)
        meant = listed or self._lists.of_zones(rule.lists)
        filler = Filler(failure, bounce, meant.name if meant else "", (meant.url or "") if meant else "")
        # Six without their names: Python hands on more than fifteen names in a dict made for the call, which
        # takes ten times as long.
        return Diagnosis(
            rule.reason,
            temporary,
            confidence != "low" and failure.action == "failed" and _is_hard(rule, reason),
            provider,
            rule.id,
            confidence,
            evidence=evidence(best, reply, failure),
            cause=self._unregistered(rule, reply, failure)
            or _cause(rule, contradiction, filler) + (_UNTIL_THE_END if gave_up else ""),
            resolution=self._steps(
                rule, reason, reply, filler, retries_first=retries_first, came_back=came_back
            ),
            who_acts=rule.who_acts,
            checks=_checks(rule, listed),
            usual_checks=reason.checks,
            url=_page(rule, provider, listed, filler),
            also=_other_readings(hits, reply, failure),
            blocklist=listed.name if listed else None,
            lists=rule.lists or (listed.zones if listed else ()),
            speaks_of=rule.speaks_of,
            retries_first=retries_first,
        )

    def _unregistered(self, rule: Rule, reply: Reply, failure: Failure) -> str:
        """What is said where a code that no registry has was read by the subject that it begins with."""
        if rule.kind != "status" or rule.provider or rule.own or reply.status in (None, rule.status):
            return ""
        subject = _SUBJECTS.get((rule.status or "")[2:3], "no subject of its own")
        return (
            f"The enhanced status code {failure.status} is in no registry; its second number says only that "
            f"it is about {subject} (RFC 3463). {self._rulebook.reasons[rule.reason].cause}"
        )

    def _steps(
        self,
        rule: Rule,
        reason: Reason,
        reply: Reply,
        filler: Filler,
        *,
        retries_first: bool,
        came_back: bool,
    ) -> tuple[str, ...]:
        steps = filler.fill_all(rule.steps)
        if came_back:
            steps = tuple([_sent_again(step) if _RETRY in step else step for step in steps])
        if retries_first:
            steps = (self._rulebook.retry_step, *(map(_while_waiting, steps)))
        if reason.failure and reply.may_wait and filler.knows("retry_after"):
            steps += (filler.fill(self._rulebook.wait_step),)
        return steps

    def _contradiction(self, hit: Hit, reply: Reply, failure: Failure) -> tuple[str, bool]:
        """A sentence where the status code says something else than the words that won, else "", and whether
        they are less sure for it: a vague code stands beside anything, and takes nothing from them."""
        if hit.start < 0 or reply.status is None or hit.rule.status is not None:
            return "", False
        meaning = self._rulebook.statuses.get(reply.status[2:])
        if meaning is None or (meaning.vague and not meaning.fits):
            return "", False
        reason = hit.rule.reason
        if reason in meaning.reasons or reason in meaning.fits or meaning.reasons[1] in hit.rule.also:
            return "", False
        says = "says only" if meaning.vague else "alone would mean"
        return (
            f'The code {failure.status} {says} "{meaning.name}"; '
            "the words of the reply say more and were believed."
        ), not meaning.vague


def _came_back(failure: Failure, bounce: Bounce) -> bool:
    """True for mail that was returned and waits in no queue: words alone, without a report or a code, may
    have been taken from the log of one that goes on trying."""
    if failure.action != "failed":
        return False
    return bool(bounce.because) or (failure.reply_code or "")[:1] == "5"


def _sent_again(step: str) -> str:
    """`step` for mail that came back: what it says of the queue's retrying, the sender has to do."""
    step = step.replace(f"Let {_RETRY}", "Send it again later")
    return step.replace(f"let {_RETRY}", "send it again later")


def _while_waiting(step: str) -> str:
    """`step` for mail that goes out by itself: it is sent anew only once it has come back.  A corrected
    address or message is another mail, so that only what ends in sending the same again is changed."""
    if _AFRESH.match(step):
        return f"If it comes back, {step[:1].lower()}{step[1:]}"
    return _THEN_RESEND.sub(".", step)


def _of_anyone(rule: Rule, reason: Reason) -> Rule:
    """`rule` with what holds for its reason, whoever speaks: its words were written by another than the
    provider whose cause and steps it has."""
    return msgspec.structs.replace(
        rule, cause=reason.cause, steps=reason.steps, who_acts=reason.who_acts, checks=reason.checks
    )


def _of_list(rule: Rule, reason: Reason, listed: NamedList, provider: str | None) -> Rule:
    """`rule` with what `listed` knows in the place of what holds for its reason, whatever list it is.  A
    provider's own cause stands: it knows more of its server than the list does."""
    named = _in_place_of_usual(rule, reason, listed.steps, listed.who_acts or rule.who_acts)
    if named is rule or provider or not listed.cause:
        return named
    return msgspec.structs.replace(named, cause=listed.cause)


def _in_place_of_usual(rule: Rule, reason: Reason, steps: tuple[str, ...], who_acts: WhoActs) -> Rule:
    """`rule` with these `steps` where it has the usual ones of its `reason`; itself where it has none of
    them."""
    own = len(rule.steps) - len(reason.steps)
    if own < 0 or rule.steps[own:] != reason.steps:
        return rule
    return msgspec.structs.replace(rule, steps=rule.steps[:own] + steps, who_acts=who_acts)


def _cause(rule: Rule, contradiction: str, filler: Filler) -> str:
    cause = filler.fill(rule.cause)
    if contradiction:
        cause = f"{cause} {contradiction}"
    if rule.unverified:
        cause = f"{cause} Unverified: {rule.unverified}"
    return cause


def _temporary(rule: Rule, reason: Reason, failure: Failure) -> bool:
    if failure.action == "delayed" or reason.time_heals:
        return True
    said = (failure.reply_code or failure.status or "")[:1]
    known = (rule.reply or rule.status or "")[:1]
    if said in ("4", "5") and said != known:
        return said == "4"
    return rule.temporary


def _is_retried(rule: Rule, failure: Failure) -> bool:
    """Whether the sending side's queue goes on trying."""
    # What was returned for good lies in no queue, and what was refused at the door in none of ours; what is
    # on hold lies there and is not tried.
    return failure.action == "delayed" and not failure.is_refused_here and rule.id != BuiltIn.QUEUE_HOLDS


def _is_hard(rule: Rule, reason: Reason) -> bool:
    """Whether the address or its domain is dead."""
    # Where another can mend it than for the reason at large, the address is not what is wrong.
    return reason.hard and rule.who_acts == reason.who_acts and not rule.temporary


def _ties(best: Hit, other: Hit) -> bool:
    """True for a hit of another reason that weighs as much, and whose words stand at the same place: only the
    ids of their rules decided between them."""
    if best.rule.reason == other.rule.reason or best.rule.own is not other.rule.own:
        return False
    if best.rule.kind not in _OF_WORDS:
        return False  # put before the other for what is known beside the reply
    return (best.rank, best.points, best.start) == (other.rank, other.points, other.start)


def _confidence(hit: Hit, *, denied: bool, tied: bool) -> Confidence:
    """How sure the reading of `hit` is; `denied` tells that the status code says something else, `tied` that
    another rule reads the same as well."""
    if tied or len(hit.rule.also) > _MANY_MEANINGS:
        return "medium" if hit.rank >= STATUS else "low"
    if hit.rank in (CODE, STATUS_AND_TEXT):
        # Who was never told for certain what a code means is not sure of it.
        return "medium" if hit.rule.unverified else "high"
    if hit.rank == TEXT and not hit.rule.unverified:
        plain = hit.points >= _PLAIN_WORDS and len(hit.rule.also) <= _MOST_MEANINGS and not denied
        if plain or hit.at_home or hit.points >= _SURE_WORDS:
            return "high"
    if hit.rank >= STATUS or (hit.at_home and hit.start >= 0):
        return "medium"
    return "low"


def _tells_the_end(hit: Hit) -> bool:
    """True for words which say that a queue gave up."""
    return hit.rule.reason == GIVEN_UP and hit.rank >= TEXT


def _provider(hit: Hit) -> str | None:
    rule = hit.rule
    if not rule.provider or (rule.shared and not hit.at_home):
        return None
    if hit.at_home or hit.rank == CODE or hit.end - hit.start >= _NAMED_BY_ITS_WORDS:
        return rule.provider
    return None


def _checks(rule: Rule, listed: NamedList | None) -> tuple[str, ...]:
    if listed is None:
        return rule.checks
    asked = tuple(
        check for check in rule.checks if not check.startswith(("dnsbl:", "rhsbl:")) and check != listed.check
    )
    return (listed.check, *asked)


def _page(rule: Rule, provider: str | None, listed: NamedList | None, filler: Filler) -> str | None:
    if listed is not None and listed.url:
        page = filler.fill_url(listed.url)
    else:
        # A provider's page leads astray where another server wrote the same words.
        strange = rule.provider and provider is None
        page = None if strange else filler.fill_url(rule.url)
    return filler.page_of_case(page) if page is not None else None


def _other_readings(hits: Sequence[Hit], reply: Reply, failure: Failure) -> tuple[OtherReading, ...]:
    best = hits[0].rule
    if len(hits) == 1 and not best.also:
        return ()
    # What has words of its own says more than what the words of the first reading allow as well.
    called: dict[ReasonSlug, Hit] = {}
    # Beside a code that means one thing, words and status codes are no doubt: only another such code is.
    least = CODE if hits[0].rank == CODE and not best.unverified and not best.own else VAGUE + 1
    for hit in hits[1:]:
        if hit.rank >= least:
            called.setdefault(hit.rule.reason, hit)
    if best.also:
        called = {reason: called.pop(reason, hits[0]) for reason in best.also} | called
    called.pop(best.reason, None)
    return tuple(
        [
            OtherReading(reason=reason, rule=hit.rule.id, evidence=evidence(hit, reply, failure).text)
            for reason, hit in islice(called.items(), _OTHER_READINGS)
        ]
    )
