"""How much a mail reads like a report, in words that nobody foresaw."""

import pytest
from learn_reports import UNSEEN, lessons, mails
from learning import digest

from bounce_tui.learnt.weights import load
from bounce_tui.parsing import parse
from bounce_tui.parsing.recognition.likeness import FILE, addresses_beside, likeness

NOTE = """From: {sender}
To: alice@example.com
Subject: {subject}
Auto-Submitted: {submitted}
Content-Type: text/plain; charset=utf-8

{text}
"""


def test_the_weights_were_learnt_from_the_lessons_as_they_are() -> None:
    assert load(FILE).head.lessons == digest(lessons()), "see tests/parsing/learn_reports.py"
    assert len(UNSEEN.read_text(encoding="utf-8").split()) == len(mails())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Your letter",
            "The postman rang at bob@example.net. Nobody of that name has ever had a box with us.",
        ),
        (
            "Brief zurück",
            "Das Postfach von bob@example.net fasst nichts mehr, Ihr Schreiben wurde nicht zugestellt.",
        ),
        (
            "メールが届きませんでした",
            "bob@example.net 宛のメールは、宛先が見つからないためお届けできませんでした。",
        ),
        ("Письмо не дошло", "Ваше письмо для bob@example.net вернулось: ящик закрыт."),
    ],
)
def test_a_report_reads_like_one_in_any_language(subject: str, text: str) -> None:
    assert likeness(subject, text) > 0


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Lunch on Friday?", "Shall we try the new place by the river? Bob (bob@example.net) comes along."),
        ("Rechnung 4711", "Anbei die Rechnung für Oktober. Fragen bitte an bob@example.net."),
        ("お見積りの件", "先日はありがとうございました。お見積りを添付いたします。"),
        ("Ваш заказ отправлен", "Посылка передана курьеру, ожидайте звонка."),
        ("", ""),
    ],
)
def test_other_mail_does_not(subject: str, text: str) -> None:
    assert likeness(subject, text) < 0


def test_the_address_beside_what_says_most_comes_first() -> None:
    text = (
        "The shop by the river, shop@example.org, sells papers, tea and cakes from nine to five o'clock.\n\n"
        "**********\nYour mail could not be delivered to bob@example.net: the mailbox does not exist."
    )
    assert addresses_beside("", text) == ["bob@example.net", "shop@example.org"]
    assert addresses_beside("", "no address") == []


def test_a_dead_mailbox_that_answers_by_itself_is_the_one_that_failed() -> None:
    text = (
        "This mailbox was shut down in June. Your message was not delivered to anybody and has been deleted."
    )
    bounce = parse(
        NOTE.format(
            sender="Bob Roe <bob@example.net>", subject="Re: Offer", submitted="auto-replied", text=text
        ).encode()
    )
    assert (bounce.kind, [one.recipient for one in bounce.failures]) == ("failed", ["bob@example.net"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Your mail to bob@example.net still lies here, we go on trying. You need do nothing.", "delayed"),
        ("Ihre Mail an bob@example.net wartet noch, der Server dort antwortet gerade nicht.", "delayed"),
        ("Your mail to bob@example.net was given up and thrown away, the server never answered.", "failed"),
    ],
)
def test_a_mail_that_still_waits_is_told_from_one_that_failed(text: str, kind: str) -> None:
    bounce = parse(
        NOTE.format(
            sender="Post robot <robot@post.example>",
            subject="Your mail",
            submitted="auto-generated",
            text=text,
        ).encode()
    )
    assert (bounce.kind, [one.action for one in bounce.failures]) == (kind, [kind])


def test_who_is_away_is_no_dead_mailbox() -> None:
    text = "I am out of the office until Monday and will answer your message then. Urgent matters: Carol."
    bounce = parse(
        NOTE.format(
            sender="Bob Roe <bob@example.net>", subject="Re: Offer", submitted="auto-replied", text=text
        ).encode()
    )
    assert bounce.kind == "auto_reply"
