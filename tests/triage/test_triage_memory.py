"""What is remembered of a mail, in words."""

import pytest

from bounce_tui.triage.memory import memory
from bounce_tui.triage.store.records import UNTOUCHED, AddressHistory, Annotation

AT = "2026-11-20T09:14:02Z"


@pytest.mark.parametrize(
    ("annotation", "lines"),
    [
        (Annotation("done", "", "root", AT), ("Done, set by root, 2026-11-20 09:14 UTC",)),
        (Annotation("working", "", "", AT), ("In progress, set 2026-11-20 09:14 UTC",)),
        (
            Annotation("ignored", "old list", "root", AT),
            ("Ignored, set by root, 2026-11-20 09:14 UTC", "Note: old list"),
        ),
        # It says who wrote, not who is to do it.
        (
            Annotation("todo", "ask Ann", "root", AT),
            ("Note: ask Ann (written by root, 2026-11-20 09:14 UTC)",),
        ),
        (Annotation("todo", "", "root", AT), ("To do, last changed by root, 2026-11-20 09:14 UTC",)),
        (UNTOUCHED, ()),
        (None, ()),
    ],
)
def test_who_set_a_state_is_not_taken_for_who_acts(
    annotation: Annotation | None, lines: tuple[str, ...]
) -> None:
    assert memory(annotation, AddressHistory(), None) == lines
