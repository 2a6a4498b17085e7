"""The user's own rules: they add, replace and switch off, and nothing in them harms ours."""

import ast
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.diagnosis import diagnostician as calling
from bounce_tui.diagnosis.built_in import BUILT_IN, BuiltIn
from bounce_tui.diagnosis.diagnostician import Diagnostician
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.diagnosis.rule_cache import KNOWLEDGE, load_rulebook
from bounce_tui.diagnosis.shelf import MOST_OWN_RULES
from bounce_tui.diagnosis.user_rules import MOST_BYTES, MOST_FILES, one_per_file
from bounce_tui.model import Bounce
from bounce_tui.parsing import read_pasted
from bounce_tui.parsing.single_reply import read_reply

Load = Callable[[], Diagnostician]

WALL = """
[[rule]]
id = "acme-wall"
reason = "blocked"
contains = ["acme wall says no"]
cause = "The wall of Acme stands in the way."
examples = ["550 acme wall says no"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.fixture
def load(folder: Path, tmp_path: Path) -> Load:
    return lambda: Diagnostician(load_rulebook(KNOWLEDGE, tmp_path / "cache", folder))


def _reading(diagnostician: Diagnostician, reply: str) -> str:
    return diagnostician.diagnose(read_reply(reply), Bounce()).rule


def test_a_rule_of_the_users_is_added_and_gets_the_rest_from_its_reason(folder: Path, load: Load) -> None:
    (folder / "acme.toml").write_text(f'provider = "Acme"\n{WALL}')
    known = load()
    diagnosis = known.diagnose(read_reply("550 5.7.1 ACME wall says no."), Bounce())
    assert (diagnosis.rule, diagnosis.reason) == ("acme-wall", "blocked")
    assert diagnosis.cause.startswith("The wall of Acme")
    assert known.rule("acme-wall").steps == known.rulebook.reasons["blocked"].steps
    assert known.rule("acme-wall").own
    assert known.rulebook.faults == ()


@pytest.mark.parametrize(
    ("zone", "named"), [("bl.acme.example", "bl.acme.example"), ("bl.spamcop.net", "SpamCop")]
)
def test_the_list_of_a_rule_is_named_in_its_steps(folder: Path, load: Load, zone: str, named: str) -> None:
    listed = WALL.replace("blocked", "blocklisted", 1)
    (folder / "acme.toml").write_text(f'{listed}lists = ["{zone}"]\nsteps = ["Ask {{list}} for removal."]\n')
    step = load().diagnose(read_reply("550 5.7.1 ACME wall says no."), Bounce()).resolution[0]
    assert step == f"Ask {named} for removal."


def test_a_rule_with_an_id_of_ours_replaces_it(folder: Path, load: Load) -> None:
    (folder / "mine.toml").write_text(
        '[[rule]]\nid = "godaddy-ib104-sbl"\nreason = "spam_detected"\ntoken = ["IB104"]\ncause = "Mine."\n'
    )
    known = load()
    diagnosis = known.diagnose(read_reply("554 refused IB104"), Bounce())
    assert (diagnosis.rule, diagnosis.reason, diagnosis.cause) == (
        "godaddy-ib104-sbl", "spam_detected", "Mine.",
    )  # fmt: skip
    assert known.rulebook.ids.count("godaddy-ib104-sbl") == 1
    assert known.rulebook.replaced == ("godaddy-ib104-sbl",)


def test_a_rule_of_ours_can_be_switched_off(folder: Path, load: Load) -> None:
    assert _reading(load(), "554 refused IB104") == "godaddy-ib104-sbl"
    (folder / "mine.toml").write_text('off = ["godaddy-ib104-sbl"]\n')
    known = load()
    assert _reading(known, "554 refused IB104") != "godaddy-ib104-sbl"
    assert known.rulebook.off == ("godaddy-ib104-sbl",)


def test_rules_that_the_program_calls_stay_on_and_may_be_replaced(folder: Path, load: Load) -> None:
    ids = sorted(map(str, BuiltIn))
    (folder / "mine.toml").write_text(f"off = {ids}\n")
    known = load()
    assert {known.built_in(id_).id for id_ in BuiltIn} == BUILT_IN
    assert [fault.entry for fault in known.rulebook.faults] == ids
    rule = '[[rule]]\nid = "{}"\nreason = "undefined"\nreply = "599"\ncause = "Mine."\n'
    (folder / "mine.toml").write_text("".join(rule.format(id_) for id_ in BuiltIn))
    known = load()
    assert {known.built_in(id_).cause for id_ in BuiltIn} == {"Mine."}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("250 2.0.0 Ok queued", BuiltIn.POSITIVE_REPLY),
        ("hello", BuiltIn.NO_REFUSAL),
        (
            "Nov 23 07:14:01 mx1 postfix/smtpd[1]: connect from mail.example.org[192.0.2.1]",
            BuiltIn.LOG_REFUSES_NOTHING,
        ),
    ],
)
def test_a_pasted_text_is_diagnosed_whatever_the_user_switches_off(
    folder: Path, load: Load, text: str, rule: BuiltIn
) -> None:
    (folder / "mine.toml").write_text(f'off = ["{rule}"]\n')
    bounce = read_pasted(text)
    assert diagnose_pasted(load(), bounce.failures[0], bounce).rule == rule


def test_no_call_names_a_rule_of_ours_but_as_a_built_in_one() -> None:
    room = Path(calling.__file__).parent
    named = [
        f"{path.name}:{node.lineno}"
        for path in room.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("rule", "built_in")
        and any(isinstance(argument, ast.Constant | ast.JoinedStr) for argument in node.args)
    ]
    assert named == []


def test_a_folder_that_is_a_link_to_nothing_is_named(folder: Path, load: Load) -> None:
    folder.rmdir()
    folder.symlink_to(folder.with_name("dotfiles"))
    (fault,) = load().rulebook.faults
    assert fault.file == str(folder)
    assert "a link to what is not there" in fault.problem


def test_where_both_weigh_the_same_the_users_rule_wins(folder: Path, load: Load) -> None:
    ours = load().rule("k12-cause2-storage-allocation")
    text = 'reason = "mailbox_full"\ncontains = ["exceeded storage allocation"]\n'
    (folder / "mine.toml").write_text(f'last = true\n[[rule]]\nid = "zz-mine"\n{text}')
    assert _reading(load(), ours.examples[0]) == "zz-mine"


def test_words_of_a_known_provider_are_joined_to_what_tells_it(folder: Path, load: Load) -> None:
    (folder / "mine.toml").write_text(
        'provider = "Google"\nalso_hosts = ["gw.example.net"]\n[[rule]]\nid = "mine-google"\n'
        'reason = "blocked"\nneeds_provider = true\ncontains = ["our gateway objects"]\n'
    )
    known = load()
    for host in ("gw.example.net", "aspmx.l.google.com"):
        assert _reading(known, f"host {host}[192.0.2.1] said: 550 our gateway objects") == "mine-google"
    assert _reading(known, "host mx.example.org[192.0.2.1] said: 550 our gateway objects") != "mine-google"


def test_one_broken_rule_costs_itself_and_no_other(folder: Path, load: Load) -> None:
    (folder / "a.toml").write_text('[[rule]]\nid = "bad"\nreason = "bloked"\ncontains = ["abc"]\n' + WALL)
    (folder / "b.toml").write_text('[[rule]\nid = "b"\n')
    (folder / "c.toml").write_text(WALL.replace("acme", "other"))
    known = load()
    assert {"acme-wall", "other-wall"} <= set(known.rulebook.ids)
    assert [(Path(fault.file).name, fault.line, fault.column) for fault in known.rulebook.faults] == [
        ("a.toml", 3, 1),
        ("b.toml", 1, 7),
    ]
    assert known.rulebook.faults[0].fix == 'did you mean "blocked"?'


def test_a_start_has_one_line_for_each_broken_file(folder: Path, load: Load) -> None:
    (folder / "a.toml").write_text('[[rule]]\nid = "x1"\n[[rule]]\nid = "x2"\n[[rule]]\nid = "x3"\n')
    (said,) = one_per_file(load().rulebook.faults)
    assert said.words.startswith("line 1, column 1: x1: `reason` is missing; ")
    assert said.words.endswith("(2 more faults: bounce-tui rules check)")


def test_an_id_taken_by_another_file_of_the_user_is_refused(folder: Path, load: Load) -> None:
    (folder / "a.toml").write_text(WALL)
    (folder / "b.toml").write_text(WALL.replace("says no", "frowns"))
    known = load()
    assert _reading(known, "550 acme wall says no") == "acme-wall"
    (fault,) = known.rulebook.faults
    assert (Path(fault.file).name, fault.line) == ("b.toml", 3)
    assert "a.toml" in fault.problem


def test_changed_new_and_deleted_files_are_noticed(folder: Path, load: Load, tmp_path: Path) -> None:
    file = folder / "a.toml"
    assert "acme-wall" not in load().rulebook.ids
    file.write_text(WALL)
    assert "acme-wall" in load().rulebook.ids
    before = file.stat()
    file.write_text(WALL.replace("acme-wall", "acme-gate"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "acme-gate" in load().rulebook.ids
    file.rename(folder / "a.off")
    assert "acme-gate" not in load().rulebook.ids


def test_faults_are_kept_with_the_compiled_rules(folder: Path, load: Load) -> None:
    (folder / "a.toml").write_text("x")
    first = load().rulebook.faults
    assert load().rulebook.faults == first
    assert len(first) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read_is_named_until_it_has_it(folder: Path, load: Load) -> None:
    file = folder / "a.toml"
    file.write_text(WALL)
    file.chmod(0)
    assert "permission denied" in load().rulebook.faults[0].problem
    file.chmod(0o600)
    assert "acme-wall" in load().rulebook.ids


def test_only_regular_files_are_read(folder: Path, load: Load) -> None:
    os.mkfifo(folder / "fifo.toml")
    (folder / "folder.toml").mkdir()
    (folder / "gone.toml").symlink_to(folder / "nothing")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    (folder / ".hidden.toml").write_text("x")
    (folder / "link.toml").symlink_to(folder / "target")
    (folder / "target").write_text(WALL)
    known = load()
    named = {Path(fault.file).name: fault.problem for fault in known.rulebook.faults}
    assert set(named) == {"fifo.toml", "folder.toml", "gone.toml", "loop.toml"}
    assert "a FIFO, not a file" in named["fifo.toml"]
    assert "acme-wall" in known.rulebook.ids


def test_a_name_that_is_no_utf_8_is_named_and_harms_nothing(folder: Path, load: Load) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.toml")).write_text(WALL)
    (folder / "good.toml").write_text(WALL)
    known = load()
    assert load().rulebook.faults == known.rulebook.faults
    (fault,) = known.rulebook.faults
    assert fault.file.endswith("\\xff.toml")
    assert "acme-wall" in known.rulebook.ids


def test_a_folder_that_is_none_is_named(folder: Path, load: Load) -> None:
    folder.rmdir()
    folder.write_text("not a folder")
    assert load().rulebook.faults[0].file == str(folder)


def test_what_a_users_files_may_hold_has_bounds(folder: Path, load: Load) -> None:
    (folder / "a.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    (folder / "b.toml").write_text(
        "".join(
            f'[[rule]]\nid = "r{n}"\nreason = "blocked"\nreply = "599"\n' for n in range(MOST_OWN_RULES + 9)
        )
    )
    known = load()
    assert [fault.problem for fault in known.rulebook.faults] == [
        "cannot be read: larger than 1 MiB",
        "too many rules",
    ]
    assert sum(rule.own for rule in known.rules) == MOST_OWN_RULES
    for number in range(MOST_FILES):
        (folder / f"c{number}.toml").touch()
    assert "this file and those behind it are too many" in [fault.problem for fault in load().rulebook.faults]


def test_regexes_share_what_they_may_cost(folder: Path, load: Load) -> None:
    rule = '[[rule]]\nid = "r{}"\nreason = "blocked"\ncontains = ["aaaa"]\nregex = "a{{0,60}}[ab]{{0,60}}c"\n'
    (folder / "a.toml").write_text("".join(rule.format(number) for number in range(9)))
    known = load()
    assert {fault.problem for fault in known.rulebook.faults} == {
        "your regexes can match in too many ways together"
    }
    assert 0 < sum(rule.own for rule in known.rules) < 9


@pytest.mark.parametrize(
    ("regex", "reply"),
    [
        (r"\bzy?xq-1\b", "550 zxq-1"),
        (r"zy{0,2}xq-1", "550 no zyx, zxq-1"),
        (r"zyxq-2|xq-1", "550 zxq-1, or xq-1"),
        (r"xq-(?:2|xq-1)", "550 xq-xq-1"),
        (r"\bxq-1(?:x|y)", "550 zxq-1x xq-1y"),
        (r"[vz]?xq-1$", "550 xq-1"),
    ],
)
def test_a_regex_is_found_wherever_it_fits(folder: Path, load: Load, regex: str, reply: str) -> None:
    (folder / "a.toml").write_text(
        f'[[rule]]\nid = "own-x"\nreason = "blocked"\ncontains = ["xq-1"]\nregex = \'{regex}\'\n'
    )
    known = load()
    assert known.rulebook.faults == ()
    assert known.diagnose(read_reply(reply), Bounce()).rule == "own-x"


BIG = 400_000
HOSTILE = {
    "dotted": b"a" + b".a" * BIG,
    "deep": b"a=" + b"[" * BIG,
    "deep-inline": b"a=" + b"{a=" * BIG,
    "digits": b"a=" + b"1" * BIG,
    "open-string": b'a="""' + b'\\"' * BIG,
    "quotes": b"a='''" + b"'" * BIG,
    "open-comment": b"a=[#" + b"#" * BIG,
    "nul": b"\0" * BIG,
    "no-utf-8": b"a='" + b"\xff" * BIG,
    "long-words": b'[[rule]]\nid="aa"\nreason="blocked"\ncontains=["' + b"a" * BIG + b'"]',
    "long-id": b'[[rule]]\nid="' + b"a" * BIG + b'"',
    "many-keys": b"[[rule]]\n" + b"".join(b"k%d=1\n" % n for n in range(30_000)),
    "many-misspelt": b'[[rule]]\nid="aa"\nreason="blocked"\ncontains=["abc"]\nalso=['
    + b'"bloked",' * 30_000 + b"]",
    "many-tables": b"".join(b"[[t%d]]\n" % n for n in range(30_000)),
    "empty-groups": b'[[rule]]\nid="aa"\nreason="blocked"\nmeaning=[[]]\nany_of=[[]]\nunless=[""]',
    "empty-hosts": b'provider="x"\nhost_suffix=[""]\nmentions=[""]',
    "catastrophe": b'[[rule]]\nid="aa"\nreason="blocked"\ncontains=["abc"]\nregex="' + b"(a?)" * 30 + b'"',
    "digits-of-a-range": b'[[rule]]\nid="aa"\nreason="blocked"\n'
    b'token_range={prefix="abc",digits=4294967295,low=1,high=2}',
    "escape": b"\x1b[2J = 1",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_line_and_ours_still_work(folder: Path, load: Load, name: str) -> None:
    (folder / "hostile.toml").write_bytes(HOSTILE[name])
    known = load()
    assert len(list(one_per_file(known.rulebook.faults))) == 1
    assert len(known.rulebook.faults) <= 200
    assert all(len(fault.words) < 1_500 for fault in known.rulebook.faults)
    assert not any(rule.own for rule in known.rules)
    assert _reading(known, "554 refused IB104") == "godaddy-ib104-sbl"


def test_of_the_errors_of_a_file_the_first_in_it_is_named() -> None:
    faults = [
        Fault("a.toml", "", "late", "mend", line=9),
        Fault("a.toml", "", "first", "mend", line=2, column=3),
    ]
    (named,) = one_per_file(faults)
    assert (named.problem, named.line) == ("first", 2)
    assert "one more fault" in named.fix
