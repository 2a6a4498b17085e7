"""The groups of reasons: they are of reasons that exist, and no two of one kind drift apart."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from bounce_tui import reason_groups as module
from bounce_tui.reason import ReasonSlug
from bounce_tui.reason_groups import ReasonGroups, reason_groups

GROUPS = msgspec.structs.asdict(reason_groups())
TEXT = Path(module.__file__).with_suffix(".toml").read_text(encoding="utf-8")


def test_a_slug_that_is_no_reason_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="user_unknwon"):
        msgspec.toml.decode(TEXT.replace('"user_unknown"', '"user_unknwon"'), type=ReasonGroups)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_has_several_reasons_but_not_all(name: str) -> None:
    assert 1 < len(GROUPS[name]) < len(get_args(ReasonSlug))


def test_no_two_groups_are_the_same() -> None:
    assert len(set(GROUPS.values())) == len(GROUPS)
