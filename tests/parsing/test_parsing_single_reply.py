"""One SMTP reply that somebody pasted: whom it is about, whether it is a delay."""

import pytest

from bounce_tui.parsing import parse, read_reply


def test_an_imceaex_address_in_a_pasted_reply_is_decoded_too() -> None:
    reply = "550 5.1.1 <IMCEAEX-_o=Shop_ou=First+20Group_cn=bob@shop.example> not found"
    assert read_reply(reply).x500 == "/o=Shop/ou=First Group/cn=bob"


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 Your network is blocked, contact postmaster@isp.example",
        "550 spam message rejected. Please visit our page or report details to abuse@corp.example.com",
        "550 5.7.606 Access denied, banned sending IP; to go, forward this mail to delist@m.example.com",
        "554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact "
        "tosa@rx.example.de to clarify.)",
        "550 5.7.1 Refused. Please send an e-mail to anna@example.net with this message",
        "550 5.7.1 Refused: write to <unblock@example.net>",
    ],
)
def test_an_address_to_turn_to_is_no_recipient_of_a_pasted_reply(said: str) -> None:
    assert read_reply(said).recipient is None


@pytest.mark.parametrize(
    ("said", "recipient"),
    [
        ("550 5.1.1 <support@example.net>: Recipient address rejected", "support@example.net"),
        ("550 5.1.1 postmaster@example.net... User unknown", "postmaster@example.net"),
        ("550 5.1.1 bob@example.net unknown, contact postmaster@example.net", "bob@example.net"),
        ("550 5.1.1 mail to bob@example.net is refused", "bob@example.net"),
    ],
)
def test_the_address_that_was_refused_is_the_recipient_of_a_pasted_reply(said: str, recipient: str) -> None:
    assert read_reply(said).recipient == recipient


@pytest.mark.parametrize(
    ("reply", "code", "status", "command"),
    [
        ("550 5.7.1 Message blocked", "550", "5.7.1", None),
        ("550-5.7.1 one\n550 5.7.1 two", "550", "5.7.1", None),
        (
            "host mx.example.net[203.0.113.5] said: 554 no (in reply to end of DATA command)",
            "554",
            None,
            "DATA",
        ),
        ("421 IB104. Connection refused. 192.0.2.10 has a poor reputation", "421", None, None),
        ("mailbox full (#5.2.2)", None, "5.2.2", None),
        ("Message expired after 500 seconds", None, None, None),
        (
            "delivery temporarily suspended: connect to mx.example.net[203.0.113.5]:25: refused",
            None,
            None,
            "CONN",
        ),
    ],
)
def test_a_pasted_reply_is_read(
    reply: str, code: str | None, status: str | None, command: str | None
) -> None:
    failure = read_reply(reply)
    assert (failure.reply_code, failure.status, failure.command) == (code, status, command)


def test_a_pasted_reply_names_its_recipient() -> None:
    assert read_reply("550 5.1.1 <bob@example.net>: unknown").recipient == "bob@example.net"
    assert read_reply("550 mail from a@example.org to b@example.net refused").recipient == "b@example.net"
    assert read_reply("550 a@example.org and b@example.net refused").recipient is None


@pytest.mark.parametrize(
    "reply",
    [
        "551 User not local; please try <new@example.net>",
        "550 5.1.6 Mailbox has moved to new@example.net",
        "550 Der Benutzer hat eine neue Adresse: new@example.net",
        "550 La nouvelle adresse est new@example.net",
        "450 4.1.8 <a@example.org>: Sender address rejected: Domain not found",
        "550 Sender verify failed for a@example.org",
    ],
)
def test_the_new_address_and_the_senders_are_not_the_recipient(reply: str) -> None:
    assert read_reply(reply).recipient is None


@pytest.mark.parametrize(
    "reply",
    [
        "551 5.1.6 <old@example.net>: moved; try <new@example.net>",
        "550 <old@example.net> has moved to new@example.net",
        "553 5.3.0 <old@example.net>... Mailbox moved, please use new@example.net",
    ],
)
def test_the_recipient_is_named_beside_the_new_address(reply: str) -> None:
    assert read_reply(reply).recipient == "old@example.net"


def test_a_temporary_reply_is_a_delay() -> None:
    assert read_reply("451 4.7.1 try later").action == "delayed"


@pytest.mark.parametrize(
    ("pasted", "replies"),
    [
        ("550 5.1.1 User unknown\n", [("550", "5.1.1", "failed")]),
        ("Delivery to Bob failed: 550 User unknown", [("550", None, "failed")]),
        ("It came back with 451 4.7.1 Greylisted, try again", [("451", "4.7.1", "delayed")]),
        (
            "We saw these:\n\n550 5.1.1 unknown user\n421 4.7.0 try later\n"
            "550-5.7.26 not\n550 5.7.26 authenticated\n",
            [("550", "5.1.1", "failed"), ("421", "4.7.0", "delayed"), ("550", "5.7.26", "failed")],
        ),
    ],
)
def test_pasted_replies_that_name_nobody_are_failures_of_nobody_known(
    pasted: str, replies: list[tuple[str, str | None, str]]
) -> None:
    bounce = parse(pasted.encode())
    assert bounce.because.startswith("pasted text that quotes a reply and names no recipient")
    assert [one.recipient for one in bounce.failures] == [None] * len(replies)
    assert [(one.reply_code, one.status, one.action) for one in bounce.failures] == replies


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("550 &lt;bob@example.net&gt;: bo&icirc;te pleine", "550 <bob@example.net>: boîte pleine"),
        ("550 can&#39;t&nbsp;relay &quot;x&quot; &amp; y", '550 can\'t relay "x" & y'),
        # No entity, or a sign that nobody sees.
        (
            "550 see https://example.net/?a=1&b=2; R&D; &#27;[1m",
            "550 see https://example.net/?a=1&b=2; R&D; &#27;[1m",
        ),
    ],
)
def test_the_entities_of_html_in_a_reply_are_undone(said: str, read: str) -> None:
    assert read_reply(said).diagnostic == read
