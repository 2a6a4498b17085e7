"""Words that several servers write: no provider is named, nor its page shown, on words alone."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis, Failure

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 Administrative prohibition", "rejected"),
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
        ("550 HELO verification failed: malformed or DNS mismatch", "syntax_error"),
        ("554 5.7.1 [P4] Message blocked due to spam content in the message.", "spam_detected"),
        ("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", "filtered"),
        ("550 5.7.520 Your organization does not allow external forwarding", "policy_violation"),
    ],
)
def test_what_is_blamed_is_not_taken_for_something_near_it(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


def test_an_unknown_value_in_brackets_is_left_out() -> None:
    failure = Failure(diagnostic="550 5.1.8 Sender address rejected: Domain not found", reply_code="550")
    assert "envelope sender and" in diagnose(failure, Bounce()).resolution[0]
