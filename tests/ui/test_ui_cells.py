"""Cells: nothing on the screen is wider than its place, and nothing hostile gets there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bounce_tui.ui.text.cells import cut, end_of, fit, shown, width_of, wrap

TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.text("ab 郵便\u0301é👍🏽\u200d", max_size=60)


@given(TEXT, st.integers(0, 30))
def test_cut_text_is_never_wider_than_its_place(text: str, width: int) -> None:
    assert cell_len(cut(shown(text), width)) <= width


@given(TEXT, st.integers(0, 30))
def test_fitted_text_is_exactly_as_wide_as_its_place(text: str, width: int) -> None:
    assert cell_len(fit(shown(text), width)) == width


@given(TEXT, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    text = shown(text)
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("an abcdefghij", 4, ["an", "abcd", "efgh", "ij"]),
        ("郵便物", 4, ["郵便", "物"]),
        ("郵便物", 5, ["郵便", "物"]),
        ("ab  cd", 2, ["ab", "cd"]),
    ],
)
def test_text_is_wrapped_at_spaces_and_long_words_are_broken(
    text: str, width: int, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == expected


def test_a_wide_character_that_does_not_fit_whole_is_left_out() -> None:
    assert cut("ab郵便", 5) == "ab郵…"
    assert cut("ab郵便", 4) == "ab…"
    assert fit("ab郵便", 4) == "ab… "


def test_what_terminals_measure_differently_is_not_drawn() -> None:
    assert shown("heart \u2764\ufe0f!") == "heart \u2764!"
    assert width_of(shown("e" + "\u0301" * 500)) == 1
    assert len(shown("e" + "\u0301" * 500)) == 3


def test_escape_sequences_bidi_marks_and_newlines_are_shown_not_sent() -> None:
    assert shown("\x1b[2J\u202eevil\n") == "\\x1b[2J\\u202eevil\\n"


def test_the_end_of_a_long_line_fits_and_says_that_more_stands_before_it() -> None:
    assert end_of("abcdef", 6) == "abcdef"
    assert end_of("abcdef", 4) == "…def"
    assert [end_of("abc", width) for width in (1, 0, -3)] == ["…", "", ""]
    for width in range(12):
        assert width_of(end_of("メール箱が満杯", width)) <= width


@pytest.mark.parametrize("more", range(1, 6))
@pytest.mark.parametrize("behind", ["", " and so on"])
def test_the_end_of_a_broken_word_does_not_stand_alone(more: int, behind: str) -> None:
    word = "a" * (30 + more - 1) + "."
    lines = [(word + behind)[start:end] for start, end in wrap(word + behind, 30)]
    assert lines[0] + lines[1].split(" ")[0] == word
    assert len(lines[1].split(" ")[0]) >= 4
