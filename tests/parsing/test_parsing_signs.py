"""What the sentences of any language say of a mail, and what signs weigh together."""

import re
from functools import cache, reduce
from itertools import permutations
from operator import add

import pytest
from learn_signs import LEAST, Lesson, learn, lessons, mistakes

from bounce_tui.parsing import parse
from bounce_tui.parsing.recognition.weighing import BIAS, weight, weights
from bounce_tui.parsing.words.sentences import forms, names_mail, tells

SHARE_MISJUDGED = 0.03
"""Of mails that the weights were not learnt from; it only falls."""
SHARE_OF_LESSONS_MISJUDGED = 0.095
"""Of those whose half was written to be taken for another kind."""
LESSON = re.compile(r"[a-z]{2}(?:-hant)? \d+")
"""The name of a mail of `lessons/`."""


@cache
def told() -> list[Lesson]:
    """The lessons, read by the worker that runs a test of them and not by every one that collects it."""
    return list(lessons())


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("Your letter to bob@example.net was not handed over.", "failed"),
        ("We never managed to pass on your message.", "failed"),
        ("Levelét nem sikerült kézbesíteni bob@example.net részére.", "failed"),
        ("Ваше письмо на адрес bob@example.net не было передано.", "failed"),
        ("お客様のメールは bob@example.net に届きませんでした。", "failed"),
        ("Il tuo messaggio per bob@example.net non è mai arrivato.", "failed"),
        ("Ihre Mail an bob@example.net wurde verworfen.", "was refused"),
        ("Twoja wiadomość została odrzucona.", "was refused"),
        ("Vår server har avvisat ditt mejl.", "was refused"),
        ("The mailbox of bob@example.net has no room left.", "cause"),
        ("La boîte de bob@example.net est pleine.", "cause"),
        ("bob@example.net adında bir kullanıcı bulunamadı.", "cause"),
    ],
)
def test_a_sentence_of_failure_is_known_by_what_its_words_mean(sentence: str, form: str) -> None:
    assert form in frozenset().union(*forms(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for your message to bob@example.net.",
        "Ihre Nachricht an bob@example.net ist eingegangen.",
        "The meeting with bob@example.net begins at ten.",
        "Ваше письмо получено.",
        'The file "mail not delivered.txt" is ready.',
    ],
)
def test_a_sentence_that_denies_nothing_tells_of_no_failure(sentence: str) -> None:
    assert not tells(sentence)


def test_what_is_said_of_it_in_the_next_sentence_is_said_of_the_mail() -> None:
    first, second = forms("Your mail to bob@example.net has 60 MB. It was not passed on.")
    assert "failed" not in first
    assert "failed" in second


def test_whom_the_reader_s_mail_was_for_is_known_without_a_word_of_failure() -> None:
    assert names_mail("Ihre Mail an bob@example.net ist 61 MB groß.")
    assert not names_mail("Fragen an bob@example.net beantworten wir gern.")


def test_no_weight_speaks_against_what_its_sign_says() -> None:
    assert all(
        value > 0 if name[0] == "+" else value < 0 for name, value in weights().items() if name != BIAS
    )


def test_signs_weigh_the_same_in_whatever_order_a_process_keeps_them() -> None:
    names = sorted(weights(), key=lambda name: weights()[name])
    groups = [names[at : at + 3] + names[-at - 3 : len(names) - at] for at in range(10)]
    rounded = [
        some
        for some in groups
        # Added one by one: since Python 3.12 `sum` makes up for what is rounded away.
        if len({reduce(add, [weights()[name] for name in order]) for order in permutations(some)}) > 1
    ]
    assert rounded
    assert all(len({weight(order) for order in permutations(some)}) == 1 for some in rounded)


def test_the_weights_are_those_that_the_mails_of_the_tests_teach() -> None:
    learnt = {name: value for name, value in learn(told()).items() if abs(value) >= LEAST}
    assert learnt == pytest.approx(weights(), abs=0.01), (
        "PYTHONPATH=tests python tests/parsing/learn_signs.py --write"
    )


def test_signs_judge_mails_that_they_were_not_learnt_from() -> None:
    of_lessons = [bool(LESSON.fullmatch(row.mail)) for row in told()]
    wrong = [bool(LESSON.fullmatch(row.mail)) for row, _ in mistakes(told(), folds=2)]
    assert wrong.count(False) <= SHARE_MISJUDGED * of_lessons.count(False)
    assert wrong.count(True) <= SHARE_OF_LESSONS_MISJUDGED * of_lessons.count(True)


NOTE = """From: {sender}
To: alice@example.com
Subject: {subject}
Content-Type: text/plain; charset=utf-8

{text}
"""


def test_because_says_that_it_was_the_signs_that_made_it_a_report() -> None:
    text = "The envelope you posted for bob@example.net never made it there: his mailbox is full."
    mail = NOTE.format(sender="Post Robot <robot@post.example>", subject="Your e-mail of today", text=text)
    bounce = parse(mail.encode())
    assert bounce.kind == "failed", bounce.because
    assert "signs" in bounce.because


@pytest.mark.parametrize(
    "text",
    [
        "Hi Alice,\n\nyour mail to bob@example.net never made it there. Can you send it again?\n\nCarol",
        "Bob (bob@example.net) never got my parcel, did yours make it?",
    ],
)
def test_a_person_who_tells_of_lost_mail_is_no_report(text: str) -> None:
    mail = NOTE.format(sender="Carol Jones <carol@example.org>", subject="Lost mail", text=text)
    assert parse(mail.encode()).kind == "other"
