"""Why a reply is read as it is: the rules called, their order, and what made the first one win."""

import pytest

from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.trial import Trial, try_reply
from bounce_tui.parsing.single_reply import read_reply


def _try(reply: str) -> Trial:
    return try_reply(diagnostician(), read_reply(reply))


def test_the_first_rule_called_is_the_one_that_explains() -> None:
    trial = _try("550 5.7.1 Blocked: the mailbox is full")
    assert trial.called[0].rule.id == trial.diagnosis.rule
    assert [one.points for one in trial.called if one.by == "words"] == sorted(
        (one.points for one in trial.called if one.by == "words"), reverse=True
    )
    assert len({one.rule.id for one in trial.called}) == len(trial.called)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("554 user unknown IB104", "a code says more than "),
        ("Sorry, no mailbox here by that name. (#5.1.1)", "words say more than a status code"),
        ("550 considered as spam: the mailbox is full", " points against "),
        ("550 zwrzl", "words-not-known does|no rule knows|is the only rule|says more than"),
        ("", "This is no refusal that we can read"),
    ],
)
def test_what_made_the_winner_win_is_said(reply: str, why: str) -> None:
    said = _try(reply).why
    assert any(part in said for part in why.split("|")), said


def test_the_evidence_is_marked_in_the_reply_as_it_came() -> None:
    reply = "refused:   Mailbox \n  is  FULL now"
    best = _try(reply).called[0]
    assert _try(reply).failure.diagnostic[best.start : best.end].split() == ["Mailbox", "is", "FULL"]


def test_a_rule_that_lacks_a_word_is_named_with_the_word() -> None:
    rule = next(
        one
        for one in diagnostician().rules
        if len(one.contains) == 2 and not one.foreign and len(max(one.contains, key=len)) > 20
    )
    anchor, other = sorted(rule.contains, key=len, reverse=True)
    missed = {one.rule.id: one.why for one in _try(f"550 {anchor}").missed}
    assert missed[rule.id] == f"it lacks “{other}”"


def test_who_speaks_is_said() -> None:
    assert _try("host aspmx.l.google.com[192.0.2.1] said: 550 5.1.1 no such user").speakers == ("Google",)


def test_a_rule_that_is_called_twice_stands_once_at_its_best_place() -> None:
    for rule in list(diagnostician().rules)[::9]:
        for example in rule.examples[:1]:
            trial = _try(example)
            ids = [one.rule.id for one in trial.called]
            assert len(ids) == len(set(ids))
            if trial.diagnosis.rule in ids:
                assert ids[0] == trial.diagnosis.rule, example
