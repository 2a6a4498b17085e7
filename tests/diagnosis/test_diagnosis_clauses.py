"""Replies that say two things, of which one is the cause of the other."""

from collections.abc import Callable

import pytest

from bounce_tui.model import Diagnosis

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("550 5.1.1 User unknown (account deactivated by administrator)", "suspended", "deactivated"),
        ("550 5.1.1 User unknown: this domain is parked and takes no mail", "not_accept", "takes no mail"),
        ("550 5.1.1 unknown user <b.gray@dest.example> (SPF softfail)", "auth_failure", "SPF"),
        ("550 5.7.1 Connection rejected because of low sender reputation", "bad_reputation", "reputation"),
        ("554 Transaction refused due to a virus in part 2", "virus_detected", "virus"),
        ("550 5.0.350 Remote server returned an error -> 552 5.2.2 mailbox is full", "mailbox_full", "full"),
        ("550 5.4.300 Message expired -> 452 4.2.2 over quota", "mailbox_full", "over quota"),
        ("4.4.7 Delivery time expired. Last error: 452 4.2.2 Mailbox full", "mailbox_full", "Mailbox full"),
        ("451 4.3.0 Temporary local problem - greylisted, come back", "greylisted", "greylisted"),
        ("550 Sender callout failed: 552 5.2.2 mailbox is full", "rejected", "Sender callout"),
        ("550 Relaying denied: no local account 'b.gray' here", "user_unknown", "no local account"),
        ("550 5.7.1 Relaying denied: log in first", "no_relaying", "Relaying denied"),
        ("450 4.1.1 Address probe failed (550 5.7.1 greylisted, come back)", "greylisted", "greylisted"),
    ],
)
def test_the_clause_that_explains_the_rest_is_believed(
    explain: Explain, text: str, reason: str, words: str
) -> None:
    diagnosis = explain(text)
    assert diagnosis.reason == reason
    assert words in diagnosis.evidence.text
    assert diagnosis.evidence.start is not None
    assert text[diagnosis.evidence.start :].startswith(diagnosis.evidence.text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.1.1 User unknown (in reply to RCPT TO command)", "user_unknown"),
        ("550 5.1.1 User unknown; see our rules at https://dest.example/spam", "user_unknown"),
        ("550 5.4.300 Message expired -> 421 4.4.2 Connection dropped", "expired"),
        ("550 5.4.300 Message expired -> 451 4.7.1 Greylisted, try again", "expired"),
        ("550 5.2.0 Message rejected due to user complaints", "bad_reputation"),
        ("450 4.7.25 No rDNS: 8.100.51.198.in-addr.arpa -> host8.example -> NXDOMAIN", "require_ptr"),
    ],
)
def test_an_addition_that_explains_nothing_changes_nothing(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


def test_the_first_statement_stays_as_another_reading(explain: Explain) -> None:
    others = explain("550 5.1.1 User unknown (account deactivated by administrator)").also
    assert "user_unknown" in [other.reason for other in others]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.2.1 Mailbox unavailable", "suspended"),
        ("550 5.5.0 Mailbox unavailable", "user_unknown"),
        ("550 5.1.3 That is not a valid address", "bad_address"),
        ("452 4.3.1 Not enough disk space", "system_full"),
        ("550 5.2.3 Message too large", "message_too_big"),
    ],
)
def test_a_telling_status_decides_where_the_words_leave_a_choice(
    explain: Explain, text: str, reason: str
) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    ("heard", "reason"),
    [
        ("550 Relaying is prohibited", "no_relaying"),
        ("550 5.7.1 Client host blocked using zen.spamhaus.org", "blocklisted"),
        ("552 5.2.2 Mailbox full", "mailbox_full"),
    ],
)
def test_what_exchange_heard_counts_before_what_it_says_of_its_own_code(
    explain: Explain, heard: str, reason: str
) -> None:
    intro = (
        "You do not have permission to send to this recipient. For assistance, contact your administrator."
    )
    assert explain(f"{intro} <mail.own.example #5.7.1 smtp;{heard}>").reason == reason


@pytest.mark.parametrize("said", ["Conversion ok", "Conversion: ok", "Virus scan: ok", "SPF ok, quota: ok"])
def test_what_is_said_to_be_ok_is_no_cause(explain: Explain, said: str) -> None:
    diagnosis = explain(f"Unrecognised O/R name; {said}")
    assert (diagnosis.reason, diagnosis.hard) == ("user_unknown", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("452 4.2.2 <dana@dest.example>: Mailbox full Giving up on 192.0.2.34. I'm not going to try again; "
         "this message has been in the queue too long.", "mailbox_full"),
        ("Remote host said: 421 4.7.0 Your IP has a poor reputation I'm not going to try again; this message "
         "has been in the queue too long.", "bad_reputation"),
        ("Message could not be delivered for 5 days. 452 4.2.2 Over quota", "mailbox_full"),
        ("Message expired (450 4.7.25 no reverse DNS)", "require_ptr"),
        ("Mailbox is full; delivery retry timeout", "mailbox_full"),
    ],
)  # fmt: skip
def test_a_clear_last_reply_is_the_cause_and_not_the_patience_that_ended(
    explain: Explain, text: str, reason: str
) -> None:
    diagnosis = explain(text)
    assert diagnosis.reason == reason
    assert "until the queue gave up" in diagnosis.cause
    assert "the words of the reply say more" not in diagnosis.cause


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("550 See http://www.openspf.org/Why?s=mfrom&id=bob%40example.org&ip=192.0.2.10", "auth_failure"),
        ("550 http://www.openspf.net/Why?s=mfrom;id=bob%40example.org;ip=192.0.2.10", "auth_failure"),
    ],
)
def test_a_code_that_ended_the_matter_is_no_queue_s_patience(
    explain: Explain, said: str, reason: str
) -> None:
    text = f"192.0.2.34 does not like recipient. Remote host said: {said} Giving up on 192.0.2.34."
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "Remote host said: 451 4.7.1 Greylisted I'm not going to try again; this message has been in the "
        "queue too long.",
        "Delivery failed after 30 attempts, last answer 421 4.3.2 Service not available",
        "This message was 450 minutes in the queue and has been in the queue too long",
        "retry timeout exceeded",
    ],
)
def test_a_last_reply_that_says_little_leaves_it_expired(explain: Explain, text: str) -> None:
    assert explain(text).reason == "expired"
