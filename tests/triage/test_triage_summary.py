"""What is counted of the mails in a list."""

import pytest
from msgspec.structs import replace

from bounce_tui.triage.row import Row
from bounce_tui.triage.summary import MOST, summarise


def row(kind: str, reason: str, date: str = "2026-11-20T09:14:00Z") -> Row:
    return Row("a.eml", 0, 0, 1, kind, date=date, reason=reason, author="Ann@Example.ORG")


def test_a_delay_is_no_failure() -> None:
    kinds = (("failed", "spam"), ("delayed", "spam"), ("other", "spam"), ("failed", "rfc"))
    found = summarise([row(*one) for one in kinds])
    assert (found.mails, found.failed, found.delayed) == (4, 2, 1)
    why = found.parts[0]
    assert [(one.value, one.failed, one.delayed) for one in why.counts] == [("spam", 1, 1), ("RFC", 1, 0)]


def test_senders_are_the_same_in_any_case_and_what_is_unknown_is_named() -> None:
    found = summarise([row("failed", "spam")])
    assert {part.title: part.counts[0].value for part in found.parts} == {
        "Why": "spam", "Who refused": "not told", "Who sent": "ann@example.org", "Sent from": "not told",
    }  # fmt: skip


@pytest.mark.parametrize("reason", ["expired", "network_error", "host_unknown", "dns_failure"])
def test_a_server_of_ours_that_gave_up_refused_nothing(reason: str) -> None:
    ours = replace(row("failed", reason), host="mx1.example.org", provider="Microsoft Exchange Online")
    theirs = replace(row("failed", "mailbox_full"), host="mx.example.net")
    counts = {part.title: part.counts for part in summarise([ours, theirs]).parts}
    assert [one.value for one in counts["Who refused"]] == ["nobody (not reached)", "mx.example.net"]


def test_of_many_values_the_rest_is_counted_together() -> None:
    found = summarise([row("failed", f"r{number}") for number in range(MOST + 3)])
    assert (len(found.parts[0].counts), found.parts[0].others, found.parts[0].more) == (MOST, 3, 3)


def test_the_hours_are_counted_in_which_any_failed() -> None:
    hours = summarise([row("failed", "spam", f"2026-11-20T{hour:02}:30:00Z") for hour in (9, 11, 9)])
    assert [(one.value, one.total) for one in hours.when] == [("2026-11-20T09", 2), ("2026-11-20T11", 1)]


def test_where_nothing_failed_there_is_nothing_to_count() -> None:
    assert summarise([Row("a.eml", 0, 0, 1, "other")]).parts == ()
