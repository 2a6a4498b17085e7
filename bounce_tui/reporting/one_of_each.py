"""The recipients of a long log who stand for all of them."""

from collections.abc import Sequence

from bounce_tui.model import Case

FEW = 20
"""So many are told one by one."""


def one_of_each(case: Case) -> Sequence[int]:
    """The failures to tell of: all where they are few, else the first of each that met with something else,
    the first `FEW` of these."""
    every = range(len(case.diagnoses))
    if len(every) <= FEW:
        return every
    first: dict[tuple[str, str], int] = {}
    for at in every:
        diagnosis = case.diagnoses[at]
        first.setdefault((diagnosis.rule, diagnosis.reason), at)
    return list(first.values())[:FEW]
