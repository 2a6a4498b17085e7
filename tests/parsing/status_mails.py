"""Mails of the folder `mails`, and reports made to measure, for the tests of what a bounce tells."""

from pathlib import Path

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
