"""The pieces that a text is cut into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learning import paper

from bounce_tui.learnt.pieces import (
    clauses,
    parts,
    run_parts,
    stands_for,
    tokens,
    word_of,
    words_in,
    written_tokens,
)


def test_names_numbers_and_addresses_are_no_words() -> None:
    said = "***** at mx.dest.example[192.0.2.1] took 20 mb of 3.1 mails"
    found = [word for word, _, _, _ in tokens(said, 0, len(said))]
    assert found == ["<star>", "at", "<host>", "<ip>", "took", "<amount>", "of", "<number>", "mails"]


@pytest.mark.parametrize("run", ["宛先", "पता", "ไม่มี", "주소가"])
def test_what_is_written_without_blanks_is_known_by_its_parts(run: str) -> None:
    (said, _, _, is_run), (word, _, _, _) = tokens(f"{run} full", 0, len(run) + 5)
    assert (said, is_run, words_in(said, run=True)) == (run, True, pytest.approx(len(run) / 3))
    assert list(run_parts(run))[: len(run)] == [(f"~{char}", at) for at, char in enumerate(run)]
    assert parts(word) == ["~_ful", "~full", "~ull_"]


def test_each_word_counts_once_however_often_it_is_said() -> None:
    counted = paper("the storage of *** is full, the storage is full", 0, 47, ["#450"])
    assert counted.pieces["the storage"] == 1
    assert counted.pieces["~stor"] == 1
    assert counted.pieces["#450"] == 1
    assert counted.words == len({"the", "storage", "of", "<star>", "is", "full"})


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("550 5.1.1 no spam, it is fine; but the box is full.", "550 5.1.1 no spam", "but the box is full."),
        ("不是垃圾，邮箱已满。", "不是垃圾", "邮箱已满。"),
        ("... (no) blocked!", "... (no", "blocked!"),
    ],
)
def test_the_first_clause_and_the_last_are_told_from_those_between(said: str, first: str, last: str) -> None:
    end, begin = clauses(said, 0, len(said))
    assert (said[:end], said[begin:].strip()) == (first, last)


@pytest.mark.parametrize("said", ["", "mailbox 1.5 full", "full ...", "12:30 mailbox full."])
def test_what_is_one_clause_has_no_first_and_no_last(said: str) -> None:
    assert clauses(f"**{said}**", 2, 2 + len(said)) == (2, 2 + len(said))
    assert not {piece for piece in paper(said, 0, len(said)).pieces if piece[0] in "^$"}


def test_a_word_is_a_piece_besides_where_it_stands_in_the_first_clause_or_the_last() -> None:
    said = "no spam, a full box, 邮箱已满"
    marked = {piece for piece in paper(said, 0, len(said)).pieces if piece[0] in "^$"}
    assert marked == {"^no", "^spam", "$邮箱已", "$箱已满"}


@given(st.text(max_size=300))
def test_clauses_lie_in_the_text(text: str) -> None:
    end, begin = clauses(text, 0, len(text))
    assert (end, begin) == (0, len(text)) or 0 < end < begin <= len(text)


@given(st.text(max_size=300))
def test_the_tokens_of_any_text_stand_in_it_one_behind_the_other(text: str) -> None:
    last = 0
    for word, start, end, is_run in tokens(text, 0, len(text)):
        assert last <= start < end <= len(text)
        assert stands_for(word) or text[start:end] == word
        assert is_run or all(part[1:] in f"_{word}_" for part in parts(word))
        last = end


_WRITTEN = (
    *("full", "user's", "e-mail", "550", "5.1.1", "10 mb", "192.0.2.1", "****", "mx.dest.example"),
    *("邮箱已满", "पता", "http://dest.example/a.", '"|exit 1. no', '"', "://"),
    *(" ", ". ", ", ", "(", ") ", "，", "。"),
)
_SAID = st.lists(st.sampled_from(_WRITTEN), max_size=12).map("".join)


@given(_SAID | st.text(max_size=100))
def test_tokens_as_they_are_written_are_those_that_stand_in_the_clauses(text: str) -> None:
    first_end, last_begin = clauses(text, 0, len(text))
    found = list(tokens(text, 0, len(text)))
    first, between, last = (
        [said for token in written if (said := word_of(token)) is not None]
        for written in written_tokens(text, 0, len(text))
    )
    assert first + between + last == [(word, is_run) for word, _, _, is_run in found]
    assert first == [(word, is_run) for word, _, stop, is_run in found if stop <= first_end]
    assert last == [(word, is_run) for word, start, _, is_run in found if start >= last_begin]


@pytest.mark.parametrize(
    ("token", "word"),
    [
        *(("mailbox", "mailbox"), ("5.1.1", "<number>"), ("192.0.2.1", "<ip>"), ("1192.0.2.1", "<number>")),
        *(("1.5 mb", "<amount>"), ("***", "<star>"), ("mx.dest.example", "<host>")),
    ],
)
def test_what_a_token_is_shows_from_how_it_is_written(token: str, word: str) -> None:
    assert written_tokens(token, 0, len(token)) == ([], [token], [])
    assert word_of(token) == (word, False)


@pytest.mark.parametrize("token", ["https://dest.example/a.b", '"|/usr/bin/vacation jane"'])
def test_nothing_is_learnt_of_links_and_programs(token: str) -> None:
    assert written_tokens(token, 0, len(token)) == ([], [token], [])
    assert word_of(token) is None
