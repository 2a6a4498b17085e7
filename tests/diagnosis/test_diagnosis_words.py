"""What the words of a reply say where no wording is known."""

from collections.abc import Callable

import pytest
from learn_words import lessons
from learning import digest

from bounce_tui.diagnosis.word_reader import PIECES
from bounce_tui.diagnosis.word_votes import WordVotes
from bounce_tui.learnt.weights import load
from bounce_tui.model import Diagnosis

Explain = Callable[[str], Diagnosis]


@pytest.fixture(scope="module")
def votes() -> WordVotes:
    return WordVotes(load(PIECES))


def test_the_weights_were_learnt_from_the_lessons_as_they_are() -> None:
    told = "the lessons have changed: see tests/diagnosis/learn_words.py"
    assert load(PIECES).head.lessons == digest(lessons()), told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "your mailbox neighbour has let his letters fill all of the storage that his plan allows",
            "mailbox_full",
        ),
        ("der briefkasten des kollegen quillt uber, da geht kein blatt mehr hinein", "mailbox_full"),
        ("名簿を何度も確認しましたが、そのような名前の方はおりません", "user_unknown"),
        ("такого жильца в нашем доме отродясь не было, адрес придуман", "user_unknown"),
    ],
)
def test_words_speak_for_the_reason_of_the_replies_that_they_stand_in(
    votes: WordVotes, text: str, reason: str
) -> None:
    vote = votes.vote(text)
    assert vote is not None
    assert vote.reason == reason
    assert 0 < vote.share <= 1


@pytest.mark.parametrize(
    "text",
    [
        "550",
        "user unknown",
        "550 5.1.1 553 198.51.100.7",
        "x" * 5_000,
        "qwxzk vbnqj zzkwq xjqvk kkqzx",
        "** **** 5 mb",
    ],
)
def test_of_few_known_words_nothing_is_believed(votes: WordVotes, text: str) -> None:
    assert votes.vote(text) is None


def test_words_that_name_no_cause_leave_it_to_the_code(explain: Explain) -> None:
    assert explain("550 5.1.1 the message to this address could not be delivered").reason == "user_unknown"


@pytest.mark.parametrize(
    "text",
    [
        "554 Transaction failed",
        "Undeliverable: Field trip",
        "Why do my mails to gmail bounce?",
        "See support.google.com/mail/answer/69585",
        "If you need help, call extension 4410",
        "Meeting moved to 3pm in room 12",
        "provider rejected it",
    ],
)
def test_words_that_name_no_cause_are_read_as_none(explain: Explain, text: str) -> None:
    assert explain(text).reason == "on_hold"


def test_a_code_counts_before_words_that_quote_it(explain: Explain) -> None:
    assert explain("The letter says 550-5.1.1").reason == "user_unknown"


@pytest.mark.parametrize(
    "text",
    [
        "550 Utent mhux magħruf",
        "550 Utent mhux maghruf",
        "550 Мындай дарек бизде жок",
        "550 Korisnik nepoznat",
    ],
)
def test_words_that_say_what_the_guide_says_of_the_code_are_known(explain: Explain, text: str) -> None:
    diagnosis = explain(text)
    assert diagnosis.reason == "user_unknown"
    assert diagnosis.evidence.text not in ("", "550")


@pytest.mark.parametrize("text", ["554 Hello world", "550 Mail server", "550 yellow submarine"])
def test_two_words_are_believed_only_where_they_are_clear(explain: Explain, text: str) -> None:
    assert explain(text).rule == "words-not-known"


def test_a_status_that_the_server_says_counts_before_the_one_of_the_report(votes: WordVotes) -> None:
    text = "450 4.7.1 the door was shut on this host"
    assert votes.vote(text, codes=("#450", "#4", "#.7.1")) != votes.vote(text, codes=("#450", "#4", "#.4.7"))


def test_a_word_is_shown_where_it_stands(explain: Explain) -> None:
    text = "We looked through our list of pupils and parents and could not match this name"
    diagnosis = explain(text)
    assert diagnosis.reason == "user_unknown"
    assert diagnosis.evidence.text in text


def test_sure_wording_is_believed_against_all_other_words(explain: Explain) -> None:
    text = (
        "550 5.1.1 The email account that you tried to reach does not exist, said the spam filter's blocklist"
    )
    assert explain(text).reason == "user_unknown"


@pytest.mark.parametrize(
    ("reply", "evidence"),
    [
        ("554 5.7.1 sales says: not you again", "sales says: not you"),
        (
            "550 5.1.1 all users gone: the company was liquidated and its mail turned off",
            "company was liquidated",
        ),
    ],
)
def test_what_words_decided_is_shown_as_the_stretch_in_which_they_stand(
    explain: Explain, reply: str, evidence: str
) -> None:
    assert evidence in explain(reply).evidence.text


@pytest.mark.parametrize(
    ("reply", "evidence"),
    [
        ("422 The recipient's mailbox is over its storage limit", "mailbox is over its storage limit"),
        ("451 4.7.1 SPF temperror for example.org", "SPF temperror"),
        ("450 Annuaire momentanément injoignable", "Annuaire momentanément injoignable"),
        # Too far apart for one stretch; and a wording of several words speaks for itself.
        (f"450 Annuaire {'x' * 90} injoignable", "injoignable"),
        ("550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown in table", "User unknown"),
    ],
)
def test_of_wording_in_several_places_all_is_shown_where_one_word_alone_proves_little(
    explain: Explain, reply: str, evidence: str
) -> None:
    assert explain(reply).evidence.text == evidence
