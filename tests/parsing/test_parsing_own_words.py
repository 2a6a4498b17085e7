"""Of several recipients each has the words that are about it."""

from pathlib import Path

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Failure
from bounce_tui.parsing import parse
from bounce_tui.parsing.free_text.own_words import own_words, without_announcement

MAILS = Path(__file__).parent / "mails"


@pytest.mark.parametrize(
    ("mail", "reasons"),
    [
        ("plain_italian_sentence_each", ["mailbox_full", "user_unknown"]),
        ("plain_bot_says_same_as_above", ["user_unknown", "user_unknown", "mailbox_full"]),
        ("plain_japanese_reason_each", ["mailbox_full", "suspended"]),
        ("plain_estonian_server_did_not_find", ["user_unknown"]),
        ("plain_croatian_domain_has_expired", ["host_unknown"]),
        ("plain_exim_own_template", ["mailbox_full"]),
    ],
)
def test_each_recipient_fails_for_the_reason_that_is_its_own(mail: str, reasons: list[str]) -> None:
    bounce = parse((MAILS / f"{mail}.eml").read_bytes())
    assert [diagnose(one, bounce).reason for one in bounce.failures] == reasons


def test_what_is_set_in_below_an_address_is_all_that_is_said_of_it() -> None:
    bounce = parse((MAILS / "plain_exim_own_template.eml").read_bytes())
    assert [one.diagnostic for one in bounce.failures] == ["skrzynka przepełniona"]


def failed(words: str, *recipients: str) -> list[Failure]:
    return [Failure(recipient=one, diagnostic=words, action="failed") for one in recipients]


def test_a_sentence_about_several_is_left_to_all_of_them() -> None:
    shared = failed("Nobody knows a@example.net and b@example.net. Sorry.", "a@example.net", "b@example.net")
    assert own_words(shared) == shared


def test_what_follows_a_recipient_s_sentence_is_about_it_until_another_is_named() -> None:
    words = "a@example.net was not reached. Its box is full. b@example.net was not reached. It is gone."
    first, second = own_words(failed(words, "a@example.net", "b@example.net"))
    assert first.diagnostic == "a@example.net was not reached. Its box is full."
    assert second.diagnostic == "b@example.net was not reached. It is gone."


@pytest.mark.parametrize("words", ["(same as above)", "Ditto.", "siehe oben", "> 同上", "то же самое"])
def test_the_same_as_above_is_what_stands_above(words: str) -> None:
    above, below = failed("550 no such user", "a@example.net")[0], failed(words, "b@example.net")[0]
    assert own_words([above, below])[1].diagnostic == "550 no such user"
    assert own_words([below, above]) == [below, above]


def test_that_the_mail_failed_is_no_cause_where_the_next_sentence_gives_one() -> None:
    words = "Your message to a@example.net was not delivered. The mailbox is full."
    assert without_announcement(failed(words, "a@example.net")[0]).diagnostic == "The mailbox is full."


@pytest.mark.parametrize(
    "words",
    [
        "Your message to a@example.net was not delivered. We will try again for two days.",
        "Your message to a@example.net was refused by the mailbox, which is full. It is not kept.",
        "a@example.net does not exist. Your message was not delivered.",
    ],
)
def test_a_first_sentence_that_says_why_stays(words: str) -> None:
    assert without_announcement(failed(words, "a@example.net")[0]).diagnostic == words


REPORT = """\
From: Mail Delivery <postmaster@mx.example.com>
To: Ann <ann@example.org>
Subject: Undeliverable
Content-Type: text/plain; charset=utf-8

{text}
"""


@pytest.mark.parametrize(
    "text",
    [
        "These addresses had problems: bob@example.net: mailbox full\ncarol@example.net: unknown user",
        "Your mail failed: bob@example.net - mailbox full\n        carol@example.net - unknown user",
        "Mail to the following failed: bob@example.net: mailbox full; carol@example.net: unknown user",
        "Your letter came back because of this: bob@example.net has a mailbox full of mail; "
        "carol@example.net is an unknown user.",
        "Two refused it: bob@example.net said 552 mailbox full, carol@example.net said 550 unknown user.",
    ],
)
def test_what_announces_all_recipients_is_said_of_none_alone(text: str) -> None:
    bob, carol = parse(REPORT.format(text=text).encode()).failures
    assert (bob.recipient, carol.recipient) == ("bob@example.net", "carol@example.net")
    assert "mailbox full" in bob.diagnostic
    assert "unknown user" in carol.diagnostic
    announced = text.partition(":")[0]
    assert announced not in bob.diagnostic + carol.diagnostic


def test_an_announcement_that_says_why_stays() -> None:
    text = "The mailbox is full: bob@example.net was not reached; carol@example.net is unknown."
    bob, carol = parse(REPORT.format(text=text).encode()).failures
    assert (bob.recipient, carol.recipient) == ("bob@example.net", "carol@example.net")
    assert bob.diagnostic == "The mailbox is full: bob@example.net was not reached;"
    assert carol.diagnostic == "carol@example.net is unknown."


def test_causes_joined_by_and_belong_to_one_each() -> None:
    text = (
        "It was not delivered because the mailbox bob@example.net is full and carol@example.net is unknown."
    )
    bob, carol = parse(REPORT.format(text=text).encode()).failures
    assert "full" in bob.diagnostic
    assert "unknown" not in bob.diagnostic
    assert carol.diagnostic == "carol@example.net is unknown."
