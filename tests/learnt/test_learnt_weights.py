"""Weights of pieces: the file that they lie in, and how they are added up."""

from pathlib import Path

import pytest
from learning import paper

from bounce_tui.learnt.pieces import parts
from bounce_tui.learnt.text_pieces import located_pieces, pieces_of, strongest
from bounce_tui.learnt.weights import LARGEST, MOST_ROWS, DamagedWeightsError, Head, Weights, load, pack


def small(rows: dict[str, list[int]]) -> bytes:
    return pack(Head(readings=("blocked", "mailbox_full"), bias=(0.0, -0.5), unit=0.1, lessons=""), rows)


def test_a_reading_is_weighed_by_its_own_pieces_alone() -> None:
    weights = Weights(small({"full": [-LARGEST, LARGEST], "shut": [LARGEST, -3]}))
    full, shut = weights.find("full"), weights.find("shut")
    assert full is not None
    assert shut is not None
    assert weights.find("else") is None
    blocked, stuffed = weights.scores([full, shut], 4)
    assert stuffed - blocked == pytest.approx((LARGEST - 3) * 0.1 / 2 - 0.5)


def test_as_many_rows_as_are_heard_never_run_over_into_the_next_reading() -> None:
    weights = Weights(small({"full": [-LARGEST, LARGEST]}))
    full = weights.find("full")
    assert full is not None
    most = LARGEST * 0.1 * MOST_ROWS
    blocked, stuffed = weights.scores([full] * MOST_ROWS, 1)
    assert stuffed - blocked == pytest.approx(2 * most - 0.5)


def test_of_a_long_text_no_more_pieces_are_heard_than_can_be_added_up() -> None:
    words = [f"{one}{other}x" for one in "abcdefghijklmnopq" for other in "abcdefghijklmnopqrstuvw"]
    weights = Weights(small({word: [1, 2] for word in words}))
    text = " ".join(words)
    heard = pieces_of(weights, text, 0, len(text))
    assert len(words) > MOST_ROWS > len(heard.places) == len(located_pieces(weights, text, 0, len(text)))
    assert heard.words == len(words)


def test_a_word_that_was_never_learnt_is_known_by_its_parts() -> None:
    weights = Weights(small({part: [0, 9] for part in parts("postfach")}))
    text = "the postfachspeicher is here"
    assert pieces_of(weights, text, 0, len(text)).known == 1
    assert strongest(weights, located_pieces(weights, text, 0, len(text)), 1) == (4, 20)


def test_a_word_says_more_where_it_stands_in_the_last_clause() -> None:
    weights = Weights(small({"full": [0, 9], "$full": [0, 5], "^full": [3, 0]}))
    for text, said in (("no spam, full", 14), ("full, no spam", 6), ("a, full, b", 9)):
        blocked, stuffed = pieces_of(weights, text, 0, len(text)).scores(weights)
        assert stuffed - blocked == pytest.approx(said * 0.1 / 3**0.5 - 0.5)


def test_where_the_loudest_stand_near_all_of_them_are_shown() -> None:
    weights = Weights(small({"box": [0, 50], "full": [0, 90], "far": [0, 20]}))
    text = f"the box is full {'x ' * 40}far"
    assert strongest(weights, located_pieces(weights, text, 0, len(text)), 1) == (4, 15)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bounce-tui pieces 0\n",
        b"bounce-tui pieces 1\n{}\na\nx",
        b"bounce-tui pieces 1\nno more",
        small({"a": [1, 2], "b": [1, 2]})[:-1],
    ],
)
def test_a_damaged_file_of_weights_is_an_error(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(data)
    with pytest.raises(DamagedWeightsError):
        load(file)


def test_a_file_that_is_gone_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DamagedWeightsError, match="gone"):
        load(tmp_path / "gone")


@pytest.mark.parametrize(
    "text",
    [
        "mailbox full, try again: the mailbox full of mail is full",
        "邮箱已满,邮箱已满 the mailbox full 邮箱已满 the mailbox",
        "the postfach of <***> at 192.0.2.1 is full (postfachspeicher full), the postfach",
    ],
)
def test_what_is_heard_of_a_text_is_what_is_found_in_it_where_it_stands(text: str) -> None:
    weights = Weights(small({piece: [1, 2] for piece in paper(text, 0, len(text)).pieces}))
    located = located_pieces(weights, text, 0, len(text))
    assert [place for place, _ in located] == pieces_of(weights, text, 0, len(text)).places
    assert all(0 <= begin < end <= len(text) for _, (begin, end) in located)
    assert len(located) > len(text.split())
