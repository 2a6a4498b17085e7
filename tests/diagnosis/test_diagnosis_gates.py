"""What holds for all rules together: ids that stay, seeds that are tested, one form for all files."""

import tomllib
from pathlib import Path

import knowledge_form
import pytest
import rule_ids

from bounce_tui.diagnosis import rule_by_id, rules
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.rule_cache import knowledge_files
from bounce_tui.diagnosis.rule_entry import RuleEntry, RuleHead

TESTS = Path(__file__).parent


def test_no_id_that_a_rule_once_had_is_lost() -> None:
    """A rule that gets another id says `formerly = ["the old one"]`; a rule that goes leaves its id to the
    one that took its place."""
    assert rule_ids.listed() == sorted(set(rule_ids.listed()))
    known = {*diagnostician().rulebook.ids, *diagnostician().rulebook.former}
    assert [id_ for id_ in rule_ids.listed() if id_ not in known] == []


def test_a_rule_is_found_by_the_id_it_once_had() -> None:
    assert {rule_by_id(former).id for rule in rules() for former in rule.formerly} == {
        rule.id for rule in rules() if rule.formerly
    }


def test_every_row_of_the_guides_is_named_by_a_test() -> None:
    rows = tomllib.loads((TESTS.parent / "guide_rows.toml").read_text())["godaddy"]
    guides = ("GoDaddy: bounceback error table", "K12USA: WebMailPRO guide")
    seeds = {rule.id for rule in rules() if rule.source in guides}
    named = (TESTS / "test_diagnosis_seeds.py").read_text()
    assert set(rows) <= seeds
    assert [id_ for id_ in seeds if f'"{id_}"' not in named] == []


def test_the_form_knows_every_key() -> None:
    assert set(knowledge_form.KEYS) == set(RuleEntry.__struct_encode_fields__)
    assert set(knowledge_form.HEAD) == set(RuleHead.__struct_encode_fields__)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[[rule]]\nreason="b"\nid = "b"\n\n\n[[rule]]\nid = "a"\n',
         '[[rule]]\nid = "a"\n\n[[rule]]\nid = "b"\nreason="b"\n'),
        ('# Top.\nprovider = "P"\n[[rule]]\nid = "b"\n# Why.\n[[rule]]\nid = "a"\n# so\nreason = "r"\n',
         '# Top.\nprovider = "P"\n\n# Why.\n[[rule]]\nid = "a"\n# so\nreason = "r"\n\n[[rule]]\nid = "b"\n'),
        ('# 1.\n\n[[rule]]\nid = "c"\n\n# 2.\n\n[[rule]]\nid = "b"\n\n[[rule]]\nid = "a"\n',
         '# 1.\n\n[[rule]]\nid = "c"\n\n# 2.\n\n[[rule]]\nid = "a"\n\n[[rule]]\nid = "b"\n'),
    ],
)  # fmt: skip
def test_rules_are_sorted_within_their_section_and_comments_go_with_them(before: str, after: str) -> None:
    assert knowledge_form.formatted("x.toml", before) == after
    assert knowledge_form.formatted("x.toml", after) == after


def test_putting_our_files_in_form_changes_nothing_that_they_say() -> None:
    for name, raw in knowledge_files():
        text = raw.decode()
        if knowledge_form.holds_rules(text):
            form = knowledge_form.formatted(name, text)
            assert knowledge_form.meant(form) == knowledge_form.meant(text), name
            assert knowledge_form.formatted(name, form) == form, name


def test_our_files_are_in_form() -> None:
    assert [
        name
        for name, raw in knowledge_files()
        if knowledge_form.holds_rules(raw.decode())
        and knowledge_form.formatted(name, raw.decode()) != raw.decode()
    ] == []
