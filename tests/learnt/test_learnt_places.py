"""Where rows of pieces lie: looked up in the text of all, or, once many were, in a dictionary."""

import pytest

from bounce_tui.learnt import places
from bounce_tui.learnt.places import Places

WIDTH = 40


def many() -> list[str]:
    """More pieces than one stretch holds, and pairs that fill several."""
    words = [f"{one}{other}" for one in "abcxyzäя満" for other in "abcdefghij"]
    marked = [f"{mark}{word}" for mark in "^$~" for word in words]
    return sorted([*words, *marked, *[f"ab {word}{end}" for word in words for end in ("", "er", "ing")]])


@pytest.mark.parametrize("asked_before", [0, 1_000_000])
def test_each_piece_is_found_and_nothing_else(asked_before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MANY", 1_000_000 - asked_before)
    pieces = many()
    found = Places("\t".join(pieces).encode(), WIDTH)
    assert len(found) == len(pieces)
    assert [found.find(piece) for piece in pieces] == list(range(0, WIDTH * len(pieces), WIDTH))
    for other in ("", "!", "a", "ab ", "abx", "abing", "満", "\uffff", "\ud800"):
        assert found.find(other) is None


def test_the_pieces_that_begin_alike_are_found_in_however_many_stretches_they_lie() -> None:
    pieces = many()
    found = Places("\t".join(pieces).encode(), WIDTH)
    for start in ("ab ", "ab a", "ab 満j", "^ya", "a", "$", "ab満", "zzz ", "!", "\ud800 "):
        expected = {
            piece.removeprefix(start): WIDTH * n for n, piece in enumerate(pieces) if piece.startswith(start)
        }
        assert found.begun(start) == expected


def test_a_single_piece_is_found() -> None:
    found = Places(b"full", WIDTH)
    assert (len(found), found.find("full"), found.find("ful"), found.begun("fu")) == (1, 0, None, {"ll": 0})
