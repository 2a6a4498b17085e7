"""What people call terms and reasons, and what is asked about a word that nothing knows."""

import pytest
from test_triage_filter import NOTE, NOW, ROW

from bounce_tui.diagnosis.reference import read_reference
from bounce_tui.triage.filter import FilterError, read_filter, synonyms
from bounce_tui.triage.filter.completion import complete
from bounce_tui.triage.filter.terms import VALUE_TERMS, WORD_TERMS
from bounce_tui.ui.text.help_text import help_page


def same(one: str, other: str) -> bool:
    rows = (ROW, NOTE)
    return [read_filter(one, now=NOW)(row) for row in rows] == [
        read_filter(other, now=NOW)(row) for row in rows
    ]


def test_every_synonym_is_of_something_and_of_one_thing_only() -> None:
    reasons = {entry.id for entry in read_reference() if entry.kind == "reason"}
    assert set(synonyms.FIELDS) <= set(VALUE_TERMS)
    assert set(synonyms.WORDS) <= set(WORD_TERMS)
    assert set(synonyms.REASONS) <= reasons
    for table, names in (
        (synonyms.FIELDS, VALUE_TERMS),
        (synonyms.WORDS, WORD_TERMS),
        (synonyms.REASONS, reasons),
    ):
        words = [word for called in table.values() for word in called]
        assert len(set(words)) == len(words)
        assert not set(words) & set(names)


def test_dead_is_hard_and_says_so() -> None:
    read = read_filter("dead", now=NOW)
    assert read(ROW)
    assert not read(NOTE)
    assert read.doubt == "dead is read as hard; in quotes it is the word"
    assert not read_filter('"dead"', now=NOW)(ROW)
    assert not read_filter("!dead", now=NOW)(ROW)


@pytest.mark.parametrize(("word", "name"), synonyms.WORD_OF.items())
def test_each_word_is_its_term(word: str, name: str) -> None:
    assert same(word, name)
    assert same(f"!{word.upper()}", f"!{name}")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("recipient:bob", "to:bob"), ("rcpt:nobody", "to:nobody"), ("sender:ann", "from:ann"),
        ("host:google", "mta:google"), ("dsn:5.1", "status:5.1"), ("reason:invalid", "reason:user_unknown"),
        ("reason:user-unknown", "reason:user_unknown"), ("cause:quota", "reason:mailbox_full"),
        ("hard and bob", "hard & bob"), ("temporary or bob", "temporary | bob"), ("not hard", "!hard"),
        ("hard AND NOT bob", "hard & !bob"),
    ],
)  # fmt: skip
def test_other_names_and_spoken_signs_mean_the_same(text: str, meant: str) -> None:
    assert same(text, meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mailboxfull", "reason:mailbox_full"), ("mailbox-full", "reason:mailbox_full"), ("faild", "failed"),
        ("greylistd", "reason:greylisted"), ("quota", "reason:mailbox_full"),
        ("blacklisted", "reason:blocklisted"),
        ("deferd", "delayed"), ("permanant", "permanent"), ("reason=spam", "reason:"),
        ("sender=bob", "from:"), ("failes", "failed"),
    ],
)  # fmt: skip
def test_a_word_that_nothing_knows_and_no_mail_has_is_asked_about(text: str, meant: str) -> None:
    read = read_filter(text, now=NOW)
    assert not read(NOTE)
    assert read.doubt == f"{text} is read as a word that no mail has; did you mean {meant}?"


@pytest.mark.parametrize("text", ["greylisted", "PTR", "unknown", '"quota"', "bob@example.com", "mx7"])
def test_a_word_of_a_reason_and_one_that_is_like_nothing_raise_no_question(text: str) -> None:
    read = read_filter(text, now=NOW)
    read(NOTE)
    assert read.doubt == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("is:hard", "hard stands by itself, without :"), ("kind:dead", "hard stands by itself, without :"),
        ("hard:yes", "hard stands by itself, without :"),
        ("reason:dead", "no reason has these words; hard stands by itself"),
        ("reason:mailboxfull", "no reason has these words; did you mean mailbox_full?"),
    ],
)  # fmt: skip
def test_a_term_in_the_wrong_form_is_shown_in_its_own(text: str, reason: str) -> None:
    with pytest.raises(FilterError) as caught:
        read_filter(text)
    assert caught.value.reason == reason


def test_values_are_completed_behind_another_name_and_the_help_lists_all_of_them() -> None:
    assert complete("recipient:b", lambda name: ["bob@example.net"] if name == "to" else []).line == (
        "to:bob@example.net "
    )
    words = "\n".join("".join(span.text for span in line) for line in help_page(200))
    for word in synonyms.WORD_OF:
        assert f" {word}" in words
    for word in synonyms.FIELD_OF:
        assert f" {word}:" in words
