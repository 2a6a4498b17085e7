"""Whose address a receiver saw: that of the reporting server, or of the client that handed it the mail."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.house import house_of

REPORT = """\
From: MAILER-DAEMON@mx1.example.org
To: ann@example.org
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 09:14:02 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx1.example.org

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.7.1
{remote}Diagnostic-Code: smtp; 550 5.7.1 refused

--b
Content-Type: text/rfc822-headers

Received: from client.example.com (client.example.com [9.9.9.9])
 by mx1.example.org with ESMTP id 4F; Fri, 20 Nov 2026 09:14:00 +0000
From: ann@example.org
To: bob@example.net
Subject: Lunch

--b--
"""


@pytest.mark.parametrize(
    ("remote", "helo", "source"),
    [
        ("", "client.example.com", "received"),
        ("Remote-MTA: dns; MX1.example.org.\n", "client.example.com", "received"),
        ("Remote-MTA: dns; mx.example.net\n", "mx1.example.org", "reporting_mta"),
    ],
)
def test_who_said_helo_to_whoever_refused(remote: str, helo: str, source: str) -> None:
    bounce = parse(REPORT.format(remote=remote).encode())
    assert (bounce.helos[0].value, bounce.helos[0].source) == (helo, source)
    assert bounce.helos[0].sure


@pytest.mark.parametrize(
    ("host", "house"),
    [
        ("mx1.example.net", "example.net"),
        ("MX1.Shop.Co.UK.", "shop.co.uk"),
        ("co.uk", "co.uk"),
        ("mail.school.edu.example", "edu.example"),
        ("mail.t.co", "t.co"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_a_host_is_of_the_house_that_its_registry_knows(host: str, house: str) -> None:
    assert house_of(host) == house
