"""The filter language: what it lets pass, where it points when it is wrong, what it proposes."""

import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bounce_tui.triage.filter import FilterError, read_filter
from bounce_tui.triage.filter.completion import complete
from bounce_tui.triage.filter.grammar import DEEPEST
from bounce_tui.triage.filter.saved import filter_faults
from bounce_tui.triage.filter.terms import VALUE_TERMS, WORD_TERMS
from bounce_tui.triage.row import Row

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROW = Row(
    "in/box.mbox", 3, 0, 10, "failed",
    date="2026-11-20T12:00:00Z", sender="MAILER-DAEMON@mx.example.org", subject="Undelivered Mail",
    recipients=1, recipient="bob@mail.example.net", temporary=False, hard=True, reason="user_unknown",
    reply_code="550", status="5.1.1", provider="Google", host="mx.google.example",
    author="ann@example.org", ip="192.0.2.10", rule="google-5-1-1",
)  # fmt: skip
NOTE = Row("other.eml", 0, 0, 10, "auto_reply", subject="Out of office")


def passes(text: str, row: Row = ROW) -> bool:
    return read_filter(text, now=NOW)(row)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ",
        "reason:user_unknown", "reason:unknown", 'reason:"user unknown"', "REASON:User",
        "domain:example.net", "domain:mail.example.net", "domain:@example.net", "!domain:ample.net",
        "to:bob@", "from:ann", "mta:google", "provider:google", "rule:google-5", "file:box",
        "subject:undelivered",
        "status:5", "status:5.1", "status:5.1.", "status:5.1.1", "!status:5.1.10", "!status:5.7",
        "status:x.1", "status:x.1.1", "!status:x.7",
        "code:5", "code:55", "code:550", "!code:4",
        "ip:192.0.2.10", "ip:192.0.2.0/24", "!ip:198.51.100.0/24", "!ip:2001:db8::/32",
        "age<3d", "age>1d", "age<1w", "!age<2d", "!age>49h",
        "failed", "permanent", "hard", "bounce", "!temporary", "!delayed", "!error", "!other", "!marked",
        "bob", "BOB", '"user unknown"', "550", "undelivered google",
        "failed & hard", "failed hard", "failed | temporary", "temporary | (hard bob)",
        "!(temporary | delayed)",
        "!!hard", "(((hard)))", "temporary & delayed | hard", "hard | temporary & delayed",
        "reason:blocklisted | domain:example.net & !age>1w",
    ],
)  # fmt: skip
def test_a_filter_lets_the_row_pass(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("held?", "still_holds"),
        ("held", "still_holds"),
        ("gone?", "no_longer_holds"),
        ("unkn?", "cannot_be_known"),
    ],
)
def test_the_words_of_the_list_for_earlier_verdicts_are_terms(word: str, state: str) -> None:
    def passing(*true: str) -> bool:
        return read_filter(word, session=lambda asked, row, outcome: asked in true)(ROW)

    assert passing(state, "earlier", "checked")
    assert not passing(state, "checked"), "of this session"
    assert not passing("earlier", "checked"), "of another verdict"
    assert not read_filter(f"!{word}", session=lambda asked, row, outcome: True)(ROW)


@pytest.mark.parametrize("text", ["reason:undefined", 'reason:"not clear"', "reason:clear"])
def test_a_reason_is_found_by_its_name_in_exports_and_by_the_words_of_the_list(text: str) -> None:
    assert passes(text, msgspec.structs.replace(ROW, reason="undefined"))
    assert not passes(text)


@pytest.mark.parametrize(
    "text", ["temporary | delayed hard", "hard !bob", "nobody", "domain:gmail.com", "age<1d"]
)
def test_a_filter_keeps_the_row_out(text: str) -> None:
    assert not passes(text)


@pytest.mark.parametrize(
    "text", ["other", "!bounce", "!reason:x", "!status:5", "!ip:0.0.0.0/0", "!age>0m", "office"]
)
def test_what_a_mail_does_not_say_matches_no_question(text: str) -> None:
    assert passes(text, NOTE)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("reason:", 7, "a value is missing, as in reason:blocklisted"),
        ("hard & reason:blocklsted", 14, "did you mean blocklisted or blocked?"),
        ("reasn:spam", 0, "there is nothing called reasn:; did you mean reason:?"),
        ("hard & resaon:x", 7, "did you mean reason:?"),
        ("zzz:1", 0, "there is nothing called zzz:"),
        ("(hard", 0, "this bracket is never closed"),
        ("hard)", 4, "no bracket was opened before this one"),
        ("hard &", 6, "something to look for is missing before the end"),
        ("| hard", 0, "something to look for is missing before this"),
        ("!", 1, "something to look for is missing before the end"),
        ("()", 1, "something to look for is missing before this"),
        ('to:"bob', 3, "the quotation mark is never closed"),
        ("status:abc", 7, "a status looks like 5, 5.7 or 5.7.1"),
        ("code:hello", 5, "a reply code looks like 5, 55 or 550"),
        ("ip:300.1.2.3", 3, "an address looks like"),
        ("age<soon", 4, "an age looks like 90m, 6h, 2d or 1w"),
        ("age:2d", 0, "write it like age<2d"),
        ("reason<x", 0, "write it like reason:blocklisted"),
        ("(" * 40 + "hard" + ")" * 40, 30, "more than 30 brackets"),
        ("a" * 501, 500, "at most 500 characters"),
    ],
)
def test_a_filter_that_cannot_be_read_says_why_and_where(text: str, place: int, reason: str) -> None:
    with pytest.raises(FilterError) as caught:
        read_filter(text)
    assert reason in caught.value.reason
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("todoo", "todo"), ("markd", "marked"), ("harrd", "hard"), ("hrad", "hard"), ("Donne", "done"),
        ("!ignred", "ignored"), ("hard & todoo", "todo"), ("hard | unknowble", "unknowable"),
        ("reason mailbox", "reason:"), ("age 2d", "age<"), ("@mine", "marked"),
    ],
)  # fmt: skip
def test_a_mistyped_term_that_is_no_word_of_any_mail_is_asked_about(text: str, meant: str) -> None:
    read = read_filter(text, now=NOW, saved={"mine": "markd"})
    read(ROW)
    assert read.doubt.endswith(f"did you mean {meant}?")


@pytest.mark.parametrize("text", ["", "hard", "undelivered", "nobody", '"todoo"', "hard bob", "to:harrd"])
def test_other_words_raise_no_question(text: str) -> None:
    read = read_filter(text, now=NOW)
    read(ROW)
    assert read.doubt == ""


def test_a_word_near_a_term_that_a_mail_has_raises_no_question() -> None:
    read = read_filter("donne", now=NOW)
    assert [read(ROW), read(Row("john.donne.eml", 0, 0, 10, "failed", subject="John Donne"))] == [False, True]
    assert read.doubt == ""


def test_in_quotes_a_term_is_a_word() -> None:
    assert not passes('"hard"')
    assert passes('"office"', NOTE)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    wrong: FilterError | None = None
    try:
        read_filter(text, now=NOW)(ROW)
    except FilterError as error:
        wrong = error
    assert wrong is None or (wrong.reason and 0 <= wrong.place <= len(text))


@given(st.text(alphabet='ab:()&|!" <>.5', max_size=40))
def test_the_negation_of_a_filter_is_its_opposite(text: str) -> None:
    try:
        straight = read_filter(text, now=NOW)
    except FilterError:
        return
    assume(text.strip())
    assert read_filter(f"!({text})", now=NOW)(ROW) is not straight(ROW)


def test_the_examples_of_the_help_can_be_read() -> None:
    for term in VALUE_TERMS.values():
        read_filter(term.example)
    for name in WORD_TERMS:
        read_filter(name)


def test_what_the_user_has_done_is_asked_of_whoever_knows() -> None:
    assert read_filter("marked", session=lambda word, row, outcome: word == "marked" and row is ROW)(ROW)


VALUES = {
    "reason": ["user_unknown", "mailbox_full", "mailbox_full"],
    "provider": ["Mail.ru", "web & de"],
    "status": ["5.7.26", "5.7.1", "4.2.2", "5.7.1"],
    "mta": ["mx1.example.net", "mx2.example.net", 'odd "name"'],
    "ip": ["2001:db8::1"],
}


def values(name: str) -> list[str]:
    return VALUES.get(name, [])


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("rea", "reason:"),
        ("hard & temp", "hard & temporary "),
        ("hard tempor", "hard temporary "),
        ("hard & d", "hard & d"),
        ("ag", "age"),
        ("(provider:w", '(provider:"web & de" '),
        ('!provider:"we', '!provider:"web & de" '),
        ("!statu", "!status:"),
        ("reason:m", "reason:mailbox_full "),
        ("reason:FULL", "reason:mailbox_full "),
        ("status:5", "status:5.7."),
        ("mta:m", "mta:mx"),
        ("ip:2001:", "ip:2001:db8::1 "),
        ("verdict:h", "verdict:holds "),
        ('to:"x', 'to:"x'),
        ('"ha', '"ha'),
        ('to:"x"', 'to:"x"'),
        ("subject:x", "subject:x"),
    ],
)
def test_what_is_certain_of_the_term_at_the_end_is_filled_in(text: str, completed: str) -> None:
    assert complete(text, values).line == completed


def test_values_are_gone_through_the_most_frequent_first() -> None:
    found = complete("hard & reason:", values)
    assert found.line == "hard & reason:"
    assert found.words == ("mailbox_full", "user_unknown")
    assert found.lines == ("hard & reason:mailbox_full", "hard & reason:user_unknown")
    assert complete("status:", values).words == ("5.7.1", "5.7.26", "4.2.2")
    assert complete("age<", values).words[0] == "1h"


def test_a_value_that_no_filter_can_hold_is_not_offered() -> None:
    assert complete("mta:", values).words == ("mx1.example.net", "mx2.example.net")


@pytest.mark.parametrize("text", ["", "hard ", "hard & ", "(", "a | !"])
def test_where_a_term_may_begin_all_of_them_are_told(text: str) -> None:
    found = complete(text, values, ["dead"])
    assert found.line == text
    assert found.lines == ()
    assert set(found.words) == {
        *(f"{term.name}{sign}" for term in VALUE_TERMS.values() for sign in term.signs),
        *WORD_TERMS,
        "@dead",
    }


def test_of_a_term_that_may_be_several_all_are_told() -> None:
    assert complete("hard & do", values).words == ("domain:", "done")


SAVED = {"dead": "hard | temporary", "b.2": "bob", "bad": "reason:"}


@pytest.mark.parametrize("text", ["@dead", "@dead & bob", "!(@dead & delayed)", "@b.2", "(@dead)"])
def test_a_saved_filter_stands_for_itself(text: str) -> None:
    assert read_filter(text, now=NOW, saved=SAVED)(ROW)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("hard & @dea", 7, "no filter is saved as dea; did you mean @dead?"),
        ("!@nobody", 1, "no filter is saved as nobody; in quotes it is a word"),
        ("@", 0, "no filter is saved as that"),
    ],
)
def test_a_name_that_is_not_saved_is_an_error_in_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(FilterError, match=re.escape(words)) as found:
        read_filter(text, now=NOW, saved=SAVED)
    assert found.value.place == place


@pytest.mark.parametrize("text", ["@mail.example.net", '"@mail"'])
def test_the_end_of_an_address_and_what_is_quoted_are_words(text: str) -> None:
    assert read_filter(text, now=NOW, saved=SAVED)(ROW)
    assert read_filter(text, now=NOW, saved=None)(ROW)


def test_a_saved_filter_that_is_wrong_is_named_where_it_stands() -> None:
    with pytest.raises(FilterError, match="the saved filter bad: a value is missing") as found:
        read_filter("hard & @bad", saved=SAVED)
    assert found.value.place == 7


def test_saved_filters_cannot_name_each_other() -> None:
    with pytest.raises(FilterError, match="the saved filter loop: a saved filter cannot name another"):
        read_filter("@loop", saved={"loop": "@loop"})
    assert [one.problem for one in filter_faults({"loop": "@loop"})] == [
        "a saved filter cannot name another (character 1)"
    ]


def test_names_of_saved_filters_are_completed() -> None:
    assert complete("hard & @d", values, SAVED).line == "hard & @dead "
    assert complete("@", values, SAVED).words == ("@b.2", "@bad", "@dead")


def test_what_keeps_a_saved_filter_from_use_is_said() -> None:
    found = {one.name: one.problem for one in filter_faults({**SAVED, "a b": "x", "empty": "hard"})}
    assert set(found) == {"bad", "a b"}


def test_only_what_stands_inside_each_other_is_deep() -> None:
    side_by_side = " ".join(["!other"] * 40 + ["(hard)"] * 20)
    assert passes(side_by_side)
    with pytest.raises(FilterError, match="inside each other"):
        read_filter("!other " * 20 + "!" * (DEEPEST + 1) + "hard", now=NOW)
    with pytest.raises(FilterError, match="inside each other"):
        read_filter("!" * (DEEPEST + 1) + "hard", now=NOW)
    assert passes("!" * DEEPEST + "temporary") is (DEEPEST % 2 == 1)


def test_a_mail_as_old_as_the_age_is_neither_older_nor_younger() -> None:
    assert not passes("age<2d")
    assert not passes("age>2d")
    assert passes("age>47h")
    assert passes("age<49h")


def test_an_age_of_many_centuries_lets_everything_dated_pass() -> None:
    assert passes("age<55000w")
