"""Mails that bring what may be a bounce in a form that only Outlook reads."""

import pytest

from bounce_tui.parsing import parse

_MAIL = """From: Pat Kim <pkim@district.example>
To: helpdesk@district.example
Subject: FW bounced
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="bb"

--bb
Content-Type: text/plain

see attached
--bb
Content-Type: {kind}; name="{name}"
Content-Disposition: attachment; filename="{name}"
Content-Transfer-Encoding: base64

0M8R4KGxGuEAAAAAAAAAAAAAAAAAAAAAPgADAP7/CQAGAAAAAAAAAAAAAAABAAAAAQAAAAAAAAAA
--bb--
"""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("application/vnd.ms-outlook", "Undeliverable Spring concert.msg"),
        ("application/octet-stream", "Undeliverable.MSG"),
        ("application/ms-tnef", "winmail.dat"),
    ],
)
def test_a_mail_that_only_outlook_reads_is_named(kind: str, name: str) -> None:
    bounce = parse(_MAIL.format(kind=kind, name=name).encode())
    assert bounce.kind == "other"
    assert f"'{name}' is in Outlook's own form" in bounce.because


@pytest.mark.parametrize(("kind", "name"), [("image/png", "logo.msg"), ("application/octet-stream", "a.pdf")])
def test_other_attachments_are_not_named(kind: str, name: str) -> None:
    assert parse(_MAIL.format(kind=kind, name=name).encode()).because == "nothing in it reports a delivery"
