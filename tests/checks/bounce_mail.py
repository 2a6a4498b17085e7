"""Bounces built for a scenario: what Postfix, Exim, qmail or the receiver's Exchange would have sent.

Always the same mail: bob@ours.example wrote to ann@remote.example through mx.ours.example [192.0.2.10].
"""

import base64

import dkim
import nacl.signing

IP = "192.0.2.10"
SENDER = "bob@ours.example"
RECIPIENT = "ann@remote.example"
REMOTE = "mx.remote.example[198.51.100.25]"
BODY = "Hello Ann,\n\nthe minutes are attached.\n\nBob\n"

_KEY = nacl.signing.SigningKey(b"\x07" * 32)
KEY_RECORD = f's1._domainkey TXT "v=DKIM1; k=ed25519; p={base64.b64encode(bytes(_KEY.verify_key)).decode()}"'


def original(
    *,
    sender: str = SENDER,
    from_: str = SENDER,
    to: str = RECIPIENT,
    body: str = BODY,
    signer: str = "",
    until: int | None = None,
) -> str:
    """The mail that came back, signed with DKIM for the domain `signer` where one is given, `until` seconds
    after 1970."""
    written = (
        f"From: Bob <{from_}>\nTo: <{to}>\nSubject: Minutes\nDate: Mon, 2 Nov 2026 09:13:59 +0000\n"
        "Message-ID: <ac505b76@ours.example>\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}"
    )
    return (
        f"Return-Path: <{sender}>\n"
        "Received: from pc7.ours.example (pc7.ours.example [10.20.30.40])\n"
        "\tby mx.ours.example (Postfix) with ESMTPSA id 4AAB32A46B\n"
        f"\tfor <{to}>; Mon, 2 Nov 2026 09:13:59 +0000 (UTC)\n"
        f"{_signature(written, signer, until) if signer else ''}{written}"
    )


class _Expiring(dkim.DKIM):
    """dkimpy writes no x= tag."""

    until: int | None = None

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: object, **more: object) -> bytes:
        if self.until is not None:
            at = next(index for index, (tag, _) in enumerate(fields) if tag == b"bh")
            fields.insert(at, (b"x", str(self.until).encode()))
        header: bytes = super().gen_header(fields, *rest, **more)
        return header


def _signature(mail: str, domain: str, until: int | None = None) -> str:
    signing = _Expiring(mail.encode(), signature_algorithm=b"ed25519-sha256", linesep=b"\n")
    signing.until = until
    field: bytes = signing.sign(
        b"s1",
        domain.encode(),
        base64.b64encode(bytes(_KEY)),
        include_headers=[b"from", b"to", b"subject"],
    )
    return field.decode()


def postfix(
    *failures: tuple[str, str, str],
    sender: str = SENDER,
    ip: str = IP,
    returned: str | None = None,
    headers_only: bool = False,
    received: bool = True,
) -> bytes:
    """A report of our Postfix; each failure is a recipient, the host that said it ("" for ours) and the
    words.  Without `received` it was taken from the spool, so that it does not tell our address."""
    returned = original(sender=sender) if returned is None else returned
    if headers_only:
        returned = returned.partition("\n\n")[0] + "\n"
    said = "\n".join(
        f"<{to}>: host {host} said: {words} (in reply to RCPT TO command)\n" if host else f"<{to}>: {words}\n"
        for to, host, words in failures
    )
    hop = (
        f"Received: from mx.ours.example (mx.ours.example [{ip}])\n"
        "\tby imap.ours.example (Postfix) with ESMTPS id 4580EDC39\n"
        f"\tfor <{sender}>; Mon, 2 Nov 2026 09:14:03 +0000\n"
    )
    return (
        f"Return-Path: <>\n{hop if received else ''}"
        "Received: by mx.ours.example (Postfix)\n\tid 9D90EE545F; Mon, 2 Nov 2026 09:14:02 +0000 (UTC)\n"
        "Date: Mon, 2 Nov 2026 09:14:02 +0000 (UTC)\n"
        "From: MAILER-DAEMON@mx.ours.example (Mail Delivery System)\n"
        f"Subject: Undelivered Mail Returned to Sender\nTo: {sender}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="4AAB/mx.ours.example"\n\n'
        "--4AAB/mx.ours.example\nContent-Description: Notification\nContent-Type: text/plain\n\n"
        "This is the mail system at host mx.ours.example.\n\n"
        "I'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients. It's attached below.\n\n"
        f"                   The mail system\n\n{said}\n"
        "--4AAB/mx.ours.example\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.ours.example\nX-Postfix-Sender: rfc822; {sender}\n"
        f"Arrival-Date: Mon, 2 Nov 2026 09:13:59 +0000 (UTC)\n{''.join(map(_fields, failures))}\n"
        "--4AAB/mx.ours.example\n"
        f"Content-Type: {'text/rfc822-headers' if headers_only else 'message/rfc822'}\n\n{returned}\n"
        "--4AAB/mx.ours.example--\n"
    ).encode()


def _fields(failure: tuple[str, str, str]) -> str:
    to, host, words = failure
    remote = f"Remote-MTA: dns; {host.partition('[')[0]}\n" if host else ""
    return (
        f"\nFinal-Recipient: rfc822; {to}\nAction: failed\nStatus: {_status(words)}\n{remote}"
        f"Diagnostic-Code: {'smtp' if host else 'x-postfix'}; {words}\n"
    )


def _status(words: str) -> str:
    if "loops back" in words or "Host not found" in words:
        return "5.4.4" if "loops" not in words else "5.4.6"
    codes = [word for word in words.replace("-", " ").split() if word[:2] in ("4.", "5.")]
    return next((code for code in codes if code.count(".") == 2), "5.0.0")


def refused(
    words: str,
    *,
    sender: str = SENDER,
    ip: str = IP,
    headers_only: bool = False,
    received: bool = True,
    returned: str | None = None,
) -> bytes:
    """The receiver's server refused the mail."""
    return postfix(
        (RECIPIENT, REMOTE, words),
        sender=sender,
        ip=ip,
        returned=returned,
        headers_only=headers_only,
        received=received,
    )


def given_up(words: str, to: str = "ann@gone.example") -> bytes:
    """Our Postfix found no way."""
    return postfix((to, "", words), returned=original(to=to))


def exim(words: str, *, to: str = RECIPIENT) -> bytes:
    """A report of our Exim."""
    return (
        f"Return-Path: <>\nReceived: from mx.ours.example ([{IP}])\n"
        "\tby imap.ours.example with esmtps (Exim 4.96)\n\tid 1t7abc-0001Ab-2x\n"
        f"\tfor {SENDER}; Mon, 02 Nov 2026 09:14:03 +0000\n"
        f"X-Failed-Recipients: {to}\nAuto-Submitted: auto-replied\n"
        "From: Mail Delivery System <Mailer-Daemon@mx.ours.example>\n"
        f"To: {SENDER}\nSubject: Mail delivery failed: returning message to sender\n"
        "Date: Mon, 02 Nov 2026 09:14:02 +0000\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {to}\n    {words}\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"{original(to=to)}"
    ).encode()


def qmail(words: str, *, to: str = RECIPIENT) -> bytes:
    """A report of our qmail."""
    return (
        f"Return-Path: <>\nReceived: from mx.ours.example (HELO mx.ours.example) ({IP})\n"
        "  by imap.ours.example with SMTP; 2 Nov 2026 09:14:03 -0000\n"
        "Received: (qmail 1234 invoked for bounce); 2 Nov 2026 09:14:02 -0000\n"
        f"Date: 2 Nov 2026 09:14:02 -0000\nFrom: MAILER-DAEMON@mx.ours.example\nTo: {SENDER}\n"
        "Subject: failure notice\n\nHi. This is the qmail-send program at mx.ours.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{to}>:\n{words}\n\n--- Below this line is a copy of the message.\n\n{original(to=to)}"
    ).encode()


def exchange(words: str) -> bytes:
    """A report of the receiver's own Exchange: the mail came from us, as its Received says."""
    return (
        f"From: postmaster@remote.example\nTo: {SENDER}\nDate: Mon, 2 Nov 2026 09:14:02 +0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n boundary="a1-c3"\n'
        "Subject: Undeliverable: Minutes\n\n--a1-c3\nContent-Type: text/plain; charset=us-ascii\n\n"
        f"Delivery has failed to these recipients or groups:\n\n{RECIPIENT}\n"
        "Your message couldn't be delivered.\n\nDiagnostic information for administrators:\n\n"
        f"Generating server: mail.remote.example\n\n{RECIPIENT}\nRemote Server returned '{words}'\n\n"
        "--a1-c3\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mail.remote.example\n"
        "Received-From-MTA: dns;mx.ours.example\nArrival-Date: Mon, 2 Nov 2026 09:14:00 +0000\n\n"
        f"Final-Recipient: rfc822;{RECIPIENT}\nAction: failed\nStatus: {_status(words)}\n"
        f"Diagnostic-Code: smtp;{words}\n\n--a1-c3\nContent-Type: message/rfc822\n\n"
        f"Received: from mx.ours.example ({IP}) by mail.remote.example (198.51.100.26) with\n"
        f" Microsoft SMTP Server; Mon, 2 Nov 2026 09:14:00 +0000\n{original()}\n--a1-c3--\n"
    ).encode()


def sendmail(words: str, *, to: str = RECIPIENT, status: str = "5.7.1") -> bytes:
    """A report of our Sendmail, taken from the spool."""
    return (
        "Return-Path: <>\nReceived: from localhost (localhost)\n"
        "\tby mx.ours.example (8.15.2/8.15.2) id 6B2AE2pq001234;\n\tMon, 2 Nov 2026 09:14:02 GMT\n"
        "Date: Mon, 2 Nov 2026 09:14:02 GMT\n"
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.ours.example>\n"
        f"To: <{SENDER}>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status;\n"
        '\tboundary="6B2AE2pq/mx.ours.example"\n'
        "Subject: Returned mail: see transcript for details\nAuto-Submitted: auto-generated (failure)\n\n"
        "--6B2AE2pq/mx.ours.example\n\n"
        "The original message was received at Mon, 2 Nov 2026 09:13:59 GMT\n"
        "from pc7.ours.example [10.20.30.40]\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{to}>\n    (reason: {words})\n\n"
        "   ----- Transcript of session follows -----\n... while talking to mx.remote.example.:\n"
        f">>> RCPT To:<{to}>\n<<< {words}\n554 5.0.0 Service unavailable\n\n"
        "--6B2AE2pq/mx.ours.example\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.ours.example\nReceived-From-MTA: DNS; pc7.ours.example\n"
        "Arrival-Date: Mon, 2 Nov 2026 09:13:59 GMT\n\n"
        f"Final-Recipient: RFC822; {to}\nAction: failed\nStatus: {status}\n"
        f"Remote-MTA: DNS; mx.remote.example\nDiagnostic-Code: SMTP; {words}\n\n"
        f"--6B2AE2pq/mx.ours.example\nContent-Type: message/rfc822\n\n{original(to=to)}\n"
        "--6B2AE2pq/mx.ours.example--\n"
    ).encode()
