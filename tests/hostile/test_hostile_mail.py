"""Mail that strangers write to break a reader: big, broken, misnamed, or made to act on a terminal."""

import json
import os
import sys
from pathlib import Path

import pytest
from hostile_mail import (
    BIG,
    CHARSETS,
    DAEMON,
    EVIL,
    GROUP,
    PLACES,
    PLANTED,
    REPORT,
    SIGNS,
    TEXT,
    in_charset,
    status,
)
from outside import PROGRAM, RUN, assert_harmless, bounce_tui, records, refused
from scripted_dns import scripted_dns

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from pty_session import PtySession  # lies beside the tests of the ui

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs prlimit and /proc, which are Linux's"
)

# What is big


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    for number, one in enumerate(BIG.values()):
        (folder / f"{number:02}.eml").write_bytes(one.build())
    return folder


def test_big_mail_is_read_whole_in_a_gigabyte_and_alike_with_any_number_of_workers(big: Path) -> None:
    alone = bounce_tui("scan", big, "--format", "ndjson", "--workers", 1)
    together = bounce_tui("scan", big, "--format", "ndjson", "--workers", 4)
    assert (alone.returncode, alone.stderr) == (0, b"")
    assert together.stdout == alone.stdout
    found = records(alone.stdout)
    assert len(found) == len(BIG)
    for (name, one), record in zip(BIG.items(), found, strict=True):
        assert record["error"] is None, name
        if one.failures is not None:
            assert len(record["failures"]) == one.failures, name


@pytest.mark.parametrize("command", [("scan", "--format", "table"), ("scan", "--format", "csv"), ("show",)])
def test_a_report_to_twenty_thousand_recipients_comes_out_in_every_form(
    big: Path, command: tuple[str, ...]
) -> None:
    run = bounce_tui(*command, big / "00.eml")
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"u19999@example.net" in run.stdout or command[-1] == "table"


def test_a_run_of_any_sign_in_any_place_is_read(tmp_path: Path) -> None:
    for place, build in PLACES.items():
        for number, sign in enumerate(SIGNS):
            (tmp_path / f"{place}-{number:02}.eml").write_bytes(build(sign * (RUN // len(sign))))
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    found = records(run.stdout)
    assert len(found) + len(refused(run)) == len(PLACES) * len(SIGNS)
    assert [record["file"] for record in found if record["error"]] == []
    # Whatever follows a header is mail; what does not begin with one may be no text at all.
    assert all("pasted" in line or "field name" in line for line in refused(run)), refused(run)


@pytest.mark.parametrize("sign", [b"\n", b"\n--b", b"\n ", b";a*1=b", b"-", b"\t"])
def test_a_run_of_any_sign_opens_in_the_app_s_reader(sign: bytes) -> None:
    from bounce_tui.parsing import open_message

    for build in PLACES.values():
        opened = open_message(build(sign * (40_000 // len(sign))))
        json.dumps(str(opened)).encode("utf-8")


# What is broken or misnamed


def test_no_charset_name_whatever_costs_the_report(tmp_path: Path) -> None:
    for number, charset in enumerate(CHARSETS):
        (tmp_path / f"{number:02}.eml").write_bytes(in_charset(charset))
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert (run.returncode, run.stderr) == (0, b"")
    found = records(run.stdout)
    assert len(found) == len(CHARSETS)
    for charset, record in zip(CHARSETS, found, strict=True):
        assert record["error"] is None, charset[:20]
        assert record["kind"] == "failed", charset[:20]
        if charset not in (b"utf-16", b"utf-32"):
            assert [one["recipient"] for one in record["failures"]] == ["u1@example.net"], charset[:20]


BROKEN: dict[str, bytes] = {
    "base64 of one sign": DAEMON + b"Content-Transfer-Encoding: base64\n\nA",
    "base64 with rubbish": DAEMON + b"Content-Transfer-Encoding: base64\n\n=\x00=!!\xff====QQ==QQ==\n",
    "quoted-printable cut": DAEMON + b"Content-Transfer-Encoding: quoted-printable\n\n=\n=4\n=G1=",
    "encoded word cut": DAEMON + b"X: =?\nSubject: =?utf-8?b?A?= =?utf-8?b?=?= =?utf-8?q?=?= =?x\n\n",
    "RFC 2231 in disorder": REPORT
    + b"--b\nContent-Type: image/png; name*99999999999=a; name*-1=b; name*=''%; name*0*=x'y'%ff%\n\n--b--",
    "boundary of nothing": DAEMON + b'Content-Type: multipart/report; boundary=""\n\n--\n\nhi\n----\n',
    "no header at all": b"\n\n\n550 5.1.1 <u@example.net> User unknown\n",
    "only a header's name": b"From",
    "NULs": b"From: \x00\nSubject: \x00Undelivered\x00\n\n\x00",
}


def test_broken_encodings_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    for number, raw in enumerate(BROKEN.values()):
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    found = records(run.stdout)
    assert len(found) + len(refused(run)) == len(BROKEN)
    assert [record["file"] for record in found if record["error"]] == []


DATES = (
    *("Thu, 99 Foo 99999 99:99:99 +9999", "Thu, 31 Feb 2026 12:00:00 +0000", "1 Jan 0001 00:00:00 +1400"),
    *("31 Dec 9999 23:59:60 -1400", "Thu, 1 Jan 1970 00:00:00 -9999", "-1", "9" * 5000, "٣١ Dec 2026 1:00"),
    *("2026-13-45T25:61:61Z", "Thu, 19 Nov 2026 09:00:00 +99999999", "²/¹/2026 1:00", "Nov ² 2026 10:00 AM"),
)


def test_an_absurd_date_is_null_and_costs_nothing_else(tmp_path: Path) -> None:
    for number, date in enumerate(DATES):
        fields = "".join(f"\n{name}: {date}" for name in ("Last-Attempt-Date", "Will-Retry-Until"))
        raw = b"Date: " + date.encode() + b"\n" + status(GROUP.rstrip() + fields.encode())
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert (run.returncode, run.stderr) == (0, b"")
    for date, record in zip(DATES, records(run.stdout), strict=True):
        assert len(record["failures"]) == 1, date
        year = str(record["date"] or "2000")[:4]
        assert year.isdecimal(), date
        assert 1980 <= int(year) <= 2100, date


def test_what_cannot_be_the_value_of_a_field_is_null(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    group = (
        b"Final-Recipient: rfc822; unknown\nAction: banana\nStatus: banana\nRemote-MTA: dns; " + b'"' * 5000
    )
    mail.write_bytes(b"Message-ID: <\x1b[31m@x>\nDate: banana\n" + status(group))
    [record] = records(bounce_tui("scan", mail, "--format", "ndjson").stdout)
    [failure] = record["failures"]
    assert (record["message_id"], record["date"]) == (None, None)
    assert [failure[name] for name in ("status", "remote_mta", "remote_ip", "date")] == [None] * 4


# What would act on a terminal


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for number, raw in enumerate(PLANTED.values()):
        (folder / f"{number:02}.eml").write_bytes(raw)
    (folder / f"name{EVIL.replace('/', '').replace(chr(0), '')[:80]}\n.eml").write_bytes(TEXT)
    (folder / os.fsdecode(b"undecodable-\xff\xed\xa0\x80.eml")).write_bytes(TEXT)
    (folder / "z=HYPERLINK(1).eml").write_bytes(TEXT.replace(b"Undelivered", b"=HYPERLINK(1) Undelivered"))
    return folder


@pytest.mark.parametrize("form", ["table", "ndjson", "csv"])
def test_nothing_planted_in_mail_or_file_name_leaves_a_scan_raw(planted: Path, form: str) -> None:
    run = bounce_tui("scan", planted, "--format", form)
    assert_harmless(run.stdout, run.stderr)
    assert len(run.stdout.splitlines()) + len(refused(run)) == len(list(planted.iterdir())) + (
        form != "ndjson"
    )
    if form == "ndjson":
        assert all(record["error"] is None for record in records(run.stdout))


def test_nothing_planted_leaves_show_explain_or_check_raw(planted: Path) -> None:
    with scripted_dns(lambda _name, _type: []) as nameserver:
        for mail in sorted(planted.iterdir())[:5]:
            for command in (("show",), ("check", "--nameserver", nameserver)):
                run = bounce_tui(command[0], mail, *command[1:])
                assert run.returncode in (0, 1)
                assert_harmless(run.stdout, run.stderr)
            run = bounce_tui("explain", "-", stdin=mail.read_bytes())
            assert run.returncode == 0
            assert_harmless(run.stdout)


def test_nothing_planted_reaches_the_terminal_of_the_app(planted: Path) -> None:
    with PtySession(*PROGRAM, str(planted), size=(120, 40)) as terminal:
        terminal.wait_for("8 mails")
        for _ in range(8):
            terminal.type("\r")
            terminal.settle()
            terminal.type("v")
            terminal.wait_for("[Source]")
            terminal.type("\x1b")
            terminal.wait(lambda: "[Source]" not in terminal.text(), "the source is closed")
            terminal.type("\x1b")
            terminal.settle()
            terminal.type("j")
        sent = terminal.settle()
        terminal.type("\x03")
        assert terminal.report() == "exited 130"
    for word in (b"\x1b]0;", b"\x1b]52;", b"\x1b]8;", b"OWNED-TITLE\x07", b"\x1b[48;5;199m", b"\x9b31m"):
        assert word not in sent
    for sign in "\u202e\u2066\u200f\u061c\u2028\u2029\x85\x9b\x9d":
        assert sign.encode() not in sent
    assert "OWNED-TITLE" in sent.decode("utf-8", "replace"), "the words themselves are to be seen"
