"""`bounce-tui config`, and the config in force in every command."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped

MAIL = shipped("samples") / "mail"


def run(*args: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bounce_tui", *args],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "XDG_CONFIG_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "bounce-tui" / "config.toml"
    path.parent.mkdir()
    return path


def test_it_says_where_the_file_belongs_and_that_all_is_default(tmp_path: Path) -> None:
    done = run("config", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"# {tmp_path}/bounce-tui/config.toml\n# does not exist")
    assert "yours" not in done.stdout


def test_what_it_prints_is_a_config_that_says_the_same(config: Path, tmp_path: Path) -> None:
    config.write_text(
        '[keys]\ndone = "x"\nexport = ""\n[sender]\nips = ["192.0.2.0/28", "192.0.2.200"]\n'
        'domains = ["Example.ORG"]\n[dns]\nnameserver = "192.0.2.53"\n[filters]\nmine = "from:\\"a b\\""\n'
    )
    first = run("config", home=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    said = tomllib.loads(first.stdout)
    assert said["sender"] == {"ips": ["192.0.2.0/28", "192.0.2.200"], "domains": ["example.org"]}
    assert (said["keys"]["done"], said["keys"]["export"], said["keys"]["sort"]) == ("x", "", "o")
    assert said["filters"] == {"mine": 'from:"a b"'}
    line = next(line for line in first.stdout.splitlines() if line.startswith("done"))
    assert "# yours: Done with the marked mails" in line
    config.write_text(first.stdout)
    second = run("config", home=tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    assert tomllib.loads(second.stdout) == said


def test_the_example_it_prints_is_valid(config: Path, tmp_path: Path) -> None:
    config.write_text(run("config", "--example", home=tmp_path).stdout)
    done = run("config", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_fault_is_one_line_that_names_file_place_and_fix_and_the_rest_counts(
    config: Path, tmp_path: Path
) -> None:
    config.write_text(
        '[keys]\ndone = "x"\nundo = "h"\n[sender]\nips = ["10.0.0.1"]\n[filters]\na = "age:1"\n'
    )
    done = run("config", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"bounce-tui: {config}: line 2, column 1: keys.done: x is the key of 'export' on the same screen; "
        'give export or done another key, or take one away with ""',
        f"bounce-tui: {config}: line 5, column 8: sender.ips: 10.0.0.1 cannot be reached from other "
        "networks; name the address that others see",
        f"bounce-tui: {config}: line 7, column 1: filters.a: write it like age<2d (character 1); "
        "? in the app explains filters: age:1",
    ]
    assert tomllib.loads(done.stdout)["keys"]["undo"] == "h"


def test_hostile_words_in_it_are_made_visible(config: Path, tmp_path: Path) -> None:
    config.write_text('[filters]\n"a\u202eb" = "x"\n[keys]\n"d\\u001b[2J" = "x"\n')
    done = run("config", home=tmp_path)
    assert done.returncode == 1
    assert not {"\x1b", "\u202e"} & set(done.stderr + done.stdout)


@pytest.mark.parametrize(
    "args", [["explain", "550 5.1.1 no such user"], ["show", str(MAIL / "ordinary.eml")]]
)
def test_other_commands_name_the_fault_and_do_their_work(
    config: Path, tmp_path: Path, args: list[str]
) -> None:
    config.write_text("[keys]\ndone = 3\n")
    done = run(*args, home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("keys.done") == 1
    assert done.stdout


def test_check_asks_the_nameserver_of_the_config_unless_one_is_named(config: Path, tmp_path: Path) -> None:
    with serving(shipped("samples") / "zones") as nameserver:
        config.write_text(f'[dns]\nnameserver = "{nameserver}"\n')
        file = str(MAIL / "k12-5-host-unknown.eml") if (MAIL / "k12-5-host-unknown.eml").exists() else ""
        file = file or str(next(MAIL.glob("*spf*.eml"), next(MAIL.glob("*ib104*.eml"))))
        done = run("check", file, "--format", "json", home=tmp_path)
        checks = json.loads(done.stdout.splitlines()[0])["checks"]
        assert {one["resolver"] for one in checks if one["resolver"]} == {nameserver}
        done = run("check", file, "--format", "json", "--nameserver", "127.0.0.1:1", home=tmp_path)
        checks = json.loads(done.stdout.splitlines()[0])["checks"]
        assert nameserver not in {one["resolver"] for one in checks}


def test_an_own_domain_that_was_nearly_written_is_asked_about(config: Path, tmp_path: Path) -> None:
    config.write_text('[sender]\ndomains = ["northwindschools.example"]\n')
    mail = tmp_path / "bounce.eml"
    mail.write_text(
        "From: MAILER-DAEMON@mx.example.net\nTo: ann@example.com\nSubject: Undelivered Mail\n\n"
        "<bob@northwindshcools.example>: Host or domain name not found. Name service error for\n"
        "    name=northwindshcools.example type=A: Host not found\n"
    )
    assert "northwindschools.example" in run("show", str(mail), home=tmp_path).stdout
    config.unlink()
    assert "northwindschools.example" not in run("show", str(mail), home=tmp_path).stdout


def test_a_key_of_a_list_is_used_and_printed_by_nothing(config: Path, tmp_path: Path) -> None:
    key = "q7xk2mvh5tzbn3rdw8yc4jfs6a"
    config.write_text(f'[lists]\nspamhaus = "{key}"\nabusix = "not a key"\n')
    said = run("config", home=tmp_path)
    assert said.returncode == 1
    assert "this is no key" in said.stderr
    assert "# spamhaus: a key of yours, not shown" in said.stdout
    assert key not in said.stdout + said.stderr
    with serving(shipped("samples") / "zones") as server:
        done = run("check", str(MAIL / "godaddy-ib104-sbl.eml"), "--nameserver", server, home=tmp_path)
    assert ".KEY.zen.dq.spamhaus.net" in done.stdout
    assert key not in done.stdout + done.stderr
