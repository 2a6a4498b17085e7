"""Which reading wins when several fit."""

from collections.abc import Callable

import msgspec
import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis, Failure
from bounce_tui.parsing.single_reply import read_reply

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize("text", ["550 ticket XIB104Y", "550 ticket MIB104", "550 ticket IB1045"])
def test_a_code_inside_a_longer_word_is_no_code(explain: Explain, text: str) -> None:
    assert explain(text).rule != "godaddy-ib104-sbl"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 Mailbox unavailable http://www.uceprotect.net/en/rblcheck.php?ipr=192.0.2.1", "blocklisted"),
        ("550 5.7.23 SPF is neutral, but rejected since 192.0.2.9 is on truncate.gbudb.net", "blocklisted"),
        ("550 5.7.23 SPF fail for 192.0.2.9, see also truncate.gbudb.net", "auth_failure"),
        ("550 User unknown in the uceprotect.net customer database", "user_unknown"),
    ],
)
def test_a_list_that_names_the_host_is_the_cause(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 Pochtovyj yaschik otklyuchen za neuplatu", "suspended"),
        ("552 Mailbox bhar gaya hai", "mailbox_full"),
        ("451 Server par takniki gadbadi, baad mein dobara bhejein", "system_error"),
        ("550 Хэрэглэгч олдсонгүй", "user_unknown"),
        ("451 Fallo temporal al leer los registros del dominio, reintente", "dns_failure"),
        ("550 Questa casella non viene consultata da due anni", "suspended"),
    ],
)
def test_words_of_less_written_languages_are_read(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


def test_a_code_beats_any_wording(explain: Explain) -> None:
    assert explain("554 5.7.1 user unknown, mailbox full, spam IB108").rule == "godaddy-ib108-rdns"


@pytest.mark.parametrize(
    ("number", "reason"),
    [(1000, "blocked"), (1020, "sending_limit"), (1080, "sending_limit"), (1310, "too_many_conn"),
     (1530, "message_too_big"), (1580, "rate_limited")],
)  # fmt: skip
def test_a_range_of_codes_is_read_by_its_number(explain: Explain, number: int, reason: str) -> None:
    diagnosis = explain(f"550 5.7.1 refused AUP#In-{number}")
    assert diagnosis.reason == reason
    assert diagnosis.evidence.text == f"AUP#In-{number}"


def test_a_number_outside_every_range_is_not_taken_for_the_nearest(explain: Explain) -> None:
    assert not explain("550 AUP#In-9999").rule.startswith("spectrum-aup")


def test_a_full_mailbox_reported_as_5_1_1_is_still_a_full_mailbox(explain: Explain) -> None:
    diagnosis = explain("550 5.1.1 The mailbox of b.gray is full, please try later")
    assert diagnosis.reason == "mailbox_full"
    assert "5.1.1" in diagnosis.cause
    assert "words" in diagnosis.cause
    assert "user_unknown" in [other.reason for other in diagnosis.also]


def test_words_and_code_that_agree_bring_no_remark(explain: Explain) -> None:
    assert "5.2.2" not in explain("552 5.2.2 Mailbox full").cause


def test_the_longer_wording_wins(explain: Explain) -> None:
    assert explain("550 blocked: the mailbox is full").reason == "mailbox_full"
    assert explain("554 Sender address rejected: Domain not found").reason == "rejected"


def test_a_status_that_says_something_beats_a_catch_word(explain: Explain) -> None:
    assert explain("552 5.2.2 blocked").reason == "mailbox_full"
    assert explain("450 4.2.2 Try again later").reason == "mailbox_full"


def test_a_vague_status_does_not_beat_a_catch_word(explain: Explain) -> None:
    assert explain("550 5.7.1 Blocked").reason == "blocked"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.6.77 0x80c8 0x11", "content_error"),
        ("550 5.7.973 0x80c8 0x11", "policy_violation"),
        ("550 5.6.77 b.gray's mailbox is full", "mailbox_full"),
    ],
)
def test_a_status_that_no_registry_has_says_no_more_than_its_subject(
    explain: Explain, text: str, reason: str
) -> None:
    assert explain(text).reason == reason


def test_a_code_before_the_word_go_is_no_amount_of_data(explain: Explain) -> None:
    assert explain("554 5.7.1 Go away, 198.51.100.7").reason != "message_too_big"
    assert explain("554 le fichier fait 1.5 Go").reason == "message_too_big"


def test_the_name_of_a_mailbox_is_not_read_as_a_word_of_the_server(explain: Explain) -> None:
    assert explain("550 5.1.1 <spam@blocked.example>: user unknown").reason == "user_unknown"
    assert explain("550 5.1.1 <virus.mailbox-full@dest.example>... nobody").reason == "user_unknown"


def test_white_space_case_and_quotes_do_not_matter(explain: Explain) -> None:
    assert explain("550 MAILBOX\n   IS\tFULL").reason == "mailbox_full"
    assert explain("550 The user doesn’t exist").reason == "user_unknown"
    assert explain("552 La boîte est pleine").reason == explain("552 La boite est pleine").reason


def test_the_evidence_is_the_very_words_where_they_stand() -> None:
    text = "refused:   Mailbox \n  is  FULL now"
    evidence = diagnose(Failure(diagnostic=text), Bounce()).evidence
    assert (evidence.where, evidence.text) == ("diagnostic", "Mailbox \n  is  FULL")
    assert text[evidence.start : evidence.start + len(evidence.text)] == evidence.text


def test_the_remote_host_tells_whose_words_they_are() -> None:
    words = {"diagnostic": "the daily sending limit", "status": "5.4.5", "reply_code": "550"}
    known = diagnose(
        Failure(diagnostic="Daily user sending limit exceeded", reply_code="550", status="5.4.5",
                remote_mta="smtp-relay.google.com"),
        Bounce(),
    )  # fmt: skip
    assert (known.provider, known.rule) == ("Google", "google-5.4.5-daily-user")
    assert diagnose(Failure(**words), Bounce()).provider is None


@pytest.mark.parametrize(
    "failure",
    [
        Failure(diagnostic="refused", reply_code="554", status="5.5.7", remote_mta="mx1.antispameurope.com"),
        Failure(diagnostic="host mx1.hornetsecurity.com[192.0.2.9] said: 554 5.5.7 no", reply_code="554",
                status="5.5.7"),
    ],
)  # fmt: skip
def test_a_code_that_only_one_provider_uses_so_waits_for_that_provider(failure: Failure) -> None:
    assert diagnose(failure, Bounce()).rule == "hornet-attachment"
    elsewhere = Failure(diagnostic="refused", reply_code="554", status="5.5.7")
    assert not diagnose(elsewhere, Bounce()).rule.startswith("hornet")


def test_a_providers_short_wording_does_not_name_it_in_a_strangers_mouth(explain: Explain) -> None:
    diagnosis = explain("host mx.dest.example[192.0.2.9] said: 552 5.2.2 over quota")
    assert (diagnosis.reason, diagnosis.provider) == ("mailbox_full", None)


def test_other_readings_are_listed_with_their_rules(explain: Explain) -> None:
    diagnosis = explain("550 5.7.1 Blocked, mailbox is full")
    assert diagnosis.reason == "mailbox_full"
    assert "blocked" in [other.reason for other in diagnosis.also]
    assert diagnosis.reason not in [other.reason for other in diagnosis.also]


def test_another_reading_shows_its_own_words(explain: Explain) -> None:
    diagnosis = explain("550 5.7.1 Blocked, mailbox is full")
    assert diagnosis.evidence.text == "mailbox is full"
    other = next(other for other in diagnosis.also if other.reason == "blocked")
    assert (other.rule, other.evidence) == ("k12-cause4-blocked", "Blocked")


def test_another_reading_goes_by_its_own_words_where_it_has_any(explain: Explain) -> None:
    diagnosis = explain("550 5.7.1 blocked zen")
    assert (diagnosis.reason, diagnosis.evidence.text) == ("blocklisted", "zen")
    assert [(other.reason, other.evidence) for other in diagnosis.also] == [("blocked", "blocked")]


@pytest.mark.parametrize(
    "reply",
    [
        "550 bob@own.example Invalid SPF record. Please inspect your SPF settings, and try again. IB508",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ],
)
def test_beside_a_code_that_means_one_thing_no_other_reading_is_named(explain: Explain, reply: str) -> None:
    assert explain(reply).also == ()


def test_a_reading_that_the_same_words_allow_shows_these(explain: Explain) -> None:
    diagnosis = explain("550 5.7.1 Mailbox unavailable")
    allowed = [other for other in diagnosis.also if other.rule == diagnosis.rule]
    assert {other.evidence for other in allowed} == {diagnosis.evidence.text}


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("554 refused IB104", "high"), ("550 5.1.1 user unknown in virtual alias table", "high"),
     ("550 User unknown", "high"), ("552 Mailbox full", "high"), ("450 Greylisted", "high"),
     ("550 No such user here", "high"),
     ("550 Mailbox unavailable", "medium"), ("550 5.4.6 mailbox disabled", "medium"),
     ("554 The recipient is nobody we have heard of", "medium"),
     ("550 5.2.2", "medium"), ("552", "low"), ("554 Blocked", "low")],
)  # fmt: skip
def test_confidence_follows_from_the_kind_of_match(explain: Explain, text: str, confidence: str) -> None:
    assert explain(text).confidence == confidence


@pytest.mark.parametrize(
    "reply",
    [
        "550 Requested action not taken: mailbox unavailable (in reply to MAIL FROM command)",
        "550 5.1.8 mailbox unavailable: no MX for the domain (in reply to MAIL FROM command)",
        "550 Invalid DNS MX or A/AAAA resource record (in reply to MAIL FROM command)",
    ],
)
def test_an_answer_to_mail_from_never_declares_the_recipient_dead(reply: str) -> None:
    failure = msgspec.structs.replace(read_reply(reply), recipient="b@gmx.net", remote_mta="mx00.gmx.net")
    diagnosis = diagnose(failure, Bounce())
    assert (diagnosis.reason, diagnosis.hard) == ("rejected", False)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("550 Domain does not exist: reeds.example.", "rejected"),
        ("553 unknown domain reeds.example, mail not taken", "rejected"),
        ("550 Domain does not exist: choir.example.", "host_unknown"),
        ("550 mx.reeds.example says: unknown domain", "host_unknown"),
        ("550 Domain does not exist", "host_unknown"),
    ],
)
def test_a_domain_that_is_unknown_and_the_sender_s_own_is_no_fault_of_the_recipient(
    reply: str, reason: str
) -> None:
    failure = msgspec.structs.replace(read_reply(reply), recipient="alto@choir.example")
    assert diagnose(failure, Bounce(from_domain="reeds.example")).reason == reason


def test_what_stands_behind_a_refused_sender_calls_no_recipient_dead(explain: Explain) -> None:
    diagnosis = explain("554 5.7.1 Sender address rejected: host till4.shop.example has no MX or A")
    assert (diagnosis.reason, diagnosis.hard) == ("rejected", False)


def test_a_network_on_a_list_says_more_than_the_general_code_before_it(explain: Explain) -> None:
    assert (
        explain(
            "550 SC-001 messages from 203.0.113.4 weren't sent. Part of their network is on our block list"
        ).reason
        == "blocked"
    )


@pytest.mark.parametrize("why", ["may not be mail exchanger", "we do not talk to bulk senders"])
def test_a_host_that_was_refused_is_blocked_and_no_address_is_to_blame(explain: Explain, why: str) -> None:
    reply = f"554 5.7.1 <out7.shop.example[203.0.113.7]>: Client host rejected: {why}"
    assert explain(reply).reason == "blocked"


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.1 আপনার আইপি 203.0.113.211 bl.spamcop.net তালিকায় আছে, তাই বার্তা গ্রহণ করা হয়নি",
        "450 4.7.1 Client host rejected: UCEPROTECT-Network thinks your whole AS64511 is a spam source",
    ],
)
def test_a_list_that_is_named_says_more_than_that_the_host_is_refused(explain: Explain, text: str) -> None:
    assert explain(text).reason == "blocklisted"
