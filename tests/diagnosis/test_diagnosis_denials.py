"""Causes that a reply names only to say that they are not the cause."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis.denials import LETTERS, set_aside
from bounce_tui.diagnosis.folding import fold_reply
from bounce_tui.model import Diagnosis

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "550 5.7.1 You are not on any public blocklist, but we have blocked your IP",
            "blocked",
        ),
        ("550 5.1.1 Not blocked as spam: there is nobody named gray here", "user_unknown"),
        ("452 4.3.1 This is not a quota problem, our disk is full", "system_full"),
        ("554 5.7.1 Virus scanner says clean, but executables are not allowed", "prohibited_attachment"),
        ("550 5.7.1 Blocklist check passed, reverse DNS check failed", "require_ptr"),
        ("550 5.1.1 Sender ok, recipient ok, SPF failed", "auth_failure"),
        ("550 User unknown? Certainly not. The mailbox is full", "mailbox_full"),
        ("554 Although your SPF record is right, this message contains a virus", "virus_detected"),
        ("550 5.7.1 SPF i DKIM v poryadke, a yashchik perepolnen", "mailbox_full"),
        ("554 SPF и DKIM в порядке, но домена получателя нет", "host_unknown"),
        ("554 5.7.1 SPF ja DKIM kunnossa, sisältö on mainos", "spam_detected"),
    ],
)
def test_what_a_reply_denies_is_not_its_cause(explain: Explain, text: str, reason: str) -> None:
    diagnosis = explain(text)
    assert diagnosis.reason == reason
    assert diagnosis.evidence.text in text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.1.1 Recipient not ok", "user_unknown"),
        ("550 Not accepted: spam", "spam_detected"),
        ("550 5.7.1 Neither SPF nor DKIM passed", "auth_failure"),
        ("550 SPF nije u redu", "auth_failure"),
        ("550 Your host is not whitelisted; it is listed in zen.spamhaus.org", "blocklisted"),
        ("554 5.7.1 Not spam contact abuse", "spam_detected"),
    ],
)
def test_a_refusal_in_the_negative_stays_one(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.1.1 User exists, but cannot take mail: over quota", "mailbox_full"),
        ("550 5.1.1 We know the recipient but your message is spam", "spam_detected"),
        ("550 4.1.1 unverified address: host a.example said: 552 5.2.2 Quota exceeded", "mailbox_full"),
        ("450 4.1.1 Recipient address rejected: unverified address: unknown user: bo", "user_unknown"),
        (
            "450 4.1.2 Recipient address rejected: unverified address: Host or domain name not found."
            " Name service error for name=a.example type=MX: Host not found, try again",
            "dns_failure",
        ),
        ("554 5.7.1 Violates our policy: found in the dnsbl ix.example", "blocklisted"),
    ],
)
def test_the_clause_that_decides_stands_behind_the_other(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


def test_stars_stand_for_what_is_set_aside_letter_by_letter() -> None:
    text = "550 this is not a quota problem, our disk is full"
    denied = "not a quota problem"
    letters = [place for place, one in enumerate(LETTERS) if one in text]
    assert set_aside(text, letters) == text.replace(denied, "*" * len(denied))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("550 SPF und DKIM sind in Ordnung", "spf und dkim sind in ordnung"),
        ("550 垃圾邮件 SPF正常", "spf正常"),
        ("X-Spam-Flag: NO", "x-spam-flag: no"),
    ],
)
def test_what_passed_is_set_aside_in_other_languages_too(text: str, denied: str) -> None:
    folded = fold_reply(text)
    letters = [place for place, one in enumerate(LETTERS) if one in folded]
    assert set_aside(folded, letters) == folded.replace(denied, "*" * len(denied))


@pytest.mark.parametrize(
    "text", ["SPF nicht in Ordnung", "SPF и DKIM не в порядке", "SPF不正常", "SPF nincs rendben"]
)
def test_what_did_not_pass_is_set_aside_in_no_language(text: str) -> None:
    folded = fold_reply(text)
    assert set_aside(folded, range(len(LETTERS))) == folded
