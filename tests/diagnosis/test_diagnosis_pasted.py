"""What is pasted into `explain` and is no refusal."""

import json
import re

import pytest
from click.testing import CliRunner

from bounce_tui.cli.explain import explain
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted, with_actions
from bounce_tui.diagnosis.trial import try_reply
from bounce_tui.model import Bounce
from bounce_tui.parsing import read_pasted
from bounce_tui.parsing.single_reply import read_reply


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("250 OK", BuiltIn.POSITIVE_REPLY),
        ("250 2.0.0 Ok: queued as 4AAB32A46B", BuiltIn.POSITIVE_REPLY),
        (
            "<a@example.net>: delivery via mx.example.net[192.0.2.18]:25: 250 2.0.0 Ok: queued as 4F1kz",
            BuiltIn.POSITIVE_REPLY,
        ),
        ("250-mx.example.net\n250 SIZE 10240000", BuiltIn.POSITIVE_REPLY),
        ("354 End data with <CR><LF>.<CR><LF>", BuiltIn.POSITIVE_REPLY),
        ("220 mx.example.net ESMTP", BuiltIn.POSITIVE_REPLY),
        ("221 2.0.0 Bye", BuiltIn.POSITIVE_REPLY),
        ("2.0.0", BuiltIn.POSITIVE_REPLY),
        ("Mail appears fine", BuiltIn.NO_REFUSAL),
        ("hello", BuiltIn.NO_REFUSAL),
        ("...", BuiltIn.NO_REFUSAL),
    ],
)
def test_what_refuses_nothing_is_called_that(text: str, rule: str) -> None:
    failure = read_reply(text)
    diagnosis = diagnose_pasted(diagnostician(), failure, Bounce(kind="failed", failures=(failure,)))
    assert diagnosis.rule == rule
    assert "no refusal" in diagnosis.cause
    assert not diagnosis.hard
    assert not diagnosis.checks
    assert "no refusal" in try_reply(diagnostician(), failure).why


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Out of office: I am on annual leave until Monday 7 December.", "auto_reply", "vacation"),
        ("I'm out of the office this week with limited access to my inbox.", "auto_reply", "vacation"),
        ("Automatic reply: Budget meeting", "auto_reply", "vacation"),
        (
            "Danke. Ich bin bis 14. Juli im Urlaub; Ihre E-Mail wird nicht weitergeleitet.",
            "auto_reply",
            "vacation",
        ),
        ("Estoy de vacaciones hasta el 20 de agosto.", "auto_reply", "vacation"),
        ("Jestem na urlopie do 15 lipca.", "auto_reply", "vacation"),
        ("我正在休假，将于周一回复您的邮件。", "auto_reply", "vacation"),
        ("أنا في إجازة حتى يوم الأحد.", "auto_reply", "vacation"),
        ("This is an email abuse report for a message; Feedback-Type: abuse", "feedback", "feedback"),
        ("Ceci est un rapport d'abus concernant un message reçu de 192.0.2.5", "feedback", "feedback"),
        ("Это уведомление о жалобе получателя на письмо с адреса 192.0.2.7", "feedback", "feedback"),
        (
            "Relayed to mx.example.net, which does not send delivery notifications",
            "delivered",
            "delivered",
        ),
        (
            "Meldingen er levert til mottakerens postkasse. Det sendes ikke flere varsler.",
            "delivered",
            "delivered",
        ),
        ("Sua mensagem foi entregue ao destinatário.", "delivered", "delivered"),
        ("邮件已送达收件人。", "delivered", "delivered"),
    ],
)
def test_a_notice_that_nothing_failed_is_called_what_it_is(text: str, kind: str, reason: str) -> None:
    bounce = with_actions(diagnostician(), read_pasted(text))
    diagnosis = diagnose_pasted(diagnostician(), bounce.failures[0], bounce)
    assert (bounce.kind, diagnosis.reason, diagnosis.hard) == (kind, reason, False)
    assert not diagnosis.checks
    told = CliRunner().invoke(explain, [text], standalone_mode=False).output
    assert "Exact error" not in told
    assert "permanent" not in told
    if kind != "feedback":
        assert re.search(r"^  Who acts: +nobody: nothing failed$", told, re.M)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The user is on vacation and the mailbox is full", "mailbox_full"),
        ("User on vacation, account disabled", "suspended"),
        ("vacation: command died with signal 11", "mailer_error"),
        ("550 5.2.1 I am on annual leave: mailbox disabled", "suspended"),
        ("Mail was handed to a program at the other end and that program bombed", "mailer_error"),
        ("Ihre Nachricht wurde nicht zugestellt", "on_hold"),
        ("The message was delivered to the recipient's server, which refused it as spam", "spam_detected"),
    ],
)
def test_what_failed_is_no_notice(text: str, reason: str) -> None:
    bounce = read_pasted(text)
    assert bounce.kind == "failed"
    assert diagnose_pasted(diagnostician(), bounce.failures[0], bounce).reason == reason


def test_a_positive_reply_is_a_success_wherever_it_is_diagnosed() -> None:
    failure = read_reply("250 2.0.0 Ok: queued as 4AAB32A46B")
    assert diagnostician().diagnose(failure, Bounce()).rule == BuiltIn.POSITIVE_REPLY
    # A report that says that it failed knows better.
    assert diagnostician().diagnose(failure, Bounce(kind="failed")).reason == "on_hold"


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 User unknown",
        "4.4.1",
        "User unknown",
        "mailbox full",
        "554",
        "250 recipients: too many recipients",
        "mailbox full: 250 2.0.0 Ok: queued as 4F1kz was for the archive alone",
    ],
)
def test_a_refusal_stays_one(text: str) -> None:
    failure = read_reply(text)
    bounce = Bounce(kind="failed", failures=(failure,))
    diagnosis = diagnose_pasted(diagnostician(), failure, bounce)
    assert diagnosis == diagnostician().diagnose(failure, bounce)


def test_of_a_success_nobody_has_to_act() -> None:
    told = CliRunner().invoke(explain, ["250 ok"], standalone_mode=False).output
    assert re.search(r"^  Why: +nothing failed$", told, re.M)
    assert re.search(r"^  Who acts: +nobody: nothing failed$", told, re.M)
    assert "administrator" not in told
    assert (
        json.loads(CliRunner().invoke(explain, ["250 ok", "--format", "json"]).output)["who_acts"] == "nobody"
    )
    assert "Who acts" not in CliRunner().invoke(explain, ["hello"], standalone_mode=False).output


def test_explain_says_so_and_invents_no_action() -> None:
    told = CliRunner().invoke(explain, ["250 2.0.0 Ok: queued as 4AAB32A46B"], standalone_mode=False)
    assert "This is no refusal" in told.output
    assert "failed" not in told.output.split("The text")[1]
    record = json.loads(
        CliRunner().invoke(explain, ["--format", "json", "250 OK"], standalone_mode=False).output
    )
    assert (record["reason"], record["action"], record["hard"]) == ("delivered", None, False)


def test_what_says_that_it_is_tried_no_more_has_failed() -> None:
    text = "I'm not going to try again; this message has been in the queue too long."
    assert read_reply(f"451 Sorry, I wasn't able to establish an SMTP connection. {text}").action == "failed"
    assert read_reply("451 4.4.1 We will try again for five days").action == "delayed"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Greylisted", "delayed"),
        ("Rate limited", "delayed"),
        ("550 Greylisted", "failed"),
        ("User unknown", "failed"),
    ],
)
def test_words_alone_that_pass_by_themselves_are_called_no_failure(text: str, action: str) -> None:
    (failure,) = with_actions(diagnostician(), read_pasted(text)).failures
    assert failure.action == action


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SMTP error 550", "user_unknown"),
        ("It gave me a 5.7.1 error", "policy_violation"),
        ("error 421", "on_hold"),
        ("Delivery Status Notification (Failure)", "on_hold"),
    ],
)
def test_the_word_error_beside_a_number_is_no_fault_of_the_receiving_system(text: str, reason: str) -> None:
    bounce = read_pasted(text)
    assert diagnose_pasted(diagnostician(), bounce.failures[0], bounce).reason == reason
