"""What a bounce tells beside its recipients: sender, addresses, dates, diagnostics, the returned mail."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bounce_tui.model import Bounce, Candidate, FeedbackReport
from bounce_tui.parsing import open_message, parse, read_reply
from bounce_tui.parsing.addresses import find_all, unwrap
from bounce_tui.parsing.dates import day_where_written

MAILS = Path(__file__).parent / "mails"


def raw(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def dsn(diagnostic: str, *, reporter: str = "mx.example.net", more: str = "", received: str = "") -> bytes:
    """A status part with `diagnostic`, the returned mail with the header lines `received`."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@{reporter}
To: news@shop.example
Subject: Undelivered
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; {reporter}

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.0.0
{more}Diagnostic-Code: smtp; {diagnostic}

--b
Content-Type: text/rfc822-headers

{received}Return-Path: <news@shop.example>
From: news@shop.example
To: bob@example.net

--b--
""".encode()


def test_the_x500_address_behind_an_imceaex_recipient_is_decoded() -> None:
    (failure,) = parse(raw("imceaex")).failures
    assert failure.x500 == "/O=SHOP/OU=Exchange Administrative Group/cn=Recipients/cn=bob"


def test_what_a_delivery_program_met_with_is_no_reply_of_a_mail_server() -> None:
    failed = parse(dsn("").replace(b"smtp; ", b"x-unix; rt-mailgate: 500 Can't connect to desk:443"))
    (failure,) = failed.failures
    assert failure.diagnostic == "rt-mailgate: 500 Can't connect to desk:443"
    assert (failure.reply_code, failure.command, failure.local_program) == (None, None, True)


def test_what_a_delivery_program_answers_with_a_code_is_a_reply() -> None:
    failed = parse(dsn("").replace(b"smtp; ", b"x-unix; 552 5.2.2 mailbox full"))
    assert (failed.failures[0].reply_code, failed.failures[0].status) == ("552", "5.2.2")


def test_a_heading_is_no_reason_where_the_status_code_tells_one() -> None:
    raw = dsn("").replace(b"Diagnostic-Code: smtp; \n", b"").replace(b"5.0.0", b"4.4.7")
    heading = "Zustellung an folgende Empf=C3=A4nger oder Gruppen dauert:"
    text = f"""--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{heading}

bob@example.net

--b
Content-Type: message/""".encode()
    said = parse(raw.replace(b"--b\nContent-Type: message/", text, 1).replace(b"failed", b"delayed"))
    assert [(one.status, one.diagnostic) for one in said.failures] == [("4.4.7", "")]


def test_an_imceaex_address_in_a_pasted_reply_is_decoded_too() -> None:
    reply = "550 5.1.1 <IMCEAEX-_o=Shop_ou=First+20Group_cn=bob@shop.example> not found"
    assert read_reply(reply).x500 == "/o=Shop/ou=First Group/cn=bob"


def test_the_returned_message_gives_its_mailer_sender_and_hops() -> None:
    bounce = parse(raw("postfix"))
    original = bounce.original
    assert original is not None
    assert (original.whole, original.mailer, original.from_) == (
        True,
        "Microsoft Outlook 16.0",
        '"Shop" <news@shop.example>',
    )
    assert original.message_id == "<20261120.1@shop.example>"
    assert original.date == "2026-11-20T09:13:59Z"
    (hop,) = original.hops
    assert (hop.helo, hop.from_ip, hop.by, hop.protocol) == (
        "desk.shop.example",
        "10.1.2.3",
        "out.shop.example",
        "ESMTPS",
    )
    assert bounce.mailer == "Microsoft Outlook 16.0"
    assert bounce.from_domain == "shop.example"


@pytest.mark.parametrize("name", ["bounce_of_a_bounce", "postfix_bounced_bounce", "qmail_bounced_bounce"])
def test_a_bounce_of_a_bounce_says_so(name: str) -> None:
    assert parse(raw(name)).because.endswith("what it returns is a report itself, and the outer one counts")


@pytest.mark.parametrize("name", ["qmail", "exim", "yahoo", "sendmail", "gmail_words", "opensmtpd"])
def test_the_returned_message_is_found_inside_the_text(name: str) -> None:
    original = parse(raw(name)).original
    assert original is not None
    assert original.return_path == "news@shop.example"
    assert original.whole is False


def test_the_exit_status_of_a_program_is_spelled_out_where_no_words_stand_beside_it() -> None:
    (failure,) = parse(dsn("").replace(b"smtp; ", b"X-Unix; 67")).failures
    assert (failure.diagnostic, failure.reply_code) == ("exit status 67: user unknown (EX_NOUSER)", None)


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 Your network is blocked, contact postmaster@isp.example",
        "550 spam message rejected. Please visit our page or report details to abuse@corp.example.com",
        "550 5.7.606 Access denied, banned sending IP; to go, forward this mail to delist@m.example.com",
        "554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact "
        "tosa@rx.example.de to clarify.)",
        "550 5.7.1 Refused. Please send an e-mail to anna@example.net with this message",
        "550 5.7.1 Refused: write to <unblock@example.net>",
    ],
)
def test_an_address_to_turn_to_is_no_recipient_of_a_pasted_reply(said: str) -> None:
    assert read_reply(said).recipient is None


@pytest.mark.parametrize(
    ("said", "recipient"),
    [
        ("550 5.1.1 <support@example.net>: Recipient address rejected", "support@example.net"),
        ("550 5.1.1 postmaster@example.net... User unknown", "postmaster@example.net"),
        ("550 5.1.1 bob@example.net unknown, contact postmaster@example.net", "bob@example.net"),
        ("550 5.1.1 mail to bob@example.net is refused", "bob@example.net"),
    ],
)
def test_the_address_that_was_refused_is_the_recipient_of_a_pasted_reply(said: str, recipient: str) -> None:
    assert read_reply(said).recipient == recipient


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "550 5.0.350 Remote server returned an error -> 550 5.1.1 RESOLVER.ADR.RecipNotFound; none",
            None,
        ),
        ("550-Requested action not taken: mailbox unavailable 550 invalid DNS MX", "550 Requested action not "
         "taken: mailbox unavailable 550 invalid DNS MX"),
        ("550-Requested action not taken: mailbox unavailable\n550 invalid DNS MX",
         "550 Requested action not taken: mailbox unavailable invalid DNS MX"),
        ("550 5.0.350 Remote server returned an error ->\n 550 5.1.1 not found",
         "550 5.0.350 Remote server returned an error -> 550 5.1.1 not found"),
        ("550-5.7.1 one 550-5.7.1 two 550 5.7.1 three", "550 5.7.1 one two three"),
        ("550-5.7.1 one 550-5.7.15 two", "550 5.7.1 one 550-5.7.15 two"),
        ("550-one\r\n550-two\r\n550 three", "550 one two three"),
        ("550 550 5.1.1 unknown", "550 5.1.1 unknown"),
        ("The server said\n550-5.1.1 one\n550 5.1.1 two", "The server said 550 5.1.1 one two"),
        ("550-one\n550 5.7.1 two", "550 one 550 5.7.1 two"),
        ("550-5.7.1 one\n550 5.1.1 two", "550 5.7.1 one 550 5.1.1 two"),
    ],
)  # fmt: skip
def test_a_code_goes_only_where_a_line_repeats_it(said: str, told: str | None) -> None:
    assert read_reply(said).diagnostic == (told or said)


def test_a_reply_of_many_lines_is_joined_without_its_repeated_codes() -> None:
    (failure,) = parse(raw("free_text_wrapped")).failures
    assert failure.diagnostic == (
        "550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender and the users, "
        "and has been blocked. See https://example.net/help for more information"
    )


def test_the_reply_s_status_wins_over_a_generic_field_which_is_kept() -> None:
    (failure,) = parse(raw("postfix_generic_status")).failures
    assert (failure.status, failure.status_field) == ("5.7.1", "5.0.0")


@pytest.mark.parametrize(
    ("names", "host", "ip"),
    [
        ("[mx1.example.net. 203.0.113.5: timed out]\n [mx2.example.net. 203.0.113.6: timed out]",
         "mx1.example.net", "203.0.113.5"),
        ("[example.net 2001:db8::25: unable to read banner]", "example.net", "2001:db8::25"),
        ("[gaierror: timed out]", None, None),
    ],
)  # fmt: skip
def test_the_server_that_gmail_could_not_reach_is_the_remote_mta(
    names: str, host: str | None, ip: str | None
) -> None:
    said = f"The recipient server did not accept our requests to connect. {names}"
    (failure,) = parse(dsn(said, reporter="googlemail.com")).failures
    assert (failure.remote_mta, failure.remote_ip) == (host, ip)


def test_an_undated_report_is_as_old_as_its_last_attempt() -> None:
    mail = dsn("550 no", more="Last-Attempt-Date: Fri, 20 Nov 2026 14:41:12 +0530\n")
    undated = b"\n".join(line for line in mail.split(b"\n") if not line.startswith(b"Date:"))
    assert parse(undated).date == "2026-11-20T09:11:12Z"


def test_dates_of_a_delay_are_in_utc() -> None:
    bounce = parse(raw("postfix_delayed"))
    (failure,) = bounce.failures
    assert bounce.date == "2026-11-20T09:14:04Z"
    assert failure.date == "2026-11-20T13:14:00Z"
    assert failure.will_retry_until == "2026-11-25T09:14:00Z"


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
    assert bounce.forwarder_of(bounce.failures[0]) == "gmail.com"


@pytest.mark.parametrize(
    "path", ["a=b@shop.example", "bob=example.net@shop.example", "carol+shop@shop.example"]
)
def test_a_plain_sender_is_not_taken_apart(path: str) -> None:
    mail = dsn("550 no").replace(b"<news@shop.example>", f"<{path}>".encode())
    assert [one.source for one in parse(mail).envelope_senders][:2] == ["return_path", "outer_to"]


@pytest.mark.parametrize(
    ("reply", "code", "status", "command"),
    [
        ("550 5.7.1 Message blocked", "550", "5.7.1", None),
        ("550-5.7.1 one\n550 5.7.1 two", "550", "5.7.1", None),
        (
            "host mx.example.net[203.0.113.5] said: 554 no (in reply to end of DATA command)",
            "554",
            None,
            "DATA",
        ),
        ("421 IB104. Connection refused. 192.0.2.10 has a poor reputation", "421", None, None),
        ("mailbox full (#5.2.2)", None, "5.2.2", None),
        ("Message expired after 500 seconds", None, None, None),
        (
            "delivery temporarily suspended: connect to mx.example.net[203.0.113.5]:25: refused",
            None,
            None,
            "CONN",
        ),
    ],
)
def test_a_pasted_reply_is_read(
    reply: str, code: str | None, status: str | None, command: str | None
) -> None:
    failure = read_reply(reply)
    assert (failure.reply_code, failure.status, failure.command) == (code, status, command)


def test_a_pasted_reply_names_its_recipient() -> None:
    assert read_reply("550 5.1.1 <bob@example.net>: unknown").recipient == "bob@example.net"
    assert read_reply("550 mail from a@example.org to b@example.net refused").recipient == "b@example.net"
    assert read_reply("550 a@example.org and b@example.net refused").recipient is None


@pytest.mark.parametrize(
    "reply",
    [
        "551 User not local; please try <new@example.net>",
        "550 5.1.6 Mailbox has moved to new@example.net",
        "550 Der Benutzer hat eine neue Adresse: new@example.net",
        "550 La nouvelle adresse est new@example.net",
        "450 4.1.8 <a@example.org>: Sender address rejected: Domain not found",
        "550 Sender verify failed for a@example.org",
    ],
)
def test_the_new_address_and_the_senders_are_not_the_recipient(reply: str) -> None:
    assert read_reply(reply).recipient is None


@pytest.mark.parametrize(
    "reply",
    [
        "551 5.1.6 <old@example.net>: moved; try <new@example.net>",
        "550 <old@example.net> has moved to new@example.net",
        "553 5.3.0 <old@example.net>... Mailbox moved, please use new@example.net",
    ],
)
def test_the_recipient_is_named_beside_the_new_address(reply: str) -> None:
    assert read_reply(reply).recipient == "old@example.net"


def test_a_temporary_reply_is_a_delay() -> None:
    assert read_reply("451 4.7.1 try later").action == "delayed"


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("Thu, 29 Apr 2010 23:34:45 +0900", "2010-04-29T14:34:45Z"),
        ("29 Apr 10 23:34:45 EST", "2010-04-30T04:34:45Z"),
        ("Thu Apr 29 23:34:45 2010", "2010-04-29T23:34:45Z"),
        ("2010-04-29T23:34:45+02:00", "2010-04-29T21:34:45Z"),
        ("Do, 29 Mär 2010 23:34 +0100", "2010-03-29T22:34:00Z"),
        ("Thu, 29 Apr 2010 23:34:45 +09:00", "2010-04-29T14:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 GMT+2", "2010-04-29T21:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 +01", "2010-04-29T22:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 UTC-05:30", "2010-04-30T05:04:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 (JST)", "2010-04-29T14:34:45Z"),
        ("Thu, 29 Apr 100 23:34:45 +0000", "2000-04-29T23:34:45Z"),
        ("jueves, 29 de abril de 2010 23:34:45 +0200", "2010-04-29T21:34:45Z"),
        ("29. April 2010 um 23:34:45 MESZ", "2010-04-29T21:34:45Z"),
        ("29.04.2010 23:34", "2010-04-29T23:34:00Z"),
        ("29 апреля 2010 г. 23:34", "2010-04-29T23:34:00Z"),
        ("2010年4月29日 23:34:45 +0900", "2010-04-29T14:34:45Z"),
        ("2010년 4월 29일 목요일 오후 11:34", "2010-04-29T23:34:00Z"),
        ("Sun, 31 Dec 2023 23:59:59 -0800", "2024-01-01T07:59:59Z"),
        ("Thu, 29 Apr 2110 23:34:45 +0900", None),
        ("Thu, 29 Apr 0010 23:34:45 +0900", None),
        ("Thu, 99 Foo 2010 99:99:99 +9999", None),
        ("no date at all", None),
        ("", None),
    ],
)
def test_dates_of_many_kinds_are_read_and_absurd_ones_dropped(date: str, utc: str | None) -> None:
    assert parse(f"From: a@b.example\nDate: {date}\n\nhi".encode()).date == utc


def test_encoded_words_are_decoded_across_their_cuts() -> None:
    mail = b"From: a@b.example\nSubject: =?utf-8?B?w7w=?= =?utf-8?Q?_=C3?= =?utf-8?Q?=A4x?= y\n\nhi"
    assert parse(mail).subject == "ü äx y"


@pytest.mark.parametrize(
    "charset",
    [
        "rot13",
        "hex",
        "base64",
        "zlib",
        "punycode",
        "idna",
        "undefined",
        "unicode_escape",
        "utf-7",
        "x" * 999,
        "a\x00b",
    ],
)
def test_a_hostile_charset_is_no_danger(charset: str) -> None:
    head = f"From: MAILER-DAEMON@x.example\nSubject: =?{charset}?Q?failed_=E4_+2AA-?=\n"
    mail = f"{head}Content-Type: text/plain; charset={charset}\n\nuser unknown: bob@example.net \xe4 +2AA-\n"
    bounce = parse(mail.encode("latin-1"))
    assert [one.recipient for one in bounce.failures] == ["bob@example.net"]
    (bounce.subject or "").encode()


def test_a_thousand_recipients_are_all_there() -> None:
    body = b"".join(
        b"<user%d@example.net>:\nRemote host said: 550 no such user\n\n" % number for number in range(1000)
    )
    mail = raw("qmail").partition(b"<bob@")[0] + body
    assert len(parse(mail).failures) == 1000


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_a_brief_reading_leaves_out_the_returned_message_and_all_but_the_likeliest(name: str) -> None:
    whole = parse(raw(name))
    likeliest = whole.envelope_senders[:1]
    wrapped = [inner for one in likeliest if (inner := unwrap(one.value)) is not None]
    assert parse(raw(name), brief=True) == replace(
        whole,
        original=None,
        helos=(),
        envelope_id=None,
        sending_ips=whole.sending_ips[:1],
        envelope_senders=likeliest + tuple(Candidate(*inner, sure=False) for inner in wrapped),
    )


def test_the_open_message_lists_headers_hops_and_parts() -> None:
    opened = open_message(raw("postfix"))
    assert opened.error is None
    assert ("Subject", "Undelivered Mail Returned to Sender") in opened.headers
    assert [hop.from_ip for hop in opened.hops] == ["192.0.2.10"]
    assert [part.content_type for part in opened.parts] == [
        "text/plain",
        "message/delivery-status",
        "message/rfc822",
    ]
    assert "This is the mail system" in opened.text


def test_the_open_message_names_its_attachments() -> None:
    mail = b"""From: a@b.example
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

see
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''bill%20%C3%BC.pdf
Content-Transfer-Encoding: base64

AAAA
--b--
"""
    part = open_message(mail).parts[1]
    assert (part.content_type, part.filename, part.size) == ("application/pdf", "bill ü.pdf", 3)


def test_a_message_that_mail_parser_cannot_read_opens_all_the_same() -> None:
    mail = (
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Type: multipart/report; report-type=delivery-status\n" + b"Received: x\n" * 3 + b"\n\xff"
    )
    opened = open_message(mail)
    assert ("Subject", "x") in opened.headers


def test_a_message_too_big_for_mail_parser_says_so() -> None:
    opened = open_message(b"From: a@b.example\nX-Long: " + b"x" * 300_000 + b"\n\nhi")
    assert opened.error is not None
    assert opened.text == "hi"


def test_a_complaint_gives_the_reported_address_and_sender() -> None:
    bounce = parse(raw("arf"))
    assert bounce.sending_ips == (Candidate("192.0.2.10", "feedback", True),)
    assert bounce.envelope_senders == (Candidate("news@shop.example", "feedback", True),)
    assert bounce.because == "it has a feedback report (ARF) of type abuse"
    assert bounce.original is not None
    assert bounce.from_domain == "shop.example"


def feedback(fields: str) -> Bounce:
    return parse(
        b"From: fbl@mx.example.net\nSubject: report\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        b"--b\nContent-Type: message/feedback-report\n\n" + fields.encode() + b"\n--b--\n"
    )


def test_a_feedback_report_brings_its_fields() -> None:
    report = feedback(
        "Feedback-Type: Abuse\nUser-Agent: FBL/1.0\nVersion: 1\nOriginal-Mail-From: <news@shop.example>\n"
        "Original-Rcpt-To: <bob@example.net>\nOriginal-Rcpt-To: eve@example.net\n"
        "Arrival-Date: Fri, 20 Nov 2026 10:14:02 +0100\nReported-Domain: Shop.example\n"
        "Reported-URI: http://shop.example/buy\nReported-URI: mailto:news@shop.example\nIncidents: 12\n"
    ).feedback
    assert report == FeedbackReport(
        type="abuse",
        recipients=("bob@example.net", "eve@example.net"),
        domains=("shop.example",),
        links=("http://shop.example/buy", "mailto:news@shop.example"),
        arrived="2026-11-20T09:14:02Z",
        incidents=12,
        user_agent="FBL/1.0",
    )


def test_a_report_of_a_failed_check_says_which() -> None:
    report = feedback("Feedback-Type: auth-failure\nAuth-Failure: dmarc\nDelivery-Result: reject\n").feedback
    assert report == FeedbackReport(type="auth-failure", auth_failure="dmarc", delivery_result="reject")


@pytest.mark.parametrize(
    "fields",
    [
        "Incidents: " + "9" * 5000,
        "Incidents: -1",
        "Incidents: \u0663",
        "Arrival-Date: soon",
        "Original-Rcpt-To: nobody",
        "Reported-Domain:",
        "Reported-URI:",
        "Delivery-Result: ;",
    ],
)
def test_what_a_feedback_report_says_in_no_plausible_way_is_left_out(fields: str) -> None:
    assert feedback(f"Feedback-Type: abuse\n{fields}\n").feedback == FeedbackReport(type="abuse")


def test_a_feedback_report_of_ten_thousand_fields_is_read_in_part() -> None:
    report = feedback("Feedback-Type: abuse\n" + "Reported-URI: http://x.example/\n" * 10_000).feedback
    assert report is not None
    assert report.links == ("http://x.example/",)


def test_only_a_feedback_report_has_its_fields() -> None:
    assert parse(raw("abuse")).feedback is None


def test_those_who_got_the_mail_are_no_failures() -> None:
    mail = raw("status_without_blank_lines").replace(b"Action: failed", b"Action: relayed", 1)
    assert [failure.recipient for failure in parse(mail).failures] == ["carol@example.net"]


def test_the_mark_that_the_sender_gave_the_envelope_is_shown() -> None:
    assert parse(raw("envid_only")).envelope_id == "campaign-77/bob+3Dsmith@example.net"
    assert parse(raw("postfix")).envelope_id is None


@pytest.mark.parametrize(
    ("pasted", "replies"),
    [
        ("550 5.1.1 User unknown\n", [("550", "5.1.1", "failed")]),
        ("Delivery to Bob failed: 550 User unknown", [("550", None, "failed")]),
        ("It came back with 451 4.7.1 Greylisted, try again", [("451", "4.7.1", "delayed")]),
        (
            "We saw these:\n\n550 5.1.1 unknown user\n421 4.7.0 try later\n"
            "550-5.7.26 not\n550 5.7.26 authenticated\n",
            [("550", "5.1.1", "failed"), ("421", "4.7.0", "delayed"), ("550", "5.7.26", "failed")],
        ),
    ],
)
def test_pasted_replies_that_name_nobody_are_failures_of_nobody_known(
    pasted: str, replies: list[tuple[str, str | None, str]]
) -> None:
    bounce = parse(pasted.encode())
    assert bounce.because.startswith("pasted text that quotes a reply and names no recipient")
    assert [one.recipient for one in bounce.failures] == [None] * len(replies)
    assert [(one.reply_code, one.status, one.action) for one in bounce.failures] == replies


def test_a_mail_system_s_report_without_a_recipient_keeps_the_reply() -> None:
    head = b"From: MAILER-DAEMON@mx.example\nTo: a@shop.example\nSubject: Undelivered Mail\n"
    mail = head + b"\n550 5.7.1 relaying denied\n"
    bounce = parse(mail)
    assert [(one.recipient, one.reply_code) for one in bounce.failures] == [(None, "550")]
    assert "names no recipient" in bounce.because


def test_what_is_no_report_says_what_it_has_of_one() -> None:
    person = (
        b"From: carl@shop.example\nTo: admin@shop.example\nSubject: help\n\nI get 550 5.7.1 relaying denied\n"
    )
    assert (
        parse(person).because == "its text says '550', but neither its sender nor its subject is a report's"
    )
    letter = b"List-Id: <news.shop.example>\n" + person
    assert parse(letter).because == "its text says '550', but it is a list's mail or a newsletter"


def test_an_address_inside_a_reply_to_a_notice_of_microsoft_is_nobody_it_was_for() -> None:
    bounce = parse(
        b"From: MAILER-DAEMON@mx.example.org\nTo: ann@example.org\nSubject: failure\n\n"
        b"Your message could not be delivered.\n\n"
        b"<bob@remote.example>: host smtp.office365.com[192.0.2.80] said: 554 5.2.252 SendAsDenied; "
        b"ann@example.org not allowed to send as eve@example.org (in reply to end of DATA command)\n"
    )
    assert [failure.recipient for failure in bounce.failures] == ["bob@remote.example"]


def placed(words: str, *, head: str = "", returned: str = "") -> str | None:
    """The address of the refusing server that a report with a status part and these `words` gives."""
    mail = f"""From: MAILER-DAEMON@mx.example.net
{head}To: news@shop.example
Subject: Undelivered
Content-Type: multipart/report; boundary=b

--b
Content-Type: text/plain

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; bob@dest.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.dest.example
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

{returned}From: news@shop.example

--b--
"""
    (failure,) = parse(mail.encode()).failures
    return failure.remote_ip


def test_the_address_of_a_server_is_read_beside_its_name_in_the_words_of_the_report_alone() -> None:
    named = "host mx.dest.example[8.8.8.8] said: 550 5.1.1 no such user"
    assert placed(f"<bob@dest.example>: {named}") == "8.8.8.8"
    elsewhere = "Received: from mx.dest.example[8.8.4.4] by mx.example.net\n"
    assert placed("<bob@dest.example>: no such user", head=elsewhere) is None
    assert placed("<bob@dest.example>: no such user", returned=elsewhere) is None
    assert placed("we regret. " * 600 + named) == "8.8.8.8"
    assert placed("we regret. " * 900 + named) is None


def test_each_of_several_recipients_was_refused_at_the_command_of_its_own_paragraph() -> None:
    words = """<ann@one.example>: host mx.one.example[192.0.2.1] refused to talk to me: 554 busy

<bob@two.example>: host mx.two.example[192.0.2.2] said: 550 5.7.1 blocked
    (in reply to MAIL FROM command)

<carol@two.example>: host mx.two.example[192.0.2.2] said: 552 5.2.2 full
    (in reply to RCPT TO command)

<dave@four.example>: host mx.four.example[192.0.2.4] said: 554 5.6.0 no
    (in reply to end of DATA command)
"""
    hosts = {"ann@one": "one", "bob@two": "two", "carol@two": "two", "dave@four": "four"}
    status = "".join(
        f"Final-Recipient: rfc822; {name}.example\nAction: failed\nStatus: 5.0.0\n"
        f"Remote-MTA: dns; mx.{host}.example\nDiagnostic-Code: smtp; 554 no\n\n"
        for name, host in hosts.items()
    )
    mail = (
        "From: MAILER-DAEMON@mx.example.net\nTo: news@shop.example\nSubject: Undelivered\n"
        "Content-Type: multipart/report; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{words}\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{status}--b--\n"
    )
    assert [one.command for one in parse(mail.encode()).failures] == ["CONN", "MAIL", "RCPT", "DATA"]


def test_of_recipients_without_a_blank_line_between_each_has_the_command_of_its_own_lines() -> None:
    words = """The following address(es) failed:

  ann@one.example
    host mx.one.example [192.0.2.1]
    SMTP error from remote mail server after initial connection:
    554 mx.one.example takes no mail
  bob@two.example
    host mx.two.example [192.0.2.2]
    SMTP error from remote mail server after end of data:
    552 too large
"""
    status = "".join(
        f"Final-Recipient: rfc822; {who}\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; {host}\n"
        "Diagnostic-Code: smtp; 554 no\n\n"
        for who, host in (("ann@one.example", "mx.one.example"), ("bob@two.example", "mx.two.example"))
    )
    mail = (
        "From: MAILER-DAEMON@mx.example.net\nTo: news@shop.example\nSubject: Mail delivery failed\n"
        "Content-Type: multipart/report; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{words}\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{status}--b--\n"
    )
    assert [one.command for one in parse(mail.encode()).failures] == ["CONN", "DATA"]


def test_a_mail_that_is_no_report_has_no_envelope_sender_made_of_whom_it_is_for() -> None:
    bounce = parse(b"From: ann@example.org\nTo: hans@example.net\nSubject: lunch\n\nAt noon?\n")
    assert (bounce.kind, bounce.envelope_senders) == ("other", ())


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b"])
def test_no_address_holds_a_control(control: str) -> None:
    text = f"x{control}bob@example.net{control}y, a@b{control}c.example"
    assert find_all(text) == ["bob@example.net", "a@b"]


def test_a_report_that_nobody_dated_has_the_date_of_what_it_returns() -> None:
    returned = (
        "From: alice@example.com\nTo: bob@example.net\nDate: Mon, 16 Dec 2019 12:54:27 +0100\n\nHello\n"
    )
    report = (
        "From: MAILER-DAEMON@example.com\nTo: alice@example.com\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mail.example.com.\n\n<bob@example.net>:\n"
        f"550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n{returned}"
    )
    assert parse(report.encode()).date == "2019-12-16T11:54:27Z"


def test_an_address_inside_a_link_is_nobody_who_failed() -> None:
    report = (
        "From: MAILER-DAEMON@example.com\nTo: alice@example.com\nSubject: Undelivered mail\n\n"
        "Your mail to bob@example.net could not be delivered, see\n\nhttps://example.org/why?to=carol@example.net\n"
    )
    assert [one.recipient for one in parse(report.encode()).failures] == ["bob@example.net"]
    assert find_all("http://example.org/?to=carol@example.net") == []


def test_who_waits_in_sendmail_s_transcript_was_not_refused_with_the_others() -> None:
    mail = b"""From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example.org>
To: choir@example.org
Subject: Returned mail: see transcript for details
Auto-Submitted: auto-generated (failure)

   ----- The following addresses had permanent fatal errors -----
<tenor@hall.example.net>
   ----- The following addresses had transient non-fatal errors -----
<bass@hall.example.net>

   ----- Transcript of session follows -----
... while talking to mx.hall.example.net.:
>>> DATA
<<< 552 5.3.4 Message is too large for this server
554 5.0.0 <tenor@hall.example.net>... Service unavailable
<bass@hall.example.net>... Deferred: Connection timed out with mx.hall.example.net.
"""
    tenor, bass = parse(mail).failures
    assert (tenor.reply_code, tenor.status) == ("552", "5.3.4")
    assert bass.recipient == "bass@hall.example.net"
    assert bass.reply_code is None
    assert "Deferred: Connection timed out" in bass.diagnostic


def words_beside_a_status(words: str, diagnostic: str) -> bytes:
    """A report whose text says more than the diagnostic of its status part."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@relay.example.org
To: choir@example.org
Subject: Returned mail
Content-Type: multipart/report; boundary=b

--b

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; bass@hall.example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; {diagnostic}

--b--
""".encode()


def test_of_a_greeting_that_refuses_in_several_lines_all_are_heard() -> None:
    """Sendmail puts no more than the first line beside the address and into the status part."""
    transcript = """   ----- The following addresses had permanent fatal errors -----
<bass@hall.example.net>
    (reason: 554-mx7.hall.example.net )

   ----- Transcript of session follows -----
... while talking to mx7.hall.example.net.:
<<< 554-mx7.hall.example.net
<<< 554 Your host is on our list of spammers
554 5.0.0 Service unavailable"""
    (bass,) = parse(words_beside_a_status(transcript, "554-mx7.hall.example.net")).failures
    assert bass.diagnostic == "554 mx7.hall.example.net Your host is on our list of spammers"


def test_of_all_servers_tried_what_they_said_is_heard() -> None:
    """Haraka's status part says only that none took the mail."""
    words = """Intended Recipients: <bass@hall.example.net>
Failure Reason: Tried all MXs
    Error: connect ECONNREFUSED 203.0.113.7:25"""
    (bass,) = parse(words_beside_a_status(words, "Tried all MXs")).failures
    assert "ECONNREFUSED" in bass.diagnostic


def test_what_an_escape_sequence_left_of_an_address_is_nobody() -> None:
    assert find_all("bob\x1b[2J@example.net, \x1b[1mjim@example.net, ann@example.net") == ["ann@example.net"]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Wed, 18 Nov 2026 00:59:48 +0100", "2026-11-18"),
        ("Tue, 17 Nov 2026 20:00:00 -0800", "2026-11-17"),
        ("29.04.2010 23:34", "2010-04-29"),
        ("31 Feb 2020 10:00 +0000", None),
        ("someday", None),
        (None, None),
    ],
)
def test_the_day_of_a_returned_mail_is_that_of_its_sender_s_clock(date: str | None, day: str | None) -> None:
    assert day_where_written(date) == day


def test_when_the_mail_came_to_the_reporting_system_is_read_from_its_report() -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example\nTo: a@example.org\nSubject: Delayed Mail\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n"
        b"Arrival-Date: Sun, 22 Nov 2026 07:00:00 +0100\n\n"
        b"Final-Recipient: rfc822; bob@example.net\nAction: delayed\nStatus: 4.7.1\n--b--\n"
    )
    assert parse(report).arrived == "2026-11-22T06:00:00Z"
    assert parse(report.replace(b"Arrival-Date", b"X-Other")).arrived is None
