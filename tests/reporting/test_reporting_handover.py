"""The hand-over and the list of dead addresses, with hostile mails among them."""

import msgspec
import pytest
from worded import worded

from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.model import (  # fmt: skip
    Bounce,
    Candidate,
    Case,
    Diagnosis,
    Evidence,
    Failure,
    Message,
    Original,
)
from bounce_tui.reporting.entry import Checked, Entry
from bounce_tui.reporting.handover import MOST_RECIPIENTS, dead_addresses, handover
from bounce_tui.reporting.unnamed_text import without_local_parts


def case(recipient: str = "bob@example.net", reply: str = "550 5.7.1 blocked", *, hard: bool = False) -> Case:
    failure = Failure(
        recipient=recipient, reply_code="550", status="5.7.1", diagnostic=reply, command="RCPT",
        remote_mta="mx.example.net", remote_ip="203.0.113.5", date="2026-11-20T09:14:02Z",
    )  # fmt: skip
    bounce = Bounce(
        kind="failed", reporting_mta="out.example.org", mailer="Thunderbird",
        sending_ips=(Candidate("192.0.2.10", "received", True),),
        envelope_senders=(Candidate("ann@example.org", "return_path", True),),
        original=Original(message_id="<1@example.org>", content=b"Subject: Lunch\n\nAt noon?"),
        failures=(failure,),
    )  # fmt: skip
    diagnosis = Diagnosis(
        "blocklisted", False, hard, None, "a-rule", "high", Evidence("blocked", "diagnostic"),
        "Spamhaus lists the IP.", ("Ask for removal.",), "sender_admin", url="https://list.example/?ip=192.0.2.10",
    )  # fmt: skip
    return Case(Message("in.mbox", 4), bounce, (diagnosis,))


CHECKED = Checked(
    Inputs(sending_ip=Candidate("192.0.2.99", "user", True)),
    (
        CheckResult(
            "dnsbl:zen.spamhaus.org", "192.0.2.99", "fail", "listed", "192.0.2.99 is listed by Spamhaus"
        ),
    ),
    Verdict("still_holds", "It is listed.", "Open the page."),
)


def test_everything_the_guide_asks_for_is_there() -> None:
    text = handover([Entry(case(), [CHECKED])])
    for line in (
        "## bob@example.net: blocklisted",
        "**STILL HOLDS**: It is listed. Next: Open the page.",
        "~~~\n550 5.7.1 blocked\n~~~",
        "- Refused by: mx.example.net \\[203.0.113.5\\]",
        "- When: 2026-11-20T09:14:02Z",
        "- Codes: 550 5.7.1",
        "- SMTP command: RCPT",
        "- Sending IP: 192.0.2.99 (from you)",
        "- Is the IP blocked: 192.0.2.99 is listed by Spamhaus",
        "- Rule or policy: Spamhaus lists the IP. (a-rule)",
        "- Mail client: Thunderbird",
        "- Report: in.mbox, message 5",
        "- fail: dnsbl:zen.spamhaus.org 192.0.2.99: 192.0.2.99 is listed by Spamhaus",
        "Subject: Lunch",
    ):
        assert line in text, line
    assert "At noon?" not in text


def test_what_was_not_checked_is_said_so() -> None:
    assert "- Is the IP blocked: not checked" in handover([Entry(case(), [None])])


def test_a_listing_in_a_part_of_a_list_is_told_and_not_lost_among_the_lists_that_are_clear() -> None:
    results = (
        CheckResult("dnsbl:bl.spamcop.net", "192.0.2.99", "pass", "not_listed", "not listed by SpamCop"),
        worded("dnsbl:zen.spamhaus.org", "192.0.2.99", "fail", "listed:SBL,PBL", "listed by ZEN (SBL)"),
        CheckResult("dnsbl:b.barracudacentral.org", "192.0.2.99", "fail", "listed", "listed by Barracuda"),
    )
    text = handover([Entry(case(), [Checked(Inputs(), results)])])
    assert "- Is the IP blocked: listed by ZEN (SBL); listed by Barracuda\n" in text


def test_the_sender_that_the_user_put_right_is_the_one_that_is_handed_over() -> None:
    inputs = Inputs(envelope_sender=Candidate("list@example.org", "user", True))
    assert "- Envelope sender: list@example.org (from you)" in handover([Entry(case(), [Checked(inputs)])])


def test_what_is_remembered_goes_with_it_and_nothing_is_said_so() -> None:
    remembered = ("Note: called the school", "This address failed twice before")
    text = handover([Entry(case(), [], [remembered])])
    assert (
        "What we remember of it:\n\n- Note: called the school\n- This address failed twice before\n" in text
    )
    assert "Nothing is remembered of this address." in handover([Entry(case())])


def test_what_is_remembered_of_one_recipient_is_told_of_no_other() -> None:
    one = case()
    bounce = msgspec.structs.replace(one.bounce, failures=one.bounce.failures * 2)
    two = msgspec.structs.replace(one, bounce=bounce, diagnoses=one.diagnoses * 2)
    text = handover([Entry(two, [], [("This address failed twice before",), ()])])
    first, second = text.split("## ")[1:]
    assert "failed twice before" in first
    assert "Nothing is remembered of this address." in second


HEAD = b"""\
Received: from pc.example.org (pc.example.org [192.0.2.7])
\tby mx.example.org with ESMTP id 4F; for <bob.smith@example.net>
From: "Ann O'Hara (sales)" <ann.ohara@example.org>
To: Bob Smith <bob.smith@example.net>,
 =?utf-8?q?Ren=C3=A9?= <rene@example.com>
Subject: The divorce of Bob
 and Ann
Message-ID: <4711@mail.example.org>
X-Note: dear Bob
Content-Type: application/pdf; name="bob.pdf"

At noon?"""


def test_a_redacted_hand_over_names_nobody() -> None:
    reply = (
        "550 <bob.smith@example.net> (Bob.Smith) unknown; ORCPT=rfc822;bob.smith+40example.net /o=X/cn=bob"
    )
    found = case("bob.smith@example.net", reply)
    original = msgspec.structs.replace(found.bounce.original, content=HEAD)
    found = msgspec.structs.replace(
        found,
        message=Message("/home/ann/mail/in.mbox", 4),
        bounce=msgspec.structs.replace(found.bounce, original=original),
    )
    text = handover([Entry(found, [], [("Note: Ann called", "Done by root")])], redacted=True)
    for name in ("bob", "ann", "hara", "smith", "ren", "divorce", "dear", "noon"):
        assert name not in text.lower(), name
    for kept in (
        "550 <…@example.net> (…) unknown; ORCPT=rfc822;…+40example.net /o=X/cn=…",
        "Received: from pc.example.org (pc.example.org [192.0.2.7])",
        "by mx.example.org with ESMTP id 4F; for <…@example.net>",
        "From: …@example.org",
        "To: …@example.net, …@example.com",
        "Subject: …",
        "Message-ID: <…@mail.example.org>",
        "Content-Type: application/pdf\n",
        "- Report: in.mbox, message 5",
        "- Done by root",
    ):
        assert kept in text, kept


NAMED = b"""\
Received: from [10.0.0.5] (pc.example.org [10.0.0.5]) (Authenticated sender: janeroe77)
 by mx.example.org (Postfix, from userid 1000) with ESMTPSA id 123 for <john.doe@example.net>; Fri
Received: from janeroe by web.example.org with local (Exim 4.96 (jane's)) (envelope-from <jane@example.org>)
Received: by web.example.org (Postfix, sudo janeroe77) id 3; for janeroe; Fri, 20 Nov 2026 09:13:02 +0000
Received: from mta.example.org ([192.0.2.4] helo=mta.example.org) by mx.example.org (never closed by jane
Authentication-Results: mx.example.org; auth=pass smtp.auth=janeroe77 smtp.mailfrom=janeroe
Received-SPF: pass; client-ip=192.0.2.4; envelope-from="=?utf-8?q?Jane_Roe?="; helo=mta.example.org
From: Jane Roe <jane.roe@example.org>
To: "Doe, John" <john.doe@example.net>
Message-ID: <secret.jane>

hi"""


def named_to(reply: str) -> str:
    """The redacted hand-over of a mail from Jane Roe to John Doe which was refused with `reply`."""
    found = case("john.doe@example.net", reply)
    original = msgspec.structs.replace(found.bounce.original, content=NAMED)
    bounce = msgspec.structs.replace(found.bounce, original=original, to="Jane Roe <jane.roe@example.org>")
    remembered = "Done, set by jane.roe, 2026-11-20 09:14 UTC"
    return handover(
        [Entry(msgspec.structs.replace(found, bounce=bounce), [], [(remembered,)])], redacted=True
    )


def test_what_servers_note_of_logins_and_local_users_is_left_out() -> None:
    text = named_to("550 5.1.1 no")
    for name in ("jane", "roe", "doe", "john", "=?"):
        assert name not in text.lower(), name
    for kept in (
        "Received: from [10.0.0.5] (pc.example.org [10.0.0.5]) (…)\n",
        " by mx.example.org (…) with ESMTPSA id 123 for <…@example.net>;",
        "Received: from … by web.example.org with local (…) (…)\n",
        "Received: by web.example.org (…) id 3; for …; Fri,",
        "Received: from mta.example.org ([192.0.2.4] helo=mta.example.org) by mx.example.org (…)\n",
        "auth=pass smtp.auth=… smtp.mailfrom=…",
        "Received-SPF: pass; client-ip=192.0.2.4; envelope-from=…; helo=mta.example.org",
        "Message-ID: …",
        "- Done, set 2026-11-20 09:14 UTC\n",
    ):
        assert kept in text, kept


@pytest.mark.parametrize(
    ("reply", "redacted"),
    [
        ('550 5.1.1 User "John Doe" (jdoe42) unknown', '550 5.1.1 User "…" (…) unknown'),
        ('550 5.1.1 User "Mary Major" unknown (S3140)', '550 5.1.1 User "…" unknown (S3140)'),
        ("550 mailbox jdoe_42 is full", "550 mailbox … is full"),
        ("550 account=j.major over quota", "550 account=… over quota"),
        ("550 Sender jane roe blocked, so is Roe, Jane", "550 Sender … blocked, so is …"),
        ("550 login JANEROE77 refused", "550 login … refused"),
        ("452 4.2.2 /home/secretuser/Maildir: disk full", "452 4.2.2 /home/…: disk full"),
        ("452 cannot open /var/spool/mail/mmajor", "452 cannot open /var/…"),
        (r"550 C:\Users\mmajor\inbox", r"550 C:\Users\…\inbox"),
        ("550 CN=Mary Major/OU=Sales/O=ACME not listed", "550 CN=…/OU=Sales/O=ACME not listed"),
        ("550 /G=Mary/S=Major/O=ACME/ unknown", "550 /G=…/S=…/O=ACME/ unknown"),
        ("550 Mary Major/Sales/ACME@ACME unknown", "550 …@ACME unknown"),
        ("550 =?utf-8?q?M=C3=A1ry?= unknown", "550 … unknown"),
        # Of hosts, codes and what is wrong nothing is lost.
        ('550 "5.7.1" by "zen.spamhaus.org" [192.0.2.10]', '550 "5.7.1" by "zen.spamhaus.org" [192.0.2.10]'),
        ("550 user unknown, https://x.example/home/help", "550 user unknown, https://x.example/home/help"),
        ('502 "STARTTLS" and/or "IB104" (in MAIL)', '502 "STARTTLS" and/or "IB104" (in MAIL)'),
        ("550 5.2.2 mailbox full, mailbox 5.2.2", "550 5.2.2 mailbox full, mailbox 5.2.2"),
    ],
)  # fmt: skip
def test_a_reply_is_told_without_whom_it_names(reply: str, redacted: str) -> None:
    assert f"~~~\n{redacted}\n~~~" in named_to(reply)


@pytest.mark.parametrize(
    "piece", ["(", "()", '"', '"a', "a ", "A/", "/a", "cn=", "=?", "user a", "a@", "A B/C ", "for "]
)
def test_no_reply_and_no_header_takes_more_than_linear_time_to_redact(piece: str) -> None:
    """A pattern that looks at each character many times would not end within the test's time."""
    endless = piece * (300_000 // len(piece))
    found = case("john.doe@example.net", endless)
    head = b"".join(name + endless.encode() + b"\n" for name in (b"Received: ", b"Received-SPF: ", b"To: "))
    original = msgspec.structs.replace(found.bounce.original, content=head)
    bounce = msgspec.structs.replace(found.bounce, original=original)
    assert handover([Entry(msgspec.structs.replace(found, bounce=bounce))], redacted=True)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("to bob@example.org.", "to …@example.org."),
        ("o'brien@example.org", "…@example.org"),
        ('"john doe"@example.org', "…@example.org"),
        ('he said "hello" to a@example.org', 'he said "hello" to …@example.org'),
        ("<SRS0=a=b=example.net=bob@fwd.example>", "<…@fwd.example>"),
        ("mailto:bob%40example.org", "mailto:…%40example.org"),
        ("a@b@example.org", "…@…@example.org"),
        ("at 5 @ noon, @ home", "at 5 @ noon, @ home"),
        ("call +40 123", "call +40 123"),
        ("", ""),
    ],
)
def test_addresses_are_told_by_their_domains(text: str, redacted: str) -> None:
    assert without_local_parts(text) == redacted


def test_a_local_user_is_not_named_and_an_office_is() -> None:
    assert "## …: blocklisted" in handover([Entry(case("bob", "550 bob is unknown"))], redacted=True)
    assert "550 no mailbox …." in handover(
        [Entry(case("bob@x.example", "550 no mailbox Bob."))], redacted=True
    )
    assert "550 user unknown" in handover(
        [Entry(case("user@example.net", "550 user unknown"))], redacted=True
    )


@pytest.mark.parametrize("office", ["helpdesk", "postmaster", "root"])
def test_the_name_of_an_office_is_left_in_a_reply(office: str) -> None:
    said = f"550 ask the {office} here"
    assert said in handover([Entry(case(f"{office}@example.net", said))], redacted=True)


def test_a_header_of_one_endless_word_is_redacted_in_linear_time() -> None:
    text = "a" * 300_000
    assert without_local_parts(f"{text} {text}@example.org") == f"{text} …@example.org"


def test_no_mail_can_break_out_of_its_place() -> None:
    hostile = case("<b>x</b>@example.net", "550 ~~~\n  ~~~\n# Not a heading\x1b[31m [link](http://x.example)")
    text = handover([Entry(hostile, [])])
    lines = text.split("\n")
    assert lines.count("~~~~") == 2, "longer than any in it"
    assert lines.count("~~~") == 2, "around its header"
    assert "\x1b" not in text
    assert "\\<b\\>x\\</b\\>" in text


def test_a_thousand_recipients_are_told_by_their_number() -> None:
    one = case()
    many = Case(one.message, Bounce(kind="failed", failures=one.bounce.failures * 1000), one.diagnoses * 1000)
    text = handover([Entry(many, [])])
    assert f"{1000 - MOST_RECIPIENTS} more recipients of this mail are left out." in text
    assert text.count("## ") == MOST_RECIPIENTS


def test_a_mail_that_is_no_bounce_or_cannot_be_read_is_one_line() -> None:
    text = handover([Entry(Case(Message("a*b.eml"), Bounce(because="an ordinary mail")), []),
                     Entry(Case(Message("c.eml"), Bounce(), error="no permission"))])  # fmt: skip
    assert "## a\\*b.eml" in text
    assert "No failure: an ordinary mail." in text
    assert "no permission" in text


def test_dead_addresses_are_told_once_and_only_the_dead() -> None:
    cases = [
        case("Bob@example.net", hard=True),
        case("bob@example.net ", hard=True),
        case("carl@example.net"),
    ]
    assert dead_addresses(cases) == "bob@example.net\n"


def forwarded(
    final: str, original: str | None, *, from_: str = "Ann <ann@example.org>", x500: str = ""
) -> Case:
    found = case(final, hard=True)
    failure = msgspec.structs.replace(
        found.bounce.failures[0], original_recipient=original, x500=x500 or None
    )
    returned = msgspec.structs.replace(found.bounce.original, from_=from_)
    bounce = msgspec.structs.replace(found.bounce, failures=(failure,), original=returned)
    return msgspec.structs.replace(found, bounce=bounce)


@pytest.mark.parametrize(
    ("final", "original", "listed"),
    [
        ("bob.private@gmail.example", "bob@corp.example", "bob@corp.example"),
        ("bob.private@gmail.example", "Bob@Corp.example ", "bob@corp.example"),
        ("bob@example.net", None, "bob@example.net"),
        # Only another spelling, or the same mailbox.
        ("bob@example.net", "BOB@Example.NET.", "bob@example.net"),
        ("bob@example.net", "<bob@example.net>", "bob@example.net"),
        ("bob@example.net", '"bob"@example.net', "bob@example.net"),
        ("bob@example.net", "bob+shop@example.net", "bob@example.net"),
        # What names no address, or hides an old one.
        ("bob@example.net", "bob", "bob@example.net"),
        ("bob@example.net", "IMCEAEX-_O=X_CN=bob@corp.example", "bob@example.net"),
        # An alias of one's own, which nobody else can mend.
        ("jane@example.org", "sales@example.org", "jane@example.org"),
        ("jane@gmail.example", "sales@EXAMPLE.org", "jane@gmail.example"),
    ],
)
def test_the_address_that_the_sender_wrote_to_is_listed_as_dead(
    final: str, original: str | None, listed: str
) -> None:
    assert dead_addresses([forwarded(final, original)]) == f"{listed}\n"


def test_an_old_exchange_address_is_told_by_itself() -> None:
    old = forwarded("IMCEAEX-_O=X@corp.example", "bob@corp2.example", x500="/O=X/CN=bob")
    assert dead_addresses([old]) == "imceaex-_o=x@corp.example\n"


def test_an_address_that_is_forwarded_to_several_is_dead_only_with_all_of_them() -> None:
    one, two = forwarded("x@a.example", "all@corp.example"), forwarded("y@b.example", "all@corp.example")
    living = msgspec.structs.replace(two.bounce.failures[0], action="delayed")
    both = msgspec.structs.replace(one.bounce, failures=(*one.bounce.failures, living))
    assert dead_addresses([Case(one.message, both, one.diagnoses * 2)]) == ""


def test_a_hand_over_tells_the_address_that_was_written_to_and_where_it_leads() -> None:
    text = handover([Entry(forwarded("bob.private@gmail.example", "bob@corp.example"))])
    assert "## bob@corp.example: " in text
    assert "- Forwarded to: bob.private@gmail.example\n" in text
    assert "Forwarded to" not in handover([Entry(forwarded("bob@example.net", "BOB@example.net"))])
