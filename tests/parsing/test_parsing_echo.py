"""A report that quotes the echo to DATA of what was refused at RCPT has that refusal further up."""

from collections.abc import Callable

import pytest

from bounce_tui.parsing.reading import parse
from bounce_tui.parsing.shapes.echo import is_echo

HEAD = """\
From: Mail Delivery Subsystem <MAILER-DAEMON@mail.ours.example>
To: <ann@ours.example>
Subject: Returned mail: see transcript for details
MIME-Version: 1.0
"""
WORDS = """\
   ----- The following addresses had permanent fatal errors -----
<bob@dest.example>
    (reason: {echo})

   ----- Transcript of session follows -----
... while talking to mx.dest.example.:
>>> RCPT To:<bob@dest.example>
<<< {refusal}
>>> DATA
<<< {echo}
"""
STATUS = """\
Reporting-MTA: dns; mail.ours.example

Final-Recipient: RFC822; bob@dest.example
Action: failed
Status: 5.5.1
Remote-MTA: DNS; mx.dest.example
Diagnostic-Code: SMTP; {echo}
"""
ECHOES = (
    "554 5.5.1 Error: no valid recipients",
    "503 5.5.1 Error: need RCPT command",
    "503 valid RCPT command must precede DATA",
)


def _in_words(refusal: str, echo: str) -> bytes:
    return f"{HEAD}\n{WORDS.format(refusal=refusal, echo=echo)}".encode()


def _with_status(refusal: str, echo: str) -> bytes:
    words, status = WORDS.format(refusal=refusal, echo=echo), STATUS.format(echo=echo)
    return (
        f'{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\n{words}\n'
        f"--b\nContent-Type: message/delivery-status\n\n{status}\n--b--\n"
    ).encode()


@pytest.mark.parametrize("made", [_in_words, _with_status])
@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize(
    ("refusal", "code", "status"),
    [
        ("550 5.7.1 Client host [192.0.2.10] blocked using bl.example", "550", "5.7.1"),
        ("450 4.2.0 <bob@dest.example>: Recipient address rejected: Greylisted", "450", "4.2.0"),
    ],
)
def test_the_refusal_of_the_recipient_is_told_and_not_its_echo(
    made: Callable[[str, str], bytes], echo: str, refusal: str, code: str, status: str
) -> None:
    (failure,) = parse(made(refusal, echo)).failures
    assert (failure.recipient, failure.reply_code, failure.status) == ("bob@dest.example", code, status)
    assert (failure.diagnostic, failure.command) == (refusal, "RCPT")


@pytest.mark.parametrize("echo", ECHOES)
def test_an_echo_without_a_refusal_above_is_all_that_there_is(echo: str) -> None:
    (failure,) = parse(_with_status(echo, echo)).failures
    assert failure.diagnostic == echo


def test_what_says_more_is_no_echo() -> None:
    assert not is_echo("550 5.1.1 no valid recipients left, bob does not exist")
    assert not is_echo("554 5.7.1 no valid recipients for this sender")
