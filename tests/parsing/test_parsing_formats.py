"""One mail of our own for each report family and each trap: the file, and what it says."""

from pathlib import Path

import pytest
from exam_rows import ROWS as EXAMS
from format_rows import ROWS as FORMATS
from format_rows import Row, Said
from language_rows import ROWS as LANGUAGES
from plain_rows import ROWS as PLAIN
from unseen_rows import ROWS as UNSEEN

from bounce_tui.parsing import parse

MAILS = Path(__file__).parent / "mails"
ROWS = (*FORMATS, *EXAMS, *LANGUAGES, *UNSEEN, *PLAIN)


def raw(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def said(mail: bytes) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.recipient or "",
            one.reply_code,
            one.status,
            one.action,
            one.remote_mta,
            one.remote_ip,
            one.command,
        )
        for one in parse(mail).failures
    )


@pytest.mark.parametrize("row", ROWS, ids=[row.mail for row in ROWS])
def test_each_format_gives_kind_recipients_and_replies(row: Row) -> None:
    bounce = parse(raw(row.mail))
    assert (bounce.kind, bounce.forwarded) == (row.kind, row.forwarded), bounce.because
    assert bounce.because
    assert said(raw(row.mail)) == row.failures


def test_every_mail_in_the_folder_stands_in_the_table() -> None:
    assert {path.stem for path in MAILS.glob("*.eml")} == {row.mail for row in ROWS} | {"imceaex"}


LINE_ENDS = {"CRLF": (b"\r\n",), "CR": (b"\r",), "CRCRLF": (b"\r\r\n",), "mixed": (b"\n", b"\r\n")}


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "failed"], ids=lambda row: row.mail)
def test_a_bounce_says_the_same_with_any_line_ends(row: Row) -> None:
    lines = raw(row.mail).replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    *whole, last = lines
    for name, ends in LINE_ENDS.items():
        mail = b"".join(line + ends[number % len(ends)] for number, line in enumerate(whole)) + last
        assert said(mail) == row.failures, name


FORWARD = b"""From: Alice <alice@shop.example>
To: support@shop.example
Subject: please look
Content-Type: multipart/mixed; boundary="outermost"

--outermost
Content-Type: text/plain

What is this?
--outermost
Content-Type: message/rfc822

%s
--outermost--
"""


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.kind in ("failed", "delayed") and row.mail[:6] != "pasted"],
    ids=lambda row: row.mail,
)
def test_a_bounce_says_the_same_when_it_is_forwarded_as_an_attachment(row: Row) -> None:
    mail = FORWARD % raw(row.mail).lstrip(b"\n >")
    assert said(mail) == row.failures
    assert parse(mail).forwarded


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "failed"], ids=lambda row: row.mail)
def test_a_mailing_list_s_footer_adds_no_recipient(row: Row) -> None:
    footer = b"\n" + b"_" * 47 + b"\nlist mailing list\nlist@lists.example\nhttps://lists.example/\n"
    assert said(raw(row.mail) + footer) == row.failures
