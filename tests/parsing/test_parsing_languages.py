"""Reports of few words in many languages: what kind they are, and whose mail they speak of."""

from email.header import Header
from pathlib import Path

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.words.spellings import spellings

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("short_reports.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
HEAD = """\
From: {sender}
To: s@sender.example
Subject: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
Date: Fri, 20 Nov 2026 10:00:00 +0000
Message-ID: <1@mx.relay.example>

"""


def _mail(sender: str, subject: str, text: str) -> bytes:
    return (HEAD.format(sender=sender, subject=Header(subject, "utf-8").encode()) + text).encode()


@pytest.mark.parametrize(
    ("kind", "subject", "first_line"),
    [row[1:] for row in ROWS if row[1] != "auto_reply"],
)
def test_a_short_report_is_known_in_any_language(kind: str, subject: str, first_line: str) -> None:
    report = _mail("MAILER-DAEMON@mx.relay.example", subject, f"{first_line}\n\n  kari@dest.example\n")
    bounce = parse(report)
    assert (bounce.kind, [failure.recipient for failure in bounce.failures]) == (kind, ["kari@dest.example"])


@pytest.mark.parametrize(
    ("subject", "first_line"),
    [row[2:] for row in ROWS if row[1] == "auto_reply"],
)
def test_an_absence_note_is_no_bounce_in_any_language(subject: str, first_line: str) -> None:
    assert parse(_mail("Anna <anna@dest.example>", subject, f"{first_line}\n")).kind == "auto_reply"


def test_words_are_known_as_servers_write_them_that_have_plain_letters_only() -> None:
    assert spellings(("rücksendung", "échec")) == {
        "rücksendung", "rucksendung", "ruecksendung", "échec", "echec",
    }  # fmt: skip
