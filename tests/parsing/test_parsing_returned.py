"""The returned message is opened as it came back: whole, header only, quoted, or inside a forward."""

import base64

import pytest

from bounce_tui.opened_message import Part
from bounce_tui.parsing import parse
from bounce_tui.parsing.on_screen.opened import open_message, read_returned_of

ORIGINAL = b"""From: Ann <ann@example.org>
To: bob@example.net
Cc: carol@example.net
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Date: Fri, 20 Nov 2026 09:14:02 +0000
Message-ID: <2@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

gr=C3=BCn https://example.com/
--inner
Content-Type: text/html

<p>green</p>
--inner
Content-Type: application/zip; name="a.zip"
Content-Transfer-Encoding: base64

%s
--inner--
"""
FILES = base64.encodebytes(b"x" * 1000)


def report(returned: bytes, content_type: bytes = b"message/rfc822") -> bytes:
    return (
        b"From: MAILER-DAEMON@mx.example.org\nTo: ann@example.org\nSubject: Undelivered Mail\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=outer\n\n"
        b"--outer\nContent-Type: text/plain\n\nIt could not be delivered.\n\n"
        b"--outer\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        b"Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\n\n"
        b"--outer\nContent-Type: " + content_type + b"\n\n" + returned + b"\n--outer--\n"
    )


WHOLE = report(ORIGINAL % FILES)


def test_all_of_a_whole_message_is_there() -> None:
    returned = read_returned_of(WHOLE)
    assert returned is not None
    assert returned.whole
    assert dict(returned.headers)["Subject"] == "Grüße"
    assert dict(returned.headers)["Cc"] == "carol@example.net"
    assert returned.parts[2] == Part("application/zip", "a.zip", 1000)
    assert returned.text.strip() == "grün https://example.com/"
    assert "green" in returned.html
    assert not returned.eight_bit_head


def test_its_size_is_what_travelled_with_a_carriage_return_in_every_line() -> None:
    returned = read_returned_of(WHOLE)
    crlf = read_returned_of(WHOLE.replace(b"\n", b"\r\n"))
    assert returned is not None
    assert crlf == returned
    assert abs(returned.size - len((ORIGINAL % FILES).replace(b"\n", b"\r\n"))) <= 4


def test_the_open_message_brings_it_along() -> None:
    assert open_message(WHOLE).returned == read_returned_of(WHOLE)


def test_a_header_alone_has_no_parts_and_is_not_whole() -> None:
    returned = read_returned_of(report((ORIGINAL % FILES).partition(b"\n\n")[0], b"text/rfc822-headers"))
    assert returned is not None
    assert not returned.whole
    assert returned.complete_head
    assert returned.parts == ()
    assert dict(returned.headers)["From"] == "Ann <ann@example.org>"


def test_of_a_quoted_beginning_nobody_may_say_what_is_missing() -> None:
    text = (
        b"From: MAILER-DAEMON@mx.example.org\nTo: ann@example.org\nSubject: failure notice\n\n"
        b"Hi. This is the qmail-send program at mx.example.org.\n\n<bob@example.net>:\nNo such user.\n\n"
        b"--- Below this line is a copy of the message.\n\n"
        b"Return-Path: <ann@example.org>\nSubject: hello\n\ntext\n"
    )
    returned = read_returned_of(text)
    assert returned is not None
    assert not returned.complete_head
    assert dict(returned.headers)["Subject"] == "hello"


def test_of_a_forwarded_bounce_it_is_the_message_that_bounced() -> None:
    forward = (
        b"From: ann@example.org\nTo: help@example.org\nSubject: Fwd: what is this?\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=fw\n\n--fw\nContent-Type: text/plain\n\nplease help\n"
        b"--fw\nContent-Type: message/rfc822\n\n" + WHOLE + b"\n--fw--\n"
    )
    returned = read_returned_of(forward)
    assert returned is not None
    assert dict(returned.headers)["Subject"] == "Grüße"


def test_undeclared_letters_and_long_lines_are_noticed() -> None:
    original = b"From: a@example.org\nSubject: gr\xfc\xdfe\n\n" + b"x" * 5000 + b"\n"
    returned = read_returned_of(report(original))
    assert returned is not None
    assert returned.eight_bit_head
    assert returned.longest_line == 5000


def test_an_international_message_may_have_letters_in_its_header() -> None:
    returned = read_returned_of(report("From: jürgen@example.org\n\nhi\n".encode(), b"message/global"))
    assert returned is not None
    assert not returned.eight_bit_head


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"no mail at all",
        b"From: a@example.org\n\nhello\n",
        report(b""),
        report(b"no header here"),
    ],
)
def test_where_nothing_came_back_there_is_nothing(raw: bytes) -> None:
    assert read_returned_of(raw) is None


def test_a_message_of_many_parts_is_cut_off_and_none_is_lost_count_of() -> None:
    many = (
        b"Content-Type: multipart/mixed; boundary=i\nFrom: a@example.org\n\n"
        + b"--i\n\nx\n" * 2000
        + b"--i--\n"
    )
    returned = read_returned_of(report(many))
    assert returned is not None
    assert len(returned.parts) == 500


EXIM_SAYS = (
    b"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nTo: ann@example.org\n"
    b"Subject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: bob@example.net\n\n"
    b"This message was created automatically by mail delivery software.\n\n  bob@example.net\n"
    b"    host mx.example.net [203.0.113.9]\n    SMTP error from remote mail server after end of data:\n"
    b"    552 Message size exceeds maximum permitted 20971520\n\n"
    b"------ This is a copy of the message, including all the headers. ------\n"
    b"------ The body of the message is 28000000 characters long; only the first\n"
    b"------ 106496 or so are included here.\n\n"
    b"Return-path: <ann@example.org>\n"
    b"Received: from [192.0.2.77] by mx.example.org with esmtpsa; Fri, 20 Nov 2026 09:59:00 +0100\n"
    b"From: Ann <ann@example.org>\nTo: bob@example.net\nSubject: photos\nMessage-ID: <z@example.org>\n\nHi\n"
)


def test_a_message_of_which_exim_brings_the_beginning_is_found_and_has_the_size_that_it_tells() -> None:
    original = parse(EXIM_SAYS).original
    assert original is not None
    assert (original.subject, original.return_path) == ("photos", "ann@example.org")
    returned = read_returned_of(EXIM_SAYS)
    assert returned is not None
    assert dict(returned.headers)["Subject"] == "photos"
    assert (returned.whole, returned.told_size) == (False, 28_000_000)


def test_a_message_whose_size_nobody_tells_has_none() -> None:
    returned = read_returned_of(EXIM_SAYS.replace(b"28000000 characters long", b"long"))
    assert returned is not None
    assert returned.told_size == 0
