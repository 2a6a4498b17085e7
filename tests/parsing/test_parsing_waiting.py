"""Whether a report in words says that the mail waits, or that nobody tries any more."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.words.given_up import has_given_up

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: Ann <ann@example.org>
Subject: {subject}
Content-Type: text/plain; charset=utf-8

{text}
"""


def actions(subject: str, text: str) -> list[str]:
    return [one.action for one in parse(REPORT.format(subject=subject, text=text).encode()).failures]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "郵件暫時無法送達",
            "您寄給 bob@example.net 的郵件暫時無法送達。\n\n系統將持續嘗試投遞，無須重新寄送。",
        ),
        ("郵件無法投遞", "收件人：bob@example.net\n原因：對方伺服器忙碌，郵件暫時無法投遞，將自動重試。"),
        ("邮件投递失败", "您发给 bob@example.net 的邮件暂时无法投递，系统会自动重试。"),
        (
            "配送エラー",
            "bob@example.net 宛のメールは一時的に配送できませんでした。\n引き続き配送を試みます。",
        ),
        (
            "메일 전송 실패",
            "bob@example.net 님께 보낸 메일을 일시적으로 전달하지 못했습니다.\n계속해서 전달을 시도합니다.",
        ),
        (
            "Échec de remise",
            "Votre message pour bob@example.net n'a pas pu être remis.\nNous réessaierons toutes les heures.",
        ),
        (
            "Error de entrega",
            "No se ha podido entregar su mensaje para bob@example.net.\nSeguiremos intentándolo.",
        ),
        (
            "Falha na entrega",
            "A mensagem para bob@example.net não pôde ser entregue.\nContinuaremos tentando até sexta-feira.",
        ),
        # That it will be given up some day says that it is not yet.
        (
            "Warning",
            "Your mail to bob@example.net is delayed: 421 4.7.0 busy.\n"
            "You get another notice once we have given up on it.",
        ),
    ],
)
def test_mail_that_the_server_goes_on_trying_is_delayed(subject: str, text: str) -> None:
    assert actions(subject, text) == ["delayed"]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Delivery delayed", "Mail for bob@example.net: 421 4.7.0 deferred. We have stopped trying."),
        (
            "Your mail has been delayed",
            "bob@example.net has been delayed for 4 days: 451 4.3.0 try again later.\n\nWe gave up today.",
        ),
        (
            "Verzögerung",
            "Die Nachricht an bob@example.net war verzögert (421 4.7.0 bitte später).\n"
            "Die Zustellversuche wurden eingestellt.",
        ),
        ("Retard", "Votre message à bob@example.net est retardé : 421 4.7.0 occupé. Nous avons abandonné."),
        ("Retraso", "Su correo para bob@example.net sufre retraso: 421 4.7.0 ocupado. Hemos desistido."),
        ("Задержка", "Письмо для bob@example.net задержано: 421 4.7.0 занято. Попытки доставки прекращены."),
        ("配送遅延", "bob@example.net 宛のメールは遅延しています：421 4.7.0 busy。配送を断念しました。"),
        ("郵件延遲", "給 bob@example.net 的郵件延遲：421 4.7.0 請稍後再試。系統已停止投遞。"),
        (
            "Zwrot",
            "<bob@example.net>:\nSerwer odpowiedział: 451 4.3.0 spróbuj później\nList zbyt długo w kolejce.",
        ),
        ("Rücksendung", "<bob@example.net>:\n451 4.3.0 später\nDie Mail lag zu lange in der Warteschlange."),
        ("Возврат", "<bob@example.net>:\n451 4.3.0 занято\nПисьмо слишком долго в очереди."),
    ],
)
def test_mail_that_the_server_has_given_up_after_a_4xx_has_failed(subject: str, text: str) -> None:
    assert actions(subject, text) == ["failed"]


def test_a_pasted_4xx_of_which_the_server_gave_up_has_failed() -> None:
    reply = "421 4.7.0 try again later\n"
    assert [one.action for one in parse(reply.encode()).failures] == ["delayed"]
    given_up = parse(f"{reply}\nThe system gave up after five days.\n".encode())
    assert [(one.reply_code, one.action) for one in given_up.failures] == [("421", "failed")]


def test_one_that_was_given_up_stands_beside_one_that_waits() -> None:
    text = (
        "bob@example.net: 421 4.7.0 deferred, the server gave up\n"
        "carol@example.net: 451 4.7.1 greylisted, we will try again\n"
    )
    assert actions("Delivery report", text) == ["failed", "delayed"]


@pytest.mark.parametrize(
    "text",
    [
        "We give up after five days.",
        "If we have given up, you will hear of it.",
        "Sobald die Zustellversuche eingestellt wurden, melden wir uns.",
        "如果系统已放弃，您会收到通知。",
    ],
)
def test_what_may_come_is_not_done(text: str) -> None:
    assert not has_given_up(text)
