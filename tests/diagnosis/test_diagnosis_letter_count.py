"""How many letters the words of a reply have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.diagnosis.letter_count import has_more_letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("550 5.1.1 user unknown.", "userunknown"),
        ("blocked using bl.dest.example; sorry", "blockedusingsorry"),
        ("mx1.2 refused, mx-1.9 was away", "refusedwasaway"),
        ("host 1.2.3a said no", "hostsaidno"),
        ("the box *** is full (5.0 mb)", "theboxisfullmb"),
        ("postfach voll bei mail.dest.example: zurück", "postfachvollbeizurück"),
    ],
)
def test_letters_of_host_names_do_not_count(text: str, words: str) -> None:
    assert has_more_letters(text, len(words) - 1)
    assert not has_more_letters(text, len(words))


@given(st.text(alphabet="ab12.-_ ,", max_size=30), st.integers(0, 30))
def test_letters_are_counted_alike_whether_or_not_all_is_ascii(text: str, most: int) -> None:
    assert has_more_letters(text, most) == has_more_letters(f"{text} é", most + 1)
