"""The words about a recipient that do not stand beside it, and what beside it is none of them."""

from pathlib import Path

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce
from bounce_tui.parsing import parse


def said(bounce: Bounce) -> dict[str | None, str]:
    """What is said of each recipient."""
    return {one.recipient: one.diagnostic for one in bounce.failures}


CARRIER = """From: <postmaster@ezweb.ne.jp>
To: <shop@mail.example>
Subject: Mail System Error - Returned Mail

{groups}"""


def test_of_two_groups_of_recipients_each_has_the_sentence_that_its_paragraph_begins_with() -> None:
    groups = """This mailbox has exceeded its storage.
<hana@ezweb.ne.jp>
<sora@ezweb.ne.jp>

The addressees below were not found by another server, whose answer is quoted.

    Recipient: <yuki@example.net>
    Reason:    550 5.1.1 No such user
"""
    bounce = parse(CARRIER.format(groups=groups).encode())
    full = "This mailbox has exceeded its storage."
    assert said(bounce) == {
        "hana@ezweb.ne.jp": full,
        "sora@ezweb.ne.jp": full,
        "yuki@example.net": "Reason: 550 5.1.1 No such user",
    }


def test_a_sentence_that_only_announces_the_address_leaves_the_words_to_what_stands_below() -> None:
    bounce = parse(CARRIER.format(groups="Not delivered to:\n<hana@ezweb.ne.jp>\n\nNo such user\n").encode())
    assert said(bounce) == {"hana@ezweb.ne.jp": "No such user"}


def test_whom_a_status_part_knows_only_by_the_name_on_the_machine_is_named_by_the_words_beside() -> None:
    mail = """From: MAILER-DAEMON@mail.example
To: <ann@mail.example>
Subject: Undeliverable mail: minutes
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Failed to deliver to 'ben@example.net'
SMTP module(domain example.net) reports:
 host mx.example.net says:
 550 5.1.1 no such user

Failed to deliver to 'dora@mail.example'
LOCAL module(account dora) reports:
 the account has no room left

Failed to deliver to 'emil@mail.example'
LOCAL module(account emil) reports:
 the account is disabled

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822;<ben@example.net>
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp;550 5.1.1 no such user

Final-Recipient: LOCAL;<dora>
Action: failed
Status: 4.2.2

Final-Recipient: LOCAL;<emil>
Action: failed
Status: 5.2.1

--b--
"""
    bounce = parse(mail.encode())
    assert [(one.recipient, one.status, one.diagnostic) for one in bounce.failures] == [
        ("ben@example.net", "5.1.1", "550 5.1.1 no such user"),
        ("dora@mail.example", "4.2.2", "the account has no room left"),
        ("emil@mail.example", "5.2.1", "the account is disabled"),
    ]
    unnamed = parse(mail.replace("'dora@mail.example'", "'ben@example.net'").encode())
    assert [one.recipient for one in unnamed.failures] == ["ben@example.net", None, None]


PIPED = """From: Mail Delivery System <Mailer-Daemon@mail.example>
To: ann@mail.example
Subject: Mail delivery failed: returning message to sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  |/srv/desk/take-in --box tickets
    (generated from desk@mail.example)
    local delivery failed

The following text was generated during the delivery attempt:

------ |/srv/desk/take-in --box tickets
       (generated from desk@mail.example) ------

{printed}

--b
Content-type: message/delivery-status

Reporting-MTA: dns; mail.example

Action: failed
Final-Recipient: rfc822;desk@mail.example
Status: 5.0.0

--b--
"""


def test_what_a_delivery_program_of_exim_printed_is_said_of_the_address_that_the_mail_was_for() -> None:
    printed = "take-in: 503 from https://desk.example:8443 (certificate verify failed)"
    bounce = parse(PIPED.format(printed=printed).encode())
    (failure,) = bounce.failures
    assert failure.recipient == "desk@mail.example"
    assert failure.diagnostic == f"|/srv/desk/take-in --box tickets local delivery failed {printed}"
    assert failure.local_program
    assert (failure.reply_code, failure.status) == (None, "5.0.0")
    assert diagnose(failure, bounce).reason == "mailer_error"


def notice(text: str) -> Bounce:
    head = "From: Mailer <postmaster@gate.example>\nTo: <ann@mail.example>\nSubject: Undelivered mail\n\n"
    return parse(f"{head}{text}".encode())


def test_the_fields_by_which_a_report_describes_the_mail_are_no_words_about_its_failure() -> None:
    bounce = notice(
        """This report concerns your message: Subject: Rehearsal dates,
\tMessage-ID: <77@choir.example>,
\tTo: ben@example.net

It could not be delivered to   ben@example.net
\tfor the following reason:
\tThis mailbox has exceeded its storage
"""
    )
    assert said(bounce) == {"ben@example.net": "This mailbox has exceeded its storage"}


def test_the_name_that_a_filter_gives_the_message_above_its_fields_is_no_reason() -> None:
    bounce = notice(
        """The gateway has stopped the following message:

   Message: A17.0042.eml
   From:    ann@mail.example
   To:      ben@example.net
   Subject: holiday film

Because it holds a video, which is not permitted here.

The message has not been delivered.
"""
    )
    assert said(bounce) == {"ben@example.net": "Because it holds a video, which is not permitted here."}


def test_fields_below_an_address_leave_the_words_to_what_stands_above() -> None:
    bounce = notice(
        """GATE.EXAMPLE unable to deliver following mail to recipient(s):
    <ben@example.net>
GATE.EXAMPLE received negative reply from host:
    example.net
550 No such user: ben

GATE.EXAMPLE unable to connect for 2 days to host:
    MX.EXAMPLE.ORG
mail not delivered to recipient(s):
    <dora@example.org>

             ** Text of Mail follows **
Date:         Fri, 3 Apr 1998 10:00:00 CST
From:         Choir <choir@mail.example>
Subject:      Rehearsal
"""
    )
    assert said(bounce) == {
        "ben@example.net": "GATE.EXAMPLE received negative reply from host:"
        " example.net 550 No such user: ben",
        "dora@example.org": "GATE.EXAMPLE unable to connect for 2 days to host: MX.EXAMPLE.ORG"
        " mail not delivered to recipient(s):",
    }


def test_of_whom_only_the_fields_of_the_mail_are_told_nothing_is_said() -> None:
    bounce = notice(
        """Your mail has failed for:

<ben@example.net>
550 No such user

<dora@example.org>

Date: Fri, 3 Apr 1998 10:00:00 CST
From: Choir <choir@mail.example>
Subject: Rehearsal
"""
    )
    assert said(bounce) == {"ben@example.net": "550 No such user", "dora@example.org": ""}


def test_a_sentence_in_brackets_behind_the_name_above_an_address_is_what_is_said_of_it() -> None:
    bounce = notice(
        """Sorry. Your message could not be delivered to:

Choir Board,Town Hall (The forum is closed for mail from outside.)

choir.board@hall.example
"""
    )
    assert said(bounce) == {"choir.board@hall.example": "The forum is closed for mail from outside."}


@pytest.mark.parametrize(
    ("mail", "reasons"),
    [
        # What stands at the foot of a report is no cause; that stands above.
        ("mmdf_gave_up", ["expired", "expired"]),
        ("gave_up_said_above_a_closing", ["expired"]),
        # What lasted until the queue gave up is the cause.
        ("cause_in_what_announces_a_list", ["network_error"]),
        # Below the recipient stands the subject of the mail that failed.
        ("groupwise_headline", ["user_unknown", "user_unknown"]),
        ("groupwise_headline_full", ["mailbox_full"]),
        # Whom to ask about the list's policy is none of the cause.
        ("listserv_post_refused", ["filtered"]),
        ("listserv_post_again", ["mail_loop"]),
        ("mailman_post_refused", ["filtered"]),
        ("groupwise_session", ["network_error", "user_unknown", "message_too_big"]),
        ("original_text_follows", ["user_unknown"]),
        ("x400_report_about_subject", ["user_unknown"]),
        ("sendmail_user_behind_another_words", ["host_unknown", "user_unknown"]),
    ],
)
def test_the_cause_is_read_where_it_stands_and_nowhere_else(mail: str, reasons: list[str]) -> None:
    bounce = parse((Path(__file__).parent / "mails" / f"{mail}.eml").read_bytes())
    assert [diagnose(one, bounce).reason for one in bounce.failures] == reasons
