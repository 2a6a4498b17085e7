"""Where the status code says something else than the words, both are told, and which of them was believed."""

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis
from bounce_tui.parsing import read_reply

BELIEVED = "the words of the reply say more and were believed"


def read(reply: str) -> Diagnosis:
    return diagnose(read_reply(reply), Bounce(kind="failed"))


@pytest.mark.parametrize(
    ("reply", "reason", "told"),
    [
        ("550 5.1.1 mailbox is full", "mailbox_full", 'The code 5.1.1 alone would mean "Bad destination'),
        ("552 5.2.2 user unknown", "user_unknown", 'The code 5.2.2 alone would mean "Mailbox full"'),
        ("550 5.7.1 User unknown", "user_unknown", 'The code 5.7.1 says only "Delivery not authorized'),
        ("554 5.7.1 mailbox is full", "mailbox_full", 'The code 5.7.1 says only "Delivery not authorized'),
    ],
)
def test_the_reading_that_wins_over_the_code_is_explained(reply: str, reason: str, told: str) -> None:
    found = read(reply)
    assert found.reason == reason
    assert told in found.cause
    assert BELIEVED in found.cause


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Relaying denied",
        "550 5.7.1 Message rejected as spam",
        "550 5.7.0 User unknown",
        "550 5.1.1 User unknown",
        "550 5.0.0 User unknown",
    ],
)
def test_a_code_that_is_in_ordinary_use_for_the_reason_is_not_called_wrong(reply: str) -> None:
    assert BELIEVED not in read(reply).cause


def test_a_vague_code_takes_nothing_from_sure_words() -> None:
    assert read("550 5.7.1 User unknown").confidence == "high"
    assert read("552 5.2.2 user unknown").confidence == "medium"
