"""When a report was written, and when its mail was sent, tried and received."""

import pytest
from status_mails import dsn, raw

from bounce_tui.parsing import parse
from bounce_tui.parsing.dates import day_where_written


def test_an_undated_report_is_as_old_as_its_last_attempt() -> None:
    mail = dsn("550 no", more="Last-Attempt-Date: Fri, 20 Nov 2026 14:41:12 +0530\n")
    undated = b"\n".join(line for line in mail.split(b"\n") if not line.startswith(b"Date:"))
    assert parse(undated).date == "2026-11-20T09:11:12Z"


def test_dates_of_a_delay_are_in_utc() -> None:
    bounce = parse(raw("postfix_delayed"))
    (failure,) = bounce.failures
    assert bounce.date == "2026-11-20T09:14:04Z"
    assert failure.date == "2026-11-20T13:14:00Z"
    assert failure.will_retry_until == "2026-11-25T09:14:00Z"


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("Thu, 29 Apr 2010 23:34:45 +0900", "2010-04-29T14:34:45Z"),
        ("29 Apr 10 23:34:45 EST", "2010-04-30T04:34:45Z"),
        ("Thu Apr 29 23:34:45 2010", "2010-04-29T23:34:45Z"),
        ("2010-04-29T23:34:45+02:00", "2010-04-29T21:34:45Z"),
        ("Do, 29 Mär 2010 23:34 +0100", "2010-03-29T22:34:00Z"),
        ("Thu, 29 Apr 2010 23:34:45 +09:00", "2010-04-29T14:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 GMT+2", "2010-04-29T21:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 +01", "2010-04-29T22:34:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 UTC-05:30", "2010-04-30T05:04:45Z"),
        ("Thu, 29 Apr 2010 23:34:45 (JST)", "2010-04-29T14:34:45Z"),
        ("Thu, 29 Apr 100 23:34:45 +0000", "2000-04-29T23:34:45Z"),
        ("jueves, 29 de abril de 2010 23:34:45 +0200", "2010-04-29T21:34:45Z"),
        ("29. April 2010 um 23:34:45 MESZ", "2010-04-29T21:34:45Z"),
        ("29.04.2010 23:34", "2010-04-29T23:34:00Z"),
        ("29 апреля 2010 г. 23:34", "2010-04-29T23:34:00Z"),
        ("2010年4月29日 23:34:45 +0900", "2010-04-29T14:34:45Z"),
        ("2010년 4월 29일 목요일 오후 11:34", "2010-04-29T23:34:00Z"),
        ("Sun, 31 Dec 2023 23:59:59 -0800", "2024-01-01T07:59:59Z"),
        ("Thu, 29 Apr 2110 23:34:45 +0900", None),
        ("Thu, 29 Apr 0010 23:34:45 +0900", None),
        ("Thu, 99 Foo 2010 99:99:99 +9999", None),
        ("no date at all", None),
        ("", None),
    ],
)
def test_dates_of_many_kinds_are_read_and_absurd_ones_dropped(date: str, utc: str | None) -> None:
    assert parse(f"From: a@b.example\nDate: {date}\n\nhi".encode()).date == utc


def test_a_report_that_nobody_dated_has_the_date_of_what_it_returns() -> None:
    returned = (
        "From: alice@example.com\nTo: bob@example.net\nDate: Mon, 16 Dec 2019 12:54:27 +0100\n\nHello\n"
    )
    report = (
        "From: MAILER-DAEMON@example.com\nTo: alice@example.com\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mail.example.com.\n\n<bob@example.net>:\n"
        f"550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n{returned}"
    )
    assert parse(report.encode()).date == "2019-12-16T11:54:27Z"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Wed, 18 Nov 2026 00:59:48 +0100", "2026-11-18"),
        ("Tue, 17 Nov 2026 20:00:00 -0800", "2026-11-17"),
        ("29.04.2010 23:34", "2010-04-29"),
        ("31 Feb 2020 10:00 +0000", None),
        ("someday", None),
        (None, None),
    ],
)
def test_the_day_of_a_returned_mail_is_that_of_its_sender_s_clock(date: str | None, day: str | None) -> None:
    assert day_where_written(date) == day


def test_when_the_mail_came_to_the_reporting_system_is_read_from_its_report() -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example\nTo: a@example.org\nSubject: Delayed Mail\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n"
        b"Arrival-Date: Sun, 22 Nov 2026 07:00:00 +0100\n\n"
        b"Final-Recipient: rfc822; bob@example.net\nAction: delayed\nStatus: 4.7.1\n--b--\n"
    )
    assert parse(report).arrived == "2026-11-22T06:00:00Z"
    assert parse(report.replace(b"Arrival-Date", b"X-Other")).arrived is None
