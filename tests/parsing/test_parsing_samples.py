"""Mail that only shows or quotes a bounce is none: documentation, newsletters, answers about one."""

import pytest

from bounce_tui.parsing import parse

MAIL = """\
From: {sender}
To: Ann <ann@example.org>
Subject: {subject}
{more}Content-Type: text/plain; charset=utf-8

{text}
"""
SAID = "<bob@example.net>: host mx.example.net[203.0.113.5] said: 550 unknown (in reply to RCPT TO command)"
STATUS = """\
Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown
"""


def kind(sender: str, subject: str, text: str, more: str = "") -> str:
    return parse(MAIL.format(sender=sender, subject=subject, text=text, more=more).encode()).kind


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (
            "Hosting News <news@hosting.example>",
            "Why was my mail returned? Tips for better delivery",
            f"Dear customer,\n\nservers return mail. For example:\n\n    {SAID}\n\nCheck the spelling.\n",
        ),
        (
            "Knowledge base <kb@vendor.example>",
            "How to read a delivery failure",
            "When a message cannot be delivered, you receive a notification like this one:\n\n"
            "   Delivery to the following recipient failed permanently:\n\n     bob@example.net\n\n"
            "   Technical details of permanent failure: 550 5.1.1 The account does not exist.\n",
        ),
        (
            "Newsletter <letter@mailing.example>",
            "Bounce handling made easy",
            f"Bounced mails cost money.\n\nExample of a bounce:\n{STATUS}\nThe tool reads them all.\n",
        ),
        (
            "Hoster <info@hoster.example>",
            "Unzustellbare E-Mails: was die Fehlercodes bedeuten",
            "Guten Tag,\n\nwer einen Bericht bekommt, liest zum Beispiel:\n\n"
            "550 5.1.1 <bob@example.net>: Empfänger unbekannt, die E-Mail wurde nicht zugestellt.\n",
        ),
    ],
)
def test_a_bounce_that_is_shown_as_a_sample_is_none(sender: str, subject: str, text: str) -> None:
    assert kind(sender, subject, text) == "other"


def test_a_newsletter_is_no_mail_system_s_report_though_its_return_path_is_empty() -> None:
    letter = (
        "News <news@letters.example>",
        "Undelivered Mail Returned to Sender: what it tells",
        f"Mail delivery failed\n\n{STATUS}",
    )
    head = "Return-Path: <>\n"

    assert kind(*letter, head + "List-Unsubscribe: <https://letters.example/u>\n") == "other"
    assert kind(*letter, head) == "failed"


QUOTED = f"""\
> This is the mail system at host mx1.example.org.
>
> Your message could not be delivered.
>
> {SAID}
"""


@pytest.mark.parametrize("wrote", ["You wrote:", "On Friday, Ann <ann@example.org> wrote:", "Sie schrieben:"])
def test_an_answer_that_quotes_the_reader_s_own_question_is_no_bounce(wrote: str) -> None:
    text = f"Dear Ann,\n\n{wrote}\n\n{QUOTED}\nThe address does not exist, please correct it.\n"
    assert kind("Jane Roe <jane@hosting.example>", "Re: Undelivered Mail Returned to Sender", text) == "other"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Bounces", f"Hi,\n\nmy mails come back, for example this one:\n\n{SAID}\n\nAny idea?\n"),
        ("Rückläufer", f"Hallo,\n\nunsere Mails kommen zurück, zum Beispiel:\n\n{SAID}\n\nGruß\n"),
        ("Question", f"Hello,\n\nwe get bounces such as the one below, can you help?\n\n{SAID}\n"),
        (
            "Re: Undelivered Mail Returned to Sender",
            f"Look at this.\n\nOn Friday, Tom <tom@example.com> wrote:\n{QUOTED}",
        ),
        # The domains of documentation are no samples by their names.
        (
            "Undelivered Mail Returned to Sender",
            f"The server of the example.net domain answered:\n\n{SAID}\n",
        ),
    ],
)
def test_what_a_colleague_passes_on_stays_a_bounce(subject: str, text: str) -> None:
    bounce = parse(MAIL.format(sender="Tom <tom@example.com>", subject=subject, text=text, more="").encode())
    assert (bounce.kind, bounce.forwarded) == ("failed", True)
    assert [one.recipient for one in bounce.failures] == ["bob@example.net"]
