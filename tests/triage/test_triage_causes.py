"""Bounces grouped by what must be mended."""

import pytest

from bounce_tui.diagnosis import reasons
from bounce_tui.diagnosis.reference import read_reference
from bounce_tui.model import Message
from bounce_tui.scan.examination import examine
from bounce_tui.triage.cause_table import cause_table, subjects_by_reason
from bounce_tui.triage.causes import Cause, causes_of, group, verdict_key
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.other_recipients import OtherRecipients
from bounce_tui.triage.row import Row, row_of
from bounce_tui.triage.summary import summarise


def row(reason: str | None, number: int = 0, **more: object) -> Row:
    fields: dict[str, object] = {
        "date": f"2026-11-20T09:{number % 60:02}:00Z",
        "recipient": f"user{number}@example.net",
        "author": f"ann{number % 3}@example.org",
        "ip": "192.0.2.10",
        "provider": "Microsoft",
        "host": "mx1.mail.example.net",
        "rule": "a-rule",
        **more,
    }
    return Row("box", number, 0, 1, "failed", reason=reason, **fields)


@pytest.mark.parametrize(
    ("one", "cause"),
    [
        (row("blocked"), Cause("blocked", "192.0.2.10", "Microsoft")),
        (row("blocked", provider=None), Cause("blocked", "192.0.2.10", "example.net")),
        (row("auth_failure"), Cause("auth_failure", "example.org", "Microsoft")),
        (row("host_unknown"), Cause("host_unknown", "example.net", "")),
        (row("mailbox_full", recipient="Bob@Example.net"), Cause("mailbox_full", "example.net", "")),
        (row("mailbox_full", recipient="bob"), Cause("mailbox_full", "bob", "")),
        (row("has_moved", recipient="Bob@Example.net"), Cause("has_moved", "bob@example.net", "")),
        (row("user_unknown"), Cause("user_unknown", "example.net", "")),
        (row("host_unknown", recipient=None), Cause("host_unknown", "", "Microsoft")),
        (row("spam_detected"), Cause("spam_detected", "", "Microsoft")),
        (row("a reason of tomorrow"), Cause("a reason of tomorrow", "", "Microsoft")),
        (row("on_hold", rule="queue-holds"), Cause("on_hold", "your own queue", "")),
        (row(None), None),
        (Row("box", 0, 0, 1, "auto_reply", reason="vacation"), None),
    ],
)
def test_what_a_mail_has_in_common_with_others(one: Row, cause: Cause | None) -> None:
    assert list(causes_of(one, one)) == ([cause] if cause else [])


def test_of_what_the_own_queue_holds_no_cause_says_that_a_receiver_refused() -> None:
    (held,) = group([row("on_hold", at, rule="queue-holds", host=f"mx.{at}.example") for at in range(3)])
    assert (held.mails, held.sentence) == (3, "your own queue holds mail until somebody releases it")


def test_a_listing_that_holds_up_many_mails_is_one_line() -> None:
    mails = [row("blocked", number) for number in range(20)] + [row("user_unknown", 70)]
    first, second = group([*mails, Row("box", 99, 0, 1, "other")])
    assert (first.mails, first.senders, first.recipients) == (20, 3, 20)
    assert (first.since, first.until) == ("2026-11-20T09:00:00Z", "2026-11-20T09:19:00Z")
    assert (first.rule, first.rows[0]) == ("a-rule", mails[0])
    assert second.cause == Cause("user_unknown", "example.net", "")


def test_a_rule_is_named_only_where_all_have_it() -> None:
    (found,) = group([row("blocked", 1), row("blocked", 2, rule="another")])
    assert found.rule is None


def test_every_reason_that_is_grouped_exists() -> None:
    assert set(subjects_by_reason()) <= set(reasons())


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (row("blocked", provider="Outlook.com", token="S3140"), "Outlook.com blocks 192.0.2.10 (S3140)"),
        (row("blocklisted", blocklist="Spamhaus SBL"), "Spamhaus SBL lists 192.0.2.10"),
        (row("blocklisted"), "Microsoft finds 192.0.2.10 on a blocklist"),
        (row("blocklisted", blocklist="DBL", lists_domain=True), "DBL lists example.org"),
        (row("blocked", ip=None), "Microsoft blocks the sending server"),
        (row("auth_failure", provider=None, host=None), "the receiver cannot authenticate example.org"),
        (row("spam_detected", provider="Postfix"), "example.net takes the content for spam"),
        (row("spam_detected", provider="Postfix", host=None), "the receiver takes the content for spam"),
        (row("mailbox_full", recipient="bob@example.net"), "bob@example.net is full"),
        (row("mailbox_full", recipient="bob"), "bob is full"),
        (row("mailbox_full", recipient=None), "an address that is not named is full"),
        (row("spam_detected"), "Microsoft takes the content for spam"),
        (
            row("auth_failure", author=None, provider="GoDaddy", token="IB508"),
            "GoDaddy cannot authenticate the sender (IB508)",
        ),
        (row("undefined", provider=None), "example.net does not say why in words that can be read"),
        (row("blocked", ip="{receiver}"), "Microsoft blocks {receiver}"),
        (row("blocked", provider=None, host=None, ip=None), "the receiver blocks the sending server"),
    ],
)
def test_a_cause_reads_as_a_sentence(one: Row, sentence: str) -> None:
    (found,) = group([one])
    assert found.sentence == sentence


def test_lists_that_replies_name_are_causes_of_their_own_whoever_asked_them() -> None:
    mails = [
        row("blocklisted", 1, blocklist="Spamhaus XBL"),
        row("blocklisted", 2, blocklist="Spamhaus XBL", provider="Google"),
        row("blocklisted", 3, blocklist="SpamCop"),
        row("blocklisted", 4),
    ]
    assert {one.sentence: one.mails for one in group(mails)} == {
        "Spamhaus XBL lists 192.0.2.10": 2,
        "SpamCop lists 192.0.2.10": 1,
        "Microsoft finds 192.0.2.10 on a blocklist": 1,
    }


def test_every_reason_of_a_failure_has_a_sentence_and_every_sentence_a_reason() -> None:
    unsaid = {"vacation", "feedback", "delivered"}
    assert set(cause_table().sentences) - {"listed"} == set(reasons()) - unsaid


def test_software_refuses_nobody_and_is_named_as_the_rules_name_it() -> None:
    assert set(cause_table().software) <= {rule.provider for rule in read_reference().rules}
    mails = [row("spam_detected", 1, provider="Exim"), row("spam_detected", 2, provider=None)]
    assert [one.mails for one in group(mails)] == [2]
    assert [count.value for count in summarise(mails).parts[1].counts] == ["mx1.mail.example.net"]


def test_a_list_that_is_closed_lists_nobody() -> None:
    closed = Cause("blocklisted", "192.0.2.10", "NiX Spam (shut down in January 2025)", listed=True)
    other = Cause("blocklisted", "192.0.2.10", "WPBL (closed in 2025)", listed=True)
    assert closed.sentence == "NiX Spam (shut down in January 2025) is still asked about 192.0.2.10"
    assert other.sentence == "WPBL (closed in 2025) is still asked about 192.0.2.10"
    assert Cause("blocklisted", "192.0.2.10", "SpamCop", listed=True).sentence == "SpamCop lists 192.0.2.10"


def test_the_full_mailboxes_of_a_domain_are_one_line_that_counts_them() -> None:
    mails = [row("mailbox_full", number) for number in (1, 2, 3, 3)]
    mails += [row("suspended", 4), row("mailbox_full", 5, recipient="Zoe@example.com")]
    assert {one.counted: one.mails for one in group(mails)} == {
        "3 mailboxes at example.net are full": 4,
        "user4@example.net is suspended": 1,
        "zoe@example.com is full": 1,
    }
    assert group(mails)[0].sentence == "mailboxes at example.net are full"


def test_of_mailboxes_on_one_line_each_keeps_its_own_verdict() -> None:
    one, other = (OtherRecipients(f"{name}@example.net", reason="mailbox_full") for name in ("ann", "bob"))
    mail = row("user_unknown")
    assert set(causes_of(mail, one)) == set(causes_of(mail, other))
    assert verdict_key(mail, one) != verdict_key(mail, other)


def test_every_reason_that_is_counted_by_mailboxes_has_words_for_several() -> None:
    assert set(cause_table().plural) == set(cause_table().mailboxes)


@pytest.mark.parametrize(
    ("sender", "author", "domain"),
    [
        ("bounces+771-ab12-{to}@news.example.org", "bounces@news.example.org", "news.example.org"),
        ("prvs={at:04}abcdef=news@example.org", "news@example.org", "example.org"),
        ("SRS0=a{at}d=XY=author.example=ann@forwarder.example", "ann@author.example", "forwarder.example"),
    ],
)
@pytest.mark.parametrize("brief", [True, False])
def test_a_sender_that_names_each_mail_is_one_sender(
    sender: str, author: str, domain: str, brief: bool
) -> None:
    def mail(at: int) -> Row:
        wrapped = sender.format(at=at, to=f"user{at}=example.net")
        raw = (
            f"From: MAILER-DAEMON@mx1.example.org\nTo: {wrapped}\nSubject: Undelivered Mail\n\n"
            "The mail could not be delivered.\n\n"
            f"<user{at}@example.net>: 550 5.7.1 Mail of this domain rejected\n"
            f"\n--- The mail ---\nReturn-Path: <{wrapped}>\nFrom: ann@author.example\nSubject: Lunch\n"
        )
        return row_of(examine(Message("box", at), raw.encode(), brief=brief))

    mails = [mail(at) for at in range(3)]
    assert {one.author for one in mails} == {author}
    assert [one.senders for one in group(mails)] == [1]
    assert {one.envelope_domain or one.author.partition("@")[2] for one in mails if one.author} == {domain}
    assert {one.value for one in summarise(mails).parts[2].counts} == {author}
    assert all(map(read_filter(f"from:{author}"), mails))
    assert all(map(read_filter(f"from:{domain}"), mails))


def test_what_a_receiver_minds_of_forwarded_mail_is_the_domain_in_its_envelope() -> None:
    one = row("rejected", author="ann@author.example", envelope_domain="forwarder.example")
    assert [cause.subject for cause in causes_of(one, one)] == ["forwarder.example"]


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize(
    ("words", "judged"),
    [
        (
            "550 5.7.26 Unauthenticated email from author.example is refused by its DMARC policy",
            "author.example",
        ),
        ("550 5.7.23 SPF of forwarder.example does not allow this host", "forwarder.example"),
    ],
)
def test_dmarc_judges_the_domain_in_from_and_all_else_that_of_the_envelope(
    words: str, judged: str, brief: bool
) -> None:
    sender = "SRS0=Ab12=XY=author.example=ann@forwarder.example"
    raw = (
        f"From: MAILER-DAEMON@mx1.forwarder.example\nTo: {sender}\nSubject: Undelivered Mail\n\n"
        f"The mail could not be delivered.\n\n<bob@example.net>: {words}\n"
        f"\n--- The mail ---\nReturn-Path: <{sender}>\nFrom: ann@author.example\nSubject: Lunch\n"
    )
    one = row_of(examine(Message("box", 0), raw.encode(), brief=brief))
    assert [cause.subject for cause in causes_of(one, one)] == [judged]


def test_of_a_domain_that_mail_is_forwarded_to_the_address_written_to_is_told() -> None:
    def forwarded(at: int, reason: str, written_to: str | None) -> Row:
        return row(reason, at, recipient=f"user{at}@private.example", written_to=written_to)

    def told(*mails: Row) -> list[str]:
        return [one.counted for one in group(mails)]

    ours, other = "info@client.example", "sales@client.example"
    assert told(forwarded(1, "user_unknown", ours), forwarded(2, "user_unknown", ours)) == [
        "private.example (forwarded from info@client.example) does not know the user"
    ]
    assert told(forwarded(1, "host_unknown", ours)) == [
        "private.example (forwarded from info@client.example) is not in DNS"
    ]
    for also in (other, None):
        assert told(forwarded(1, "user_unknown", ours), forwarded(2, "user_unknown", also)) == [
            "private.example does not know the user"
        ]
    assert "client.example" not in told(forwarded(1, "blocked", ours))[0]


def test_of_an_address_that_mail_is_forwarded_to_the_one_written_to_is_told_and_found() -> None:
    def forwarded(at: int, reason: str, written_to: str) -> Row:
        return row(reason, at, recipient="erika@private.example", written_to=written_to)

    mails = [forwarded(at, "mailbox_full", "info@client.example") for at in range(2)]
    assert [one.counted for one in group(mails)] == [
        "erika@private.example (forwarded from info@client.example) is full"
    ]
    assert [one.sentence for one in group([forwarded(1, "has_moved", "info@client.example")])] == [
        "erika@private.example (forwarded from info@client.example) has moved"
    ]
    several = [*mails, forwarded(2, "mailbox_full", "sales@client.example")]
    assert [one.sentence for one in group(several)] == ["erika@private.example is full"]
    assert read_filter("to:info@client")(mails[0])
    assert read_filter("info@client.example")(mails[0])
    assert not read_filter("to:sales@client")(mails[0])
