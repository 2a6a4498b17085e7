"""How one reply is read: the rules that it calls, those that it nearly calls, and why the first one wins."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bounce_tui.diagnosis.diagnostician import Diagnostician
from bounce_tui.diagnosis.folding import origin
from bounce_tui.diagnosis.hit import CATCH_WORD, CODE, MEANING, STATUS, STATUS_AND_TEXT, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.pasted import REFUSES_NOTHING, diagnose_pasted
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rulebook import words_of
from bounce_tui.model import Bounce, Diagnosis, Failure

BY = {
    CODE: "code",
    STATUS_AND_TEXT: "status and words",
    TEXT: "words",
    MEANING: "meaning",
    STATUS: "status code",
    CATCH_WORD: "catch-word",
    VAGUE: "vague code",
}
"""What a rule was called by, the strongest first."""

_MOST_MISSED = 8
_CALLS_AT_LEAST = 6
"""Characters of wording from which a rule that does not fit is worth a line."""


class Called(Struct, frozen=True):
    """A rule that the reply calls.  `start` and `end` mark its evidence in the reply as it came, -1 where no
    words decided; `at_home` tells that the rule's own provider speaks."""

    rule: Rule
    by: str
    points: int
    start: int
    end: int
    at_home: bool


class Missed(Struct, frozen=True):
    """A rule whose longest word occurs, and why it does not fit."""

    rule: Rule
    why: str


class Trial(Struct, frozen=True):
    """The reading of one reply; `why` says in a sentence what made the winner win."""

    failure: Failure
    diagnosis: Diagnosis
    speakers: tuple[str, ...]
    called: tuple[Called, ...]
    missed: tuple[Missed, ...]
    why: str


def try_reply(diagnostician: Diagnostician, failure: Failure, bounce: Bounce | None = None) -> Trial:
    """The trial of `failure`, one of `bounce` where there are others, read as `explain` reads it."""
    bounce = bounce or Bounce(kind="failed", failures=(failure,))
    reply, hits = diagnostician.readings(failure, bounce)
    diagnosis = diagnose_pasted(diagnostician, failure, bounce)
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.rule.id, hit)
    once = tuple(first.values())
    called = tuple(_called(hit, failure) for hit in once)
    return Trial(
        failure=failure,
        diagnosis=diagnosis,
        speakers=tuple(sorted(reply.speakers)),
        called=called,
        missed=tuple(_missed(diagnostician.rules, reply, {hit.rule.id for hit in hits})),
        why=_why(once, diagnosis),
    )


def _called(hit: Hit, failure: Failure) -> Called:
    start, end = hit.start, hit.end
    if start >= 0:
        start, end = origin(failure.diagnostic, start, end)
    return Called(hit.rule, BY[hit.rank], hit.points, start, end, hit.at_home)


def _why(hits: Sequence[Hit], diagnosis: Diagnosis) -> str:
    if diagnosis.rule in REFUSES_NOTHING:
        return diagnosis.cause
    if not hits:
        return f"no rule knows these words or codes; {diagnosis.rule} is what remains"
    first = hits[0]
    if diagnosis.rule != first.rule.id:
        return f"{first.rule.id} is called first, but its words do not decide here: {diagnosis.rule} does"
    if len(hits) == 1:
        return "it is the only rule that the reply calls"
    second = hits[1]
    if (first.rank, first.points) < (second.rank, second.points):
        return "its words explain the rest of the reply, so that they stand before what weighs more"
    if first.rank != second.rank:
        verb = "say" if first.rank == TEXT else "says"
        return f"{_article(BY[first.rank])} {verb} more than {_article(BY[second.rank])}"
    if first.points != second.points:
        provider = f", and {first.rule.provider} speaks" if first.at_home and not second.at_home else ""
        points = "point" if first.points == 1 else "points"
        return f"it weighs {first.points} {points} against {second.points}{provider}"
    if first.rule.own is not second.rule.own:
        return f"it weighs as much as {second.rule.id}, and it is yours"
    if first.start != second.start:
        return f"it weighs as much as {second.rule.id}, and its words stand first"
    return f"it weighs as much as {second.rule.id}; its id comes first"


def _article(words: str) -> str:
    return (
        words
        if words == "words"
        else f"a {words}"
        if words != "status and words"
        else "wording with its status"
    )


def _missed(rules: Sequence[Rule], reply: Reply, called: set[str]) -> Iterator[Missed]:
    found: list[tuple[int, Rule, str]] = []
    for rule in rules:
        if rule.id in called:
            continue
        best = max(
            (
                (len(anchor), words)
                for words in _groups(rule)
                if (anchor := max(words, key=len)) in reply.text
            ),
            default=None,
        )
        if best is not None and (best[0] >= _CALLS_AT_LEAST or rule.tokens):
            found.append((best[0], rule, _why_not(rule, best[1], reply)))
    found.sort(key=lambda one: (-one[0], one[1].id))
    for _, rule, why in found[:_MOST_MISSED]:
        yield Missed(rule, why)


def _groups(rule: Rule) -> Iterator[tuple[str, ...]]:
    for group in range(len(rule.any_of) + 1):
        if words := words_of(rule, group):
            yield words


def _why_not(rule: Rule, words: Sequence[str], reply: Reply) -> str:
    if missing := [word for word in words if word not in reply.text]:
        return f"it lacks “{missing[0]}”"
    if barred := [word for word in rule.unless if word in reply.text]:
        return f"“{barred[0]}” stands there, which it excludes"
    if rule.needs_provider and rule.provider not in reply.speakers:
        return f"it waits until {rule.provider} is known to speak"
    if rule.not_elsewhere and reply.host_known and rule.provider not in reply.speakers:
        return f"a host speaks that is none of {rule.provider}'s"
    if rule.commands and reply.command not in rule.commands:
        return f"it wants the command {' or '.join(rule.commands)}"
    if rule.exact and (rule.status or reply.status) != reply.status:
        return f"it wants the status {rule.status}"
    if rule.exact and (rule.reply or reply.reply) != reply.reply:
        return f"it wants the reply code {rule.reply}"
    if rule.foreign:
        return "it is of another language, and was not asked or weighs too little"
    if rule.regex or rule.token_range:
        return "its pattern does not fit"
    if rule.hosted and reply.speakers and rule.provider not in reply.speakers:
        return f"it is {rule.provider}'s wording, and another provider speaks"
    if rule.status and rule.status != reply.status:
        return f"its words weigh too little without the status {rule.status}"
    return "its words are part of longer words here, or weigh too little"
