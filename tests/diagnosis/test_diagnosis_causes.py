"""Replies whose cause is easily laid at the wrong door: whom the advice speaks to, and about what.

At first sight 38 of 64 had their first choice, 50 an accepted one, and 39 of these spoke of what had to be
mended.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis
from bounce_tui.parsing.single_reply import read_reply

TABLE = Path(__file__).with_name("causes.tsv")


def _rows() -> Iterator[tuple[str, frozenset[str], tuple[str, ...], str, str, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            reason, others, spoken, unspoken, host, text = line.split("\t")
            yield (
                reason,
                frozenset((reason, *others.split(","))),
                tuple(spoken.split("|")),
                unspoken,
                host,
                text,
            )


def _diagnosis(text: str, host: str) -> Diagnosis:
    return diagnose(replace(read_reply(text), remote_mta=host or None), Bounce())


@pytest.mark.parametrize(
    ("accepted", "spoken", "unspoken", "host", "text"),
    [pytest.param(*row[1:], id=row[-1][:60]) for row in _rows()],
)
def test_the_advice_speaks_of_what_has_to_be_mended(
    accepted: frozenset[str], spoken: tuple[str, ...], unspoken: str, host: str, text: str
) -> None:
    diagnosis = _diagnosis(text, host)
    said = " ".join((diagnosis.cause, *diagnosis.resolution))
    assert diagnosis.reason in accepted
    assert any(words in said for words in spoken)
    assert not unspoken or unspoken not in said


def test_nearly_all_of_them_have_the_very_reason_that_their_writer_meant() -> None:
    first = [reason == _diagnosis(text, host).reason for reason, _, _, _, host, text in _rows()]
    assert sum(first) >= 60
