"""No bytes whatever make the parser raise, hang, or give text that cannot be written as UTF-8."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounce_tui.parsing import open_message, parse, read_reply

MAILS = sorted((Path(__file__).parent / "mails").glob("*.eml"))

PIECES = st.sampled_from(
    [
        b"\n", b"\r", b"\r\n", b"\n\n", b"From ", b"From: MAILER-DAEMON@x.example\n",
        b"Subject: Undelivered\n", b"To: a@b\n",
        b"Content-Type: multipart/report; boundary=b\n", b"Content-Type: message/delivery-status\n",
        b"Content-Type: text/html\n",
        b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"--b", b"--b--", b"Final-Recipient: rfc822; ", b"Action: failed\n", b"Status: 5.1.1\n",
        b"Diagnostic-Code: smtp; 550 ",
        b"<a@b.example>", b"a@b.example: ", b"550 5.1.1 ", b"host x[192.0.2.1] said: ", b"=?utf-8?B?",
        b"?=", b"=?x?q?=ff?=",
        b"=", b"=C3", b"\xff\xfe", b"\xed\xa0\x80", b"+2AA-", b"charset=utf-7", b"&#xD800;", b"<p>", b"> ",
        b"---------- Forwarded message",
        b"Received: from a (b [192.0.2.1]) by c; Thu, 1 Jan 1970 00:00:00 +9999\n",
        b"----- Transcript of session follows -----\n",
        b">>> RCPT To:<", b"\x00", b"\x1b$B", b" ", b"\t", b'"', b"(", b"[", b"\\x{D800}", b"SRS0=",
        b"IMCEAEX-", b"+ff",
    ]
)  # fmt: skip


def check(raw: bytes) -> None:
    bounce = parse(raw)
    msgspec.json.encode(bounce)
    assert bounce.because
    assert not (bounce.kind == "other" and bounce.failures)
    for candidate in (*bounce.sending_ips, *bounce.envelope_senders, *bounce.helos):
        assert candidate.value


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_no_bytes_whatever_make_parse_raise_or_give_lone_surrogates(raw: bytes) -> None:
    check(raw)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=60).map(b"".join))
@settings(max_examples=600)
def test_no_mixture_of_report_pieces_makes_parse_raise_or_give_lone_surrogates(raw: bytes) -> None:
    check(raw)


@given(
    st.sampled_from(MAILS),
    st.integers(0, 4000),
    st.integers(0, 60),
    st.one_of(PIECES, st.binary(max_size=10)),
)
@settings(max_examples=400)
def test_a_damaged_report_is_still_read_without_harm(path: Path, at: int, size: int, piece: bytes) -> None:
    raw = path.read_bytes()
    check(raw[:at] + piece + raw[at + size :])


@given(st.sampled_from(MAILS), st.integers(0, 4000))
@settings(max_examples=100)
def test_any_message_can_be_opened_on_screen(path: Path, at: int) -> None:
    msgspec.json.encode(open_message(path.read_bytes()[:at]))


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_can_be_read_as_a_reply(text: str) -> None:
    msgspec.json.encode(read_reply(text))


def test_a_lone_surrogate_in_a_pasted_reply_is_replaced() -> None:
    assert msgspec.json.encode(read_reply("550 \ud800 no").diagnostic) == b'"550 ? no"'


@pytest.mark.parametrize(
    "data",
    [
        rb'{"recipient": "u@example.net", "reason": "550 5.1.1 \ud800 no"}',
        b"<bounce><recipient>u@example.net</recipient><reason>550 5.1.1 &#xD800; no</reason></bounce>",
    ],
)
def test_a_lone_surrogate_that_data_spell_is_replaced(data: bytes) -> None:
    raw = b"From: MAILER-DAEMON@x.example\nTo: a@b.example\nSubject: delivery failed\n\n" + data
    check(raw)
    assert [failure.recipient for failure in parse(raw).failures] == ["u@example.net"]


DAEMON = b"From: MAILER-DAEMON@x.example\nTo: a@b.example\nSubject: failure notice\n"
MIXED = DAEMON + b"Content-Type: multipart/mixed; boundary=b\n\n"
STATUS = MIXED + b"--b\nContent-Type: message/delivery-status\n\n"
PICTURE = MIXED + b"--b\n\nhi\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
HTML = DAEMON + b"Content-Type: text/html\n\n"
LEVEL = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"

RUNS = (
    *(b"<", b"@", b"a", b"a@", b"-", b"\n", b" ", b"[", b"(", b"5", b"550 ", b"a@b.c\n", b"\n--"),
    *(b"=", b">", b".", b":", b"a:b\n", b"reason: ", b"From: x\n", b"\xff", b"=?", b"; "),
)
HTML_RUNS = (b"<", b"<a", b"<!--", b"<style>", b"&#x")
HUGE = {
    "recipients": STATUS
    + b"".join(
        b"Final-Recipient: rfc822; u%d@example.net\nAction: failed\nStatus: 5.1.1\n\n" % number
        for number in range(20_000)
    ),
    "recipients in words": DAEMON + b"\n" + b"<u@example.net>:\n550 no\n\n" * 20_000,
    "parts": MIXED + b"--b\n\nx\n" * 20_000,
    "levels": DAEMON + b"".join(LEVEL % (number, number) for number in range(2_000)),
    "messages in messages": DAEMON + b"Content-Type: message/rfc822\n\nSubject: x\n" * 2_000,
    "header": DAEMON + b"X-Long: " + b"a@<(" * 250_000 + b"\n\nhi",
    "header lines": DAEMON + b"Received: from a by b; x\n" * 40_000 + b"\nhi",
    "folds": DAEMON + b" x\n" * 300_000 + b"\nhi",
    "attachment": PICTURE + (b"A" * 76 + b"\n") * 680_000,
    "encoded words": DAEMON + b"Subject: " + b"=?utf-8?q?=C3=A9?= " * 60_000 + b"\n\nhi",
    "quotes": b"From: a@b.example\n\n" + b"> 550 user unknown u@example.net\n" * 40_000,
    "recipients in a sentence": DAEMON
    + b"\nnot delivered to "
    + b", ".join(b"u%d@example.net" % number for number in range(20_000)),
    "groups": DAEMON + b"\n" + b"the group you tried to contact (a)" * 20_000,
    "servers": DAEMON + b"\nnot delivered to u@example.net by the server " + b"a.b.c.d.example " * 20_000,
    "replies by line": DAEMON + b"\n" + b"550 5.1.1 unknown u@example.net\n" * 20_000,
    "a paste": b"From: a@b.example\n\nplease look at this\n" + b"] said: 550 " * 40_000,
    **{f"run of {run!r}": DAEMON + b"\nuser unknown " + run * (400_000 // len(run)) for run in RUNS},
    **{f"HTML of {run!r}": HTML + run * (400_000 // len(run)) for run in HTML_RUNS},
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_message_is_read_in_bounded_work(name: str) -> None:
    """A hang would fail the suite; the time itself is measured in the benchmark, not here."""
    bounce = parse(HUGE[name])
    assert bounce.because
    if name == "recipients":
        assert len(bounce.failures) == 20_000


def test_a_megabyte_of_header_is_not_carried_on() -> None:
    bounce = parse(DAEMON.replace(b"notice", b"a" * 1_000_000) + b"\nuser unknown")
    assert len(msgspec.json.encode(bounce)) < 100_000
