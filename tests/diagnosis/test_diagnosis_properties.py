"""Whatever a stranger writes, a diagnosis comes back, and it points at words that are there."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounce_tui.diagnosis import diagnose, reasons, rules
from bounce_tui.diagnosis.folding import LONGEST_TEXT, fold_reply, origin
from bounce_tui.model import Bounce, Candidate, Diagnosis, Failure

WORDS = st.sampled_from([word for rule in rules() for word in rule.contains][::5])
TEXT = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(WORDS, st.text(max_size=10)), max_size=12).map(" ".join),
    st.lists(WORDS, max_size=8).map("\n\t ".join),
)
CODE = st.one_of(st.none(), st.from_regex(r"[245]\d\d", fullmatch=True), st.text(max_size=4))
STATUS = st.one_of(st.none(), st.from_regex(r"[245]\.\d{1,3}\.\d{1,3}", fullmatch=True), st.text(max_size=9))
FAILURE = st.builds(
    Failure,
    recipient=st.one_of(st.none(), st.text(max_size=60)),
    action=st.sampled_from(["failed", "delayed", "relayed"]),
    reply_code=CODE,
    status=STATUS,
    diagnostic=TEXT,
    command=st.one_of(st.none(), st.sampled_from(["RCPT", "DATA", "MAIL", "CONN"]), st.text(max_size=5)),
    remote_mta=st.one_of(st.none(), st.text(max_size=40)),
    x500=st.one_of(st.none(), st.text(max_size=20)),
)
BOUNCE = st.builds(
    Bounce,
    kind=st.sampled_from(["failed", "delayed", "other"]),
    reporting_mta=st.one_of(st.none(), st.text(max_size=40)),
    sending_ips=st.lists(
        st.builds(Candidate, value=st.text(max_size=40), source=st.just("user"), sure=st.booleans()),
        max_size=1,
    ).map(tuple),
)


@settings(max_examples=300)
@given(FAILURE, BOUNCE)
def test_any_failure_gets_a_diagnosis_with_evidence_that_is_there(failure: Failure, bounce: Bounce) -> None:
    diagnosis = diagnose(failure, bounce)
    assert diagnosis.reason in reasons()
    assert diagnosis == diagnose(failure, bounce)
    evidence = diagnosis.evidence
    if evidence.start >= 0:
        assert failure.diagnostic[evidence.start : evidence.start + len(evidence.text)] == evidence.text
        assert evidence.text
    assert diagnosis.reason not in [other.reason for other in diagnosis.also]
    assert len(diagnosis.also) <= 3


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_folding_keeps_one_character_for_one(text: str) -> None:
    folded = fold_reply(text)
    assert len(folded) == len(" ".join(text.split()))
    for place in (place for place in range(0, len(folded), 7) if folded[place] != " "):
        start, end = origin(text, place, place + 1)
        assert end - start == 1
        assert not text[start].isspace()


@pytest.mark.parametrize(
    "text",
    ["a" * 3_000_000, "@" * 1_000_000, "a@" * 500_000, "spf " * 500_000, "mailbox full " * 200_000,
     "user " * 300_000 + "unknown", "1.2." * 400_000, "AUP#" * 300_000, "ofr" * 400_000, "\u0301" * 500_000],
    ids=["run", "ats", "addresses", "spf", "wording", "users", "dots", "tokens", "regex", "combining"],
)  # fmt: skip
def test_an_endless_reply_is_read_to_a_bound_and_no_further(text: str) -> None:
    assert len(fold_reply(text)) <= LONGEST_TEXT
    assert diagnose(Failure(diagnostic=text, reply_code="550"), Bounce(kind="failed")).reason in reasons()


def test_threads_share_one_rulebook_and_agree() -> None:
    texts = [example for rule in rules() for example in rule.examples][::11]
    expected = [diagnose(Failure(diagnostic=text), Bounce()) for text in texts]
    found: list[list[Diagnosis]] = []

    def run() -> None:
        found.append([diagnose(Failure(diagnostic=text), Bounce()) for text in texts])

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6
