"""Who sent the mail that bounced: the sending IP, and the envelope sender before any rewriting."""

import pytest
from status_mails import dsn, raw

from bounce_tui.forwarding import forwarder_of
from bounce_tui.model import Candidate
from bounce_tui.parsing import parse


@pytest.mark.parametrize(
    ("diagnostic", "address"),
    [
        ("554 5.7.1 Service unavailable; client [203.0.113.225] blocked using list.example", "203.0.113.225"),
        ("550 banned sending IP [198.51.100.222]", "198.51.100.222"),
        ("550 5.7.1 See https://list.example/query/bl?ip=192.0.2.222", "192.0.2.222"),
        ("550-5.7.1 [192.0.2.22      18] Our system has detected unusual mail", "192.0.2.22"),
        ("550 5.7.1 [2001:db8::25] is listed", "2001:db8::25"),
        ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.22]", "192.0.2.22"),
        ("550-5.7.25 [2001:db8::25] The IP address sending this message has no PTR record", "2001:db8::25"),
    ],
)
def test_an_address_that_the_receiver_quotes_is_the_sending_ip(diagnostic: str, address: str) -> None:
    first = parse(dsn(diagnostic)).sending_ips[0]
    assert first == Candidate(address, "diagnostic", True)


@pytest.mark.parametrize(
    "diagnostic",
    [
        "host mx.example.org[203.0.113.9] said: 550 no (in reply to RCPT TO command)",
        "550 rejected by 127.0.0.1",
        "550 client [10.1.2.3] is not allowed",
        "550 client [192.168.0.9] is not allowed",
        "connect to mx.example.org[203.0.113.9]:25: Connection timed out",
    ],
)
def test_the_server_and_private_addresses_are_never_the_sending_ip(diagnostic: str) -> None:
    assert parse(dsn(diagnostic)).sending_ips == ()


def test_a_server_that_refused_the_mail_itself_shows_its_client_in_its_own_received_line() -> None:
    received = "Received: from out.shop.example (out.shop.example [192.0.2.10]) by mx.example.net\n"
    bounce = parse(dsn("5.7.1 content rejected", received=received))
    assert bounce.sending_ips == (Candidate("192.0.2.10", "received", True),)
    assert bounce.helos[0] == Candidate("out.shop.example", "received", True)


def test_amavis_on_the_loopback_is_not_the_client() -> None:
    received = "Received: from mx.example.net ([127.0.0.1]) by localhost (amavisd-new, port 10025)\n"
    assert parse(dsn("5.7.1 content rejected", received=received)).sending_ips == ()


def test_the_reporting_client_s_address_stands_in_the_bounce_s_own_received_line() -> None:
    assert parse(raw("postfix")).sending_ips == (Candidate("192.0.2.10", "received", True),)


def test_the_envelope_sender_comes_from_the_return_path_then_from_the_bounce_s_own_to() -> None:
    senders = parse(raw("qmail")).envelope_senders
    assert senders == (Candidate("news@shop.example", "return_path", True),)
    assert parse(raw("free_text")).envelope_senders == (Candidate("news@shop.example", "outer_to", False),)


def test_srs_and_batv_senders_are_shown_both_ways() -> None:
    mail = dsn("550 no").replace(b"<news@shop.example>", b"<SRS0=abcd=EF=shop.example=news@relay.example>")
    senders = parse(mail).envelope_senders
    assert senders[0] == Candidate("SRS0=abcd=EF=shop.example=news@relay.example", "return_path", True)
    assert senders[1] == Candidate("news@shop.example", "srs", False)
    mail = dsn("550 no").replace(b"<news@shop.example>", b"<prvs=0123456789=carol@shop.example>")
    assert Candidate("carol@shop.example", "batv", False) in parse(mail).envelope_senders


@pytest.mark.parametrize(
    ("path", "sender", "scheme"),
    [
        ("news-bounces+bob=example.net@lists.example", "news-bounces@lists.example", "verp"),
        ("news-bounces+bob2-lee=example.net@lists.example", "news-bounces@lists.example", "verp"),
        ("news-return-4711-bob=example.net@lists.example", "news-return@lists.example", "verp"),
        ("owner-news-bob=example.net@lists.example", "owner-news@lists.example", "verp"),
        ("bounces+1234567-9fe1-bob=example.net@em.shop.example", "bounces@em.shop.example", "verp"),
        ("bounce-mc.us1_12.34-bob=example.net@mail.shop.example", "bounce@mail.shop.example", "verp"),
        ("news+bob=example.net@lists.example", "news@lists.example", "verp"),
        ("prvs=carol/0123456789@shop.example", "carol@shop.example", "batv"),
        ("prvs=0123456789/carol@shop.example", "carol@shop.example", "batv"),
        ("btv1==0123456789a==carol@shop.example", "carol@shop.example", "batv"),
        ("msprvs1=17xyz=bounces-12@shop.example", "bounces-12@shop.example", "batv"),
        ("SRS1=HHH=relay.example==abcd=EF=shop.example=carol@hop.example", "carol@shop.example", "srs"),
        ("carol+caf_=bob=example.net@gmail.com", "carol@gmail.com", "caf"),
        ("carol+x+caf_=bob=mail.example.net@shop.example", "carol+x@shop.example", "caf"),
    ],
)
def test_what_a_list_or_a_relay_made_of_a_sender_is_undone(path: str, sender: str, scheme: str) -> None:
    mail = dsn("550 no").replace(b"<news@shop.example>", f"<{path}>".encode())
    senders = parse(mail).envelope_senders
    assert senders[:2] == (Candidate(path, "return_path", True), Candidate(sender, scheme, False))


def test_who_gmail_forwards_for_is_no_author_of_the_mail() -> None:
    path = b"<carol+caf_=bob=example.net@gmail.com>"
    bounce = parse(dsn("550 no").replace(b"<news@shop.example>", path))
    assert bounce.from_domain == "shop.example"
    assert forwarder_of(bounce, bounce.failures[0]) == "gmail.com"


@pytest.mark.parametrize(
    "path", ["a=b@shop.example", "bob=example.net@shop.example", "carol+shop@shop.example"]
)
def test_a_plain_sender_is_not_taken_apart(path: str) -> None:
    mail = dsn("550 no").replace(b"<news@shop.example>", f"<{path}>".encode())
    assert [one.source for one in parse(mail).envelope_senders][:2] == ["return_path", "outer_to"]


def test_a_mail_that_is_no_report_has_no_envelope_sender_made_of_whom_it_is_for() -> None:
    bounce = parse(b"From: ann@example.org\nTo: hans@example.net\nSubject: lunch\n\nAt noon?\n")
    assert (bounce.kind, bounce.envelope_senders) == ("other", ())
