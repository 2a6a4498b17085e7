"""What `explain` and `rules test` take for the text of an error, and what their exit status says of it."""

import json
from pathlib import Path

import pytest
from test_cli import run

from bounce_tui.locations import shipped

_DEFERRED = (
    "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z{0:06}: to=<user{0:06}@corp.example>, relay=none, delay=1,"
    " dsn=4.4.1, status=deferred (connect to mx.corp.example[192.0.2.7]:25: Connection timed out)\n"
)
_TWO = "".join(map(_DEFERRED.format, range(2))).encode()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550 5.1.1 User unknown", 0),
        ("451 greylisted", 0),
        ("250 2.0.0 Ok: queued as 77", 0),
        ("Nov 23 04:01:02 mx postfix/smtpd[9]: connect from unknown[203.0.113.9]", 1),
        ("hello", 1),
    ],
)
def test_the_exit_status_of_explain_tells_whether_there_was_a_reply(text: str, status: int) -> None:
    done = run("explain", text)
    assert (done.returncode, done.stderr) == (status, b"")
    assert done.stdout


@pytest.mark.parametrize("command", [("explain",), ("rules", "test")])
def test_the_name_of_a_file_is_not_taken_for_a_reply(command: tuple[str, ...], tmp_path: Path) -> None:
    mail = tmp_path / "mailbox full.txt"
    mail.write_text("550 5.1.1 User unknown")
    done = run(*command, str(mail))
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"`bounce-tui show FILE` reads it" in done.stderr


@pytest.mark.parametrize("command", [("explain",), ("rules", "test")])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mailbox-full.eml"], "mailbox-full.eml: no such file, and no reply to "),
        (["~/bounces/a.txt", "b.EML"], "~/bounces/a.txt: no such file, and no reply to "),
        (["./"], "./: a folder, and no reply to "),
        ([".."], "..: a folder, and no reply to "),
    ],
)
def test_nor_is_the_name_of_what_is_not_there_or_of_a_folder(
    command: tuple[str, ...], words: list[str], said: str
) -> None:
    done = run(*command, *words)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"bounce-tui: {said}")


@pytest.mark.parametrize("words", ["552 5.7.0 blocked: invoice.zip", "/var/mail/bob: quota exceeded"])
def test_a_reply_that_names_a_file_is_a_reply(words: str) -> None:
    for reply in ([words], words.split()):
        assert run("explain", *reply).returncode == 0


@pytest.mark.parametrize("command", [("explain",), ("rules", "test")])
@pytest.mark.parametrize(
    "raw", [bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\n", b"550\0 5.1.1 no\0 one"]
)
def test_what_is_no_text_gets_no_diagnosis(command: tuple[str, ...], raw: bytes) -> None:
    done = run(*command, "-", stdin=raw)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"bounce-tui: no text to ")
    assert done.stderr.count(b"\n") == 1


def test_a_reply_in_utf_16_as_windows_pipes_it_is_read() -> None:
    done = run("explain", "-", "--format", "json", stdin="550 5.1.1 User unknown".encode("utf-16"))
    assert json.loads(done.stdout)["status"] == "5.1.1"


@pytest.mark.parametrize("command", [("explain",), ("rules", "test")])
def test_a_log_that_is_read_in_part_says_so(command: tuple[str, ...]) -> None:
    # What each recipient met with would take minutes to tell: one of them is enough.
    rest = b"Nov 23 04:01:02 m postfix/smtpd[2]: connect from out.own.example[203.0.113.9]\n" * 60_000
    done = run(*command, "-", "--format", "json", stdin=_TWO + rest)
    assert done.returncode == 1
    assert b"only the first 4 MiB are read" in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_rules_test_tries_what_a_log_says_of_each_recipient() -> None:
    told = run("rules", "test", "-", "--format", "json", stdin=_TWO).stdout.splitlines()
    assert [json.loads(line)["recipient"] for line in told] == [
        "user000000@corp.example",
        "user000001@corp.example",
    ]
    assert run("rules", "test", "-", stdin=_TWO).stdout.decode().count("\nThe winner\n") == 2


_HELD = (
    '{"queue_name": "hold", "queue_id": "4XkQ2z0Kz", "arrival_time": 1763838765, "sender": "bob@own.example",'
    ' "recipients": [{"address": "ann@corp.example"}]}\n'
)
_UNKNOWN = (
    "Nov 23 04:01:03 m postfix/smtp[2]: 5XkQ2z: to=<bob@other.example>, relay=mx.other.example[192.0.2.8]:25,"
    " dsn=5.1.1, status=bounced (host mx.other.example[192.0.2.8] said: 550 5.1.1 User unknown)\n"
)


def test_of_a_long_log_the_text_explains_each_cause_once() -> None:
    raw = ("".join(map(_DEFERRED.format, range(60))) + _UNKNOWN).encode()
    done = run("explain", "-", stdin=raw)
    assert done.returncode == 0
    assert done.stdout.decode().count("  Why: ") == 2
    assert b"user_unknown" in done.stdout
    assert done.stderr == b"bounce-tui: 59 more recipients are left out: --format json names each\n"
    whole = run("explain", "-", "--format", "json", stdin=raw)
    assert (len(whole.stdout.splitlines()), whole.stderr) == (61, b"")


def _told(raw: bytes) -> list[tuple[str, str]]:
    done = run("explain", "-", "--format", "json", stdin=raw)
    told = map(json.loads, done.stdout.splitlines())
    return [(one["recipient"], one["reason"]) for one in told]


def test_a_whole_report_is_explained_and_of_an_mbox_the_first() -> None:
    raw = (shipped("samples") / "mail" / "family-qmail.eml").read_bytes()
    assert _told(raw) == [("former.pupil@oaktree.example", "user_unknown")]
    mbox = b"From a@b Mon Nov 23 00:00:00 2026\n" + raw + b"\n"
    assert _told(mbox) == _told(raw)
    done = run("explain", "-", stdin=mbox * 2)
    assert done.stdout == run("explain", "-", stdin=raw).stdout
    assert b"an mbox of several mails" in done.stderr


def test_a_report_in_a_charset_of_its_own_is_explained_in_it() -> None:
    report = (
        "From: Mail Delivery System <mailer-daemon@mx.corp.example>\nTo: bob@own.example\n"
        "Subject: Rückläufer\nContent-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: 8bit\n\n"
        "Ihre Nachricht an die folgende Adresse wurde nicht zugestellt:\n\n"
        "<ann@corp.example>: 550 Empfänger gelöscht\n"
    )
    done = run("explain", "-", "--format", "json", stdin=report.encode("latin-1"))
    assert json.loads(done.stdout)["diagnostic"] == "550 Empfänger gelöscht"


_TRACKED = (
    "#Fields: date-time,source,event-id,message-id,recipient-address,recipient-status,sender-address\n"
    "2026-11-22T10:11:13.345Z,ROUTING,FAIL,<a@own.example>,ann@corp.example,550 5.1.1 User unknown,\n"
)
_BELOW_ITS_WAY = (
    "Received: from out.own.example (out.own.example [203.0.113.5])\n"
    "\tby mx.corp.example (Postfix) with ESMTPS id 4XyZ\n"
    "\tfor <ann@corp.example>; Mon, 23 Nov 2026 09:12:44 +0100 (CET)\n"
    "550 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org\n"
)


@pytest.mark.parametrize(
    ("text", "reason", "date"),
    [
        (_HELD, "on_hold", None),
        (_TRACKED, "user_unknown", "2026-11-22T10:11:13Z"),
        (_BELOW_ITS_WAY, "blocklisted", None),
        (_DEFERRED.format(7).replace("Nov 23 04:01:02", "2026-11-23T04:01:02+01:00"), "network_error",
         "2026-11-23T03:01:02Z"),
    ],
)  # fmt: skip
def test_each_command_reads_what_administrators_paste(
    tmp_path: Path, text: str, reason: str, date: str | None
) -> None:
    raw = text.encode()
    file = tmp_path / "pasted.txt"
    file.write_bytes(raw)

    told = [json.loads(run("explain", "-", "--format", "json", stdin=raw).stdout)]
    for source, stdin in ((str(file), None), ("-", raw)):
        scanned = json.loads(run("scan", source, "--format", "ndjson", stdin=stdin).stdout)
        told += scanned["failures"]
        shown = run("show", source, stdin=stdin).stdout.decode()
        assert reason in shown
        assert (date or reason) in shown
    recipient = told[0]["recipient"]
    assert recipient.endswith("@corp.example")
    assert {(one["reason"], one["date"], one["recipient"]) for one in told} == {(reason, date, recipient)}
