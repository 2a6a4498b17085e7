"""Groups of reasons: they are of reasons that exist, and no two of one file drift apart."""

from pathlib import Path
from types import ModuleType
from typing import get_args

import msgspec
import pytest

from bounce_tui import reason_groups as groups_module
from bounce_tui.diagnosis import reason_sets as sets_module
from bounce_tui.diagnosis.reason_sets import REASONS, ReasonSets
from bounce_tui.reason import ReasonSlug
from bounce_tui.reason_groups import ReasonGroups, reason_groups

FILES = [(groups_module, ReasonGroups), (sets_module, ReasonSets)]
HELD = [msgspec.structs.asdict(reason_groups()), msgspec.structs.asdict(REASONS)]


@pytest.mark.parametrize(("module", "kind"), FILES)
def test_a_slug_that_is_no_reason_is_refused(module: ModuleType, kind: type) -> None:
    text = Path(str(module.__file__)).with_suffix(".toml").read_text(encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="suspnded"):
        msgspec.toml.decode(text.replace('"suspended"', '"suspnded"'), type=kind)


@pytest.mark.parametrize(("name", "reasons"), [pair for held in HELD for pair in held.items()])
def test_a_group_has_several_reasons_but_not_all(name: str, reasons: frozenset[str]) -> None:
    assert 1 < len(reasons) < len(get_args(ReasonSlug))


@pytest.mark.parametrize("held", HELD)
def test_no_two_groups_are_the_same(held: dict[str, frozenset[str]]) -> None:
    assert len(set(held.values())) == len(held)
