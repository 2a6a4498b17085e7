"""What a reply says of the sender as the receiver saw it."""

from datetime import timedelta

import pytest

from bounce_tui.check_results import Inputs
from bounce_tui.checks.planning.inputs import gather, sending_ips
from bounce_tui.checks.planning.quoted import (
    listed_address,
    private_client,
    spf_identity_quoted,
    unknown_helo,
)
from bounce_tui.checks.planning.quoted_contacts import contact, new_address
from bounce_tui.checks.planning.quoted_times import wait_asked_for
from bounce_tui.model import Bounce, Candidate, Failure


def test_an_address_that_a_list_was_asked_for_stands_backwards() -> None:
    found = listed_address("550 10.2.0.192.zen.spamhaus.org=127.0.0.4")
    assert found == Candidate("192.0.2.10", "diagnostic", sure=True)


def test_a_customer_name_with_an_address_in_it_is_no_list() -> None:
    assert listed_address("550 10.2.0.192.dynamic.isp.example has a generic name") is None


@pytest.mark.parametrize("between", [";", "&", "&amp;"])
def test_the_identity_that_spf_was_tested_for_is_read_from_its_link(between: str) -> None:
    sender, helo = spf_identity_quoted(f"see http://www.openspf.net/Why?s=mfrom{between}id=b%40ours.example")
    assert [one.value for one in sender] == ["b@ours.example"]
    assert helo == ()


def test_a_test_of_the_helo_name_is_that_of_the_null_sender() -> None:
    sender, helo = spf_identity_quoted(
        "see http://www.openspf.net/Why?s=helo;id=mx.ours.example;ip=192.0.2.10"
    )
    assert [one.value for one in sender] == ["<>"]
    assert [one.value for one in helo] == ["mx.ours.example"]


def test_a_helo_name_that_was_not_found_is_named() -> None:
    reply = "450 4.7.1 <mx.ours.example>: Helo command rejected: Host not found"
    assert unknown_helo(Failure(diagnostic=reply)) == "mx.ours.example"
    assert (
        unknown_helo(Failure(diagnostic=reply.replace("Host not found", "need fully-qualified hostname")))
        is None
    )


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("Client host [10.0.0.5] blocked using zen.spamhaus.org", "10.0.0.5"),
        ("Client host [192.0.2.10] blocked, relay [10.0.0.5]", None),
        ("[192.0.2.10] is listed: 10.2.0.192.zen.spamhaus.org (127.0.0.4)", None),
        ("version 10.0.0.5 of the filter refuses it", None),
    ],
)
def test_a_private_address_is_the_client_only_where_no_other_is_named(reply: str, found: str | None) -> None:
    assert private_client(Failure(diagnostic=reply)) == found


@pytest.mark.parametrize(
    ("reply", "pause"),
    [
        ("please try again in 90 s", timedelta(seconds=90)),
        ("retry after 5 minutes", timedelta(minutes=5)),
        ("retry in 3 hours", timedelta(hours=3)),
        ("bitte erneut versuchen in 45 Sekunden", timedelta(seconds=45)),
        ("bitte in 2 Stunden erneut: erneut in 2 Stunden", timedelta(hours=2)),
        ("réessayez à nouveau dans 2 heures", timedelta(hours=2)),
        ("inténtelo de nuevo en 30 segundos", timedelta(seconds=30)),
        ("probeer het opnieuw over 1 uur", timedelta(hours=1)),
        ("please come back in 01:04:30", timedelta(hours=1, minutes=4, seconds=30)),
        ("too many messages: 100 in 60 minutes", None),
    ],
)
def test_the_pause_that_a_reply_asks_for_is_read_in_its_unit(reply: str, pause: timedelta | None) -> None:
    assert wait_asked_for(Failure(diagnostic=f"451 4.7.1 {reply}")) == pause


def replied(reply: str, recipient: str = "ann@old.example") -> Inputs:
    return Inputs(
        recipient=recipient,
        recipient_domain="old.example",
        failure=Failure(recipient=recipient, diagnostic=reply),
        envelope_sender=Candidate("bob@ours.example", "return_path", sure=True),
    )


@pytest.mark.parametrize(
    ("reply", "whom"),
    [
        ("550 Blocked. If this is in error contact postmaster@old.example", "postmaster@old.example"),
        ("554 Email rejected, please e-mail abuse@old.example", "abuse@old.example"),
        ("554 refused; send mail to unblock@old.example", "unblock@old.example"),
        ("554 refused. Questions? helpdesk@old.example", "helpdesk@old.example"),
        (
            "550 refused by the owner of staff@old.example, see https://old.example/why.",
            "https://old.example/why",
        ),
        ("550 Mail rejected: spam <20261122.abc@mail.ours.example>", None),
        ("550 Your message was reported as spam, id 4f3c@mx.old.example", None),
        ("550 Blocked, see the log. Reference: <4f3c@mx.old.example>", None),
        ("550 spam, ask bob@ours.example or news@ours.example", None),
        ("550 write to a person, not to noreply@old.example", None),
    ],
)
def test_whom_a_reply_names_to_turn_to_is_no_message_and_nobody_of_the_sender_s(
    reply: str, whom: str | None
) -> None:
    assert contact(replied(reply)) == whom


@pytest.mark.parametrize(
    ("reply", "new"),
    [
        ("551 User not local; please try <ann@new.example>", "ann@new.example"),
        (
            "550 Address changed to ann.smith@new.example, questions to helpdesk@old.example",
            "ann.smith@new.example",
        ),
        ("551 5.1.6 Ann has moved; contact info@old.example for details", None),
        ("551 5.1.6 moved, message id <x1@mx.old.example>", None),
        ("551 5.1.6 moved: <x1@mail.ours.example>", None),
    ],
)
def test_the_new_address_of_somebody_is_that_of_no_office_and_of_no_message(
    reply: str, new: str | None
) -> None:
    assert new_address(replied(reply)) == new


def test_an_office_moves_to_an_office() -> None:
    assert new_address(replied("551 please try <info@new.example>", "info@old.example")) == "info@new.example"


def test_what_another_receiver_saw_is_a_guess_for_this_one() -> None:
    first = Failure(diagnostic="Client host [2001:db8:25::10] blocked")
    second = Failure(diagnostic="Client host [192.0.2.10] blocked")
    bounce = Bounce(
        sending_ips=(
            Candidate("2001:db8:25::10", "diagnostic", sure=True),
            Candidate("192.0.2.10", "diagnostic", sure=True),
        ),
        failures=(first, second),
    )
    assert [(one.value, one.sure) for one in sending_ips(bounce, failure=second)] == [
        ("192.0.2.10", True),
        ("2001:db8:25::10", False),
    ]
    ip = gather(bounce, first).sending_ip
    assert ip is not None
    assert ip.value == "2001:db8:25::10"
