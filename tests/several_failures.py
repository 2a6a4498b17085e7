"""Reports of mail to several recipients, each with an outcome of its own, as Postfix writes them."""

from pathlib import Path

from msgspec import Struct


class RecipientOutcome(Struct, frozen=True):
    """What one recipient met with; `said` is the reply of `server`."""

    recipient: str
    said: str
    status: str
    server: str
    action: str = "failed"


UNKNOWN = RecipientOutcome(
    "ann@y.example", "550 5.1.1 <ann@y.example>: User unknown", "5.1.1", "mx.y.example"
)
FULL = RecipientOutcome("bob@x.example", "552 5.2.2 <bob@x.example> Mailbox full", "5.2.2", "mx.x.example")
GOT_IT = RecipientOutcome(
    "eve@z.example", "250 2.0.0 Ok: queued as 4D90E1F20", "2.0.0", "mx.z.example", "delivered"
)
LATER = RecipientOutcome(
    "dan@w.example", "451 4.7.1 <dan@w.example>: Greylisted, try again", "4.7.1", "mx.w.example", "delayed"
)


def report(*outcomes: RecipientOutcome) -> bytes:
    """The report of one mail to the recipients of `outcomes`."""
    groups = [
        f"Final-Recipient: rfc822; {outcome.recipient}\nAction: {outcome.action}\nStatus: {outcome.status}\n"
        f"Remote-MTA: dns; {outcome.server}\nDiagnostic-Code: smtp; {outcome.said}\n"
        for outcome in outcomes
    ]
    text = f"""Return-Path: <>
Date: Fri, 20 Nov 2026 09:14:02 +0000
From: MAILER-DAEMON@mail.district.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: s.hart@district.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"
Message-Id: <{"-".join(outcome.recipient for outcome in outcomes)}@mail.district.example>

--=_b
Content-Type: text/plain

This is the mail system at host mail.district.example.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.district.example

{chr(10).join(groups)}
--=_b--
"""
    return text.encode()


def write(folder: Path, *mails: bytes) -> Path:
    """`mails` as files in `folder`, in their order."""
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    return folder
