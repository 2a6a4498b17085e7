"""A place in the text in lower case is the same place in the text itself, whatever letters it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Message
from bounce_tui.parsing import read_reply
from bounce_tui.parsing.cleaning.html_text import to_text
from bounce_tui.parsing.words.failing import failing_at
from bounce_tui.scan import examine

PIECES = st.sampled_from(
    ["\u0130", "\u0130LET\u0130 ", "<style>p{}</style>", "<SCRIPT>x</SCRIPT>", "<title>t</title>", "<p>",
     "</p>", "<styled>", "<style>", "bob@example.net ", "550 5.2.2 ", "host said: ", " RCPT TO ", "mailbox ",
     "failed: ", "(500) ", "in reply to ", "\xe9", "\u1e9e", "\n"]
)  # fmt: skip
WRITTEN = st.lists(PIECES, max_size=14).map("".join)


def flat(text: str) -> str:
    """The same without the letter that grows."""
    return text.replace("\u0130", "I")


@given(st.text())
def test_no_letter_grows_longer_in_lower_case(text: str) -> None:
    assert len(lower_case(text)) == len(text)
    assert lower_case(flat(text)) == flat(text).lower()


@given(WRITTEN)
def test_html_loses_nothing_behind_a_turkish_capital(html: str) -> None:
    assert flat(to_text(html)) == to_text(flat(html))


@given(WRITTEN)
def test_a_reply_is_read_alike_with_a_turkish_capital(text: str) -> None:
    read, same = read_reply(text), read_reply(flat(text))
    assert (read.reply_code, read.status, read.command) == (same.reply_code, same.status, same.command)


@given(WRITTEN)
def test_failing_stands_where_it_is_told(text: str) -> None:
    assert failing_at(text) == failing_at(flat(text))


@pytest.mark.parametrize("capitals", ["", "\u0130LET\u0130N\u0130Z ALICIYA \u0130LET\u0130LEMED\u0130 " * 3])
def test_a_turkish_report_in_html_keeps_its_recipient(capitals: str) -> None:
    html = f"<p>{capitals}</p><style>p{{color:red}}</style><p>bob@example.net: 550 5.2.2 mailbox full</p>"
    raw = (
        "From: MAILER-DAEMON@mx.example.org\nTo: a@example.org\nSubject: Undelivered Mail\n"
        "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"<html><body>{html}</body></html>"
    ).encode()
    case = examine(Message("x.eml"), raw)
    (failure,) = case.bounce.failures
    assert (failure.recipient, failure.reply_code, failure.status) == ("bob@example.net", "550", "5.2.2")
