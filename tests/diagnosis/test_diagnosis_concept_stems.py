"""Where stems of concepts are found, in ASCII and beyond it."""

import pytest

from bounce_tui.diagnosis.concept_stems import StemFinder, sort_stems
from bounce_tui.diagnosis.rule import Concept

CONCEPTS = (
    Concept("box", ("^mailbox", "ящик", "^пошт", "^box$")),
    Concept("full", ("^full", "満杯", "^mail", "over quota")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mailbox full", ["full mail", "box mailbox", "full full"]),
        ("ящик over quota", ["box ящик", "full over quota"]),
        ("mailbox 満杯 пошта full", ["full mail", "box mailbox", "full 満杯", "box пошт", "full full"]),
        ("nothing", []),
        ("", []),
    ],
)
def test_stems_are_found_in_the_order_in_which_they_end(text: str, expected: list[str]) -> None:
    finder = StemFinder(sort_stems(CONCEPTS))
    found = finder.find(text)
    named = [f"{finder.kinds[number][0]} {text[start:end]}" for number, start, end in found]
    assert [one for one in named if one != "box box"] == expected


def test_each_stem_says_what_may_stand_around_it() -> None:
    finder = StemFinder(sort_stems(CONCEPTS))
    text = "a mailbox: box ящик, пошта 満杯"
    kinds = {text[start:end]: finder.kinds[number] for number, start, end in finder.find(text)}
    assert kinds == {
        "mail": ("full", True, False),
        "mailbox": ("box", True, False),
        "box": ("box", True, True),
        "ящик": ("box", True, False),
        "пошт": ("box", True, False),
        "満杯": ("full", False, False),
    }
