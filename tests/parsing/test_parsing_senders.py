"""Whose address a receiver saw: that of the reporting server, or of the client that handed it the mail."""

import pytest

from bounce_tui.domain_name import base_domain
from bounce_tui.model import Failure
from bounce_tui.parsing import parse
from bounce_tui.parsing.senders import quoted_addresses

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
    ("protocol", "found"),
    [("ESMTP", ["9.9.9.9"]), ("ESMTPS", ["9.9.9.9"]), ("ESMTPSA", []), ("ESMTPA", []), ("UTF8SMTPSA", [])],
)
def test_the_machine_on_which_the_sender_logged_in_is_no_sending_address(
    protocol: str, found: list[str]
) -> None:
    bounce = parse(REPORT.format(remote="").replace("with ESMTP", f"with {protocol}").encode())
    assert [one.value for one in bounce.sending_ips] == found


@pytest.mark.parametrize(
    ("host", "organization"),
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
def test_a_host_is_of_the_organization_that_its_registry_knows(host: str, organization: str) -> None:
    assert base_domain(host) == organization


NOTICE = """\
Return-Path: <>
Received: from {host} ({host} [203.0.113.5])
 by mail.example.org (Postfix) with ESMTPS id 4F; Fri, 20 Nov 2026 09:14:03 +0000
From: Mail Delivery <postmaster@{host}>
To: {to}
Subject: Undeliverable: Lunch
Date: Fri, 20 Nov 2026 09:14:02 +0000

Your message could not be delivered.

<bob@example.net>: {words}
{returned}"""
OWN_HOPS = """
--- Below this line is a copy of the message.

Received: from desk.example.org (desk.example.org [{client}])
 by {by} with ESMTP id 7A; Fri, 20 Nov 2026 09:14:00 +0000
From: ann@example.org
To: bob@example.net
Subject: Lunch
Message-ID: <1@example.org>

Noon?
"""
UNKNOWN = "no such user here"
BEHIND = "host store.example.net[203.0.113.77] said: 550 5.1.1 unknown (in reply to RCPT TO command)"


@pytest.mark.parametrize(
    ("host", "to", "words", "returned", "found"),
    [
        # The only Received field names who sent the notice: the other side.
        ("mx.example.net", "ann@example.org", UNKNOWN, "", ()),
        ("filter.security.example", "ann@example.org", UNKNOWN, "", ()),
        # The receiver's own machine behind it said no.
        ("mx.example.net", "ann@example.org", BEHIND, "", ()),
        (
            "mx.example.net",
            "ann@example.org",
            BEHIND,
            OWN_HOPS.format(client="192.0.2.10", by="mx.example.net"),
            (("192.0.2.10", True),),
        ),
        # Our own server's word: of the sender's organization, or one that had the mail from nobody else.
        ("mx1.example.org", "ann@example.org", UNKNOWN, "", (("203.0.113.5", False),)),
        (
            "out.provider.example",
            "ann@example.org",
            UNKNOWN,
            OWN_HOPS.format(client="10.0.0.7", by="out.provider.example"),
            (("203.0.113.5", False),),
        ),
        # A relay that quotes who refused was the client, and within one organization the server is ours, too.
        ("out.provider.example", "ann@example.org", BEHIND, "", (("203.0.113.5", True),)),
        ("mx.example.net", "carol@example.net", BEHIND, "", (("203.0.113.5", True),)),
    ],
)
def test_the_server_of_the_other_side_is_never_where_our_mail_came_from(
    host: str, to: str, words: str, returned: str, found: tuple[tuple[str, bool], ...]
) -> None:
    bounce = parse(NOTICE.format(host=host, to=to, words=words, returned=returned).encode())
    assert [one.recipient for one in bounce.failures] == ["bob@example.net"]
    assert tuple((one.value, one.sure) for one in bounce.sending_ips) == found
    assert (host in {one.value for one in bounce.helos}) is ("203.0.113.5" in {one[0] for one in found})


RETURNED_WHOLE = """\
Return-Path: <>
Received: from out-7.sender.example (out-7.sender.example [203.0.113.5])
 by mail.example.org with ESMTPS id 4F; Fri, 20 Nov 2026 09:14:03 +0000
From: MAILER-DAEMON@sender.example
To: ann@example.org
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; out-7.sender.example

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.1.1
{diagnostic}
--b
Content-Type: message/rfc822

From: ann@example.org
To: bob@example.net
Subject: Lunch
Message-ID: <1@example.org>

Noon?
--b--
"""


@pytest.mark.parametrize(
    ("diagnostic", "found"),
    [("Diagnostic-Code: smtp; 550 5.1.1 unknown\n", ["203.0.113.5"]), ("", [])],
)
def test_who_returns_a_mail_whole_without_a_received_field_and_a_reply_to_it_sent_it(
    diagnostic: str, found: list[str]
) -> None:
    bounce = parse(RETURNED_WHOLE.format(diagnostic=diagnostic).encode())
    assert [one.value for one in bounce.sending_ips] == found


YAHOO = (
    "421 4.7.0 [TSS04] Messages from {client} temporarily deferred due to unexpected volume or user"
    " complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes"
)


@pytest.mark.parametrize(("client", "found"), [("192.0.2.10", ["192.0.2.10"]), ("x.x.x.x", [])])
def test_the_number_of_a_rule_of_yahoo_s_is_no_sending_address(client: str, found: list[str]) -> None:
    told = quoted_addresses((Failure(diagnostic=YAHOO.format(client=client)),))
    assert [one.value for one in told] == found


def test_an_address_behind_a_dash_is_one_in_another_s_words() -> None:
    words = "550 5.7.1 Access denied - 192.0.2.10; see https://mail.example.net/denied"
    assert [one.value for one in quoted_addresses((Failure(diagnostic=words),))] == ["192.0.2.10"]


@pytest.mark.parametrize(
    "words",
    [
        "Error: open resolver; https://check.spamhaus.org/returnc/pub/203.0.113.53/",
        "Error: open resolver; https://www.spamhaus.org/returnc/vol/203.0.113.53",
        "127.0.0.1 -> Query Refused. See http://uribl.example/refused.shtml [Your DNS IP: 203.0.113.53]",
        "the list refused to answer our resolver 203.0.113.53",
    ],
)
def test_the_resolver_that_a_list_refused_to_answer_is_no_sending_address(words: str) -> None:
    refusal = f"554 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org; {words}"
    assert [one.value for one in quoted_addresses((Failure(diagnostic=refusal),))] == ["192.0.2.10"]


@pytest.mark.parametrize(
    "words",
    [
        "550 5.7.23 Rejected by SPF: example.org does not designate 192.0.2.10 as permitted sender",
        "550 5.7.1 SPF fail: 192.0.2.10 not permitted for example.org",
        "550 SPF check failed (192.0.2.10) for bob@example.org",
        "550 5.7.1 spf=softfail; 192.0.2.10 not authorized by example.org",
        "550 5.7.1 <dsl-10.isp.example[192.0.2.10]>: Client host rejected: set a custom PTR",
    ],
)
def test_the_address_that_spf_or_a_client_test_judged_is_surely_the_client_s(words: str) -> None:
    (found,) = quoted_addresses((Failure(diagnostic=words),))
    assert (found.value, found.sure) == ("192.0.2.10", True)


@pytest.mark.parametrize(
    "words",
    [
        "550 5.7.1 SPF fail, see the log of 203.0.113.5",
        "550 5.7.23 SPF failure of example.org (203.0.113.5 said so)",
    ],
)
def test_an_address_further_off_in_words_of_spf_is_no_more_than_a_guess(words: str) -> None:
    assert not any(one.sure for one in quoted_addresses((Failure(diagnostic=words),)))


@pytest.mark.parametrize(
    "field",
    [
        "client-ip=192.0.2.10; envelope-from=carl@example.org; receiver=mx.example.net",
        'client-ip=192.0.2.10; envelope-from="carl@example.org"; receiver=mx.example.net',
        "(mx.example.net: domain of carl@example.org) envelope-from=<carl@example.org>;",
    ],
)
def test_the_envelope_sender_of_received_spf_ends_where_its_value_does(field: str) -> None:
    raw = REPORT.format(remote="").replace(
        "Received: from client", f"Received-SPF: fail {field}\nReceived: from client"
    )
    told = [one.value for one in parse(raw.encode()).envelope_senders if one.source == "received"]
    assert told == ["carl@example.org"]


OF_EXCHANGE_ONLINE = """\
Received: from {reporter} (2603:10a6:10:45a::12)
 by AM0PR02MB5555.eurprd02.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 09:12:14 +0000
From: <postmaster@example.org>
To: <ann@example.org>
Subject: Undeliverable: Lunch
Date: Mon, 23 Nov 2026 09:12:12 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns;{reporter}

Final-Recipient: rfc822;bob@example.net
Action: failed
Status: 5.7.23
{remote}Diagnostic-Code: smtp;550 5.7.23 rejected because of SPF

--b
Content-Type: text/rfc822-headers

Received: from {client} (2603:10a6:208:1ff::9)
 by {reporter} (2603:10a6:10:45a::12) with Microsoft SMTP Server; Mon, 23 Nov 2026 09:12:06 +0000
From: ann@example.org
To: bob@example.net
Subject: Lunch

--b--
"""


@pytest.mark.parametrize("remote", ["", "Remote-MTA: dns;mx.example.net\n"])
@pytest.mark.parametrize("client", ["AM0PR02MB5555.eurprd02.prod.outlook.com", "AM0PR02MB5555"])
def test_no_server_within_exchange_online_is_what_another_s_receiver_saw(remote: str, client: str) -> None:
    reporter = "DB9PR02MB6666.eurprd02.prod.outlook.com"
    bounce = parse(OF_EXCHANGE_ONLINE.format(reporter=reporter, client=client, remote=remote).encode())
    assert (bounce.sending_ips, bounce.helos) == ((), ())


@pytest.mark.parametrize(
    "words",
    [
        "550 5.7.24 SPF PermError for example.org, client 192.0.2.10: include a.example has no SPF record",
        "550 5.7.24 SPF PermError for example.org from 192.0.2.10: too many DNS lookups",
        "451 4.7.24 SPF TempError: 192.0.2.10 could not be checked for example.org",
        "550 5.7.23 SPF HELO check failed: gw.example.org does not permit 192.0.2.10 (null sender)",
        "550 5.7.1 refused by policy of example.org (client out-4.pool.example [192.0.2.10]: SPF fail)",
        "554 mx4.example.net acme 192.0.2.10 Acme requires that mail servers have a PTR record",
        "550 5.7.1 Mail from 192.0.2.10 refused, see RBL server psbl.surriel.com",
        "550 5.7.1 Connection refused: 192.0.2.10 found in two lists: zen.spamhaus.org, bl.spamcop.net",
        "550 5.7.25 Reverse DNS lookup failed for 192.0.2.10: no PTR record",
        "550 5.7.1 SPF check failed for 192.0.2.10: not authorized by example.org",
        "550 5.7.1 Absender a@example.org ist laut SPF nicht berechtigt, von 192.0.2.10 zu senden",
        "550 Client host rejected: generic reverse DNS name a-192-0-2-10.pool.example [192.0.2.10]; mend it",
    ],
)
def test_words_that_only_a_client_is_called_by_make_its_address_sure(words: str) -> None:
    told = quoted_addresses((Failure(diagnostic=words),))
    assert [(one.value, one.sure) for one in told] == [("192.0.2.10", True)]


@pytest.mark.parametrize(
    "words",
    [
        "unable to look up host 192.0.2.10: Host not found. Name service error for name=192.0.2.10 type=A",
        "SMTP error from 192.0.2.10: 550 no such user",
        "host mx.example.net [192.0.2.10] said: 550 your address has no PTR record",
        "550 5.7.23 SPF fail, the record is v=spf1 ip4:192.0.2.10 -all",
    ],
)
def test_the_receiver_s_own_address_is_never_taken_for_the_client_s(words: str) -> None:
    assert quoted_addresses((Failure(diagnostic=words),)) == []
