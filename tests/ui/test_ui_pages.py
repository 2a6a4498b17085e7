"""Whole pages as text, from values made by hand: what a person reads, word for word."""

import pytest
from msgspec.structs import replace

from bounce_tui.check_results import CheckResult
from bounce_tui.mailbox import Refusal
from bounce_tui.model import (
    Bounce,
    Candidate,
    Case,
    Diagnosis,
    Evidence,
    Failure,
    FeedbackReport,
    Hop,
    Message,
    OtherReading,
)
from bounce_tui.opened_message import OpenedMessage, Part
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.row import Row, row_of
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.row_text import columns, row_line
from bounce_tui.ui.text.status_text import counts, empty, refused

REPLY = "550 5.7.1 Service unavailable; client [192.0.2.10] blocked using zen.spamhaus.org"
CASE = Case(
    Message("inbox/a.eml"),
    Bounce(
        kind="failed", because="a delivery-status part", date="2026-11-20T09:14:02Z", subject="Undelivered",
        from_="MAILER-DAEMON@mail.example.org", to="ann@example.org", reporting_mta="mail.example.org",
        sending_ips=(Candidate("192.0.2.10", "diagnostic", True),),
        envelope_senders=(Candidate("ann@example.org", "return_path", True),),
        failures=(
            Failure(
                "bob@example.net", None, "failed", "550", "5.7.1", "5.7.1", REPLY, "RCPT", "mx.example.net",
                "203.0.113.5", "2026-11-20T09:14:01Z",
            ),
        ),
    ),
    (
        Diagnosis(
            "blocklisted", False, False, "Spamhaus", "spamhaus-zen", "high",
            Evidence("blocked using zen.spamhaus.org", "diagnostic", REPLY.index("blocked")),
            "The sending IP is on a blocklist.",
            ("Look 192.0.2.10 up.", "Mend the cause, then ask to be removed."),
            "sender_admin", ("dnsbl:zen.spamhaus.org",), "https://check.spamhaus.org/",
            (OtherReading("blocked", "text-blocked", "refused"),),
        ),
    ),
)  # fmt: skip


def text(lines: list[Line]) -> str:
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


def test_the_detail_at_eighty_columns() -> None:
    opened = OpenedMessage(
        headers=(("Subject", "Undelivered"),),
        hops=(Hop("gw", "gw.example.org", "192.0.2.10", "mail.example.org", "ESMTP"),),
        parts=(Part("text/plain", None, 1234),),
    )
    assert (
        text(detail(CASE, 0, opened, 42))
        == """\
Blocklisted
permanent until something changes

Who acts    the sender's mail admin
Cause       The sending IP is on a
            blocklist.
Do        1 Look 192.0.2.10 up.
          2 Mend the cause, then ask to be
            removed.
Page        https://check.spamhaus.org/

The reply
550 5.7.1 Service unavailable; client
[192.0.2.10] blocked using
zen.spamhaus.org

The failure
Address     bob@example.net
Time        2026-11-20T09:14:01Z
Refused by  mx.example.net [203.0.113.5]
Reported by mail.example.org
Code        550 5.7.1
Command     RCPT
Action      failed

Why we think so
Provider    Spamhaus
Rule        spamhaus-zen (high confidence)
Evidence    “blocked using
            zen.spamhaus.org” in the reply
Or else     blocked by “refused”
            (text-blocked)

The message
Kind        Failed delivery
Because     a delivery-status part
From        MAILER-DAEMON@mail.example.org
To          ann@example.org
Date        2026-11-20T09:14:02Z
Subject     Undelivered
Sending IP  192.0.2.10 (from the reply)
Sender      ann@example.org (from the
            Return-Path)
File        inbox/a.eml

Way of the bounce
  1 gw.example.org [192.0.2.10] to
    mail.example.org with ESMTP

Parts
text/plain, 1,234 bytes

Headers
Subject: Undelivered"""
    )


def test_what_the_own_queue_holds_is_not_called_still_tried() -> None:
    failure = replace(CASE.bounce.failures[0], action="delayed")
    bounce = replace(CASE.bounce, kind="delayed", failures=(failure,))
    held = replace(CASE.diagnoses[0], reason="on_hold", rule="queue-holds", temporary=True)
    other = replace(held, rule="no-cause-told")
    for diagnosis, told in ((held, "on hold in your own queue: not tried"), (other, "still being tried")):
        page = text(detail(Case(CASE.message, bounce, (diagnosis,)), 0, None, 60))
        assert page.startswith(f"On hold\n{told}\n")


def test_the_detail_of_a_complaint_tells_who_complained_of_what() -> None:
    report = FeedbackReport(
        type="abuse", recipients=("bob@example.net",), arrived="2026-11-20T09:14:02Z", incidents=3
    )
    case = Case(CASE.message, Bounce(kind="feedback", because="a feedback report", feedback=report), ())
    assert text(detail(case, 0, None, 42)).startswith("""\
Complaint about your mail
Because     a feedback report

The feedback report
Reported as abuse: somebody reported the
            mail as spam
Recipient   bob@example.net
Arrived     2026-11-20T09:14:02Z
Incidents   3
""")


def test_evidence_is_marked_across_the_lines_that_it_is_wrapped_over() -> None:
    marked = [s.text for line in detail(CASE, 0, None, 42) for s in line if s.role == "evidence"]
    assert marked == ["blocked using", "zen.spamhaus.org"]


def test_the_panel_before_during_and_after_a_run() -> None:
    work = FailureChecks(CASE, 0)
    before = text(panel(work, "192.0.2.53:53", 33))
    assert before.startswith(
        "Nothing sent yet, c asks\nResolver 192.0.2.53:53\n\nChecks, and who else sees them\n"
    )
    assert "plan dnsbl:zen.spamhaus.org 192.0.2.10\n  the bounce names this list\n  Spamhaus\n" in text(
        panel(work, None, 60)
    )
    assert "Sending IP  192.0.2.10\n" in before
    work.start()
    assert text(panel(work, None, 33)).startswith(f"Running: 0 of {len(work.checks)} answered\n")
    check = work.checks[0]
    work.results[check.id, check.target] = CheckResult(
        check.id,
        check.target,
        "fail",
        "listed",
        "It is listed.",
        ("A 127.0.0.2",),
        "Ask for removal.",
        "r:53",
        7,
    )
    during = text(panel(work, None, 60))
    assert f"FAIL {check.id} {check.target}\n  It is listed.\n  A 127.0.0.2\n  Do: Ask for removal." in during
    work.cancel()
    assert text(panel(work, None, 33)).startswith(f"Stopped after 1 of {len(work.checks)}\n")


def test_a_row_at_each_width_keeps_its_columns_in_line() -> None:
    rows = {width: text([row_line(row_of(CASE), columns(width))]) for width in (48, 60, 80, 120)}
    assert rows == {
        48: "fail  11-20 bob@example.net       blocklisted",
        60: "fail  11-20 bob@example.net        blocklisted  550 5.7.1",
        80: "fail  11-20 bob@example.net          blocklisted       550 5.7.1  Spamhaus",
        120: "fail  2026-11-20 09:14 bob@example.net                            "
        "blocklisted           550 5.7.1   Spamhaus",
    }


@pytest.mark.parametrize("width", [160, 200])
def test_a_wide_list_says_whose_mail_failed(width: int) -> None:
    row = replace(row_of(CASE), author="a.carter@sender.example")
    (line,) = [row_line(row, columns(width))]
    recipient, sender = (span for span in line if "@" in span.text)
    assert recipient.text.startswith("bob@example.net ")
    assert sender.text.startswith("from a.carter@sender.example ")
    assert not any("from " in span.text for span in row_line(replace(row, author=None), columns(width)))
    assert not any("from " in span.text for span in row_line(row, columns(120)))


def test_a_refusal_that_names_nobody_shows_its_code_and_server() -> None:
    row = Row(
        "-", 0, 0, 1, "failed", reason="blocked", reply_code="550", status="5.7.1", host="mx.example.net"
    )
    line = text([row_line(row, columns(80))])
    assert "no address named" in line
    assert "550 5.7.1" in line
    assert "mx.exampl" in line


@pytest.mark.parametrize("width", range(24, 240))
def test_a_row_fills_its_width_and_no_more(width: int) -> None:
    (line,) = [row_line(row_of(CASE), columns(width))]
    assert sum(len(span.text) for span in line) <= width - 2


def test_rows_of_every_kind_say_what_they_are_in_letters() -> None:
    kinds = {
        "delayed": "delay",
        "delivered": "ok",
        "feedback": "abuse",
        "auto_reply": "auto",
        "other": "mail",
    }
    for kind, word in kinds.items():
        case = Case(Message("a"), Bounce(kind=kind, from_="x@example.org", subject="Hello"))
        line = text([row_line(row_of(case), columns(80))])
        assert line.startswith(f"{word} ")
        assert "Hello" in line


def test_mail_that_came_back_is_not_called_temporary() -> None:
    (failure,), (diagnosis,) = CASE.bounce.failures, CASE.diagnoses
    passing = replace(diagnosis, temporary=True, retries_first=False)
    for reply in ("554", "451", ""):  # a limit told with a 5xx, what a queue gave up, a fault without a code
        back = replace(failure, reply_code=reply or None)
        case = replace(CASE, bounce=replace(CASE.bounce, failures=(back,)), diagnoses=(passing,))
        assert text([row_line(row_of(case), columns(80))]).startswith("again ")
        shown = text(detail(case, 0, None, 60))
        assert shown.splitlines()[1] == "failed, but may pass if sent again"
        assert "temporary" not in shown


def test_the_bars_and_the_empty_page() -> None:
    assert counts(1234, {"failed": 1200, "delayed": 30, "other": 4}, 2) == (
        "1,234 mails: 1,200 failed, 30 delayed, 4 others, 2 refused (R)"
    )
    assert counts(1, {"failed": 1}, 0) == "1 mail: 1 failed"
    assert "The given places hold no mail:\n  /nowhere" in text(empty(60, ["/nowhere"], False, []))
    assert text(empty(60, ["/nowhere"], True, [])) == "Reading …"
    bad = [Refusal(f"/place{number}", "no such file or folder") for number in range(6)]
    assert "/place0\n    no such file or folder" in text(empty(60, ["/place0"], False, bad[:1]))
    assert "6 could not be read; R lists them all." in text(empty(60, ["/place0"], False, bad))
    assert text(refused(60, [])) == "Everything could be read."


def test_a_row_names_who_refused_and_software_only_where_nothing_else_is_known() -> None:
    row = Row(
        "box", 0, 0, 1, "failed", reason="user_unknown", recipient="bob@example.net", host="mx.example.net"
    )
    for provider, host, shown, hidden in (
        ("Google", "mx.example.net", "Google", "mx.example.net"),
        ("Postfix", "mx.example.net", "mx.example.net", "Postfix"),
        ("Postfix", None, "Postfix", "mx.example.net"),
        (None, "mx.example.net", "mx.example.net", "None"),
    ):
        line = text([row_line(replace(row, provider=provider, host=host), columns(120))])
        assert shown in line
        assert hidden not in line
