"""An address is read bare, whatever a conversion from HTML, a chat or an editor wrote round it."""

import pytest

from bounce_tui.parsing import parse
from bounce_tui.parsing.addresses import clean, find_all

BOB = "bob.ray@example.net"
HEAD = (
    "From: Mail Delivery Subsystem <mailer-daemon@mx.example.org>\nTo: ann@example.org\n"
    "Subject: Undeliverable: offer\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n\n"
)
REPLY = "550 5.1.1 No such user\n"
FORMS = {
    "sentence": "There was a problem delivering your message to {}. The response was:\n\n" + REPLY,
    "wrapped": "There was a problem delivering your message to\n{}. See below.\nIt said:\n\n" + REPLY,
    "line": "Your message could not be delivered to:\n\n{}\n" + REPLY,
    "colon": "I wasn't able to deliver your message to the following addresses.\n\n{}:\n" + REPLY,
    "label": "Delivery failed.\n\nRecipient: {}\nReason: " + REPLY,
    "Gmail": "** Address not found **\n\nYour message wasn't delivered to {} because the address\n"
    "couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n\n"
    + REPLY,
    "Office": "Delivery has failed to these recipients or groups:\n\n{}\nThe address couldn't be found.\n\n"
    "Diagnostic information for administrators:\n\nGenerating server: mx.example.org\n\n{}\n"
    "Remote Server returned '550 5.1.1 No such user'\n",
}
DECORATED = (
    *("*{}*", "<*{}*>", "*<{}>*", "**{}**", "_{}_", "__{}__", "*_{}_*", "/{}/", "~~{}~~", "`{}`", "*{}:*"),
    *("{0}<mailto:{0}>", "{0} <mailto:{0}>", "*{0}* <mailto:{0}>", "*{0} <mailto:{0}>*", "mailto:{0}"),
    *("{0} [mailto:{0}]", "[{0}](mailto:{0})", "**[{0}](mailto:{0})**", "[{0}|mailto:{0}]", "<mailto:{0}>"),
    *(
        "[{}]",
        "{{{}}}",
        "|{}|",
        "[1]{}",
        "{}[1]",
        "{} [1]",
        "[~{}]",
        "&lt;{}&gt;",
        "{0}<mailto:{0}?subject=x>",
    ),
    *("“{}”", "„{}“", "«{}»", "‹{}›", "「{}」", "＜{}＞", "•{}", "\ufeff{}"),
)
UNSEEN = ("bob.ray@example\u200b.net", "bob.ray@\u200bexample.net", "bob.ray@ex\u00adample.net")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", [*(one.format(BOB) for one in DECORATED), *UNSEEN])
def test_the_failed_recipient_is_read_without_what_stands_round_it(written: str, form: str) -> None:
    text = FORMS[form].replace("{}", written)
    found = parse((HEAD + text).encode()).failures
    assert [(one.recipient, one.reply_code) for one in found] == [(BOB, "550")]


@pytest.mark.parametrize(
    "address",
    [
        "_service@example.net",
        "__a__@example.net",
        "bob_@example.net",
        "/S=bob/O=shop/@gw.example.net",
        "bob*@example.net",
        "~",
        "{x}@example.net",
        "bob@[192.0.2.1]",
        "bob+a/b@example.net",
        "o'neil@example.net",
        '"*bob*"@example.net',
        "=?@example.net",
        "bob?x=y@example.net",
    ],
)
def test_a_sign_that_belongs_to_the_address_stays(address: str) -> None:
    expected = address if "@" in address else None
    assert clean(address) == expected
    assert clean(f"<{address}>") == expected


def test_marks_on_one_side_only_are_part_of_the_address_or_of_the_text() -> None:
    assert find_all("see _bob@example.net and eve@example.net_, too") == [
        "_bob@example.net",
        "eve@example.net",
    ]
