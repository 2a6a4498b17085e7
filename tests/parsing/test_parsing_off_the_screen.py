"""Text copied from the window of a mail program, or read off a photo of one."""

import pytest

from bounce_tui.parsing import parse, read_pasted
from bounce_tui.parsing.cleaning.misread_codes import with_digits

_GMAIL = """Mail Delivery Subsystem <mailer-daemon@googlemail.com>
9:12 AM (3 hours ago)
to me

Message blocked
Your message to frontdesk@oakfarms.example has been blocked. See technical details below for more information.

The response from the remote server was:
550 5.7.1 Message rejected due to content restrictions
"""
_EXCHANGE = """Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@district.example>
Mon 11/23/2026 9:20 AM
To: Pat Kim

Delivery has failed to these recipients or groups:

frontdesk@oakfarms.example
A communication failure occurred during the delivery of this message. Please try to resend it later.
"""


@pytest.mark.parametrize("text", [_GMAIL, _EXCHANGE])
def test_the_sender_that_a_mail_program_shows_is_not_who_failed(text: str) -> None:
    bounce = parse(text.encode())
    assert [one.recipient for one in bounce.failures] == ["frontdesk@oakfarms.example"]


def test_a_reply_about_a_postmaster_is_still_a_reply() -> None:
    bounce = parse(b"postmaster@dest.example\n550 5.1.1 User unknown\n")
    assert [one.status for one in bounce.failures] == ["5.1.1"]


@pytest.mark.parametrize(
    "text",
    [
        "Gmail will retry for 45 more hours. You'll be notified if the delivery fails permanently.",
        "Gmail lo intentará durante 45 horas más. Recibirás una notificación si la entrega falla.",
        "Gmail réessaiera pendant encore 45 heures. Vous serez averti en cas d'échec définitif.",
        "Gmail versucht es noch 45 Stunden lang. Sie werden benachrichtigt, wenn die Zustellung fehlschlägt.",
        "O Gmail tentará novamente por mais 45 horas. Você será notificado se a entrega falhar.",
        "Gmail riproverà per altre 45 ore. Riceverai una notifica se il recapito non riesce.",
        "Gmail probeert het nog 45 uur. Je krijgt een melding als de bezorging definitief mislukt.",
    ],
)
def test_words_alone_tell_that_a_mail_is_still_tried(text: str) -> None:
    told = f"There was a problem delivering your message to papa@dest.example. {text}"
    for bounce in (parse(told.encode()), read_pasted(told)):
        assert [one.action for one in bounce.failures] == ["delayed"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("55O 5.1.l User unknown", "550 5.1.1 User unknown"),
        ("55O-5.l.1 User unknown", "550-5.1.1 User unknown"),
        ("SSO 5.7.1 refused", "550 5.7.1 refused"),
        ("The response was:\n4S2 4.2.2 full", "The response was:\n452 4.2.2 full"),
        ("messages from [192.O.2.1O] weren't sent", "messages from [192.0.2.10] weren't sent"),
        ("5.7.5O8", "5.7.508"),
    ],
)
def test_letters_in_a_code_are_read_as_the_digits_that_they_look_like(read: str, meant: str) -> None:
    assert with_digits(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "SOS call from the office",
        "S.O.S. or S.O.S",
        "Sol was here, So I left",
        "550 5.1.1 <a.l.S@5O.example> unknown",
        "mail.l0.I.example version 1.O.l",
        "4Sale 2Oo1 5Oooo",
        "see 10.l.example",
    ],
)
def test_words_and_names_stay_as_they_are(text: str) -> None:
    assert with_digits(text) == text


def test_a_misread_reply_is_read_in_a_file_and_pasted() -> None:
    text = "55O 5.1.l <bob@dest.example>: Recipient address rejected"
    for bounce in (parse(text.encode()), read_pasted(text)):
        (failure,) = bounce.failures
        assert (failure.reply_code, failure.status) == ("550", "5.1.1")
        assert failure.recipient == "bob@dest.example"


def test_a_mail_as_it_came_is_read_to_the_letter() -> None:
    header = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n"
    mail = f"{header}\n<bob@dest.example>:\n550 5.l.1 no\n"
    assert "5.l.1" in parse(mail.encode()).failures[0].diagnostic
