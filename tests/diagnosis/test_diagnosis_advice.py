"""Steps that name the things of this very bounce, and nothing that a stranger could make of them."""

import pytest

from bounce_tui.diagnosis import diagnose, rules
from bounce_tui.diagnosis.advice import SLOTS, Filler
from bounce_tui.model import Bounce, Candidate, Failure
from bounce_tui.parsing import read_reply

BOUNCE = Bounce(
    kind="failed",
    reporting_mta="mx1.sender.example",
    from_domain="sender.example",
    sending_ips=(Candidate(value="192.0.2.10", source="diagnostic", sure=True),),
    envelope_senders=(Candidate(value="a@bounces.sender.example", source="return_path", sure=True),),
)


def test_steps_name_the_recipient_the_address_and_the_list() -> None:
    failure = Failure(
        recipient="b.gray@dest.example",
        reply_code="554",
        status="5.7.1",
        diagnostic="Client host [192.0.2.10] blocked using bl.spamcop.net",
    )
    diagnosis = diagnose(failure, BOUNCE)
    advice = " ".join(diagnosis.resolution)
    assert diagnosis.reason == "blocklisted"
    assert "192.0.2.10" in advice
    assert "SpamCop" in advice
    unknown = diagnose(Failure(recipient="b.gray@dest.example", status="5.1.1", reply_code="550"), BOUNCE)
    assert "b.gray@dest.example" in unknown.resolution[0]


def test_what_the_bounce_does_not_say_becomes_plain_words() -> None:
    diagnosis = diagnose(Failure(status="5.1.1", reply_code="550"), Bounce())
    assert SLOTS["recipient"] in diagnosis.resolution[0]
    assert "{" not in " ".join(diagnosis.resolution)


def test_the_page_opens_with_the_address_filled_in_or_without_a_query() -> None:
    failure = Failure(diagnostic="554 IB104", reply_code="554")
    assert diagnose(failure, BOUNCE).url == "https://check.spamhaus.org/results/?query=192.0.2.10"
    assert diagnose(failure, Bounce()).url == "https://check.spamhaus.org/results/"


@pytest.mark.parametrize(
    "hostile",
    [
        "{status}@dest.example",
        "{0}{recipient.__class__}@dest.example",
        "%s%n@dest.example",
        "a\n\r\tb@dest.example",
    ],
)
def test_a_value_is_never_read_for_placeholders(hostile: str) -> None:
    filler = Filler(Failure(recipient=hostile, status="5.1.1"), Bounce())
    assert filler.fill("Remove {recipient} ({status}).") == f"Remove {' '.join(hostile.split())} (5.1.1)."


def test_a_value_in_a_page_is_percent_encoded() -> None:
    bounce = Bounce(sending_ips=(Candidate(value="1.2.3.4&x=<b>#", source="diagnostic", sure=False),))
    filled = Filler(Failure(), bounce).fill_url("https://list.example/?ip={sending_ip}")
    assert filled == "https://list.example/?ip=1.2.3.4%26x%3D%3Cb%3E%23"


def test_an_endless_value_is_cut() -> None:
    filled = Filler(Failure(recipient="x" * 100_000 + "@dest.example"), Bounce()).fill("{recipient}")
    assert len(filled) == 254


@pytest.mark.parametrize(
    ("diagnostic", "slot", "value"),
    [
        ("552 message exceeds limit of 10485760 bytes", "limit", "10485760 bytes"),
        ("552 message size 52428800 exceeds limit 26214400", "limit", "26214400"),
        ("552 size 52428800 exceeds 26214400", "limit", "26214400"),
        ("451 greylisted, try again in 5 minutes", "wait", "5 minutes"),
        ("450 come back after 00:05:00", "wait", "00:05:00"),
    ],
)
def test_the_limit_and_the_wait_are_quoted_from_the_reply(diagnostic: str, slot: str, value: str) -> None:
    assert Filler(Failure(diagnostic=diagnostic), Bounce()).fill(f"{{{slot}}}") == value


def test_what_was_returned_for_good_is_told_to_lie_in_no_queue() -> None:
    queued = Failure(action="delayed", reply_code="451", diagnostic="450 4.1.1 <b@d.example>: user unknown")
    returned = Failure(reply_code="451", diagnostic="450 4.1.1 <b@d.example>: user unknown")
    waits, gone = (diagnose(failure, Bounce(kind="failed")) for failure in (queued, returned))
    assert waits.temporary
    assert gone.temporary
    assert "leave the message in the queue" in waits.resolution[-1]
    assert "queue" not in " ".join(gone.resolution[-1:])


def test_a_guess_calls_no_address_dead() -> None:
    reply = "554 5.7.1 <b@dest.example>: Recipient address rejected: Please try again later"
    guess = diagnose(Failure(recipient="b@dest.example", reply_code="554", diagnostic=reply), BOUNCE)
    assert guess.confidence == "low"
    assert not guess.hard


def test_an_address_is_not_dead_where_somebody_elses_setting_is_the_cause() -> None:
    reply = "RESOLVER.ADR.ExRecipNotFound; not found"
    lost = diagnose(
        Failure(recipient="b.gray@dest.example", reply_code="550", status="5.1.1", diagnostic=reply), BOUNCE
    )
    assert (lost.reason, lost.who_acts, lost.temporary, lost.hard) == (
        "user_unknown",
        "recipient_admin",
        False,
        False,
    )
    over_ipv6 = [rule for rule in rules() if rule.id == "exo-5.7.510-no-ipv6"]
    assert diagnose(read_reply(over_ipv6[0].examples[0]), BOUNCE).hard is False
    assert diagnose(read_reply("550 5.1.1 <b.gray@dest.example>: User unknown"), BOUNCE).hard is True
