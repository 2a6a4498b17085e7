"""Where a returned message begins in a report's text, if only a line of dashes and a few fields tell."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.returned_message.returned_text import original_start

HEAD = (
    "Return-Path: <>\nFrom: Post Robot <post@mx.example.net>\nTo: ann@example.org\nSubject: {subject}\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
)
FIELDS = (
    "From: Ann <ann@example.org>\nTo: choir@lists.example.org\nSubject: Rehearsal\n"
    "Date: Fri, 20 Nov 2026 09:14:02 +0000\n"
)
WORDS = {
    "Message non distribué": "Bonjour,\n\nVotre message n'a pas été distribué :\n\n"
    "  destinataire : bob@example.net\n  cause : 550 5.1.1 Utilisateur inconnu\n\n{line}\n",
    "Mail delivery failed": "The mail could not be delivered.\n\n"
    "bob@example.net\n  550 5.1.1 no such user\n\n{line}\n",
    "Zustellung fehlgeschlagen": "Ihre Mail an bob@example.net konnte nicht zugestellt werden:\n"
    "550 5.1.1 unbekannt\n\n{line}\n",
}
LINES = (
    *("--- début du message ---", "==== inicio ====", "-------- alkuperäinen --------", "*** Nachricht ***"),
    *("-----------------------", "--- the mail:", "___ Начало письма ___", "--- メール本文 ---"),
)


def read(subject: str, text: str) -> list[str | None]:
    bounce = parse((HEAD.format(subject=subject) + text).encode())
    return [one.recipient for one in bounce.failures]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("subject", WORDS)
@pytest.mark.parametrize("behind", ["", "\nTous à huit heures, et carol@example.com aussi.\n"])
def test_whom_the_mail_below_a_line_of_dashes_was_for_failed_nobody(
    subject: str, line: str, behind: str
) -> None:
    text = WORDS[subject].format(line=line) + FIELDS + behind
    assert read(subject, text) == ["bob@example.net"]
    bounce = parse((HEAD.format(subject=subject) + text).encode())
    assert bounce.original is not None
    assert bounce.original.subject == "Rehearsal"


def test_whom_it_was_for_failed_where_nobody_else_is_named() -> None:
    text = "The mail below could not be delivered: 550 5.1.1 no such user\n\n--- mail ---\n"
    assert read("Mail delivery failed", text + FIELDS) == ["choir@lists.example.org"]


def test_fields_among_the_words_of_a_report_are_words_of_it() -> None:
    text = (
        "Ask help@mx.example.net about this.\n\n--- Details ---\nFrom: ann@example.org\nTo: bob@example.net\n"
        "Subject: Rehearsal\nReason: 550 5.1.1 no such user\n"
    )
    assert read("Mail delivery failed", text) == ["bob@example.net"]


def test_of_several_mails_that_are_listed_so_none_is_the_returned_one() -> None:
    one = "--- {} ---\nFrom: ann@example.org\nTo: {}@example.net\nSubject: Rehearsal\n\n550 5.1.1 no user\n\n"
    text = (
        "These could not be delivered, ask help@mx.example.net:\n\n"
        + one.format(1, "bob")
        + one.format(2, "eve")
    )
    assert set(read("Mail delivery failed", text)) == {"bob@example.net", "eve@example.net"}


def test_fields_that_name_the_mail_amid_the_words_are_no_returned_message() -> None:
    told = (
        "This is about a mail of yours that is known here by these particulars:\n\n"
        "   Message-ID: <1B44@pc.school.example>\n   To: bob@hive.example\n   Subject: Honey\n\n"
        "It was given up after 12 attempts:\n\n"
        '   *** bob@hive.example\n       last response "452 Insufficient system storage".\n'
    )
    returned = (
        "Received: from SpoolDir by SCHOOL; 5 May 2007\nFrom: ann@school.example\nSubject: Honey\n\nHi\n"
    )
    start = original_start(f"{told}\n{returned}")[1]
    assert f"{told}\n{returned}"[start:] == returned
    assert original_start(told) == (-1, -1)
    indented = (
        "Your mail came back:\n\n   Message-ID: <1@x.example>\n   To: bob@hive.example\n\n   Dear Bob\n"
    )
    assert original_start(indented)[1] == indented.index("   Message-ID")
