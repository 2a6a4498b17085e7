"""The message that is opened on screen: its headers, hops and parts."""

from status_mails import raw

from bounce_tui.parsing import open_message


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
