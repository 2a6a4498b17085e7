"""What a bounce tells of its recipients: replies, codes, commands, servers, and the returned mail."""

import pytest
from msgspec.structs import replace
from status_mails import MAILS, dsn, raw

from bounce_tui.model import Candidate
from bounce_tui.parsing import parse, read_reply
from bounce_tui.parsing.addresses import find_all, unwrap


def test_the_x500_address_behind_an_imceaex_recipient_is_decoded() -> None:
    (failure,) = parse(raw("imceaex")).failures
    assert failure.x500 == "/O=SHOP/OU=Exchange Administrative Group/cn=Recipients/cn=bob"


def test_what_a_delivery_program_met_with_is_no_reply_of_a_mail_server() -> None:
    failed = parse(dsn("").replace(b"smtp; ", b"x-unix; rt-mailgate: 500 Can't connect to desk:443"))
    (failure,) = failed.failures
    assert failure.diagnostic == "rt-mailgate: 500 Can't connect to desk:443"
    assert (failure.reply_code, failure.command, failure.local_program) == (None, None, True)


def test_what_a_delivery_program_answers_with_a_code_is_a_reply() -> None:
    failed = parse(dsn("").replace(b"smtp; ", b"x-unix; 552 5.2.2 mailbox full"))
    assert (failed.failures[0].reply_code, failed.failures[0].status) == ("552", "5.2.2")


def test_a_heading_is_no_reason_where_the_status_code_tells_one() -> None:
    raw = dsn("").replace(b"Diagnostic-Code: smtp; \n", b"").replace(b"5.0.0", b"4.4.7")
    heading = "Zustellung an folgende Empf=C3=A4nger oder Gruppen dauert:"
    text = f"""--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{heading}

bob@example.net

--b
Content-Type: message/""".encode()
    said = parse(raw.replace(b"--b\nContent-Type: message/", text, 1).replace(b"failed", b"delayed"))
    assert [(one.status, one.diagnostic) for one in said.failures] == [("4.4.7", "")]


def test_the_returned_message_gives_its_mailer_sender_and_hops() -> None:
    bounce = parse(raw("postfix"))
    original = bounce.original
    assert original is not None
    assert (original.whole, original.mailer, original.from_) == (
        True,
        "Microsoft Outlook 16.0",
        '"Shop" <news@shop.example>',
    )
    assert original.message_id == "<20261120.1@shop.example>"
    assert original.date == "2026-11-20T09:13:59Z"
    (hop,) = original.hops
    assert (hop.helo, hop.from_ip, hop.by, hop.protocol) == (
        "desk.shop.example",
        "10.1.2.3",
        "out.shop.example",
        "ESMTPS",
    )
    assert bounce.mailer == "Microsoft Outlook 16.0"
    assert bounce.from_domain == "shop.example"


@pytest.mark.parametrize("name", ["bounce_of_a_bounce", "postfix_bounced_bounce", "qmail_bounced_bounce"])
def test_a_bounce_of_a_bounce_says_so(name: str) -> None:
    assert parse(raw(name)).because.endswith("what it returns is a report itself, and the outer one counts")


@pytest.mark.parametrize("name", ["qmail", "exim", "yahoo", "sendmail", "gmail_words", "opensmtpd"])
def test_the_returned_message_is_found_inside_the_text(name: str) -> None:
    original = parse(raw(name)).original
    assert original is not None
    assert original.return_path == "news@shop.example"
    assert original.whole is False


def test_the_exit_status_of_a_program_is_spelled_out_where_no_words_stand_beside_it() -> None:
    (failure,) = parse(dsn("").replace(b"smtp; ", b"X-Unix; 67")).failures
    assert (failure.diagnostic, failure.reply_code) == ("exit status 67: user unknown (EX_NOUSER)", None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "550 5.0.350 Remote server returned an error -> 550 5.1.1 RESOLVER.ADR.RecipNotFound; none",
            None,
        ),
        ("550-Requested action not taken: mailbox unavailable 550 invalid DNS MX", "550 Requested action not "
         "taken: mailbox unavailable 550 invalid DNS MX"),
        ("550-Requested action not taken: mailbox unavailable\n550 invalid DNS MX",
         "550 Requested action not taken: mailbox unavailable invalid DNS MX"),
        ("550 5.0.350 Remote server returned an error ->\n 550 5.1.1 not found",
         "550 5.0.350 Remote server returned an error -> 550 5.1.1 not found"),
        ("550-5.7.1 one 550-5.7.1 two 550 5.7.1 three", "550 5.7.1 one two three"),
        ("550-5.7.1 one 550-5.7.15 two", "550 5.7.1 one 550-5.7.15 two"),
        ("550-one\r\n550-two\r\n550 three", "550 one two three"),
        ("550 550 5.1.1 unknown", "550 5.1.1 unknown"),
        ("The server said\n550-5.1.1 one\n550 5.1.1 two", "The server said 550 5.1.1 one two"),
        ("550-one\n550 5.7.1 two", "550 one 550 5.7.1 two"),
        ("550-5.7.1 one\n550 5.1.1 two", "550 5.7.1 one 550 5.1.1 two"),
    ],
)  # fmt: skip
def test_a_code_goes_only_where_a_line_repeats_it(said: str, told: str | None) -> None:
    assert read_reply(said).diagnostic == (told or said)


def test_a_reply_of_many_lines_is_joined_without_its_repeated_codes() -> None:
    (failure,) = parse(raw("free_text_wrapped")).failures
    assert failure.diagnostic == (
        "550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender and the users, "
        "and has been blocked. See https://example.net/help for more information"
    )


def test_the_reply_s_status_wins_over_a_generic_field_which_is_kept() -> None:
    (failure,) = parse(raw("postfix_generic_status")).failures
    assert (failure.status, failure.status_field) == ("5.7.1", "5.0.0")


@pytest.mark.parametrize(
    ("names", "host", "ip"),
    [
        ("[mx1.example.net. 203.0.113.5: timed out]\n [mx2.example.net. 203.0.113.6: timed out]",
         "mx1.example.net", "203.0.113.5"),
        ("[example.net 2001:db8::25: unable to read banner]", "example.net", "2001:db8::25"),
        ("[gaierror: timed out]", None, None),
    ],
)  # fmt: skip
def test_the_server_that_gmail_could_not_reach_is_the_remote_mta(
    names: str, host: str | None, ip: str | None
) -> None:
    said = f"The recipient server did not accept our requests to connect. {names}"
    (failure,) = parse(dsn(said, reporter="googlemail.com")).failures
    assert (failure.remote_mta, failure.remote_ip) == (host, ip)


def test_encoded_words_are_decoded_across_their_cuts() -> None:
    mail = b"From: a@b.example\nSubject: =?utf-8?B?w7w=?= =?utf-8?Q?_=C3?= =?utf-8?Q?=A4x?= y\n\nhi"
    assert parse(mail).subject == "ü äx y"


@pytest.mark.parametrize(
    "charset",
    [
        "rot13",
        "hex",
        "base64",
        "zlib",
        "punycode",
        "idna",
        "undefined",
        "unicode_escape",
        "utf-7",
        "x" * 999,
        "a\x00b",
    ],
)
def test_a_hostile_charset_is_no_danger(charset: str) -> None:
    head = f"From: MAILER-DAEMON@x.example\nSubject: =?{charset}?Q?failed_=E4_+2AA-?=\n"
    mail = f"{head}Content-Type: text/plain; charset={charset}\n\nuser unknown: bob@example.net \xe4 +2AA-\n"
    bounce = parse(mail.encode("latin-1"))
    assert [one.recipient for one in bounce.failures] == ["bob@example.net"]
    (bounce.subject or "").encode()


def test_a_thousand_recipients_are_all_there() -> None:
    body = b"".join(
        b"<user%d@example.net>:\nRemote host said: 550 no such user\n\n" % number for number in range(1000)
    )
    mail = raw("qmail").partition(b"<bob@")[0] + body
    assert len(parse(mail).failures) == 1000


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_a_brief_reading_leaves_out_the_returned_message_and_all_but_the_likeliest(name: str) -> None:
    whole = parse(raw(name))
    likeliest = whole.envelope_senders[:1]
    wrapped = [inner for one in likeliest if (inner := unwrap(one.value)) is not None]
    assert parse(raw(name), brief=True) == replace(
        whole,
        original=None,
        helos=(),
        envelope_id=None,
        sending_ips=whole.sending_ips[:1],
        envelope_senders=likeliest + tuple(Candidate(*inner, sure=False) for inner in wrapped),
    )


def test_those_who_got_the_mail_are_no_failures() -> None:
    mail = raw("status_without_blank_lines").replace(b"Action: failed", b"Action: relayed", 1)
    assert [failure.recipient for failure in parse(mail).failures] == ["carol@example.net"]


def test_the_mark_that_the_sender_gave_the_envelope_is_shown() -> None:
    assert parse(raw("envid_only")).envelope_id == "campaign-77/bob+3Dsmith@example.net"
    assert parse(raw("postfix")).envelope_id is None


def test_a_mail_system_s_report_without_a_recipient_keeps_the_reply() -> None:
    head = b"From: MAILER-DAEMON@mx.example\nTo: a@shop.example\nSubject: Undelivered Mail\n"
    mail = head + b"\n550 5.7.1 relaying denied\n"
    bounce = parse(mail)
    assert [(one.recipient, one.reply_code) for one in bounce.failures] == [(None, "550")]
    assert "names no recipient" in bounce.because


def test_what_is_no_report_says_what_it_has_of_one() -> None:
    person = (
        b"From: carl@shop.example\nTo: admin@shop.example\nSubject: help\n\nI get 550 5.7.1 relaying denied\n"
    )
    assert (
        parse(person).because == "its text says '550', but neither its sender nor its subject is a report's"
    )
    letter = b"List-Id: <news.shop.example>\n" + person
    assert parse(letter).because == "its text says '550', but it is a list's mail or a newsletter"


def test_an_address_inside_a_reply_to_a_notice_of_microsoft_is_nobody_it_was_for() -> None:
    bounce = parse(
        b"From: MAILER-DAEMON@mx.example.org\nTo: ann@example.org\nSubject: failure\n\n"
        b"Your message could not be delivered.\n\n"
        b"<bob@remote.example>: host smtp.office365.com[192.0.2.80] said: 554 5.2.252 SendAsDenied; "
        b"ann@example.org not allowed to send as eve@example.org (in reply to end of DATA command)\n"
    )
    assert [failure.recipient for failure in bounce.failures] == ["bob@remote.example"]


def placed(words: str, *, head: str = "", returned: str = "") -> str | None:
    """The address of the refusing server that a report with a status part and these `words` gives."""
    mail = f"""From: MAILER-DAEMON@mx.example.net
{head}To: news@shop.example
Subject: Undelivered
Content-Type: multipart/report; boundary=b

--b
Content-Type: text/plain

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; bob@dest.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.dest.example
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

{returned}From: news@shop.example

--b--
"""
    (failure,) = parse(mail.encode()).failures
    return failure.remote_ip


def test_the_address_of_a_server_is_read_beside_its_name_in_the_words_of_the_report_alone() -> None:
    named = "host mx.dest.example[8.8.8.8] said: 550 5.1.1 no such user"
    assert placed(f"<bob@dest.example>: {named}") == "8.8.8.8"
    elsewhere = "Received: from mx.dest.example[8.8.4.4] by mx.example.net\n"
    assert placed("<bob@dest.example>: no such user", head=elsewhere) is None
    assert placed("<bob@dest.example>: no such user", returned=elsewhere) is None
    assert placed("we regret. " * 600 + named) == "8.8.8.8"
    assert placed("we regret. " * 900 + named) is None


def test_each_of_several_recipients_was_refused_at_the_command_of_its_own_paragraph() -> None:
    words = """<ann@one.example>: host mx.one.example[192.0.2.1] refused to talk to me: 554 busy

<bob@two.example>: host mx.two.example[192.0.2.2] said: 550 5.7.1 blocked
    (in reply to MAIL FROM command)

<carol@two.example>: host mx.two.example[192.0.2.2] said: 552 5.2.2 full
    (in reply to RCPT TO command)

<dave@four.example>: host mx.four.example[192.0.2.4] said: 554 5.6.0 no
    (in reply to end of DATA command)
"""
    hosts = {"ann@one": "one", "bob@two": "two", "carol@two": "two", "dave@four": "four"}
    status = "".join(
        f"Final-Recipient: rfc822; {name}.example\nAction: failed\nStatus: 5.0.0\n"
        f"Remote-MTA: dns; mx.{host}.example\nDiagnostic-Code: smtp; 554 no\n\n"
        for name, host in hosts.items()
    )
    mail = (
        "From: MAILER-DAEMON@mx.example.net\nTo: news@shop.example\nSubject: Undelivered\n"
        "Content-Type: multipart/report; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{words}\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{status}--b--\n"
    )
    assert [one.command for one in parse(mail.encode()).failures] == ["CONN", "MAIL", "RCPT", "DATA"]


def test_of_recipients_without_a_blank_line_between_each_has_the_command_of_its_own_lines() -> None:
    words = """The following address(es) failed:

  ann@one.example
    host mx.one.example [192.0.2.1]
    SMTP error from remote mail server after initial connection:
    554 mx.one.example takes no mail
  bob@two.example
    host mx.two.example [192.0.2.2]
    SMTP error from remote mail server after end of data:
    552 too large
"""
    status = "".join(
        f"Final-Recipient: rfc822; {who}\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; {host}\n"
        "Diagnostic-Code: smtp; 554 no\n\n"
        for who, host in (("ann@one.example", "mx.one.example"), ("bob@two.example", "mx.two.example"))
    )
    mail = (
        "From: MAILER-DAEMON@mx.example.net\nTo: news@shop.example\nSubject: Mail delivery failed\n"
        "Content-Type: multipart/report; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{words}\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{status}--b--\n"
    )
    assert [one.command for one in parse(mail.encode()).failures] == ["CONN", "DATA"]


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b"])
def test_no_address_holds_a_control(control: str) -> None:
    text = f"x{control}bob@example.net{control}y, a@b{control}c.example"
    assert find_all(text) == ["bob@example.net", "a@b"]


def test_an_address_inside_a_link_is_nobody_who_failed() -> None:
    report = (
        "From: MAILER-DAEMON@example.com\nTo: alice@example.com\nSubject: Undelivered mail\n\n"
        "Your mail to bob@example.net could not be delivered, see\n\nhttps://example.org/why?to=carol@example.net\n"
    )
    assert [one.recipient for one in parse(report.encode()).failures] == ["bob@example.net"]
    assert find_all("http://example.org/?to=carol@example.net") == []


def test_who_waits_in_sendmail_s_transcript_was_not_refused_with_the_others() -> None:
    mail = b"""From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example.org>
To: choir@example.org
Subject: Returned mail: see transcript for details
Auto-Submitted: auto-generated (failure)

   ----- The following addresses had permanent fatal errors -----
<tenor@hall.example.net>
   ----- The following addresses had transient non-fatal errors -----
<bass@hall.example.net>

   ----- Transcript of session follows -----
... while talking to mx.hall.example.net.:
>>> DATA
<<< 552 5.3.4 Message is too large for this server
554 5.0.0 <tenor@hall.example.net>... Service unavailable
<bass@hall.example.net>... Deferred: Connection timed out with mx.hall.example.net.
"""
    tenor, bass = parse(mail).failures
    assert (tenor.reply_code, tenor.status) == ("552", "5.3.4")
    assert bass.recipient == "bass@hall.example.net"
    assert bass.reply_code is None
    assert "Deferred: Connection timed out" in bass.diagnostic


def words_beside_a_status(words: str, diagnostic: str) -> bytes:
    """A report whose text says more than the diagnostic of its status part."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@relay.example.org
To: choir@example.org
Subject: Returned mail
Content-Type: multipart/report; boundary=b

--b

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; bass@hall.example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; {diagnostic}

--b--
""".encode()


def test_of_a_greeting_that_refuses_in_several_lines_all_are_heard() -> None:
    """Sendmail puts no more than the first line beside the address and into the status part."""
    transcript = """   ----- The following addresses had permanent fatal errors -----
<bass@hall.example.net>
    (reason: 554-mx7.hall.example.net )

   ----- Transcript of session follows -----
... while talking to mx7.hall.example.net.:
<<< 554-mx7.hall.example.net
<<< 554 Your host is on our list of spammers
554 5.0.0 Service unavailable"""
    (bass,) = parse(words_beside_a_status(transcript, "554-mx7.hall.example.net")).failures
    assert bass.diagnostic == "554 mx7.hall.example.net Your host is on our list of spammers"


def test_of_all_servers_tried_what_they_said_is_heard() -> None:
    """Haraka's status part says only that none took the mail."""
    words = """Intended Recipients: <bass@hall.example.net>
Failure Reason: Tried all MXs
    Error: connect ECONNREFUSED 203.0.113.7:25"""
    (bass,) = parse(words_beside_a_status(words, "Tried all MXs")).failures
    assert "ECONNREFUSED" in bass.diagnostic


@pytest.mark.parametrize(
    "diagnostic",
    [
        "smtp",
        "org.apache.james.MailetException",
        '""',
        "<bass@hall.example.net>",
        "Hello hal@play.example,",
        "Sehr geehrte Damen und Herren,",
        "Уважаемый пользователь!",
        "您好！",
    ],
)
def test_a_diagnostic_that_says_nothing_leaves_the_word_to_the_text(diagnostic: str) -> None:
    words = """Hello,

Your message to bass@hall.example.net could not be delivered: the mailbox is full."""
    (bass,) = parse(words_beside_a_status(words, diagnostic)).failures
    assert bass.diagnostic.endswith("the mailbox is full.")


def test_a_short_diagnostic_that_begins_like_a_letter_is_heard() -> None:
    words = "Your message to bass@hall.example.net could not be delivered."
    (bass,) = parse(words_beside_a_status(words, "Hello world is no host")).failures
    assert bass.diagnostic == "Hello world is no host"


def test_paragraphs_folded_into_a_diagnostic_are_all_read() -> None:
    (group,) = parse(raw("google_group_folded")).failures
    assert "may not have permission to post" in group.diagnostic
    assert group.diagnostic.endswith("club.example admins")


def test_each_of_a_list_has_the_words_of_its_own_line_where_some_stand_without_a_domain() -> None:
    said = [(one.recipient, one.diagnostic) for one in parse(raw("groupwise_local_name")).failures]
    assert said[1:3] == [("carol@example.org", "host not found"), ("warden@hall.example", "user not found")]


def test_what_an_escape_sequence_left_of_an_address_is_nobody() -> None:
    assert find_all("bob\x1b[2J@example.net, \x1b[1mjim@example.net, ann@example.net") == ["ann@example.net"]
