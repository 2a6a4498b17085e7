"""Whom a report names for questions is not who failed."""

import pytest

from bounce_tui.parsing import parse

HEAD = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: Ann <ann@example.org>
Subject: Delivery failed
Content-Type: text/plain; charset=utf-8

"""


def failed(text: str) -> list[str | None]:
    return [one.recipient for one in parse((HEAD + text).encode()).failures]


@pytest.mark.parametrize(
    "text",
    [
        # The label stands beside that of the error, before who failed is named ...
        "Error: mailbox unavailable\nContact: team@hosting.example\n\nbob@example.net\n",
        # ... or there is one for the address it was meant for, in other words.
        "Destination address: bob@example.net\nContact address: team@office.example\nResult: 550 unknown\n",
        "Fehler: Postfach gesperrt\nFür Rückfragen: team@hosting.example\n\nbob@example.net\n",
        "Erreur : boîte désactivée\nAssistance : team@hosting.example\n\nbob@example.net\n",
        "エラー：メールボックスがありません\nお問い合わせ先：team@hosting.example\n\nbob@example.net\n",
        "错误：邮箱已满\n联系：team@hosting.example\n\nbob@example.net\n",
        "Error: mailbox unavailable\nQuestions:\n  team@hosting.example\n\nbob@example.net\n",
    ],
)
def test_a_label_for_questions_names_nobody_who_failed(text: str) -> None:
    assert failed(text) == ["bob@example.net"]


def test_a_report_that_names_only_whom_to_ask_names_nobody() -> None:
    assert failed("Error: The mailbox is gone.\nContact: carol@hosting.example\n") == []


def test_whom_one_may_ask_can_be_who_failed() -> None:
    said = "Not delivered: the mailbox of carol@hosting.example is full.\nContact: carol@hosting.example\n"
    assert failed(said) == ["carol@hosting.example"]


def test_a_failed_contact_is_one_who_failed() -> None:
    assert failed("Failed contact: bob@example.net\nError: 550 5.1.1 user unknown\n") == ["bob@example.net"]
