"""What says nothing of the cause must not change the reading."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from exam_share import answer_to
from learning import table

from bounce_tui.diagnosis import diagnose, reasons
from bounce_tui.diagnosis.pointers import end_before_pointers
from bounce_tui.model import Bounce
from bounce_tui.parsing.single_reply import read_reply


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("550 5.7.1 message refused. see https://help.example.net/x", "550 5.7.1 message refused. "),
        ("550 no such user here (see www.example.net/nouser)", "550 no such user here ("),
        ("554 mailbox full. please contact your system administrator for assistance.", "554 mailbox full. "),
        ("554 mailbox full. for more information, contact the postmaster at ****@****", "554 mailbox full. "),
        (
            "550 quota uberschritten. bitte wenden sie sich an ihren administrator.",
            "550 quota uberschritten. ",
        ),
        ("550 boite pleine. veuillez contacter l'administrateur.", "550 boite pleine. "),
        # Two in a row.
        ("554 spam found. see https://a.example/1. contact support.", "554 spam found. "),
        # A mailbox may be where somebody has moved to,
        ("550 he has left. please contact ***********", "550 he has left. please contact ***********"),
        # a sentence with a word more may tell the cause,
        (
            "550 refused. contact your provider, it is listed",
            "550 refused. contact your provider, it is listed",
        ),
        # and alone it is all there is.
        ("550 see https://help.example.net/x", "550 see https://help.example.net/x"),
        ("550 please contact the postmaster", "550 please contact the postmaster"),
    ],
)
def test_a_sentence_that_only_points_somewhere_is_passed_over(text: str, left: str) -> None:
    assert text[: end_before_pointers(text, 0, len(text))] == left


def _appended(sentence: str) -> Callable[[str], str]:
    return lambda reply: f"{reply}{'' if reply[-1] in '.!?。' else '.'} {sentence}"


DRESSES: dict[str, Callable[[str], str]] = {
    "a page": _appended("See https://help.example.net/bounces/12"),
    "a person": _appended("Please contact the postmaster."),
    "the administrator": _appended("Contact your administrator for assistance."),
    "a question": _appended("If you have questions, contact postmaster@example.net."),
    "upper case": str.upper,
    "double blanks": lambda reply: reply.replace(" ", "  "),
    "Exchange's mark": lambda reply: f"{reply} #SMTP#",
    "quotation marks": lambda reply: re.sub('"([^"]*)"', "\u201c\\1\u201d", reply).replace("'", "\u2019"),
    "dashes": lambda reply: reply.replace(" - ", " \u2013 "),
    "a page's entities": html.escape,
    "Postfix's wrapping": lambda reply: f"host mx.example.net[192.0.2.1] said: {reply}",
}


@pytest.mark.parametrize("dress", DRESSES)
def test_what_says_nothing_of_the_cause_changes_no_reading(dress: str) -> None:
    failures = {slug for slug, reason in reasons().items() if reason.failure}
    rows = [(row[2], row[5]) for row in table(Path(__file__).with_name("exams.tsv"))]
    asked = [(reason, text) for reason, text in rows if reason in failures and len(text.split()) > 3][::5]
    changed = [
        text for reason, text in asked if answer_to(text, reason) != answer_to(DRESSES[dress](text), reason)
    ]
    assert len(changed) <= 0.006 * len(asked), changed


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("Recipient address rejected: Delivery not authorized", "filtered"),
        (
            "550 5.7.1 <b@dest.example>: Recipient address rejected: Delivery not authorized. "
            "See https://help.dest.example/b",
            "filtered",
        ),
        ("554 5.7.1 <b@dest.example>: Recipient address rejected: Message refused", "filtered"),
        ("550 5.1.1 <b@dest.example>: Recipient address rejected: User unknown", "user_unknown"),
        ("550 5.7.1 <b@dest.example>: Recipient address rejected: Relaying not authorized", "no_relaying"),
        ("550 5.1.1 We're not the MX of example.com and you hold no account with us", "no_relaying"),
        # The list is the recipient's, whoever says so.
        (
            "host mx.example.net[192.0.2.1] said: 550 The user has put your address on a personal block list",
            "filtered",
        ),
        ("delivery temporarily suspended: Server certificate not trusted", "failed_starttls"),
        ("delivery temporarily suspended: lost connection with mx.example.net[192.0.2.1]", "network_error"),
        ("Deferred: host map: lookup (dest.example): deferred", "dns_failure"),
    ],
)
def test_the_cause_is_what_stands_behind_a_neutral_opening(reply: str, reason: str) -> None:
    assert diagnose(read_reply(reply), Bounce()).reason == reason


@pytest.mark.parametrize(
    ("reply", "step"),
    [
        ("554 5.7.1 Connections from this country are refused", "refuse mail by country"),
        ("554 5.7.1 Connections from your country are not allowed", "refuse mail by country"),
        ("550 Verbindungen aus diesem Land werden abgelehnt", "refuse mail by country"),
        ("550 5.7.1 Ihr Konto ist für den Versand gesperrt", "waiting lifts no block"),
        ("550 5.7.1 Your account has been blocked from sending mail", "waiting lifts no block"),
        ("550 5.7.1 You have reached your daily sending limit", "Wait until the quota window"),
    ],
)
def test_the_steps_are_those_of_the_very_refusal(reply: str, step: str) -> None:
    assert step in " ".join(diagnose(read_reply(reply), Bounce()).resolution)
