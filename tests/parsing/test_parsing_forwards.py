"""A report in words says the same when a person answers it, forwards it or pastes it."""

from html import escape
from pathlib import Path

import pytest

from bounce_tui.model import Failure
from bounce_tui.parsing import parse

MAILS = Path(__file__).parent / "mails"

# Plain text from the first line to the last, of a dozen systems.
REPORTS = (
    *("courier", "dragonfly", "exim", "exim_german", "gmail_words", "groupwise", "gmx", "imail", "kerio"),
    *("mdaemon", "messaging_server", "opensmtpd", "postfix_words_only", "qmail", "sendmail", "yahoo", "zoho"),
)

HEAD = """From: Carla <carla@shop.example>
To: help@shop.example
Subject: {mark}{subject}
MIME-Version: 1.0
Content-Type: text/{form}; charset=utf-8
Content-Transfer-Encoding: 8bit

"""
COMMENT = "What is this? My number is 555 0142, my address carla.privat@shop.example.\n\n"
ENGLISH = (
    "From: {sender}\nSent: Friday, November 20, 2026 10:11 AM\nTo: carla@shop.example\nSubject: {subject}\n\n"
)
GERMAN = (
    "Von: {sender}\nGesendet: Freitag, 20. November 2026 10:11\nAn: carla@shop.example\n"
    "Betreff: {subject}\n\n"
)
GMAIL = (
    "---------- Forwarded message ---------\nFrom: {sender}\nDate: Fri, Nov 20, 2026 at 10:11 AM\n"
    "Subject: {subject}\nTo: <carla@shop.example>\n\n\n"
)


def parts(name: str) -> tuple[str, str, str]:
    """From, Subject and body of the mail `name`."""
    head, _, body = (MAILS / f"{name}.eml").read_text("utf-8").lstrip("\n").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
    return fields["From"], fields["Subject"], body


def quoted(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}".rstrip() + "\n" for line in text.split("\n"))


def as_html(text: str) -> str:
    """`text` as mail programs turn it into HTML, its indents kept by no-break spaces."""
    lines = [escape(line) for line in text.split("\n")]
    shown = ["&nbsp;" * (len(line) - len(line.lstrip())) + line.lstrip() for line in lines]
    return "<br>\n".join(shown)


def styled(style: str, name: str) -> str:
    sender, subject, body = parts(name)
    announced = f"On Fri, Nov 20, 2026 at 10:11 AM {sender} wrote:\n"
    english = ENGLISH.format(sender=sender, subject=subject)
    texts = {
        "answer": COMMENT + announced + quoted(body),
        "answer to an answer": COMMENT + "Tom wrote:\n> see below\n>\n" + quoted(announced + quoted(body)),
        "Outlook": COMMENT + english + body,
        "German Outlook": COMMENT + GERMAN.format(sender=sender, subject=subject) + body,
        "Gmail": COMMENT + GMAIL.format(sender=sender, subject=subject) + body,
        "HTML": "<p>" + escape(COMMENT) + "</p><div>" + as_html(english + body) + "</div>",
    }
    form = "html" if style == "HTML" else "plain"
    mark = "Re: " if style.startswith("answer") else "Fw: "
    return HEAD.format(mark=mark, subject=subject, form=form) + texts[style]


def said(failures: tuple[Failure, ...]) -> list[tuple[str | None, ...]]:
    return [(one.recipient, one.reply_code, one.status, one.action, one.remote_mta) for one in failures]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(
    "style", ["answer", "answer to an answer", "Outlook", "German Outlook", "Gmail", "HTML"]
)
def test_a_report_that_a_person_passes_on_says_the_same(style: str, name: str) -> None:
    straight = parse((MAILS / f"{name}.eml").read_bytes())
    passed_on = parse(styled(style, name).encode())
    assert passed_on.forwarded, passed_on.because
    assert passed_on.kind == straight.kind
    assert said(passed_on.failures) == said(straight.failures)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_is_pasted_without_its_header_says_the_same(name: str) -> None:
    straight = parse((MAILS / f"{name}.eml").read_bytes())
    assert said(parse(parts(name)[2].encode()).failures) == said(straight.failures)


def test_a_quoted_report_without_a_date_has_that_of_the_mail_that_quotes_it() -> None:
    mail = styled("answer to an answer", REPORTS[0]).replace(
        "\n", "\nDate: Tue, 12 Mar 2024 10:15:30 +0000\n", 1
    )
    bounce = parse(mail.encode())
    assert bounce.forwarded
    assert bounce.date == "2024-03-12T10:15:30Z"


@pytest.mark.parametrize(
    ("written", "sent", "utc"),
    [
        ("Fri, 20 Nov 2026 11:00:00 +0100", "Friday, November 20, 2026 10:14 AM", "2026-11-20T09:14:00Z"),
        ("Fri, 20 Nov 2026 18:25:02 +0900 (JST)", "Friday, 20 November 2026 18:15", "2026-11-20T09:15:00Z"),
        ("Fri, 20 Nov 2026 02:25:02 -0800", "11/20/2026 2:15 AM", "2026-11-20T10:15:00Z"),
        (
            "Fri, 20 Nov 2026 11:00:00 +0100",
            "Freitag, 20. November 2026 um 10:14 Uhr",
            "2026-11-20T09:14:00Z",
        ),
        ("Fri, 20 Nov 2026 11:00:00 +0100", "20.11.2026 10:14", "2026-11-20T09:14:00Z"),
        ("Fri, 20 Nov 2026 11:00:00 +0100", "2026年11月20日 10:14", "2026-11-20T09:14:00Z"),
        # What names its zone is by no other clock.
        ("Fri, 20 Nov 2026 11:00:00 +0100", "Fri, 20 Nov 2026 04:14:00 -0500", "2026-11-20T09:14:00Z"),
        ("Fri, 20 Nov 2026 11:00:00 +0100", "Nov 20, 2026, 10:14:02 AM GMT+1", "2026-11-20T09:14:02Z"),
        ("Fri, 20 Nov 2026 12:00:00 +0100", "Fri, 20 Nov 2026 10:14:00 GMT", "2026-11-20T10:14:00Z"),
        # Nothing tells by which clock; what was passed on was there before.
        ("Fri, 20 Nov 2026 11:00:00 +0000", "Friday, November 20, 2026 10:14 AM", "2026-11-20T10:14:00Z"),
        ("Fri, 20 Nov 2026 10:00:00 +0000", "Friday, November 20, 2026 10:14 AM", "2026-11-20T10:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 +0000", "Friday, November 20, 2026 10:14 AM", "2026-11-20T10:14:00Z"),
    ],
)
def test_what_is_forwarded_was_sent_by_the_clock_of_who_forwards_it(
    written: str, sent: str, utc: str
) -> None:
    name = next(one for one in REPORTS if "date" not in parts(one)[2].lower())
    mail = styled("Outlook", name).replace("\n", f"\nDate: {written}\n", 1)
    bounce = parse(mail.replace("Sent: Friday, November 20, 2026 10:11 AM", f"Sent: {sent}").encode())

    assert bounce.forwarded
    assert bounce.date == utc


ARTICLE = """\
From: Priscilla of Letters Weekly <letters@weekly.example.org>
To: carla@shop.example
Subject: {subject}
List-Id: <letters.weekly.example.org>
Content-Type: text/plain; charset=utf-8

Today we look at a report line by line:

    From: MAILER-DAEMON@mx.corp.example (Mail Delivery System)
{further}    <bob@corp.example>: host mx.corp.example[192.0.2.1] said: 550 5.1.1
        <bob@corp.example>: User unknown

    Final-Recipient: rfc822; bob@corp.example
    Action: failed
    Status: 5.1.1

The third line is the one that counts.
"""


def test_an_article_that_shows_a_report_passes_none_on() -> None:
    article = ARTICLE.format(subject="How to read bounces", further="")
    assert parse(article.encode()).kind == "other"


def test_a_report_sent_to_a_group_with_its_header_is_passed_on() -> None:
    further = "    Subject: Undelivered Mail Returned to Sender\n    To: carla@shop.example\n\n"
    bounce = parse(ARTICLE.format(subject="please help", further=further).encode())
    assert [one.recipient for one in bounce.failures] == ["bob@corp.example"]


@pytest.mark.parametrize(
    "line",
    [
        "On Fri, Nov 20, 2026 at 10:14 AM Mail Delivery System <mailer-daemon@out.example> wrote:",
        "Am Fr., 20. Nov. 2026 um 10:14 Uhr schrieb Mail Delivery System <mailer-daemon@out.example>:",
        "Den 20.11.2026 kl. 10:14 skrev Mail Delivery System <mailer-daemon@out.example>:",
    ],
)
def test_who_wrote_what_is_quoted_is_named_without_the_words_before_the_name(line: str) -> None:
    _, subject, body = parts("postfix_words_only")
    head = HEAD.format(mark="Re: ", subject=subject, form="plain")
    bounce = parse(f"{head}Why?\n\n{line}\n\n{quoted(body)}".encode())
    assert bounce.forwarded
    assert bounce.from_ == "Mail Delivery System <mailer-daemon@out.example>"
