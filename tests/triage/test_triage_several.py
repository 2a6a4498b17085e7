"""Mails with several failures: found, counted and opened by any of them."""

import pytest
from several_failures import FULL, GOT_IT, LATER, UNKNOWN, RecipientOutcome, report

from bounce_tui.model import Bounce, Case, Failure, Message
from bounce_tui.scan.examination import examine
from bounce_tui.triage.causes import OfCause, group
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.loaded_recipients import LoadedRecipients
from bounce_tui.triage.matching import failure_meant, outcome_meant
from bounce_tui.triage.queue import Queue, found_by
from bounce_tui.triage.row import Row, outcomes_of, pack_rows, row_of, unpack_rows
from bounce_tui.triage.summary import summarise


def case(*several: RecipientOutcome) -> Case:
    return examine(Message("several.eml"), report(*several))


TWO = case(UNKNOWN, FULL)
ROW = row_of(TWO)


def to(*addresses: str) -> list[RecipientOutcome]:
    return [
        RecipientOutcome(address, FULL.said.replace(FULL.recipient, address), "5.2.2", "mx")
        for address in addresses
    ]


def passes(text: str, row: Row = ROW) -> bool:
    return read_filter(text)(row)


@pytest.mark.parametrize(
    "text",
    [
        "to:bob@x.example", "domain:x.example", "reason:mailbox_full", "code:552", "status:5.2.2",
        "mta:mx.x.example", "bob@x.example", '"mailbox full"', "552", "mx.x.example",
        "to:ann", "reason:user_unknown", "domain:y.example & hard", "failed", "permanent",
        "domain:x.example & reason:mailbox_full", "domain:x.example code:552 bob mailer-daemon",
        "domain:w.example | reason:mailbox_full", "!reason:user_unknown", "!to:ann", "!(ann | dan)", "!!bob",
    ],
)  # fmt: skip
def test_a_filter_finds_a_mail_by_any_of_its_failures(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "domain:x.example & reason:user_unknown", "to:bob & hard", "ann 552", "to:ann & to:bob", "delayed",
        "domain:w.example", "!(reason:mailbox_full | reason:user_unknown)", "!mailer-daemon", "temporary",
    ],
)  # fmt: skip
def test_all_terms_of_a_filter_must_hold_of_one_recipient(text: str) -> None:
    assert not passes(text)


def test_a_delay_beside_a_failure_is_one_and_the_failure_leads() -> None:
    both = row_of(case(LATER, FULL))
    assert (both.recipient, both.kind) == ("bob@x.example", "failed")
    assert passes("delayed", both)
    assert passes("delayed & to:dan & temporary", both)
    assert not passes("delayed & to:bob", both)


def test_a_search_finds_any_failure_and_says_which() -> None:
    queue = Queue()
    queue.add([row_of(case(FULL)), ROW])
    assert queue.find("ANN@Y.example", 0, 1, 2)[0] == 1
    assert queue.find("mx.x.example", 1, 1, 2)[0] == 1
    assert failure_meant(TWO, ROW, found_by("Mailbox Full")) == 1
    assert failure_meant(TWO, ROW, found_by("Undelivered Mail")) == 0


def test_the_failure_to_open_is_the_first_that_suits_the_open_one_before_others() -> None:
    assert failure_meant(TWO, ROW, read_filter("to:bob").suits) == 1
    assert failure_meant(TWO, ROW, read_filter("failed").suits) == 0
    assert failure_meant(TWO, ROW, read_filter("failed").suits, 1) == 1
    assert failure_meant(TWO, ROW, read_filter("marked").suits) == 0
    assert failure_meant(TWO, ROW, read_filter("to:ann").suits, 1) == 0


def test_a_list_shows_the_recipient_that_it_was_narrowed_to() -> None:
    several = case(UNKNOWN, *to("a@x.example", "b@x.example", "c@x.example"))
    row = row_of(several)
    assert [one.recipient for one in row.others] == ["a@x.example\nb@x.example\nc@x.example"]
    for text, shown in (
        ("to:b@x", "b@x.example"),
        ("hard", "ann@y.example"),
        ("!to:a@x !to:ann", "b@x.example"),
    ):
        assert passes(text, row)
        assert outcome_meant(row, read_filter(text).suits).recipient == shown
        assert (
            several.bounce.failures[failure_meant(several, row, read_filter(text).suits)].recipient == shown
        )
    assert not passes("to:a@x to:b@x", row)


def test_a_mail_counts_under_each_of_its_causes_once() -> None:
    mails = [row_of(case(FULL)), ROW, row_of(case(UNKNOWN, *to("a@x.example", "b@x.example")))]
    groups = {one.sentence: (one.mails, one.recipients, one.shared) for one in group(mails)}
    assert groups == {
        "mailboxes at x.example are full": (3, 3, 2),
        "y.example does not know the user": (2, 1, 2),
    }
    for one in group(mails):
        assert [row for row in mails if OfCause(one.cause)(row)] == list(one.rows)


def test_recipients_of_one_cause_in_one_mail_are_one_mail() -> None:
    gone = [
        RecipientOutcome(f"{name}@y.example", UNKNOWN.said, "5.1.1", f"mx-{name}.y.example") for name in "abc"
    ]
    (found,) = group([row_of(case(*gone))])
    assert (found.mails, found.recipients, found.shared) == (1, 3, 0)


def test_who_got_the_mail_is_not_among_those_it_failed_for() -> None:
    got = row_of(case(GOT_IT, UNKNOWN))
    assert (got.recipient, got.recipients, got.others) == ("ann@y.example", 1, ())


def test_the_summary_counts_a_mail_once_under_each_reason_and_says_so() -> None:
    found = summarise([row_of(case(LATER, FULL)), row_of(case(FULL, *to("a@x.example"))), ROW])
    why = found.parts[0]
    assert [(one.value, one.failed, one.delayed) for one in why.counts] == [
        ("mailbox full", 3, 0), ("greylisted", 0, 1), ("user unknown", 1, 0),
    ]  # fmt: skip
    assert (found.mails, found.failed, found.several) == (3, 3, True)
    assert not summarise([row_of(case(FULL))]).several


def test_every_recipient_of_the_list_may_be_the_one_that_was_meant() -> None:
    queue = Queue()
    queue.add(
        [row_of(case(UNKNOWN, *to("jsmith@x.example", "adams@x.example"))), row_of(case(UNKNOWN, FULL))]
    )
    addresses = LoadedRecipients(queue).addresses()
    assert [one.address for one in addresses.near("jsmiith@x.example")] == ["jsmith@x.example"]
    assert set(addresses.domains) == {"x.example"}


def test_rows_of_several_come_back_as_they_were_packed_and_share_what_repeats() -> None:
    broken = Case(
        Message("a"),
        Bounce(
            kind="failed", failures=(Failure("a@x"), Failure("b\ud800\n@y"), Failure(None), Failure("root"))
        ),
    )
    rows = unpack_rows(pack_rows([TWO, case(FULL, UNKNOWN, LATER)]) + pack_rows([broken]))
    assert rows[0] == ROW
    assert rows[0].others[0].reason is rows[1].reason
    assert [one.addresses for one in rows[2].others] == [["b\\ud800 @y"], [], ["root"]]
    assert [one.recipient for one in outcomes_of(rows[1])] == [
        "bob@x.example",
        "ann@y.example",
        "dan@w.example",
    ]


def test_five_hundred_recipients_who_met_with_the_same_are_one_text() -> None:
    found = row_of(case(*to(*(f"user{number}@x.example" for number in range(500)))))
    assert (found.recipients, len(found.others), len(found.others[0].addresses)) == (500, 1, 499)
    assert passes("to:user499@", found)
    (one,) = group([found])
    assert (one.recipients, one.counted) == (500, "500 mailboxes at x.example are full")
