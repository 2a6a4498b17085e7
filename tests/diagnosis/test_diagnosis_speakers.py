"""Words that several servers write: no provider is named, nor its page shown, on words alone."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis, Failure

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 Administrative prohibition", "policy_violation"),
        ("535 Incorrect authentication data", "security_error"),
        ("530 5.7.0 Must issue a STARTTLS command first", "failed_starttls"),
        ("550 5.2.2 mailbox full", "mailbox_full"),
    ],
)
def test_words_of_many_servers_name_no_provider_and_no_page_of_one(
    explain: Explain, text: str, reason: str
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.reason, diagnosis.provider, diagnosis.url) == (reason, None, None)


def test_the_same_words_from_mimecast_are_mimecasts(explain: Explain) -> None:
    diagnosis = explain("host eu-smtp-inbound-1.mimecast.com[192.0.2.9] said: 550 Administrative prohibition")
    assert diagnosis.provider == "Mimecast"
    assert diagnosis.url is not None


@pytest.mark.parametrize("table", ["relay recipient", "virtual mailbox", "local recipient", "virtual alias"])
def test_an_unknown_sender_does_not_make_the_recipient_dead(explain: Explain, table: str) -> None:
    text = f"550 5.1.0 <a@sender.example>: Sender address rejected: User unknown in {table} table"
    diagnosis = explain(text)
    assert (diagnosis.reason, diagnosis.hard, diagnosis.who_acts) == ("rejected", False, "sender_admin")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 HELO verification failed: malformed or DNS mismatch", "blocked"),
        ("421 too many connections from your IP, slow down", "too_many_conn"),
        ("421 4.7.1 - Connection refused - <192.0.2.10> - Comcast PTR record not found", "require_ptr"),
        ("554 IP=192.0.2.10 - A problem occurred. (Ask your postmaster for help.)", "blocked"),
        ("550 Maximum line length exceeded (see RFC 5321 4.5.3.1)", "content_error"),
        ("550 5.2.0 Message rejected due to user complaints", "bad_reputation"),
        ("550 The mail server could not deliver mail to b@example.net. The account or domain may not exist, "
         "they may be blacklisted, or missing the proper dns entries.", "user_unknown"),
        ("554 5.7.1 [P4] Message blocked due to spam content in the message.", "spam_detected"),
        ("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", "filtered"),
        ("550 5.7.520 Your organization does not allow external forwarding", "policy_violation"),
    ],
)  # fmt: skip
def test_what_is_blamed_is_not_taken_for_something_near_it(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


def test_an_unknown_value_in_brackets_is_left_out() -> None:
    failure = Failure(diagnostic="550 5.1.8 Sender address rejected: Domain not found", reply_code="550")
    assert "envelope sender and" in diagnose(failure, Bounce()).resolution[0]


@pytest.mark.parametrize(
    "text",
    ["450 4.7.1 <mail.example.org>: Helo command rejected: Host not found", "550 HELO verification failed"],
)
def test_a_refused_helo_name_asks_for_the_name_to_be_mended_and_for_no_delisting(
    explain: Explain, text: str
) -> None:
    diagnosis = explain(text)
    assert diagnosis.who_acts == "sender_admin"
    # A first step about the queue stands before the others while the mail is still tried.
    assert "HELO name" in diagnosis.resolution[diagnosis.temporary]
    assert diagnosis.checks == ("ptr",)
