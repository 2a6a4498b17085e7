"""A mail host without an address, and addresses that systems behind a filter or a gateway do not know."""

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce
from bounce_tui.parsing.single_reply import read_reply


@pytest.mark.parametrize(
    "text",
    [
        "unable to look up host mx1.corp.example: No address associated with hostname",
        "550 5.4.4 getaddrinfo for mx.corp.example failed: No address associated with hostname",
        "no MX host for corp.example has a valid address record",
        "the MX host mx.corp.example has no A record",
    ],
)
def test_an_mx_host_without_an_address_is_a_fault_of_dns_and_kills_no_address(text: str) -> None:
    diagnosis = diagnose(read_reply(text), Bounce(kind="failed"))
    assert (diagnosis.reason, diagnosis.hard, diagnosis.who_acts) == ("dns_failure", False, "recipient_admin")


@pytest.mark.parametrize(
    ("text", "reason", "hard"),
    [
        ("550 cuda_nsu", "user_unknown", True),
        (
            "550 permanent failure for one or more recipients (a@corp.example:550 cuda_nsu)",
            "user_unknown",
            True,
        ),
        ("550 cuda_nsu 5.7.1 blocked using zen.spamhaus.org", "blocklisted", False),
        ("451 4.4.3 cuda_nsu", "system_error", False),
        ('bad system name: system "ketel" unknown', "host_unknown", True),
        ('ketel!ann: system "ketel" unknown', "host_unknown", True),
        ("system database unknown error", "system_error", False),
    ],
)
def test_a_mark_of_a_filter_and_a_machine_s_words_tell_who_is_not_known(
    text: str, reason: str, hard: bool
) -> None:
    diagnosis = diagnose(read_reply(text), Bounce(kind="failed"))
    assert (diagnosis.reason, diagnosis.hard) == (reason, hard)
