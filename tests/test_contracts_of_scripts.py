"""What scripts rely on stands in CONTRIBUTING.md as the program has it."""

import re
from pathlib import Path

import pytest
from msgspec import Struct

from bounce_tui.checks.planning.registry import KINDS
from bounce_tui.diagnosis.rule_entry import CHECKS
from bounce_tui.reporting.findings import FindingsRecord, ResultRecord
from bounce_tui.reporting.record import FailureRecord, MessageRecord

ROOT = Path(__file__).parent.parent


def listed(begin: str) -> tuple[str, ...]:
    """The names in marks of code after `begin`, to the end of their sentence, however lines break."""
    text = " ".join((ROOT / "CONTRIBUTING.md").read_text().split())
    names = re.split(r"[.;] ", text.split(begin + " ", 1)[1], maxsplit=1)[0]
    return tuple(re.findall(r"`([^`]+)`", names))


@pytest.mark.parametrize(
    ("begin", "record"),
    [
        ("(`reporting/record.py`):", MessageRecord),
        ("which `explain --format json` prints alone:", FailureRecord),
        ("(`reporting/findings.py`):", FindingsRecord),
        ("each of the `checks` has", ResultRecord),
    ],
)
def test_the_fields_of_a_record_are_those_that_are_told_in_their_order(
    begin: str, record: type[Struct]
) -> None:
    assert listed(begin) == record.__struct_fields__


def test_the_ids_of_checks_are_those_that_are_told() -> None:
    assert listed("the zone or the name of what is asked:") == tuple(KINDS)
    assert set(CHECKS) <= set(KINDS)


def test_nothing_that_is_shipped_points_to_a_page_outside_the_repository() -> None:
    outside = re.compile(r"\.\./shared|\b(design|hostile|measured|style)\.md|\bfacts/")
    shipped = [*(ROOT / "bounce_tui").rglob("*"), *(ROOT / "styles").iterdir(), *ROOT.glob("*.md")]
    texts = {path: path.read_text() for path in shipped if path.suffix in (".py", ".toml", ".md", ".tcss")}
    assert len(texts) > 500
    assert [str(path) for path, text in texts.items() if outside.search(text)] == []
