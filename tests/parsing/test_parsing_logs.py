"""Lines of mail logs (`parsing/logs/`): pasted as text, and handed to `explain`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bounce_tui.diagnosis.diagnostician import diagnose, diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.model import Bounce
from bounce_tui.parsing import parse, read_pasted
from bounce_tui.parsing.logs import LISTINGS, LOGS

SCENES = tomllib.loads(Path(__file__).with_name("log_lines.toml").read_text(encoding="utf-8"))["scene"]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene['name']}: {scene['what']}")
@pytest.mark.parametrize("is_mail", [False, True], ids=["as a reply", "as a file"])
def test_a_log_tells_what_became_of_each_recipient(scene: dict[str, Any], is_mail: bool) -> None:
    text = scene["text"]
    bounce = parse(text.encode()) if is_mail else read_pasted(text)

    assert (bounce.kind, bounce.because.endswith(f"({scene['name']})")) == (scene["kind"], True)
    assert _fates(bounce) == scene["fates"]
    assert {diagnose(one, bounce).reason for one in bounce.failures} == {scene["reason"]}
    assert [one.value for one in bounce.sending_ips] == scene.get("ips", [])
    assert [one.value for one in bounce.envelope_senders] == scene.get("senders", [])


def _fates(bounce: Bounce) -> list[list[str]]:
    return [
        [
            told or ""
            for told in (one.recipient, one.action, one.reply_code, one.status, one.remote_mta, one.remote_ip)
        ]
        for one in bounce.failures
    ]


def test_each_log_has_a_scene() -> None:
    assert {scene["name"] for scene in SCENES} == {log.NAME for log in (*LISTINGS, *LOGS)}


@pytest.mark.parametrize(
    "text",
    [
        "The mail to arend@ketel.example failed: 550 5.1.1 User unknown",
        "delivery status=unknown to=<arend@ketel.example>",
        "1 == 1 => true ** arend@ketel.example",
        "Nov 23 04:01:02 mail sshd[1]: Failed password for root from 192.0.2.7 stat=1",
    ],
)
def test_what_is_no_log_is_read_as_before(text: str) -> None:
    assert "lines of a log" not in parse(text.encode()).because
    assert len(read_pasted(text).failures) == 1


def test_the_words_of_a_log_are_only_those_in_its_brackets() -> None:
    scene = next(scene for scene in SCENES if scene["what"].startswith("still tried; broken"))

    (failure,) = read_pasted(scene["text"]).failures

    assert failure.diagnostic == "connect to mx.ketel.example[192.0.2.7]:25: Connection timed out"


@pytest.mark.parametrize("mark", [mark for log in (*LISTINGS, *LOGS) for mark in log.MARKS])
def test_long_lines_of_nothing_end(mark: str) -> None:
    """Each pattern gives up on a line that only looks like its own: this ends at all."""
    text = "\n".join(
        f"Nov 23 04:01:02 m x[1]: {(part * 4000)[:9000]}{mark}" for part in ("to=a, ", "H=[1 F=<", " A=b")
    )

    assert read_pasted(text).failures


def test_no_control_of_a_log_reaches_an_address() -> None:
    log = (
        "Nov 23 04:01:01 m postfix/qmgr[9]: 4XkQ2z0Kz: from=<b\x1b[2Job@own.example>, size=8, nrcpt=1\n"
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=<a\x1b[2Jnn@corp.example>,"
        " relay=mx\x07.corp.example[192.0.2.7]:25, dsn=5.1.1, status=bounced (host said: 550 5.1.1 no)\n"
    )
    bounce = read_pasted(log)

    assert bounce.envelope_senders == ()
    assert [(one.recipient, one.remote_mta, one.status) for one in bounce.failures] == [(None, None, "5.1.1")]


def test_a_log_of_many_thousand_lines_is_read_to_its_end_and_one_cut_short_says_so() -> None:
    line = (
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z{0:06}: to=<user{0:06}@corp.example>, relay=none, delay=1,"
        " dsn=4.4.1, status=deferred (connect to mx.corp.example[192.0.2.7]:25: Connection timed out)\n"
    )
    whole = parse("".join(line.format(number) for number in range(3_000)).encode())
    cut = read_pasted("".join(line.format(number) for number in range(25_000)))

    assert len(whole.failures) == 3_000
    assert "first 4 MiB" not in whole.because
    assert "first 4 MiB" in cut.because
    assert {one.status for one in cut.failures} == {"4.4.1"}


def test_a_log_in_docker_s_json_names_the_address_and_no_escape() -> None:
    line = (
        r'{"log":"Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=\u003cann@corp.example\u003e, relay=none,'
        r' delay=1, dsn=4.4.1, status=deferred (connect to mx.corp.example[192.0.2.7]:25: timed out)"}'
    )
    assert [one.recipient for one in read_pasted(line).failures] == ["ann@corp.example"]


def test_a_log_that_several_systems_wrote_tells_of_each() -> None:
    log = (
        "Nov 23 04:01:02 a postfix/smtp[2]: 4XkQ2z0Kz: to=<ann@one.example>, relay=mx.one.example[192.0.2.7],"
        " dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.7] said: 550 5.1.1 no such user)\n"
        "Nov 23 04:01:03 b sm-mta[3]: 4AMA0BcD012345: to=<bob@two.example>, delay=00:00:10, mailer=esmtp,"
        " relay=mx.two.example. [192.0.2.8], dsn=5.1.1, stat=User unknown\n"
        "2026-11-23 04:01:04 1tDabb-00000001Xx1-1AbC ** carol@three.example R=dnslookup T=remote_smtp"
        " H=mx.three.example [192.0.2.9]: SMTP error from remote mail server after RCPT TO:"
        "<carol@three.example>: 550 5.1.1 unknown\n"
    )
    bounce = read_pasted(log)

    assert [one.recipient for one in bounce.failures] == [
        "ann@one.example",
        "bob@two.example",
        "carol@three.example",
    ]
    assert "Postfix, Sendmail, Exim" in bounce.because


def test_exchange_s_own_tracking_log_tells_each_recipient_of_an_event() -> None:
    log = (
        "#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n"
        "#Fields: date-time,source,event-id,message-id,recipient-address,recipient-status,sender-address\n"
        "2026-11-22T10:11:12Z,SMTP,RECEIVE,<a@own.example>,ann@corp.example;bo@corp.example,,eve@own.example\n"
        "2026-11-22T10:11:13Z,ROUTING,FAIL,<a@own.example>,ann@corp.example;bo@corp.example,"
        "550 5.1.1 User unknown;552 5.2.2 Mailbox full,eve@own.example\n"
    )
    told = [(one.recipient, one.status) for one in read_pasted(log).failures]

    assert told == [("ann@corp.example", "5.1.1"), ("bo@corp.example", "5.2.2")]


def test_a_trace_that_tells_no_cause_still_says_that_it_failed() -> None:
    bounce = read_pasted("SenderAddress,RecipientAddress,Status\neve@own.example,ann@corp.example,Failed\n")
    (failure,) = bounce.failures

    assert (failure.recipient, failure.action) == ("ann@corp.example", "failed")
    assert diagnose_pasted(diagnostician(), failure, bounce).rule == "no-words"


@pytest.mark.parametrize(
    "text",
    [
        "RecipientAddress,Status\n" + '"' * 300_000,
        "RecipientAddress,Status\n" + "a@b.example,Failed" * 20_000,
        "recipient_status,x\n" + "a@b.example##" * 50_000,
        "Mon,Nov,RecipientAddress\0\n\0,,\n",
    ],
)
def test_a_table_of_nothing_ends(text: str) -> None:
    assert read_pasted(text).failures


def test_a_long_log_as_a_file_says_that_it_was_read_in_part() -> None:
    line = "Nov 23 04:01:02 m postfix/smtpd[2]: connect from out.own.example[203.0.113.9]\n"
    fate = (
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=<a@corp.example>, relay=none, delay=1, dsn=5.1.1,"
        " status=bounced (no)\n"
    )
    assert "first 4 MiB" in parse((fate + line * 60_000).encode()).because
    assert "first 4 MiB" not in parse((fate + line * 100).encode()).because


def test_a_client_that_was_refused_sent_nothing_of_what_went_out_or_of_what_others_tried() -> None:
    refused = (
        "Nov 23 04:01:01 m postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[8.8.4.4]: 554 5.7.1 Client"
        " host rejected: Access denied; from=<a@b.example> to=<me@own.example> proto=ESMTP helo=<x>\n"
    )
    sent = (
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=<ann@one.example>, relay=mx.one.example[192.0.2.7],"
        " dsn=5.7.606, status=bounced (host mx.one.example[192.0.2.7] said: 550 5.7.606 banned sending IP)\n"
    )
    alone, mixed = read_pasted(refused), read_pasted(refused + sent)
    assert [one.value for one in alone.sending_ips] == ["8.8.4.4"]
    assert [one.value for one in alone.envelope_senders] == ["a@b.example"]
    assert (mixed.sending_ips, mixed.envelope_senders) == ((), ())
    assert len(mixed.failures) == 2
    assert read_pasted(refused + refused.replace("8.8.4.4", "8.8.8.8")).sending_ips == ()
