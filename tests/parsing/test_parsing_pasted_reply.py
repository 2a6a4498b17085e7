"""What is pasted into `explain` besides one reply: reports of several, and addresses of the sender's."""

import pytest

from bounce_tui.parsing import read_pasted


def test_each_recipient_of_a_pasted_report_is_told() -> None:
    text = (
        "<ann@corp.example>: host mx.corp.example[192.0.2.7] said: 550 5.1.1 User unknown"
        " (in reply to RCPT TO command)\n\n"
        "<bob@corp.example>: host mx.corp.example[192.0.2.7] said: 552 5.2.2 Mailbox full"
        " (in reply to RCPT TO command)\n"
    )
    told = [(one.recipient, one.reply_code, one.status) for one in read_pasted(text).failures]

    assert told == [("ann@corp.example", "550", "5.1.1"), ("bob@corp.example", "552", "5.2.2")]


def test_each_group_of_a_pasted_delivery_status_is_told() -> None:
    group = "Final-Recipient: rfc822; {0}@corp.example\nAction: failed\nStatus: 5.{1}\n"
    told = read_pasted(group.format("ann", "1.1") + "\n" + group.format("bob", "2.2")).failures

    assert [(one.recipient, one.status) for one in told] == [
        ("ann@corp.example", "5.1.1"),
        ("bob@corp.example", "5.2.2"),
    ]


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 <bob@own.example> may not send to <ann@corp.example>",
        "451 4.7.1 <ann@corp.example>: Recipient address rejected: Greylisted, see postmaster@corp.example",
        "550-5.1.1 <ann@corp.example>: User unknown\n550 5.1.1 Questions? Write to help@corp.example",
    ],
)
def test_a_reply_that_names_two_is_one_reply(reply: str) -> None:
    assert len(read_pasted(reply).failures) == 1


@pytest.mark.parametrize(
    "reply",
    [
        "550 Administrative prohibition - envelope blocked - bob@own.example - see the page [x.uk1]",
        "550 Rejected by header based manually Blocked Senders: bob@own.example - see the page [x.uk1]",
        "550 5.7.1 Mail from bob@own.example is refused",
        "554 5.7.1 from=<bob@own.example> is on our list",
        "450 4.3.2 Service unavailable; from=<bob@own.example>, proto=ESMTP, helo=<out.own.example>",
    ],
)
def test_the_sender_whom_a_reply_names_failed_nowhere(reply: str) -> None:
    assert [one.recipient for one in read_pasted(reply).failures] == [None]


@pytest.mark.parametrize("sender", ["bob@own.example", ""])
@pytest.mark.parametrize(
    "head",
    ["", "Nov 18 04:01:01 mail postfix/postscreen[9]: NOQUEUE: reject: RCPT from [203.0.113.9]:43210: "],
)
def test_what_postscreen_says_of_both_parties_names_the_recipient(head: str, sender: str) -> None:
    parties = f"from=<{sender}>, to=<ann@corp.example>, proto=ESMTP, helo=<out.own.example>"
    line = f"{head}550 5.7.1 Service unavailable; {parties}"
    assert [one.recipient for one in read_pasted(line).failures] == ["ann@corp.example"]
