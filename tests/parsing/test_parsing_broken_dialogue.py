"""The command at which a dialogue broke off, and whose connection it was that failed."""

import pytest

from bounce_tui.parsing.replies import command_of


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("lost connection with mx.dest.example[192.0.2.25] while sending message body", "DATA"),
        ("conversation with mx.dest.example[192.0.2.25] timed out while sending end of data", "DATA"),
        ("lost connection with mx.dest.example[192.0.2.25] while sending DATA command", "DATA"),
        ("lost connection with mx.dest.example[192.0.2.25] while performing the EHLO handshake", "EHLO"),
        ("lost connection with mx.dest.example[192.0.2.25] while performing the HELO handshake", "HELO"),
        ("lost connection with mx.dest.example[192.0.2.25] while sending RCPT TO", "RCPT"),
        (
            "lost connection with mx.dest.example[192.0.2.25] while receiving the initial server greeting",
            "CONN",
        ),
        ("connect to mx.dest.example[192.0.2.25]:25: Connection refused", "CONN"),
    ],
)
def test_a_dialogue_that_broke_off_tells_where(words: str, command: str) -> None:
    assert command_of(words) == command


@pytest.mark.parametrize(
    "reply",
    [
        "450 4.1.1 <ann@dest.example>: Recipient address rejected: unverified address: connect to "
        "10.1.1.1[10.1.1.1]:25: Connection refused",
        "450 4.1.7 <bob@ours.example>: Sender address rejected: unverified address: lost connection with "
        "mx.ours.example[192.0.2.8] while receiving the initial server greeting",
    ],
)
def test_a_connection_that_the_replying_server_made_is_not_ours(reply: str) -> None:
    assert command_of(reply) is None
    assert command_of(f"{reply} (in reply to RCPT TO command)") == "RCPT"
