"""Lines of mail logs (`parsing/logs/`): pasted as text, and handed to `explain`."""

import tomllib
from csv import DictReader
from pathlib import Path
from typing import Any

import pytest

from bounce_tui.check_results import CheckResult
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis.diagnostician import diagnose, diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.model import Bounce, Case, Failure, Message
from bounce_tui.parsing import parse, read_pasted
from bounce_tui.parsing.logs import LISTINGS, LOGS, read_log
from bounce_tui.reporting.bounce_text import show
from bounce_tui.reporting.csv_text import csv, csv_header

SCENES = tomllib.loads(Path(__file__).with_name("log_lines.toml").read_text(encoding="utf-8"))["scene"]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene['name']}: {scene['what']}")
@pytest.mark.parametrize("is_mail", [False, True], ids=["as a reply", "as a file"])
def test_a_log_tells_what_became_of_each_recipient(scene: dict[str, Any], is_mail: bool) -> None:
    text = scene["text"]
    bounce = parse(text.encode()) if is_mail else read_pasted(text)

    assert (bounce.kind, bounce.because.endswith(f"({scene['name']})")) == (scene["kind"], True)
    assert _failures(bounce) == scene["failures"]
    assert {diagnose(one, bounce).reason for one in bounce.failures} == {scene["reason"]}
    origins = [_origin(bounce, one) for one in bounce.failures]
    assert list(dict.fromkeys(ip for ips, _ in origins for ip in ips)) == scene.get("ips", [])
    assert list(dict.fromkeys(one for _, senders in origins for one in senders)) == scene.get("senders", [])


def _failures(bounce: Bounce) -> list[list[str]]:
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
    entry = (
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=<a@corp.example>, relay=none, delay=1, dsn=5.1.1,"
        " status=bounced (no)\n"
    )
    assert "first 4 MiB" in parse((entry + line * 60_000).encode()).because
    assert "first 4 MiB" not in parse((entry + line * 100).encode()).because


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
    assert [_origin(mixed, one) for one in mixed.failures] == [(["8.8.4.4"], ["a@b.example"]), ([], [])]
    two = read_pasted(refused + refused.replace("8.8.4.4", "8.8.8.8"))
    assert two.sending_ips == ()
    assert [_origin(two, one)[0] for one in two.failures] == [["8.8.4.4"], ["8.8.8.8"]]


def _origin(bounce: Bounce, failure: Failure) -> tuple[list[str], list[str]]:
    return (
        [one.value for one in bounce.sending_ips_of(failure)],
        [one.value for one in bounce.envelope_senders_of(failure)],
    )


YAHOO = (
    "Nov 23 09:12:44 mx1 postfix/smtp[2]: 4XyZ5T1Abz9vK: to=<ann@yahoo.example>, relay=none, dsn=4.7.0,"
    " status=deferred (host mx.yahoo.example[192.0.2.7] said: 421 4.7.0 [TSS04] Messages from 203.0.113.5"
    " temporarily deferred due to user complaints - 4.16.55.1; see https://yahoo.example/)\n"
)
REFUSED = (
    "Nov 23 09:33:02 mx1 postfix/smtpd[9]: NOQUEUE: reject: RCPT from unknown[198.51.100.3]: 450 4.7.25"
    " Client host rejected: cannot find your hostname, [198.51.100.3]; from=<x@shop.example>"
    " to=<me@own.example> proto=ESMTP helo=<mail.shop.example>\n"
)
"""A deferral of ours that quotes our address, and a client of somebody else's that our server refused."""


def test_the_address_of_one_entry_of_a_log_is_no_advice_for_another() -> None:
    bounce = read_pasted(YAHOO + REFUSED)
    ours, theirs = bounce.failures

    assert _origin(bounce, ours) == (["203.0.113.5"], [])
    assert _origin(bounce, theirs) == (["198.51.100.3"], ["x@shop.example"])
    steps = " ".join(diagnose(theirs, bounce).resolution)
    assert "198.51.100.3" in steps
    assert "203.0.113.5" not in steps
    inputs = gather(bounce, theirs)
    assert inputs.sending_ip is not None
    assert (inputs.sending_ip.value, inputs.helo and inputs.helo.value) == (
        "198.51.100.3",
        "mail.shop.example",
    )


def test_each_entry_of_a_queue_has_its_own_sender_or_none() -> None:
    queue = (
        "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
        "4XyZ5T1Abz9vK     2876 Sun Nov 22 19:12:45  ann@own.example\n"
        "(host mx.one.example[192.0.2.7] said: 450 4.7.1 client 203.0.113.5 is blocked)\n"
        "                                         bob@one.example\n\n"
        "4XyZ5T2Bbz9vL     9123 Mon Nov 23 06:02:11  bo@own.example\n"
        "(connect to mx.two.example[192.0.2.8]:25: Connection refused)\n"
        "                                         eve@two.example\n"
    )
    bounce = read_pasted(queue)
    assert [_origin(bounce, one) for one in bounce.failures] == [
        (["203.0.113.5"], ["ann@own.example"]),
        ([], ["bo@own.example"]),
    ]
    case = Case(Message("-"), bounce, tuple([diagnose(one, bounce) for one in bounce.failures]))
    told = [(row["sending_ip"], row["envelope_sender"]) for row in DictReader(_sheet(case))]
    assert told == [("203.0.113.5", "ann@own.example"), ("", "bo@own.example")]


def _sheet(case: Case) -> list[str]:
    return (csv_header() + csv([case])).decode().splitlines()


@pytest.mark.parametrize(
    ("code", "words"),
    [("450", "for now (class 4)"), ("550", "What follows is for whoever runs that client")],
)
def test_what_our_own_server_refused_is_no_mail_of_ours(code: str, words: str) -> None:
    bounce = read_pasted(REFUSED.replace(": 450 4", f": {code} {code[0]}"))
    (failure,) = bounce.failures
    diagnosis = diagnose(failure, bounce)
    page = show(Case(Message("-"), bounce, (diagnosis,)))

    assert bounce.is_refused_here
    assert (
        "your server mx1 refused a client (198.51.100.3) that brought somebody else's mail (shop.example)"
        in (" ".join(page.split()))
    )
    assert words in diagnosis.resolution[0]
    assert not any("still in the queue" in step for step in diagnosis.resolution)
    assert "mail that your own server refused to take" in page
    assert "keeps trying" not in page


def test_a_client_that_was_refused_and_is_in_order_now_tries_again_by_itself() -> None:
    (failure,) = read_pasted(REFUSED).failures
    bounce = read_pasted(REFUSED)
    diagnosis, inputs = diagnose(failure, bounce), gather(bounce, failure)
    ptr = CheckResult("ptr", "198.51.100.3", "pass", "confirmed", "the name leads back", quoted=True)

    verdict = judge(diagnosis, inputs, (ptr,))
    assert verdict.state == "no_longer_holds"
    assert "nothing that you have to send" in verdict.next_step


_HELD = (
    "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
    "4XkQ2z0Kz{mark}     812 Sun Nov 22 10:11:12  bob@own.example\n"
    "(host mx.ketel.example[192.0.2.7] said: 450 4.7.1 client 203.0.113.5 is blocked)\n"
    "                                         arend@ketel.example\n"
)
_HELD_JSON = (
    '{{"queue_name": "{name}", "queue_id": "4XkQ2z0Kz", "sender": "bob@own.example", "recipients": ['
    '{{"address": "arend@ketel.example", "delay_reason": "host mx.ketel.example[192.0.2.7] said: 450 4.7.1'
    ' client 203.0.113.5 is blocked"}}]}}\n'
)
_FROZEN = " 2d  1.2K 1abcDE-0001ab-XY <bob@own.example> *** frozen ***\n          arend@ketel.example\n\n"


@pytest.mark.parametrize("queue", [_HELD.format(mark="!"), _HELD_JSON.format(name="hold"), _FROZEN])
def test_what_is_on_hold_is_not_said_to_be_tried_again(queue: str) -> None:
    bounce = read_pasted(queue)
    diagnosis = diagnose(bounce.failures[0], bounce)

    assert (diagnosis.rule, diagnosis.who_acts) == ("queue-holds", "sender_admin")
    assert not any("let it retry" in step for step in diagnosis.resolution)
    assert "release" in diagnosis.resolution[-1]


@pytest.mark.parametrize("queue", [_HELD.format(mark="*"), _HELD_JSON.format(name="active")])
def test_what_is_being_delivered_again_still_tells_what_held_it_up(queue: str) -> None:
    bounce = read_pasted(queue)
    (failure,) = bounce.failures

    assert (failure.reply_code, failure.remote_ip) == ("450", "192.0.2.7")
    assert diagnose(failure, bounce).reason == "blocked"


@pytest.mark.parametrize(
    "text",
    [
        '{"queue_id": ' + "[" * 200_000,
        '{"queue_id":"1","recipients":[{"address":"a@b.example"\n' * 20_000,
        '{\n"queue_id":"1",\n' * 50_000 + "}",
        '{"queue_id":"1","recipients":[{"address":7}]}',
    ],
)
def test_a_queue_in_broken_json_ends(text: str) -> None:
    assert read_pasted(text).failures


def test_no_control_of_a_queue_in_json_reaches_an_address() -> None:
    bounce = read_pasted(_HELD_JSON.format(name="hold").replace("arend", r"a\u001b[2Jrend"))
    assert "\x1b" not in repr(bounce.failures)


@pytest.mark.parametrize(
    "line",
    [
        REFUSED.replace("198.51.100.3", "10.0.0.5"),
        REFUSED.replace("postfix/smtpd", "postfix/submission/smtpd"),
        REFUSED.replace("postfix/smtpd", "postfix/smtps/smtpd"),
        REFUSED.replace("\n", " sasl_username=ann\n"),
        "2026-11-22 10:11:12 H=(pc) [198.51.100.3] A=plain:ann F=<ann@own.example> rejected RCPT"
        " <bo@there.example>: 550 relay not permitted\n",
        "2026-11-22 10:11:12 H=(pc) [192.168.3.3] F=<ann@own.example> rejected RCPT <bo@there.example>: no\n",
    ],
)
def test_a_user_of_our_own_server_whom_it_refused_is_not_told_that_no_mail_failed(line: str) -> None:
    bounce = read_pasted(line)
    (failure,) = bounce.failures

    assert not bounce.is_refused_here
    assert failure.action != "delivered"
    assert not any("No mail of yours" in step for step in diagnose(failure, bounce).resolution)


_BOUNCED = (
    "{0} mail postfix/smtp[2211]: 4XkQ2z0K{1}: to=<arend@ketel.example>, relay=none, delay=30, dsn=5.4.4,"
    " status=bounced (Host or domain name not found)\n"
)
_OF_EXIM = "{0} 1abcDE-0001ab-XY ** arend@ketel.example R=dnslookup: Unrouteable address\n"


@pytest.mark.parametrize(
    ("log", "dates"),
    [
        (_BOUNCED.format("2026-11-23T04:01:02.123456+01:00", "a"), ["2026-11-23T03:01:02Z"]),
        (_BOUNCED.format("mail.log:2026-11-23T04:01:02Z", "a"), ["2026-11-23T04:01:02Z"]),
        (_OF_EXIM.format("2026-11-23 04:01:02.123 +0900"), ["2026-11-22T19:01:02Z"]),
        ("@4000000069224f4f0a0b0c0d delivery 8: failure: no/\n", ["2025-11-23T00:03:17Z"]),
        ("1763838765.123456 delivery 8: failure: no/\n", ["2025-11-22T19:12:45Z"]),
        # Neither year nor zone is made up.
        (_BOUNCED.format("Nov 23 04:01:02", "a"), [None]),
        (_OF_EXIM.format("2026-11-23 04:01:02"), [None]),
        # Another line of the same log tells both: the last such day before it.
        (
            _BOUNCED.format("Dec 31 23:59:58", "a") + _BOUNCED.format("2027-01-01T00:10:00+01:00", "b"),
            ["2026-12-31T22:59:58Z", "2026-12-31T23:10:00Z"],
        ),
        (
            _BOUNCED.format("Jan  1 00:01:02", "a") + _BOUNCED.format("2026-12-31T23:59:58Z", "b"),
            ["2027-01-01T00:01:02Z", "2026-12-31T23:59:58Z"],
        ),
        (
            _BOUNCED.format("Feb 29 04:01:02", "a") + _BOUNCED.format("2026-11-23T04:01:02Z", "b"),
            [None, "2026-11-23T04:01:02Z"],
        ),
        (_BOUNCED.format("2026-13-41T04:01:02Z", "a"), [None]),
        (_BOUNCED.format("1826-11-23T04:01:02Z", "a"), [None]),
        ("@4fffffffffffffff0a0b0c0d delivery 8: failure: no/\n", [None]),
    ],
)
def test_each_entry_of_a_log_has_the_date_that_the_log_tells(log: str, dates: list[str | None]) -> None:
    assert [one.date for one in read_pasted(log).failures] == dates
    assert [one.date for one in parse(log.encode()).failures] == dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Mon, 23 Nov 2026 10:00:00 +0100", "2026-11-23T08:12:44Z"),
        ("Fri, 01 Jan 2027 10:00:00 +0100", "2026-11-23T08:12:44Z"),
        ("Mon, 23 Nov 2026 09:00:00 +0000", "2026-11-23T09:00:00Z"),
    ],
)
def test_a_mail_that_brings_a_log_tells_its_year_and_its_clock(written: str, date: str) -> None:
    mail = f"From: ann@own.example\nTo: bo@own.example\nSubject: mail log\nDate: {written}\n\n"
    bounce = parse(f"{mail}Hi Bo, this is what I found in there:\n\n{YAHOO}".encode())
    (failure,) = bounce.failures

    assert failure.recipient == "ann@yahoo.example"
    assert (failure.date or bounce.date) == date


def test_a_queue_that_gives_up_does_so_when_it_says_so() -> None:
    log = (
        "2026-11-18T04:01:02Z mail postfix/smtp[2]: 4XkQ2z0Kz: to=<arend@ketel.example>, relay=none,"
        " dsn=4.4.1, status=deferred (connect to mx.ketel.example[192.0.2.7]:25: Connection timed out)\n"
        "2026-11-23T04:01:02Z mail postfix/qmgr[9]: 4XkQ2z0Kz: from=<bob@own.example>, status=expired,"
        " returned to sender\n"
    )
    assert [one.date for one in read_pasted(log).failures] == ["2026-11-23T04:01:02Z"]


_TRACKED = (
    "#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n"
    "#Fields: date-time,source,event-id,message-id,recipient-address,recipient-status,sender-address\n"
)


def test_each_event_of_exchange_s_tracking_log_has_its_date_and_each_recipient_its_error() -> None:
    errors = (
        "[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.corp.example};{IP=192.0.2.7};{LRT=}];"
        "[{LED=452 4.2.2 Mailbox full};{MSG=};{FQDN=mx2.corp.example};{IP=192.0.2.8};{LRT=}]"
    )
    log = (
        f"{_TRACKED}2026-11-22T10:11:13.345Z,ROUTING,FAIL,<a@own.example>,ann@corp.example;bo@corp.example,"
        f"{errors},eve@own.example\n"
    )
    told = [(one.recipient, one.status, one.remote_ip, one.date) for one in read_pasted(log).failures]

    assert told == [
        ("ann@corp.example", "5.1.1", "192.0.2.7", "2026-11-22T10:11:13Z"),
        ("bo@corp.example", "4.2.2", "192.0.2.8", "2026-11-22T10:11:13Z"),
    ]


def test_a_date_of_a_table_that_names_no_zone_is_not_made_up() -> None:
    log = _TRACKED + "11/10/2026 7:01:02 AM,SMTP,DEFER,<a@own.example>,ann@corp.example,451 4.7.0 later,\n"
    assert [(one.status, one.date) for one in read_pasted(log).failures] == [("4.7.0", None)]


_OF_SENDMAIL = "Nov 23 04:01:02 mx1 sm-mta[3]: {0}ruleset={1}, arg1={2}, {3}relay={4}, reject={5}\n"


@pytest.mark.parametrize(
    ("line", "recipient", "senders"),
    [
        (
            _OF_SENDMAIL.format("", "check_relay", "x.pan.example", "arg2=8.8.4.4, ", "pan.example [8.8.4.4]",
                                "550 5.7.1 Access denied"),
            None, [],
        ),
        (
            _OF_SENDMAIL.format("4AMA0BcD012345: ", "check_rcpt", "<me@own.example>", "",
                                "x.pan.example [8.8.4.4] (may be forged)", "553 5.3.0 Spam blocked"),
            "me@own.example", [],
        ),
        (
            _OF_SENDMAIL.format("4AMA0BcD012345: ", "check_mail", "<a@pan.example>", "", "[IPv6:2001:db8::9]",
                                "451 4.1.8 Domain of sender address a@pan.example does not resolve"),
            None, ["a@pan.example"],
        ),
    ],
)  # fmt: skip
def test_what_the_rules_of_sendmail_refuse_is_refused_here(
    line: str, recipient: str | None, senders: list[str]
) -> None:
    bounce = read_pasted(line)
    (failure,) = bounce.failures
    first = diagnose(failure, bounce).resolution[0]

    assert bounce.is_refused_here
    assert (failure.recipient, failure.diagnostic[:3]) == (recipient, failure.reply_code)
    assert _origin(bounce, failure)[1] == senders
    assert first.count("your server mx1 refused a client (") == 1
    assert "the sender's domain" not in first


def test_whom_a_client_was_refused_says_nothing_of_the_others_in_the_same_mail() -> None:
    log = (
        "Nov 23 09:33:02 mx1 postfix/smtpd[9]: 4XkQ2z0Kz: reject: RCPT from x.pan.example[8.8.4.4]: 550 5.1.1"
        " <no@own.example>: User unknown; from=<a@pan.example> to=<no@own.example> proto=ESMTP helo=<x>\n"
        "Nov 23 09:33:03 mx1 postfix/smtp[8]: 4XkQ2z0Kz: to=<me@else.example>, orig_to=<me@own.example>,"
        " relay=mx.else.example[192.0.2.7]:25, dsn=5.2.2, status=bounced (host mx.else.example[192.0.2.7]"
        " said: 552 5.2.2 full)\n"
    )
    bounce = read_pasted(log)
    assert [one.is_refused_here for one in bounce.failures] == [True, False]


def test_the_list_of_a_queue_tells_since_when_a_mail_waits_and_no_last_attempt() -> None:
    message = (
        '{{"queue_id": "4XkQ2z0K{0}", "arrival_time": {1}, "recipients": [{{"address": "ann{0}@x.example", '
        '"delay_reason": "connect to mx.corp.example[192.0.2.7]:25: Connection refused"}}]}}\n'
    )
    absurd = (1763838765, -1, 10**30, '"soon"', "null")
    bounce = read_pasted("".join(message.format(*one) for one in enumerate(absurd)))
    assert [one.queued for one in bounce.failures] == ["2025-11-22T19:12:45Z", *[None] * 4]
    assert {one.date for one in bounce.failures} == {None}
    (alone,) = read_pasted(message.format(0, 1763838765)).failures
    assert alone.queued == "2025-11-22T19:12:45Z"


@pytest.mark.parametrize(
    "message",
    [
        "4XkQ2z0Kz      812 Sun Nov 22 10:11:12  bob@own.example",
        "wAN1234567      900 Sun Nov 22 10:11 <bob@own.example>",
    ],
)
def test_a_queue_that_a_mail_lists_has_the_clock_of_that_mail(message: str) -> None:
    listed = f"{message}\n(Deferred: Connection refused by mx.corp.example.)\n\t\t\t\t <ann@corp.example>\n"
    (alone,) = read_pasted(listed).failures
    assert alone.queued is None, "without a year and a zone"
    logged = read_log(listed, written="Mon, 23 Nov 2026 06:00:00 +0100")
    assert logged is not None
    assert (logged.failures[0].queued or "")[:16] == "2026-11-22T09:11"
