"""`bounce-tui rules ...`: what each prints, in 80 columns, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bounce_tui

MINE = """
[[rule]]
id = "acme-wall"
reason = "blocked"
contains = ["acme wall says no"]
cause = "The wall of Acme."
examples = ["550 acme wall says no"]
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config folder with one good rule."""
    config = tmp_path_factory.mktemp("config")
    folder = config / "bounce-tui" / "rules"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text(f'provider = "Acme"\noff = ["godaddy-rbl-reject"]\n{MINE}')
    return config


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config folder with one good rule and two files that are wrong."""
    config = tmp_path_factory.mktemp("broken")
    folder = config / "bounce-tui" / "rules"
    folder.mkdir(parents=True)
    (folder / "a\x1b[2J.toml").write_text("[[rule]]\nid = 7\n")
    (folder / "b.toml").write_text('[[rule]]\nid = "bad\x7f"\n')
    (folder / "c.toml").write_text(MINE)
    return config


def run(*args: str, config: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bounce_tui", *args],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "XDG_CONFIG_HOME": str(config)},
        check=False,
    )


def _lines(output: bytes) -> list[str]:
    return output.decode().splitlines()


@pytest.mark.parametrize(
    "args",
    [
        ["list"],
        ["show", "acme-wall"],
        ["show", "spectrum-aup-1000"],
        ["search", "spamhaus"],
        ["test", "550 5.7.1 <b@example.net> refused: the mailbox is full, считается спамом, 被拒绝" * 3],
        ["check"],
        ["--help"],
    ],
)
def test_every_form_fits_eighty_columns(config: Path, args: list[str]) -> None:
    from wcwidth import wcswidth

    done = run("rules", *args, config=config)
    assert (done.returncode, done.stderr) == (0, b"")
    wide = [line for line in _lines(done.stdout) if wcswidth(line) > 80]
    # A page or a path is not broken in two: it is there to be opened.
    assert [line for line in wide if len(line.split()) > 2] == []


def test_list_takes_a_provider_and_a_reason_in_any_case(config: Path) -> None:
    lines = _lines(
        run("rules", "list", "--provider", "godaddy", "--reason", "Blocklisted", config=config).stdout
    )
    assert [line.split()[:3] for line in lines] == [
        ["RULE", "REASON", "PROVIDER"],
        ["godaddy-ib104-sbl", "blocklisted", "GoDaddy"],
        ["godaddy-ib105-xbl", "blocklisted", "GoDaddy"],
        ["godaddy-ib106-pbl", "blocklisted", "GoDaddy"],
    ]


def test_list_marks_what_is_the_users_and_leaves_out_what_is_off(config: Path) -> None:
    text = run("rules", "list", config=config).stdout.decode()
    assert "Acme (yours)" in text
    assert "godaddy-ib104-sbl" in text
    assert "godaddy-rbl-reject" not in text


def test_list_takes_a_part_of_a_provider_s_name_that_only_one_has(config: Path) -> None:
    listed = _lines(run("rules", "list", "--provider", "outlook", config=config).stdout)[1:]
    assert listed
    assert all(line.endswith("Microsoft Outlook.com") for line in listed)
    done = run("rules", "list", "--provider", "gmail", config=config)
    assert done.returncode == 2
    assert b"There are: " in done.stderr
    assert b"Google" in done.stderr


@pytest.mark.parametrize(
    "args", [["--provider", "gogle"], ["--reason", "bloked"], ["--format", "xml"], ["surplus"]]
)
def test_wrong_use_of_list_ends_with_status_2_and_names_what_there_is(config: Path, args: list[str]) -> None:
    done = run("rules", "list", *args, config=config)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_show_says_where_a_rule_is_written(config: Path) -> None:
    done = run("rules", "show", "acme-wall", config=config)
    assert _lines(done.stdout)[0] == "acme-wall"
    assert "acme.toml:5" in done.stdout.decode()
    assert "The wall of Acme." in done.stdout.decode()


def test_show_says_what_is_off_and_what_was_meant(config: Path) -> None:
    off = run("rules", "show", "godaddy-rbl-reject", config=config)
    assert (off.returncode, off.stderr) == (
        1,
        b"bounce-tui: you switched the rule 'godaddy-rbl-reject' off\n",
    )
    missed = run("rules", "show", "godaddy-ib104", config=config)
    assert missed.returncode == 1
    assert b'did you mean "godaddy-ib' in missed.stderr


def test_search_finds_codes_words_and_steps(config: Path) -> None:
    assert _lines(run("rules", "search", "ib104", config=config).stdout)[1].startswith("godaddy-ib104-sbl ")
    assert _lines(run("rules", "search", "Wall", "ACME", config=config).stdout)[1].startswith("acme-wall ")
    none = run("rules", "search", "zwrzl\x1b", config=config)
    assert (none.returncode, none.stdout) == (0, b"")
    assert none.stderr == b"bounce-tui: no rule holds all of: zwrzl\\x1b\n"


def test_test_marks_the_evidence_and_says_why_the_winner_won(config: Path) -> None:
    lines = _lines(run("rules", "test", "554 zwrzl: acme wall says no", config=config).stdout)
    assert lines[:3] == [
        "The reply",
        "  554 zwrzl: acme wall says no",
        "             ^^^^^^^^^^^^^^^^^",
    ]
    text = "\n".join(lines)
    assert "Rule:             acme-wall" in text
    assert "blocked: 17 points by words, yours" in text


def test_test_reads_standard_input_and_makes_it_visible(config: Path) -> None:
    done = run("rules", "test", "-", config=config, stdin=b"550 \x1b[2J acme wall says no\n")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert run("rules", "test", "-", config=config).returncode == 1


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        (["list", "--provider", "Acme"], "own", True),
        (["show", "godaddy-ib104-sbl"], "reason", "blocklisted"),
        (["search", "ib104"], "id", "godaddy-ib104-sbl"),
        (["test", "550 acme wall says no"], "rule", "acme-wall"),
    ],
)
def test_json_is_one_object_a_line(config: Path, args: list[str], field: str, value: object) -> None:
    done = run("rules", *args, "--format", "json", config=config)
    assert [json.loads(line)[field] for line in done.stdout.splitlines()] == [value]


def test_check_names_file_line_and_column_and_ends_with_status_1(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MINE.replace("acme-wall", "other").replace('"blocked"', '"bloked"'))
    done = run("rules", "check", str(file), config=config)
    assert done.returncode == 1
    assert _lines(done.stdout) == [
        f"{file}:4:1: error: other: no reason is named 'bloked'",
        '    did you mean "blocked"?',
        "1 error in 1 file",
    ]
    record = json.loads(run("rules", "check", str(file), "--format", "json", config=config).stdout)
    assert (record["file"], record["line"], record["column"], record["level"]) == (str(file), 4, 1, "error")


def test_check_without_files_checks_the_users_own_and_warnings_are_no_failure(
    config: Path, tmp_path: Path
) -> None:
    done = run("rules", "check", config=config)
    assert (done.returncode, done.stdout) == (0, b"nothing to mend in 1 file\n")
    file = tmp_path / "twin.toml"
    file.write_text(MINE.replace('id = "acme-wall"', 'id = "acme-gate"'))
    twin = run("rules", "check", str(file), config=config)
    assert b"warning: acme-gate: its words and codes are those of acme-wall" in twin.stdout
    assert run("rules", "check", config=tmp_path).returncode == 0


def test_a_broken_rule_file_is_one_line_at_the_start_of_a_scan_and_the_rest_works(
    broken: Path, tmp_path: Path
) -> None:
    mails = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for mail in mails:
        mail.write_text("<b@example.net>: host mx.example.net said: 550 acme wall says no\n")
    done = run("scan", *map(str, mails), "--format", "ndjson", config=broken)
    assert done.returncode == 1
    assert [json.loads(line)["failures"][0]["rule"] for line in done.stdout.splitlines()] == ["acme-wall"] * 2
    first, second = _lines(done.stderr)
    assert "a\\x1b[2J.toml: line 2, column 1: rule 1: `id` wants text in quotes, not a number; " in first
    assert "b.toml: line 2, column 10: no TOML" in second


@pytest.mark.parametrize(
    "args", [["explain", "550 acme wall says no"], ["rules", "list", "--provider", "any"]]
)
def test_every_command_that_uses_the_rules_says_so_and_ends_with_status_1(
    broken: Path, args: list[str]
) -> None:
    done = run(*args, config=broken)
    assert done.returncode == 1
    assert len(_lines(done.stderr)) == 2
    assert done.stdout


def test_the_app_names_a_broken_rule_file_among_what_could_not_be_read(broken: Path) -> None:
    program = (
        "import sys\n"
        "from bounce_tui.triage.loading import Loading\n"
        "loading = Loading([sys.argv[1]], None, lambda: None)\n"
        "loading.start()\n"
        "assert loading.join(60)\n"
        "print(*[repr(refusal.file) for refusal in loading.take().refusals], sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(broken / "none.eml")],
        capture_output=True,
        timeout=60,
        env={**os.environ, "XDG_CONFIG_HOME": str(broken)},
        check=True,
    )
    names = [line.strip("'").rpartition("/")[2] for line in _lines(done.stdout)]
    assert names == ["a\\x1b[2J.toml", "b.toml", "none.eml"]


@pytest.mark.parametrize(
    "args", [["scan", "MAIL", "MAIL", "--format", "ndjson"], ["explain", "550"], ["rules", "list"]]
)
def test_a_broken_file_of_ours_is_one_line_and_no_mail_is_read_without_rules(
    config: Path, tmp_path: Path, args: list[str]
) -> None:
    package = shutil.copytree(
        Path(bounce_tui.__file__).parent,
        tmp_path / "bounce_tui",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (package / "diagnosis" / "knowledge" / "godaddy.toml").write_text(
        '[[rule]]\nid = "a b"\nreason = "blocked"\n'
    )
    mail = tmp_path / "pasted.txt"
    mail.write_text("550 5.1.1 <b@example.net>: user unknown\n")
    done = subprocess.run(
        [sys.executable, "-m", "bounce_tui", *(str(mail) if arg == "MAIL" else arg for arg in args)],
        capture_output=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "XDG_CONFIG_HOME": str(config), "PYTHONPATH": str(tmp_path)},
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = _lines(done.stderr)
    assert line.startswith("bounce-tui: godaddy.toml: this installation is broken: line 2, column 1: a b: ")
