"""What the config comes to: good values are in force, bad ones are left out and named in their order."""

import subprocess
import sys
from pathlib import Path

import pytest

from bounce_tui.config.preferences import Preferences, read_preferences
from bounce_tui.config.reading import MOST_DAYS, read_config

GOOD = """
[dns]
nameserver = "192.0.2.53"
[sender]
ips = ["192.0.2.10"]
domains = ["example.org"]
[filters]
dead = "hard"
[display]
plain = true
"""
BAD = """
[dns]
nameserver = "nowhere at all"
[sender]
ips = ["192.0.2.10", "300.1.1.1"]
[filters]
dead = "hard"
torn = "reason:("
"""


def read(tmp_path: Path, text: str) -> Preferences:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_preferences(read_config(path))


def test_every_good_value_is_in_force(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.exists
    assert found.faults == ()
    assert (found.nameserver, found.plain, dict(found.filters)) == ("192.0.2.53", True, {"dead": "hard"})
    assert (found.own.addresses, found.own.domains) == (("192.0.2.10",), ("example.org",))


def test_bad_values_are_left_out_and_named_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, BAD)
    assert [fault.line for fault in found.faults] == [3, 5, 8]
    assert (found.nameserver, dict(found.filters)) == (None, {"dead": "hard"})
    assert found.own.addresses == ("192.0.2.10",)


@pytest.mark.parametrize(
    ("text", "days"),
    [("", 400), ("[memory]\ndays = 0\n", 0), ("[odd]\n[memory]\ndays = 30\n", 30), ("[odd]\n", MOST_DAYS),
     ("[memory]\ndays = '30'\n", MOST_DAYS), ("[memory]\ndays = 3000\nno TOML\n", MOST_DAYS)],
)  # fmt: skip
def test_a_config_with_a_fault_makes_nothing_forgotten(tmp_path: Path, text: str, days: int) -> None:
    assert read(tmp_path, text).memory_days == days


@pytest.mark.parametrize(("count", "more"), [(11, "one more fault"), (14, "4 more faults")])
def test_many_faults_are_named_by_the_first_and_a_count(tmp_path: Path, count: int, more: str) -> None:
    ips = ", ".join(f'"300.1.1.{number}"' for number in range(count))
    refusals = read(tmp_path, f"[sender]\nips = [{ips}]\n").refusals
    assert len(refusals) == 11
    assert refusals[-1].reason == f"{more}: bounce-tui config"


def test_the_demo_takes_nothing_of_it_but_the_faults(tmp_path: Path) -> None:
    found = read(tmp_path, BAD)
    assert found.for_demo() == Preferences(probes=False, faults=found.faults)


def test_a_plain_session_loads_nothing_of_the_screen() -> None:
    program = "import sys, bounce_tui.plain.conversation\nprint('bounce_tui.ui' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
