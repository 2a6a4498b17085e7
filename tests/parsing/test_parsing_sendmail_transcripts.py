"""Each reply in the transcript of a Sendmail session is given to whom it was said of."""

import pytest

from bounce_tui.model import Failure
from bounce_tui.parsing import parse
from bounce_tui.parsing.completing import needs_words
from bounce_tui.parsing.mime.mail import cut
from bounce_tui.parsing.report import Report

HEAD = (
    "From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example.org>\nTo: <ann@example.org>\n"
    "Subject: Returned mail: see transcript for details\n\n"
    "   ----- The following addresses had permanent fatal errors -----\n"
)
PROGRAM = '"|/opt/intake/bin/take -q"\n    (reason: 255)\n    (expanded from: <intake@relay.example.org>)\n'
OTHER = '"|/opt/fax/bin/send"\n    (reason: 2)\n    (expanded from: <fax@relay.example.org>)\n'
BOB = "<bob@example.net>\n    (reason: 553 5.1.8 <ann@example.org>... Domain of sender does not exist)\n"
SESSION = (
    "... while talking to mx.example.net.:\n>>> MAIL From:<ann@example.org> SIZE=100\n"
    "<<< 553 5.1.8 <ann@example.org>... Domain of sender does not exist\n501 5.6.0 Data format error\n"
)
TOOK = "take: no room for another slip\n554 5.3.0 unknown mailer error 255\n"
FAXED = "send: line busy\nsend: gave up\n554 5.3.0 unknown mailer error 2\n"


def read(listed: str, transcript: str) -> dict[str | None, Failure]:
    text = f"{HEAD}{listed}\n   ----- Transcript of session follows -----\n{transcript}"
    return {one.recipient: one for one in parse(text.encode()).failures}


@pytest.mark.parametrize("transcript", [TOOK + SESSION, SESSION + TOOK], ids=["before", "after"])
def test_a_program_has_its_own_words_and_not_those_of_the_host_that_was_talked_to(transcript: str) -> None:
    found = read(PROGRAM + BOB, transcript)
    program, bob = found["intake@relay.example.org"], found["bob@example.net"]
    assert (program.reply_code, program.status, program.remote_mta) == ("554", "5.3.0", None)
    assert program.diagnostic == "take: no room for another slip 554 5.3.0 unknown mailer error 255"
    assert (bob.reply_code, bob.status, bob.remote_mta) == ("553", "5.1.8", "mx.example.net")


def test_of_two_programs_each_has_its_own_words_in_the_order_of_the_list() -> None:
    found = read(PROGRAM + BOB + OTHER, TOOK + SESSION + FAXED)
    assert "no room" in found["intake@relay.example.org"].diagnostic
    assert "line busy send: gave up" in found["fax@relay.example.org"].diagnostic


def test_a_program_of_which_nothing_is_said_has_its_exit_status_alone() -> None:
    program = read(PROGRAM + BOB, SESSION)["intake@relay.example.org"]
    assert (program.reply_code, program.status, program.diagnostic) == (None, None, "255")


def test_a_reply_of_which_the_list_quotes_the_first_line_is_read_to_its_last() -> None:
    listed = "<bob@example.net>\n    (reason: 554-mx7.example.net )\n"
    transcript = (
        "554-mx7.example.net \n554-We take no mail from there.\n554 Your network sends spam\n"
        "554 5.0.0 Service unavailable\n"
    )
    bob = read(listed, transcript)["bob@example.net"]
    assert bob.diagnostic == "554 mx7.example.net We take no mail from there. Your network sends spam"


STATUS = """From: MAILER-DAEMON@out.example.org
To: ann@example.org
Subject: failed mail
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

{words}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; out.example.org

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; {diagnostic}

--b--
"""


@pytest.mark.parametrize(
    ("diagnostic", "words", "said"),
    [
        (
            "All servers tried",
            "Recipient: bob@example.net\nReason: All servers tried\n  Error: connect refused by 192.0.2.1\n",
            "All servers tried Error: connect refused by 192.0.2.1",
        ),
        (
            "554-mx7.example.net",
            "<bob@example.net>: 554-mx7.example.net\n    554 Your network sends spam\n",
            "554 mx7.example.net Your network sends spam",
        ),
        ("All servers tried", "Mail to bob@example.net failed. Ask ann.\n", "All servers tried"),
        ("550 no such user", "<bob@example.net>: 550 no such user, go away\n", "550 no such user"),
    ],
)
def test_a_diagnostic_that_only_begins_to_say_it_goes_on_with_the_words_beside(
    diagnostic: str, words: str, said: str
) -> None:
    (failure,) = parse(STATUS.format(diagnostic=diagnostic, words=words).encode()).failures
    assert failure.diagnostic == said


@pytest.mark.parametrize(("words", "asked"), [("All servers tried: go on", True), ("Mail failed.", False)])
def test_words_beside_a_diagnostic_are_not_read_where_they_do_not_even_repeat_it(
    words: str, asked: bool
) -> None:
    report = Report(cut(f"{HEAD}{words}".encode()))
    one = Failure(recipient="bob@example.net", diagnostic="All servers tried")
    assert needs_words([one], report) is asked


def test_for_many_such_diagnostics_the_words_are_read_at_once() -> None:
    # To look for each of fifty thousand takes as long as the report is, each time.
    report = Report(cut(f"{HEAD}Mail failed.".encode()))
    many = [Failure(recipient=f"u{number}@example.net", diagnostic=f"Tried {number}") for number in range(99)]
    assert needs_words(many, report)
    assert not needs_words(many[:9], report)
