"""What is pasted into `explain` besides one reply: reports of several, and addresses of the sender's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.diagnosis.diagnostician import diagnose, diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.model import Bounce, Candidate
from bounce_tui.parsing import parse, read_pasted


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
        "550 bob@own.example Invalid SPF record. Please inspect your SPF settings, and try again. IB508",
        "550 bob@[192.0.2.4] IP addresses are not allowed as a From: Address. IB502",
        "450 4.3.2 Service unavailable; from=<bob@own.example>, proto=ESMTP, helo=<out.own.example>",
    ],
)
def test_the_sender_whom_a_reply_names_failed_nowhere(reply: str) -> None:
    assert [one.recipient for one in read_pasted(reply).failures] == [None]


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Zugriff verweigert, bitte wenden Sie sich an anna.meier@corp.example",
        "550 5.7.1 Refusé, contactez jean@corp.example",
        "554 5.7.1 Rifiutato: rivolgersi a mario@corp.example",
        "550 5.7.1 Denied; report this error to ann@corp.example",
        "550 5.7.1 Denied; questions go to ann@corp.example",
        "550 5.7.1 拒绝，请联系 ann@corp.example",
    ],
)
def test_whom_a_reply_tells_to_turn_to_failed_nowhere(reply: str) -> None:
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


_WAY = (
    "Received: from mail.own.example (mail.own.example [203.0.113.5])\n"
    "{indent}by mx.corp.example (Postfix) with ESMTPS id 4XyZ\n"
    "{indent}for <{to}>; Mon, 23 Nov 2026 09:12:44 +0100 (CET){end}"
)
_LISTED = "550 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org\n"


@pytest.mark.parametrize("read", [read_pasted, lambda text: parse(text.encode())], ids=["a reply", "a file"])
@pytest.mark.parametrize("indent", ["\t", "", "  "])
@pytest.mark.parametrize("end", ["\n", " ", "\n\n"])
def test_a_received_field_beside_a_reply_tells_who_sent_and_refuses_nothing(
    read: Callable[[str], Bounce], indent: str, end: str
) -> None:
    bounce = read(_WAY.format(indent=indent, to="ann@corp.example", end=end) + _LISTED)
    (failure,) = bounce.failures

    assert (failure.recipient, failure.diagnostic) == ("ann@corp.example", _LISTED.strip())
    assert bounce.sending_ips == (Candidate("203.0.113.5", "received", True),)
    assert bounce.helos == (Candidate("mail.own.example", "received", True),)
    assert "203.0.113.5" in diagnose(failure, bounce).resolution[0]


def test_who_handed_a_mail_to_a_server_of_another_organization_is_not_who_sent_it_to_the_refuser() -> None:
    way = _WAY.format(indent="\t", to="ann@there.example", end="\n")
    theirs = "host mx.there.example[192.0.2.7] said: "

    assert read_pasted(way + theirs + _LISTED).sending_ips == ()
    assert read_pasted(way.replace("203.0.113.5", "10.0.0.5") + _LISTED).sending_ips == ()
    nobody = read_pasted(way.replace("for <ann@there.example>", "") + _LISTED)
    assert nobody.sending_ips == (Candidate("203.0.113.5", "received", False),)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Temporary failure - retrying", "delayed"),
        ("deferred: will try again shortly", "delayed"),
        ("Vorübergehender Fehler - wird weiter versucht", "delayed"),
        ("Временная ошибка, будет повторена попытка", "delayed"),
        ("临时错误，将重试", "delayed"),
        ("After retrying for three days the mail was returned: mailbox full", "failed"),
        ("Постоянная ошибка, ящик переполнен", "failed"),
    ],
)
def test_words_without_a_code_that_say_it_is_tried_again_tell_of_a_delay(text: str, kind: str) -> None:
    bounce = read_pasted(text)

    assert (bounce.kind, bounce.failures[0].action) == (kind, kind)


def test_a_received_field_by_itself_is_no_refusal() -> None:
    bounce = read_pasted(_WAY.format(indent="\t", to="ann@corp.example", end="\n"))
    diagnosis = diagnose_pasted(diagnostician(), bounce.failures[0], bounce)

    assert bounce.kind == "other"
    assert (diagnosis.rule, "Received field" in diagnosis.cause) == ("log-refuses-nothing", True)


@pytest.mark.parametrize(
    "text",
    [
        "Received: from " + "a" * 200_000,
        "Received: from a\n" * 100_000,
        ("Received: from a [203.0.113.5]\n" + "\tby b " * 300 + "\n") * 500,
        "Received: from a\x1b[2J [203.0.113.5] by b; 1\n550 no",
    ],
)
def test_received_fields_of_nothing_end(text: str) -> None:
    assert read_pasted(text).failures
    assert parse(text.encode()).message_id is None


@pytest.mark.parametrize(
    ("text", "server"),
    [
        (
            "host mx.example.net[203.0.113.5] said: 550 5.7.1 Client host [192.0.2.10] blocked"
            " (in reply to RCPT TO command)",
            ("mx.example.net", "203.0.113.5"),
        ),
        (
            "host\n    mx.example.net[203.0.113.5] said: 550-5.1.1 no\n    such user",
            ("mx.example.net", "203.0.113.5"),
        ),
        ("mx.example.net[203.0.113.5] said: 550 5.1.1 no such user", ("mx.example.net", "203.0.113.5")),
        (
            "mx.example.net[203.0.113.5] refused to talk to me: 554 5.7.1 go",
            ("mx.example.net", "203.0.113.5"),
        ),
        ("The server mx1.example.net replied:\n550 5.1.1 no such user", ("mx1.example.net", None)),
        (
            "Connected to 203.0.113.5 but recipient was rejected.\nRemote host said: 550 no",
            (None, "203.0.113.5"),
        ),
        ("Client host [192.0.2.1]: 550 5.7.1 blocked", (None, None)),
        ("Ask a.example[203.0.113.9] about it.\n\n550 5.1.1 no such user", (None, None)),
    ],
)
def test_a_pasted_reply_that_names_no_recipient_keeps_the_server_in_front_of_it(
    text: str, server: tuple[str | None, str | None]
) -> None:
    (failure,) = parse(text.encode()).failures
    assert (failure.remote_mta, failure.remote_ip) == server


def test_of_two_pasted_replies_each_has_its_own_server() -> None:
    text = (
        "host a.example[203.0.113.5] said: 550 5.1.1 no\nhost b.example[203.0.113.6] said: 552 5.2.2 full\n"
    )
    assert [one.remote_mta for one in parse(text.encode()).failures] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "reply",
    [
        "Our server could not send your message to bob@corp.example",
        "We were unable to forward your mail to <bob@corp.example>: 550 User unknown",
        "550 We can\u2019t send mail to bob@corp.example",
        "It failed to send the mail to bob@corp.example",
    ],
)
def test_whom_a_message_could_not_be_sent_to_is_who_failed(reply: str) -> None:
    assert [one.recipient for one in read_pasted(reply).failures] == ["bob@corp.example"]


@pytest.mark.parametrize(
    "reply", ["550 Denied. Do not send mail to bob@corp.example", "550 Send questions to bob@corp.example"]
)
def test_whom_to_send_to_or_not_is_not_who_failed(reply: str) -> None:
    assert [one.recipient for one in read_pasted(reply).failures] == [None]


_SAMPLES = Path(__file__).parents[2] / "samples" / "mail"
_REPORTS = sorted(path for path in _SAMPLES.glob("*.eml") if parse(path.read_bytes()).is_bounce)


@pytest.mark.parametrize("sample", _REPORTS, ids=lambda path: path.stem)
def test_a_whole_report_is_read_as_it_is_in_a_file(sample: Path) -> None:
    raw = sample.read_bytes()
    assert read_pasted(raw.decode("utf-8", "surrogateescape")) == parse(raw)


def test_of_the_report_of_one_recipient_its_own_words_are_the_error() -> None:
    reply = "host mx.corp.example[192.0.2.7] said: 550 5.1.1 User unknown"
    text = f"I'm sorry to have to inform you: it could not be delivered.\n\n<ann@corp.example>: {reply}\n"
    (failure,) = read_pasted(text).failures
    assert (failure.recipient, failure.diagnostic) == ("ann@corp.example", reply)


def test_a_letter_that_reports_nothing_is_not_read_by_the_words_of_its_header() -> None:
    letter = (
        "From: Bob <bob@own.example>\nTo: ann@corp.example\nSubject: Snow day plan\n"
        "Content-Type: text/plain; charset=utf-8\n\nGood morning, see you at six.\n"
    )
    bounce = read_pasted(letter)
    assert diagnose_pasted(diagnostician(), bounce.failures[0], bounce).rule == "no-refusal"
