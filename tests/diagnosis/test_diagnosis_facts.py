"""The fact table and the corpus that lie beside the project, where they are there."""

import json
import re
from typing import get_args

import pytest
from corpus import CORPUS, SHARED, needs_corpus, scorer

from bounce_tui.diagnosis import diagnose, reasons, rule_by_id, rules
from bounce_tui.parsing import parse
from bounce_tui.reason import ReasonSlug

FACTS = SHARED / "facts"

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason=f"{FACTS} is not here")

NOT_FIRST_HAND = re.compile(r"\((?:title|token only|text shape|20\d\d)\)")
"""How a source says that the words of the one who sends the code were not seen whole, or long ago."""
NOT_FOUND = "wording was not found"

OTHER_REASON = {
    "exchange-5.4.4-mxloopback",
    "generic-connection-refused-by",
    "generic-connection-reset-by-peer",
    "generic-no-matches-to-nameserver-query",
    "generic-sender-not-pre-approved",
    "generic-unrouteable-mail-domain",
    "postfix-loops-back",
    "postfix-sender-login",
    "qmail-best-preference",
    "sendmail-local-config",
    "yahoo-policy-reasons",
}
"""Rows whose reason, or who acts, did not stand up to a second look."""


@needs_facts
def test_every_row_of_the_table_is_a_rule_with_its_reason_and_who_acts() -> None:
    known = {rule.id: rule for rule in rules()}
    lines = (FACTS / "codes.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        rule = known.get(row["id"]) or rule_by_id(row["id"])
        if row["id"] not in OTHER_REASON:
            # The table names somebody even where nothing failed.
            who = row["who_acts"] if reasons()[rule.reason].failure else rule.who_acts
            assert (rule.reason, rule.who_acts) == (row["reason"], who), row["id"]
    assert len(rows) == 1203


@needs_facts
def test_what_the_table_does_not_know_for_certain_is_marked_in_its_rule() -> None:
    lines = (FACTS / "codes.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    doubtful = {
        row["id"] for row in rows if NOT_FIRST_HAND.search(row["source"]) or NOT_FOUND in row["cause"]
    }
    assert len(doubtful) == 6
    assert {rule.id for rule in rules() if rule.unverified} == doubtful


@needs_facts
def test_every_reason_of_the_taxonomy_is_known() -> None:
    table = (FACTS / "reasons.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    assert named == set(reasons())


def test_the_type_of_a_reason_names_those_of_the_knowledge() -> None:
    assert get_args(ReasonSlug) == tuple(reasons())


@needs_facts
def test_every_enhanced_status_code_is_known() -> None:
    known = {rule.id for rule in rules()}
    for line in (FACTS / "enhanced_status.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        code, _, _, _, if_4, if_5 = line.split("\t")
        if if_4 or if_5:
            assert {code.replace("X", "status-4", 1), code.replace("X", "status-5", 1)} <= known


@needs_corpus
def test_the_reasons_of_real_bounces_are_those_that_a_careful_reader_accepts() -> None:
    scores = scorer()
    score = scores.Score(scores.Reasons(str(CORPUS / "reasons.json")))
    for line in (CORPUS / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        bounce = parse((CORPUS / label["file"]).read_bytes())
        failures = []
        for failure in bounce.failures:
            diagnosis = diagnose(failure, bounce)
            found = {"recipient": failure.recipient, "reason": diagnosis.reason, "hard": diagnosis.hard}
            failures.append(found)
        score.message(label, {"is_bounce": bounce.is_bounce, "failures": failures})
    fields = score.summary()["fields"]
    assert fields["reason_accepted"]["matched"] >= 0.95
    assert fields["reason"]["matched"] >= 0.86
    assert fields["hard"]["matched"] >= 0.95
