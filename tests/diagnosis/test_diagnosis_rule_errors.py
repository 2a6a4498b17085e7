"""A wrong rule file is named with the entry and the fix."""

import re
from pathlib import Path

import pytest

from bounce_tui.diagnosis import RuleError
from bounce_tui.diagnosis.reference_files import read_concepts
from bounce_tui.diagnosis.rule_cache import KNOWLEDGE
from bounce_tui.diagnosis.rule_files import compile_rulebook
from bounce_tui.diagnosis.rulebook import Rulebook

GOOD = 'id = "mine"\nreason = "blocked"\ncontains = ["some words"]\n'


def _compile(entry: str, name: str = "mine.toml") -> Rulebook:
    shared = ("reasons.toml", "enhanced_status.toml", "lists.toml")
    files = [(file, (KNOWLEDGE / file).read_bytes()) for file in shared]
    return compile_rulebook([*files, (name, f"[[rule]]\n{entry}".encode())])


def test_a_good_rule_compiles() -> None:
    assert "mine" in _compile(GOOD).ids


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (GOOD.replace('"blocked"', '"bloked"'), "no reason is named 'bloked'"),
        (GOOD.replace("some words", "ab"), "too short"),
        (GOOD.replace("some words", "user@host"), "address sign"),
        ('id = "mine"\nreason = "blocked"\n', "nothing to match"),
        (GOOD + "status = '5.7'\n", "no enhanced status code"),
        (GOOD + "reply = '55'\n", "no reply code"),
        (GOOD + "regex = '('\n", "does not compile"),
        (GOOD + "regex = 'a.*b'\n", "unbounded"),
        (GOOD + "regex = '(ab){2,9}'\n", "unbounded"),
        (GOOD + "checks = ['dns']\n", "no check is named 'dns'"),
        (GOOD + "lists = ['dnsbl:bl.example.net']\n", "no zone of a list"),
        (GOOD + "speaks_of = ['weather']\n", "'weather'"),
        (GOOD + "also = ['bloked']\n", "no reason is named 'bloked'"),
        (GOOD + "steps = ['Ask {somebody}.']\n", "no placeholder is named 'somebody'"),
        (GOOD + "meaning = [['nonsense']]\n", "no concept is named 'nonsense'"),
        (GOOD + "colour = 'red'\n", "colour"),
        (GOOD + "temporary = 'yes'\n", "bool"),
        (GOOD + "[[rule]]\n" + GOOD, "the id is taken"),
        ("id = ", "invalid value"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_named_with_file_entry_and_fix(entry: str, problem: str) -> None:
    with pytest.raises(RuleError) as raised:
        _compile(entry)
    error = raised.value
    assert error.file == "mine.toml"
    assert problem.lower() in f"{error.problem} {error.fix}".lower()
    assert error.fault.line > 0
    assert error.fix
    assert str(error).startswith("mine.toml: ")


@pytest.mark.parametrize(
    ("file", "check", "fix"),
    [
        ("reasons.toml", "sfp", 'did you mean "spf"?'),
        ("lists.toml", "whatever", "use one of domain, mx, sender-domain, "),
    ],
)
def test_a_check_that_nobody_knows_is_told_with_the_ids_there_are(file: str, check: str, fix: str) -> None:
    texts = {
        name: (KNOWLEDGE / name).read_text()
        for name in ("reasons.toml", "enhanced_status.toml", "lists.toml")
    }
    texts[file] = re.sub(r'(check = |checks = \[)"[^"]+"', rf'\1"{check}"', texts[file], count=1)
    with pytest.raises(RuleError) as raised:
        compile_rulebook([(name, text.encode()) for name, text in texts.items()])
    assert raised.value.problem == f"no check is named {check!r}"
    assert raised.value.fix.startswith(fix)


def test_bytes_that_are_no_text_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        compile_rulebook([("reasons.toml", b"\xff\xfe")])


@pytest.mark.parametrize("stem", ["conta$ ", "conta$ x", "$", " "])
def test_a_stem_that_occurs_nowhere_is_told(stem: str) -> None:
    page = f'[[concept]]\nname = "account"\nstems = ["account", "{stem}"]\n'
    with pytest.raises(RuleError, match=r"concepts\.toml: account: .* occurs nowhere"):
        read_concepts({"concepts.toml": page.encode()})
