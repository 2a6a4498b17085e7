"""Result tables of scanners, fax and SMS gateways and mail merges: the last result of an address counts, and
who got the mail is no failure."""

import pytest

from bounce_tui.parsing import parse

NOTICE = """\
From: {sender}
To: Ann <ann@example.org>
Subject: {subject}
Content-Type: text/plain; charset=utf-8

{text}
"""


def failed(sender: str, subject: str, text: str) -> list[tuple[str | None, str | None, str]]:
    bounce = parse(NOTICE.format(sender=sender, subject=subject, text=text).encode())
    return [(one.recipient, one.reply_code, one.action) for one in bounce.failures if bounce.is_bounce]


BOB, CAROL, DORA = "bob@example.net", "carol@example.net", "dora@example.net"
SCANNER = "Scanner <scan@office.example>"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "said"),
    [
        (
            "Fax <fax@office.example>",
            "TX report",
            f"Time   Address            Result\n09:10  {BOB}    NG   busy\n09:15  {BOB}    OK\n"
            f"09:12  {CAROL}  OK\n09:14  {DORA}   NG   550 no such user\n",
            [(DORA, "550", "failed")],
        ),
        (
            "Mail merge <merge@office.example>",
            "Mail merge: errors",
            f"Run 1\n {BOB}    FAILED  552 full\n {CAROL}  FAILED  550 5.1.1 unknown\n {DORA}   OK\n\n"
            f"Run 2\n {BOB}    OK\n {CAROL}  FAILED  550 5.1.1 unknown\n",
            [(CAROL, "550", "failed")],
        ),
        (
            "SMS gateway <sms@gw.example>",
            "Delivery results",
            f"#;to;state;detail\n1;{BOB};NG;mailbox unavailable\n2;{CAROL};OK;\n3;{BOB};OK;\n"
            f"4;{DORA};NG;550 unknown\n",
            [(DORA, "550", "failed")],
        ),
        (
            "Kopierer <kopierer@office.example>",
            "Sendebericht",
            f"Nr.  Empfänger            Ergebnis\n 1   {BOB}      OK\n"
            f" 2   {CAROL}    Fehler   Postfach voll\n"
            f" 3   {BOB}      Fehler   550 unbekannt\n",
            [(BOB, "550", "failed"), (CAROL, None, "failed")],
        ),
        # Records whose result stands above the address.
        (
            "Fax <fax@office.example>",
            "Transmission result: NG",
            f"Job    : 0042\nResult : NG (552 mailbox full)\nTo     : {BOB}\n\n"
            f"Job    : 0043\nResult : OK\nTo     : {CAROL}\n\n"
            f"Job    : 0044\nResult : NG (550 5.1.1 unknown)\nTo     : {DORA}\n",
            [(BOB, "552", "failed"), (DORA, "550", "failed")],
        ),
        (
            SCANNER,
            "E-mail send error",
            f"Result: NG\nAddress: {BOB}\nError: 550 5.1.1 user unknown\n\nResult: OK\nAddress: {CAROL}\n",
            [(BOB, "550", "failed")],
        ),
        (SCANNER, "Send result", f"{BOB}      OK\n{CAROL}    OK\n", []),
        (SCANNER, "Send result", f"Result: OK\nAddress: {BOB}\n", []),
    ],
)
def test_the_last_result_of_an_address_counts(
    sender: str, subject: str, text: str, said: list[tuple[str, str | None, str]]
) -> None:
    assert failed(sender, subject, text) == said


def test_a_cause_that_names_the_address_again_is_no_row_of_its_own() -> None:
    text = (
        f"Address            Result\n{BOB}    NG\n  550 5.1.1 {BOB} is unknown here\n{CAROL}  NG   552 full\n"
    )
    assert failed(SCANNER, "TX report", text) == [(BOB, "550", "failed"), (CAROL, "552", "failed")]
