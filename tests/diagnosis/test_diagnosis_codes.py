"""Temporary or not, dead or not, and what codes say where words are missing."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Action, Bounce, Diagnosis, Failure

Explain = Callable[[str], Diagnosis]
REPORT = Bounce(kind="failed")


@pytest.mark.parametrize(
    ("text", "reason", "temporary"),
    [
        ("450 4.2.2 mailbox is full", "mailbox_full", True),
        ("552 5.2.2 mailbox is full", "mailbox_full", False),
        ("450 4.1.1 user unknown", "user_unknown", True),
        ("550 5.1.1 user unknown", "user_unknown", False),
        ("550 Too many messages from your host", "rate_limited", True),
        ("554 refused IB110", "blocked", True),
        ("554 refused IB104", "blocklisted", False),
    ],
)
def test_the_class_of_the_reply_tells_whether_time_may_help(
    explain: Explain, text: str, reason: str, temporary: bool
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.reason, diagnosis.temporary) == (reason, temporary)


def test_a_delayed_message_is_temporary_whatever_its_code() -> None:
    failure = Failure(action="delayed", diagnostic="user unknown", status="5.1.1")
    diagnosis = diagnose(failure, Bounce(kind="delayed"))
    assert diagnosis.temporary
    assert not diagnosis.hard


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("550 5.1.1 user unknown", True),
        ("550 5.1.2 Host unknown", True),
        ("556 5.1.10 Recipient address has null MX", True),
        ("551 5.1.6 User has moved to another address", True),
        ("552 5.2.2 mailbox is full", False),
        ("550 5.2.1 account is disabled", False),
        ("550 5.7.1 message identified as spam", False),
        ("550", False),
    ],
)
def test_only_a_dead_address_is_hard(explain: Explain, text: str, hard: bool) -> None:
    assert explain(text).hard is hard


def test_an_unknown_user_is_dead_even_where_the_server_answered_4xx_until_the_queue_gave_up() -> None:
    failure = Failure(reply_code="450", status="4.1.1", diagnostic="user unknown in local recipient table")
    assert diagnose(failure, REPORT).hard


def test_a_queue_that_gave_up_after_temporary_failures_is_expired() -> None:
    failure = Failure(
        status="4.4.1", diagnostic="connect to mx.dest.example[192.0.2.9]:25: Connection timed out"
    )
    diagnosis = diagnose(failure, REPORT)
    assert (diagnosis.reason, diagnosis.rule) == ("expired", "queue-gave-up")
    assert diagnosis.evidence.text == "Connection timed out"
    assert "network_error" in [other.reason for other in diagnosis.also]


def test_a_queue_that_still_tries_says_so() -> None:
    diagnosis = diagnose(Failure(action="delayed", status="4.4.1"), Bounce(kind="delayed"))
    assert (diagnosis.rule, diagnosis.temporary) == ("queue-still-tries", True)


def test_a_queue_that_still_tries_has_not_given_up_whatever_its_status_code() -> None:
    waits = Failure(action="delayed", status="4.4.7")
    diagnosis = diagnose(waits, Bounce(kind="delayed", failures=(waits,)))
    assert (diagnosis.rule, diagnosis.temporary) == ("queue-still-tries", True)
    assert not any("gave up" in step for step in diagnosis.resolution)


def test_a_delivery_program_that_reached_nobody_broke() -> None:
    broke = Failure(status="5.3.0", diagnostic="Can't connect to desk.dest.example:443", local_program=True)
    assert diagnose(broke, REPORT).rule == "program-failed"


def test_mail_that_still_waits_did_not_fail_for_its_age() -> None:
    words = "It waits since 6 hours; the host did not respond. In the queue too long so far: delivery delayed"
    waits = Failure(action="delayed", diagnostic=words)
    assert diagnose(waits, Bounce(kind="delayed", failures=(waits,))).reason == "network_error"


def test_a_code_in_brackets_stands_behind_the_words_that_it_belongs_to(explain: Explain) -> None:
    words = "Сървърът отхвърли подателя: домейнът example.org няма MX запис (553). Пощенски сървър"
    assert explain(words).reason == "rejected"


def test_the_same_words_alone_are_a_network_error(explain: Explain) -> None:
    assert explain("connect to mx.dest.example[192.0.2.9]:25: Connection timed out").reason == "network_error"


@pytest.mark.parametrize(
    ("failure", "rule"),
    [
        (Failure(), "no-words"),
        (Failure(diagnostic="<b@dest.example> ---"), "no-words"),
        (Failure(diagnostic="Kzxq wvut rplm"), "words-without-code"),
        (Failure(diagnostic="Your message could not be delivered"), "no-cause-told"),
        (Failure(action="delayed"), "queue-still-tries"),
        (Failure(reply_code="459"), "no-words-class-4"),
        (Failure(reply_code="588"), "no-words-class-5"),
        (Failure(status="5.9.9"), "no-words-class-5"),
        (Failure(status="5.1.1"), "status-5.1.1"),
        (Failure(reply_code="535"), "reply-535"),
    ],
)
def test_a_failure_without_words_is_read_by_what_it_has(failure: Failure, rule: str) -> None:
    assert diagnose(failure, REPORT).rule == rule


@pytest.mark.parametrize(
    ("reply", "command", "reason"),
    [("550", "MAIL", "rejected"), ("550", "DATA", "policy_violation"), ("550", "RCPT", "user_unknown"),
     ("554", "RCPT", "filtered"), ("554", "CONN", "blocked")],
)  # fmt: skip
def test_a_bare_reply_is_read_by_the_command_it_answers(reply: str, command: str, reason: str) -> None:
    diagnosis = diagnose(Failure(reply_code=reply, command=command), REPORT)
    assert (diagnosis.reason, diagnosis.confidence) == (reason, "low")


def test_advice_to_let_the_queue_retry_is_given_only_where_it_can(explain: Explain) -> None:
    assert any("retry" in step for step in explain("450 4.1.1 user unknown").resolution)
    assert not any("retry" in step for step in explain("550 5.1.1 user unknown").resolution)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_notice_of_success_is_no_failure_whatever_its_words(action: Action) -> None:
    words = "250 2.0.0 Ok, mailbox full of joy"
    diagnosis = diagnose(Failure(action=action, status="2.0.0", diagnostic=words), Bounce(kind="delivered"))
    assert (diagnosis.reason, diagnosis.hard, diagnosis.temporary) == ("delivered", False, False)
