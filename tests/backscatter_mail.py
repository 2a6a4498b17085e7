"""Bounces of mails that may not be the admin's: the way that each came along."""

import ipaddress

from bounce_tui.checks.planning.own import Own

OWN = Own((ipaddress.ip_network("192.0.2.0/28"),), ("example.org",))
ENTRY = (
    "Received: from cafe (host-7.dyn.example [203.0.113.7])\n"
    "\tby mx.example.net (Postfix) with SMTP id 4B1; Fri, 20 Nov 2026 09:00:00 +0000\n"
)
SOFT = "Authentication-Results: mx.example.net; spf=softfail smtp.mailfrom=example.org\n"
FAILED_SPF = (
    "Received-SPF: fail (mx.example.net: domain of anna@example.org does not designate 203.0.113.7)"
    " receiver=mx.example.net; client-ip=203.0.113.7; envelope-from=anna@example.org\n"
)


def bounce(
    way: str = ENTRY,
    *,
    reporter: str = "mx.example.net",
    sender: str = "anna@example.org",
    refused_by: str = "",
) -> bytes:
    """A report of `reporter` about a mail that came along the `way`, fields of its header; another server
    refused it where one is `refused_by`."""
    remote = f"Remote-MTA: dns; {refused_by}\n" if refused_by else ""
    return f"""\
From: MAILER-DAEMON@{reporter}
To: {sender}
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 09:00:05 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

<ben@example.net>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; {reporter}

Final-Recipient: rfc822; ben@example.net
Action: failed
Status: 5.1.1
{remote}Diagnostic-Code: smtp; 550 5.1.1 <ben@example.net>: user unknown

--b
Content-Type: message/rfc822

Return-Path: <{sender}>
{way}From: Anna <{sender}>
To: ben@example.net
Subject: Cheap watches
Message-ID: <1@cafe>
Date: Fri, 20 Nov 2026 08:59:00 +0000

Buy now.
--b--
""".encode()
