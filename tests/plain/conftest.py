"""Plain sessions as processes that read lines and print lines."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.locations import shipped

MAIL = shipped("samples") / "mail"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def talk(tmp_path: Path) -> Run:
    """Types lines at a plain session and gives what it printed."""

    def run(*lines: str, paths: tuple[object, ...] = (MAIL,), options: tuple[str, ...] = ()):
        own = {"XDG_STATE_HOME": str(tmp_path / "state")}
        # Each folder for the user's rules has compiled rules of its own, which take as long as all the rest.
        if (tmp_path / "bounce-tui").exists():
            own["XDG_CONFIG_HOME"] = str(tmp_path)
        return subprocess.run(
            [sys.executable, "-m", "bounce_tui", "--plain", *map(str, paths), *options],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            timeout=240,
            env=os.environ | own,
            check=False,
        )

    return run


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A full mailbox, and an address that several recipients share a mail with."""
    return MAIL / "k12-2-mailbox-full.eml", MAIL / "several-recipients.eml"
