"""Each reply in the transcript of a Sendmail session is given to whom it was said of."""

import pytest

from bounce_tui.model import Failure
from bounce_tui.parsing import parse

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
