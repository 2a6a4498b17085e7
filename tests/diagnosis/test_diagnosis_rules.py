"""What every rule owes its reader."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import Rule, diagnose, reasons, rules
from bounce_tui.diagnosis.folding import fold
from bounce_tui.model import Bounce, Diagnosis, Failure
from bounce_tui.parsing.single_reply import read_reply

SILENT = {
    "absence-note",
    "complaint-passed-on",
    "forwarded-unproved",
    "log-refuses-nothing",
    "no-words-class-4",
    "no-words-class-5",
    "queue-still-tries",
    "queue-gave-up",
    "no-refusal",
    "no-words",
    "positive-reply",
    "notice-of-success",
    "own-login-refused",
    "own-server-failed",
    "program-failed",
    "words-not-known",
    "words-without-code",
    "refused-here",
    "refused-here-for-now",
}
"""Rules for bounces without words, which no reply can show; test_diagnosis_codes.py and
test_diagnosis_pasted.py call them."""


def _files() -> list[str]:
    return sorted({rule.file for rule in rules()})


@pytest.mark.parametrize("file", _files())
def test_each_rule_wins_its_examples_and_no_other_does(file: str) -> None:
    lost = []
    for rule in (rule for rule in rules() if rule.file == file):
        for example in rule.examples:
            winner = diagnose(read_reply(example), Bounce()).rule
            if winner != rule.id:
                lost.append(f"{rule.id}: {example!r} goes to {winner}")
    assert lost == []


def test_a_rule_that_names_another_actor_than_its_reason_says_what_that_one_does() -> None:
    of_reason = reasons()
    others = [rule for rule in rules() if rule.who_acts != of_reason[rule.reason].who_acts]
    assert len(others) > 50
    # The reason's steps are another's work: none of them may follow.
    assert [rule.id for rule in others if set(rule.steps) & set(of_reason[rule.reason].steps)] == []


def test_what_a_rule_adds_to_the_steps_of_its_reason_is_not_said_in_them() -> None:
    twice = [
        (rule.id, own, given)
        for rule in rules()
        for given in reasons()[rule.reason].steps
        if given in rule.steps
        for own in set(rule.steps) - set(reasons()[rule.reason].steps)
        if _alike(own, given) >= 0.5
    ]
    assert twice == []


def _alike(one: str, other: str) -> float:
    """How many of the longer words of the shorter sentence are in the other, as a part of them."""
    short, long = sorted(
        ({word[:6] for word in re.findall(r"[a-z]{4,}", text.lower())} for text in (one, other)), key=len
    )
    return len(short & long) / len(short) if len(short) > 2 else 0.0


def test_no_rule_is_without_an_example() -> None:
    assert {rule.id for rule in rules() if not rule.examples} == SILENT


def test_ids_are_unique_and_written_alike() -> None:
    counted = Counter(rule.id for rule in rules())
    assert [id_ for id_, times in counted.items() if times > 1] == []
    assert [id_ for id_ in counted if not re.fullmatch(r"[a-z0-9][a-z0-9.-]+", id_)] == []


def test_every_reason_of_a_failure_is_reached_by_a_rule() -> None:
    used = {rule.reason for rule in rules()}
    assert {slug for slug, reason in reasons().items() if reason.failure} - used == set()


def test_no_example_holds_a_foreign_address() -> None:
    at = re.compile(r"@[\w.-]*\.(?!example\b|example\.(?:com|net|org)\b)[a-z]{2,}\b")
    assert [rule.id for rule in rules() for text in rule.examples if at.search(text.lower())] == []


def test_literals_are_folded_and_steps_end_as_sentences() -> None:
    for rule in rules():
        words = (*rule.contains, *rule.tokens, *(word for group in rule.any_of for word in group))
        assert all(word == fold(word) for word in words), rule.id
        assert all(step.rstrip()[-1] in ".?!)" for step in rule.steps), rule.id
        assert rule.cause.rstrip()[-1] in ".?!)", rule.id


def test_reasons_and_rules_name_checks_of_the_contract_only() -> None:
    plain = {
        "domain", "mx", "sender-domain", "ptr", "spf", "dkim", "dmarc", "owner", "tls", "smtp", "rdap",
    }  # fmt: skip
    for rule in rules():
        for check in rule.checks:
            assert check in plain or check.partition(":")[0] in ("dnsbl", "rhsbl", "link"), (rule.id, check)


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_the_same_failure_always_gets_the_same_diagnosis(
    explain: Callable[[str], Diagnosis], action: str
) -> None:
    texts = [example for rule in rules() for example in rule.examples][::7]
    first = [explain(text) for text in texts]
    assert [explain(text) for text in reversed(texts)] == first[::-1]


def test_a_rule_of_each_kind_is_known() -> None:
    kinds = {rule.kind for rule in rules()}
    assert kinds == {"code", "text", "last", "weak", "meaning", "status", "reply"}


def test_a_rule_is_complete_for_the_reference_screen() -> None:
    rule: Rule = next(iter(rules()))
    assert rule.cause
    assert rule.steps
    assert rule.who_acts
    assert diagnose(Failure(), Bounce()).reason == "undefined"


def test_a_diagnosis_says_what_is_not_known_for_certain_and_is_not_sure_of_it(
    explain: Callable[[str], Diagnosis],
) -> None:
    doubtful = [rule for rule in rules() if rule.unverified]
    assert doubtful
    for rule in doubtful:
        for example in rule.examples:
            diagnosis = explain(example)
            assert diagnosis.cause.endswith(f" Unverified: {rule.unverified}")
            assert diagnosis.confidence != "high"
