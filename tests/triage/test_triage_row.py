"""List lines made of cases, and their way between processes."""

import os

import msgspec
import pytest

from bounce_tui.mailbox import UnreadableSource, read_message
from bounce_tui.model import Bounce, Case, Diagnosis, Evidence, Failure, Message
from bounce_tui.triage.other_recipients import OtherRecipients, outcome_of
from bounce_tui.triage.row import pack_rows, row_of, unpack_rows


def diagnosis(reason: str, *, temporary: bool = False, hard: bool = False) -> Diagnosis:
    return Diagnosis(
        reason, temporary, hard, "Example", "rule", "high", Evidence("x", "diagnostic"), "", (), "sender"
    )


CASE = Case(
    Message("inbox/a.eml", 3, 10, 20),
    Bounce(
        kind="failed", date="2026-11-20T09:14:02Z", subject="Undelivered", from_="MAILER-DAEMON",
        reporting_mta="mail.example.org",
        failures=(
            Failure(recipient="ok@example.net", action="relayed"),
            Failure(recipient="Bob@Example.NET", reply_code="550", remote_mta="mx.example.net"),
        ),
    ),
    (diagnosis("delivered"), diagnosis("user_unknown", hard=True)),
)  # fmt: skip


def test_the_line_shows_the_first_recipient_that_failed() -> None:
    assert CASE.bounce.leading == 1
    row = row_of(CASE)
    assert (row.recipient, row.reason, row.hard, row.recipients) == (
        "Bob@Example.NET",
        "user_unknown",
        True,
        2,
    )
    assert row.host == "mx.example.net"
    assert row.domain == "example.net"
    assert row.key == ("inbox/a.eml", 3, 0)
    assert row.message == CASE.message


def test_a_mail_that_is_no_bounce_has_a_line_with_its_sender_and_subject() -> None:
    row = row_of(Case(Message("a"), Bounce(kind="other", subject="Lunch", from_="ann@example.org")))
    assert (row.kind, row.subject, row.sender, row.recipient, row.domain) == (
        "other", "Lunch", "ann@example.org", None, "",
    )  # fmt: skip


def test_an_unreadable_message_keeps_its_error() -> None:
    assert row_of(Case(Message("a"), Bounce(), error="cut short")).error == "cut short"


def test_rows_come_back_as_they_were_packed_and_share_what_repeats() -> None:
    rows = unpack_rows(pack_rows([CASE, CASE]) + pack_rows([]) + pack_rows([CASE]))
    assert rows == [row_of(CASE)] * 3
    assert rows[0].file is rows[1].file
    assert rows[0].reason is rows[1].reason


def test_a_file_name_of_any_bytes_comes_back_as_it_was_and_a_broken_field_does_not_stop_the_rest() -> None:
    name = os.fsdecode(b"caf\xc3\xa9-\xff.eml")
    cases = [Case(Message(name), Bounce(subject="a \ud800 b")), CASE]
    rows = unpack_rows(pack_rows(cases))
    assert rows[0].file == name
    assert rows[0].subject == "a \\ud800 b"
    assert rows[1] == row_of(CASE)


def test_a_report_of_deliveries_only_is_told_by_its_first_recipient() -> None:
    delivered = tuple(Failure(recipient=f"{name}@example.net", action="delivered") for name in ("a", "b"))
    assert Bounce(kind="delivered", failures=delivered).leading == 0
    row = row_of(Case(Message("a"), Bounce(kind="delivered", failures=delivered)))
    assert (row.recipient, row.temporary, row.hard) == ("a@example.net", False, False)


def test_a_mail_without_failures_is_neither_temporary_nor_hard() -> None:
    row = row_of(Case(Message("a"), Bounce()))
    assert (row.temporary, row.hard, row.away) == (False, False, False)


def test_what_is_away_lies_where_nobody_can_read_and_no_two_of_them_at_one_place() -> None:
    here = row_of(CASE)
    gone = [msgspec.structs.replace(here, away=True, edition=edition).message for edition in range(3)]
    assert len({here.message, *gone}) == 4
    assert {message.offset for message in gone} == {CASE.message.offset}
    for message in gone:
        with pytest.raises(UnreadableSource, match="this mail is no longer here"):
            read_message(message)


@pytest.mark.parametrize(
    ("recipient", "domain"),
    [
        ("kim@Corp.Example", "corp.example"),
        ("kim@corp.example.", "corp.example"),
        ("kim@[192.0.2.1]", "[192.0.2.1]"),
        ("kim", ""),
        (None, ""),
    ],
)
def test_other_recipients_are_filed_under_their_domain_as_the_mail_writes_it(
    recipient: str | None, domain: str
) -> None:
    assert OtherRecipients(recipient).domain == domain


@pytest.mark.parametrize("diagnosed", [0, 2])
def test_a_row_tells_of_its_leading_failure_all_that_it_tells_of_the_others(diagnosed: int) -> None:
    case = msgspec.structs.replace(CASE, diagnoses=CASE.diagnoses[:diagnosed])
    leading = case.bounce.leading
    row, first = row_of(case), outcome_of(case, leading, leading)
    assert first.recipient
    assert {name: getattr(row, name) for name in first.__struct_fields__} == msgspec.structs.asdict(first)


@pytest.mark.parametrize(
    ("original", "written_to"),
    [
        ("info@client.example", "info@client.example"),
        ("bob@example.net", None),
        ("me@example.org", None),
        (None, None),
    ],
)
def test_a_row_tells_the_address_that_was_written_to_where_that_is_forwarded(
    original: str | None, written_to: str | None
) -> None:
    failures = tuple(
        Failure(recipient=f"{name}@example.net", original_recipient=original if name == "bob" else None)
        for name in ("ann", "bob")
    )
    for order in (failures, failures[::-1]):
        bounce = Bounce(kind="failed", to="me@example.org", failures=order)
        case = Case(Message("a"), bounce, (diagnosis("mailbox_full"),) * 2)
        row = row_of(case)
        told = {one.recipient: one.written_to for one in (row, *row.others)}
        if written_to:
            assert told == {"ann@example.net": None, "bob@example.net": written_to}
        else:
            assert set(told.values()) == {None}
