"""What a reply says of the sender as the receiver saw it."""

import pytest

from bounce_tui.checks.inputs import gather, sending_ips
from bounce_tui.checks.quoted import listed_address, private_client, spf_identity_quoted, unknown_helo
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
