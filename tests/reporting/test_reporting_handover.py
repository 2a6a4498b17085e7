"""The hand-over and the list of dead addresses, with hostile mails among them."""

from bounce_tui.model import (
    Bounce,
    Candidate,
    Case,
    CheckResult,
    Diagnosis,
    Evidence,
    Failure,
    Inputs,
    Message,
    Original,
    Verdict,
)  # fmt: skip
from bounce_tui.reporting.handover import MOST_RECIPIENTS, Checked, Entry, dead_addresses, handover


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


def test_what_is_remembered_goes_with_it_and_nothing_is_said_so() -> None:
    remembered = ("Note: called the school", "This address failed twice before")
    text = handover([Entry(case(), [], remembered)])
    assert (
        "What we remember of it:\n\n- Note: called the school\n- This address failed twice before\n" in text
    )
    assert "Nothing is remembered of this address." in handover([Entry(case())])


def test_a_redacted_hand_over_names_nobody() -> None:
    text = handover(
        [Entry(case("bob.smith@example.net", "550 <bob.smith@example.net> unknown"), [])], redacted=True
    )
    assert "bob" not in text
    assert "ann@" not in text
    assert "…@example.net" in text


def test_no_mail_can_break_out_of_its_place() -> None:
    hostile = case("<b>x</b>@example.net", "550 ~~~\n~~~\n# Not a heading\x1b[31m [link](http://x.example)")
    text = handover([Entry(hostile, [])])
    lines = text.split("\n")
    assert lines.count("~~~") == 4
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
