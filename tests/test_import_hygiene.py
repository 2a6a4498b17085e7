"""Arrows point one way, and a room costs nothing until it is used (design.md).

Imports are watched in processes of their own: in this one pytest has imported everything.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("textual", "rich", "dns", "mailparser", "rapidfuzz", "watchfiles")
DOMAIN = (
    "model", "locations", "mailbox", "parsing", "diagnosis", "hints", "checks", "checks.spf", "scan",
    "triage", "config",
)  # fmt: skip
ROOMS = (*DOMAIN, "reporting", "demo", "ui", "plain", "cli", "__main__")


def loaded_by(statement: str, watched: tuple[str, ...]) -> set[str]:
    """The modules of `watched` that are loaded after `statement`."""
    program = f"import sys\n{statement}\nprint(*[name for name in {watched!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split()) & set(watched)


@pytest.mark.parametrize("room", ROOMS)
def test_opening_a_room_loads_none_of_the_heavy_libraries(room: str) -> None:
    assert loaded_by(f"import bounce_tui.{room}", HEAVY) == set()


def test_a_scan_of_a_mail_loads_no_textual_no_dnspython_and_no_mail_parser() -> None:
    statement = (
        "from bounce_tui.scan import examine\n"
        "from bounce_tui.model import Message\n"
        "examine(Message('a.eml'), b'From: a@example.org\\n\\n550 5.1.1 <b@example.net> no such user\\n')"
    )
    assert loaded_by(statement, HEAVY) == set()


def test_planning_and_judging_load_no_dnspython() -> None:
    statement = "import bounce_tui.checks.inputs, bounce_tui.checks.plan, bounce_tui.checks.judge"
    assert loaded_by(statement, ("dns",)) == set()


def test_a_version_is_told_without_loading_any_room() -> None:
    rooms = tuple(f"bounce_tui.{room}" for room in (*DOMAIN, "reporting", "ui"))
    telling = (
        "from bounce_tui.cli.commands import commands; commands.main(['--version'], standalone_mode=False)"
    )
    assert loaded_by(telling, rooms) == set()


@pytest.mark.skipif(
    importlib.util.find_spec("importlinter") is None,
    reason="import-linter comes with the [lint] extra and is not installed",
)
def test_every_import_keeps_to_the_arrows() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
