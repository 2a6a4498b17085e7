"""What is shown as the exact error is what the report quotes, with the codes on each line of it."""

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Message
from bounce_tui.parsing import parse, read_pasted
from bounce_tui.reporting.bounce_text import show
from bounce_tui.reporting.entry import Entry
from bounce_tui.reporting.exact_reply import evidence_in_exact
from bounce_tui.reporting.handover import handover
from bounce_tui.scan import examine

LINES = (
    "550-5.7.25 [192.0.2.10] The IP address sending this message does not have",
    "550-5.7.25 a PTR record setup, or the corresponding forward DNS entry does",
    "550 5.7.25 not match the sending IP. x1si123 - gsmtp",
)
QUOTED = " ".join(LINES)


def reported() -> bytes:
    return f"""\
From: MAILER-DAEMON@mx.example.org
To: anna@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

<ben@example.net>: host mx.example.net[203.0.113.5] said: {LINES[0]}
    {LINES[1]}
    {LINES[2]} (in reply to end of DATA command)

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ben@example.net
Action: failed
Status: 5.7.25
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; {LINES[0]}
    {LINES[1]}
    {LINES[2]}
--b--
""".encode()


def test_the_rules_read_a_reply_without_the_codes_that_it_repeats() -> None:
    (failure,) = parse(reported()).failures
    assert "have a PTR record setup" in failure.diagnostic
    assert failure.exact == QUOTED


@pytest.mark.parametrize(
    "reply", ["550 5.1.1 No such user here", "no such user", "451 4.7.1 Try again. 451 is no code here"]
)
def test_a_reply_that_repeats_nothing_is_shown_as_it_is_read(reply: str) -> None:
    (failure,) = read_pasted(reply).failures
    assert failure.exact == reply


def test_a_person_and_a_hand_over_get_the_very_words() -> None:
    case = examine(Message("m.eml"), reported())
    assert QUOTED in " ".join(show(case).split())
    assert QUOTED in " ".join(handover([Entry(case)]).split())


def test_a_hand_over_without_names_has_none_in_the_very_words_either() -> None:
    raw = reported().replace(b"The IP address", b"<ben@example.net> The IP address")
    text = handover([Entry(examine(Message("m.eml"), raw))], redacted=True)
    assert "550-5.7.25 a PTR" in " ".join(text.split())
    assert "ben@" not in text


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "550-5.1.1 The email account that you tried to reach\n550 5.1.1 does not exist",
            "that you tried to reach 550 5.1.1 does not exist",
        ),
        ("550-no such\n550 user here", "no such 550 user"),
        ("550 5.1.1 no such user", "no such user"),
    ],
)
def test_the_words_that_decided_are_found_among_the_very_words(text: str, marked: str) -> None:
    bounce = read_pasted(text)
    (failure,) = bounce.failures
    start, length = evidence_in_exact(failure, diagnose(failure, bounce))
    assert failure.exact[start : start + length] == marked
