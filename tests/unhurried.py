"""Checks that wait for their answers as long as a test does: a name server's silence lasts on any machine."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.registry import KINDS

HOURS = 36_000.0

PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pytest import MonkeyPatch
from unhurried import unhurried
unhurried(MonkeyPatch())
from bounce_tui.cli import main
main()
"""
"""`python -c PROGRAM ...`: bounce-tui as a process of its own."""


def unhurried(patch: pytest.MonkeyPatch) -> None:
    """While `patch` holds, no resolver that the product makes and no check runs out of time."""
    patch.setattr(Resolver.__init__, "__kwdefaults__", {"timeout": HOURS, "lifetime": HOURS})
    for name, kind in KINDS.items():
        patch.setitem(KINDS, name, replace(kind, seconds=HOURS))
