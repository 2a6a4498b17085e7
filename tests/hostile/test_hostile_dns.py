"""Answers of DNS that were made to break a check or to reach the terminal."""

import struct
from pathlib import Path

import pytest
from hostile_mail import (
    EVIL,
    GROUP,
    ORIGINAL,
    REPORT,
    STATUS,
)
from outside import assert_harmless, bounce_tui, records
from scripted_dns import CNAME, MX, PTR, TXT, A, Answers, scripted_dns

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs prlimit and /proc, which are Linux's"
)


def wire_name(*labels: bytes) -> bytes:
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def txt(data: bytes) -> bytes:
    return b"".join(
        bytes([len(data[at : at + 255])]) + data[at : at + 255] for at in range(0, len(data), 255)
    )


EVIL_LABEL = b"\x1b]0;OWNED-TITLE\x07\x9b31m\x00 . \\"
EVIL_TEXT = EVIL.encode()


def answers_evil(name: bytes, rdtype: int) -> list[bytes]:
    host = wire_name(b"mx" + EVIL_LABEL, b"a b", b"c.d", b"example")
    record = b"v=DMARC1; p=" if name.startswith(b"_dmarc") else b"v=spf1 include:"
    evil = [txt(record + EVIL_TEXT + b" -all"), txt(EVIL_TEXT)]
    return {A: [b"\x7f\0\0\2"], PTR: [host], MX: [b"\0\x0a" + host], TXT: evil, CNAME: [host]}.get(rdtype, [])


def answers_hugely(name: bytes, rdtype: int) -> list[bytes]:
    blanks = b"v=DMARC1; p=none; x=" + (b" " * 20_000 + b"y") * 3
    policy = (
        blanks[:60_000] if name.startswith(b"_dmarc") else (b"v=spf1 " + b" ip4:192.0.2.9" * 5000)[:60_000]
    )
    return {A: [b"\xc6\x33\x64\1"], MX: [b"\0\x0a" + wire_name(b"mx", b"example")], TXT: [txt(policy)]}.get(
        rdtype, []
    )


def answers_manyfold(_name: bytes, rdtype: int) -> list[bytes]:
    return {
        A: [bytes([198, 51, 100, number % 250]) for number in range(500)],
        MX: [struct.pack(">H", number) + wire_name(b"mx%d" % number, b"example") for number in range(500)],
        PTR: [wire_name(b"p%d" % number, b"example") for number in range(500)],
        TXT: [txt(b"v=spf1 mx ptr -all")] * 200,
    }.get(rdtype, [])


def answers_in_circles(name: bytes, rdtype: int) -> list[bytes]:
    inner = wire_name(b"loop%d" % (len(name) % 3), b"example")
    return [inner] if rdtype == CNAME else []


def answers_everything(_name: bytes, rdtype: int) -> list[bytes]:
    return {
        A: [bytes([127, 0, 0, number]) for number in range(2, 12)],
        MX: [b"\0\0\0"],
        PTR: [wire_name(b"x", b"example")],
        TXT: [txt(b"v=spf1 include:%{d}.example redirect=%{d} ?all")],
    }.get(rdtype, [])


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bounce that calls for every check."""
    mail = tmp_path_factory.mktemp("listed") / "a.eml"
    reply = (
        b"Diagnostic-Code: smtp; 550 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org;"
        b" SPF and DMARC failed; no PTR; user unknown"
    )
    original = ORIGINAL + b"Return-Path: <sender@example.org>\nFrom: sender@example.org\n\nhi\n--b--\n"
    mail.write_bytes(REPORT + STATUS + GROUP.rstrip() + b"\n" + reply + b"\n\n" + original)
    return mail


@pytest.mark.parametrize(
    "answers", [answers_evil, answers_hugely, answers_manyfold, answers_in_circles, answers_everything]
)
def test_no_answer_of_dns_breaks_a_check_or_reaches_the_terminal(answers: Answers, listed: Path) -> None:
    with scripted_dns(answers) as nameserver:
        for form in ("text", "json"):
            run = bounce_tui("check", listed, "--nameserver", nameserver, "--format", form)
            told = run.stderr.splitlines()
            # Who sees each query, and whether any was answered in a way that says something; nothing else.
            unanswered = [line for line in told if b"not one check was answered" in line]
            assert all(b": seen by " in line for line in told if line not in unanswered)
            assert run.returncode == len(unanswered)
            assert_harmless(run.stdout)
            assert b"broke down" not in run.stdout
            if form == "json":
                [found] = records(run.stdout)
                assert found["verdict"]["state"] in ("still_holds", "no_longer_holds", "cannot_be_known")
