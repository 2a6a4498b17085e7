"""What `rules check` says about a rule file, by line."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.diagnosis import rule_by_id
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.rule_cache import KNOWLEDGE
from bounce_tui.diagnosis.rule_conflicts import check_files
from bounce_tui.diagnosis.user_rules import user_folder
from bounce_tui.parsing.single_reply import read_reply

Check = Callable[[str], list[Fault]]

WALL = '[[rule]]\nid = "acme-wall"\nreason = "blocked"\ncontains = ["acme wall says no"]\n'
GOOD = WALL + 'examples = ["550 acme wall says no"]\n'


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def checked(text: str) -> list[Fault]:
        file = tmp_path / "mine.toml"
        file.write_text(text)
        return check_files([str(file)], read_reply)

    return checked


def _said(faults: list[Fault]) -> list[tuple[int, int, str, str]]:
    return [(fault.line, fault.column, fault.level, f"{fault.problem}; {fault.fix}") for fault in faults]


def test_a_good_file_has_nothing_said_about_it(check: Check) -> None:
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("text", "line", "column", "level", "words"),
    [
        (GOOD.replace('"blocked"', '"bloked"'), 3, 1, "error", 'did you mean "blocked"?'),
        (GOOD.replace("contains", "contians"), 4, 1, "error", 'did you mean "contains"?'),
        (GOOD + 'checks = ["dnsbl:zen.example.net", "spff"]\n', 6, 36, "error", 'did you mean "spf"?'),
        (GOOD + 'steps = ["Ask.", "Ask {recipent}."]\n', 6, 18, "error", 'did you mean "recipient"?'),
        (GOOD + 'cause = "{nothing_like_it}"\n', 6, 1, "error", "use one of addressee, "),
        (GOOD + 'also = ["mailbox_ful"]\n', 6, 9, "error", 'did you mean "mailbox_full"?'),
        (GOOD + "temporary = 1\n", 6, 1, "error", "`temporary` wants true or false (bool), not a number"),
        (GOOD + 'status = "4.7.9-4.7.1"\n', 6, 1, "error", "write the lower code first"),
        (GOOD + 'url = "javascript:alert(1)"\n', 6, 1, "error", "no web address"),
        (GOOD + "only_these_steps = true\n", 6, 1, "error", "no steps are given"),
        (GOOD + 'regex = "wall.*no"\n', 6, 1, "error", "write .{0,40}"),
        (GOOD + "x y\n", 6, 3, "error", "no TOML: Expected '='"),
        (GOOD.replace("550 acme wall says no", "554 IB104"), 5, 13, "error", "goes to godaddy-ib104-sbl"),
        (GOOD + GOOD, 7, 1, "error", "the id is taken"),
        (WALL, 1, 1, "warning", "no example shows that it wins"),
        (GOOD + 'command = ["rcpt"]\n', 6, 12, "warning", 'did you mean "RCPT"?'),
        ('provider = "godaddy"\n' + GOOD, 1, 1, "warning", 'did you mean "GoDaddy"?'),
        ('off = ["godaddy-ib104-sbll"]\n' + GOOD, 1, 8, "warning", 'did you mean "godaddy-ib104-sbl"?'),
        ('off = ["no-words"]\n' + GOOD, 1, 8, "error", "this rule is needed"),
        ('provider = "Acme"\n' + GOOD + "needs_provider = true\n", 7, 1, "error", "nothing tells when"),
        (GOOD.replace("acme-wall", "godaddy-ib104-sbl"), 2, 1, "note", "it replaces our rule"),
    ],
)  # fmt: skip
def test_each_fault_is_named_by_line_and_column_with_what_to_write(
    check: Check, text: str, line: int, column: int, level: str, words: str
) -> None:
    said = _said(check(text))
    assert any((at, col, how) == (line, column, level) and words in what for at, col, how, what in said), said


def test_the_same_words_as_another_rule_are_a_warning(check: Check) -> None:
    twice = GOOD + GOOD.replace("acme-wall", "acme-gate")
    assert [fault.entry for fault in check(twice) if "are those of" in fault.problem] == [
        "acme-wall",
        "acme-gate",
    ]


def test_a_rule_that_takes_what_is_explained_by_another_is_a_warning(check: Check) -> None:
    victim = rule_by_id("k12-cause2-storage-allocation")
    greedy = f'[[rule]]\nid = "greedy"\nreason = "blocked"\ncontains = {list(victim.contains)}\n'
    faults = check(f"{greedy}examples = {list(victim.examples)}\n")
    (taken,) = (fault for fault in faults if "examples of other rules" in fault.problem)
    assert (taken.line, taken.level, taken.entry) == (1, "warning", "greedy")
    assert victim.id in taken.problem


def test_files_are_told_apart_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(GOOD)
    bad.write_text("x")
    paths = [str(bad), str(tmp_path / "missing.toml"), str(tmp_path), str(good), str(bad), "\0"]
    faults = check_files(paths, read_reply)
    assert [fault.file for fault in faults] == [paths[0], paths[1], paths[2], "\0"]
    assert "no such file" in faults[1].problem
    assert "a folder, not a file" in faults[2].problem


def test_a_name_that_is_no_utf_8_can_be_checked(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml")
    Path(path).write_text(WALL)
    (fault,) = check_files([path], read_reply)
    assert (fault.file[-9:], fault.level) == ("\\xff.toml", "warning")


def test_a_file_in_the_users_folder_is_not_in_its_own_way() -> None:
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / "conflicts-test.toml"
    other = folder / "conflicts-other.toml"
    try:
        mine.write_text(GOOD)
        assert check_files([str(mine)], read_reply) == []
        other.write_text(GOOD)
        assert "the id is taken" in check_files([str(mine)], read_reply)[0].problem
    finally:
        mine.unlink()
        other.unlink()


def test_our_own_files_pass() -> None:
    files = [str(path) for path in KNOWLEDGE.rglob("*.toml")]
    holding_rules = [path for path in files if "[[rule]]" in Path(path).read_text()]
    assert len(holding_rules) > 50
    assert [fault.words for fault in check_files(holding_rules, read_reply) if fault.level == "error"] == []


def test_a_file_of_ours_without_rules_is_no_rule_file() -> None:
    assert "holds no rules" in check_files([str(KNOWLEDGE / "reasons.toml")], read_reply)[0].problem


def test_the_readmes_example_has_nothing_said_about_it(check: Check) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    examples = [part.partition("```")[0] for part in readme.split("```toml\n")[1:]]
    (example,) = [part for part in examples if "[[rule]]" in part]
    assert check(example) == []
