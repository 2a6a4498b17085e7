"""The queue: order, search, and a focus that stays on its mail."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.matching import outcome_meant
from bounce_tui.triage.other_recipients import OtherRecipients
from bounce_tui.triage.queue import ORDERS, Queue
from bounce_tui.triage.row import RecipientOutcome, Row

Make = Callable[..., Row]


def filled(rows: list[Row]) -> Queue:
    queue = Queue()
    queue.add(rows)
    return queue


def test_rows_come_in_the_order_of_their_arrival(make_row: Make) -> None:
    queue = filled([make_row(2), make_row(0)])
    queue.add([make_row(1)])
    assert [row.index for row in queue] == [2, 0, 1]
    assert [row.index for row in queue[1:]] == [0, 1]
    assert queue[-1].index == 1


def test_the_first_row_gets_the_focus_and_an_empty_queue_has_none(make_row: Make) -> None:
    queue = Queue()
    assert queue.focus is None
    assert queue.focused is None
    queue.look_at(5)
    assert queue.focus is None
    queue.add([make_row(7)])
    assert queue.focus == 0


def test_the_focus_stays_on_its_mail_when_earlier_mail_arrives(make_row: Make) -> None:
    queue = filled([make_row(30), make_row(40)])
    queue.sort("date")
    queue.look_at(1)
    queue.add([make_row(10), make_row(20), make_row(50)])
    assert queue.focused is not None
    assert queue.focused.index == 40
    assert queue.focus == 3


def test_the_focus_stops_at_both_ends(make_row: Make) -> None:
    queue = filled([make_row(number) for number in range(3)])
    queue.look_at(99)
    assert queue.focus == 2
    queue.look_at(-99)
    assert queue.focus == 0


@pytest.mark.parametrize(
    ("order", "expected"),
    [("arrival", [0, 1, 2, 3]), ("date", [2, 0, 3, 1]), ("reason", [3, 0, 2, 1]), ("domain", [3, 0, 1, 2])],
)
def test_the_queue_sorts_by(make_row: Make, order: str, expected: list[int]) -> None:
    queue = filled(
        [
            make_row(0, date="2026-01-02T00:00:00Z", reason="greylisted", recipient="a@b.example"),
            make_row(1, date=None, reason=None, kind="auto_reply", recipient="a@C.example"),
            make_row(2, date="2026-01-01T00:00:00Z", reason="mailbox_full", recipient="no address at all"),
            make_row(3, date="2026-01-03T00:00:00Z", reason="blocked", recipient="z@a.example"),
        ]
    )
    queue.sort(order)
    assert [row.index for row in queue] == expected
    queue.reverse()
    assert [row.index for row in queue] == expected[::-1]


def test_a_search_goes_on_from_where_it_stands_and_around_the_end(make_row: Make) -> None:
    queue = filled([make_row(number, recipient=f"user{number % 3}@example.net") for number in range(9)])
    assert queue.find("USER1@", 2, 1, 100)[0] == 4
    assert queue.find("user1@", 8, 1, 100)[0] == 1
    assert queue.find("user1@", 3, -1, 100)[0] == 1
    assert queue.find("nobody", 0, 1, 100)[0] is None


def test_a_long_search_is_done_in_slices_that_join(make_row: Make) -> None:
    queue = filled([make_row(number) for number in range(50)])
    found, place = queue.find("user41@", 0, 1, 10)
    slices = 1
    while found is None:
        found, place = queue.find("user41@", place, 1, 10)
        slices += 1
    assert (found, slices) == (41, 5)


def test_the_words_shown_are_the_words_found(make_row: Make) -> None:
    queue = filled([make_row(0, reason="mailbox_full"), make_row(1, provider="Outlook.com")])
    assert queue.find("mailbox full", 0, 1, 10)[0] == 0
    assert queue.find("outlook", 0, 1, 10)[0] == 1


REASONS = st.sampled_from(["blocked", "mailbox_full", None])
DOMAINS = st.sampled_from(["a.example", "b.example", ""])


@given(
    st.lists(st.tuples(REASONS, DOMAINS), max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(ORDERS),
    st.booleans(),
)
def test_whatever_arrives_in_whatever_order_every_mail_is_shown_once_and_the_focus_keeps_its_mail(
    fields: list[tuple[str | None, str]], split: int, look: int, order: str, turned: bool
) -> None:
    rows = [
        Row("f", number, 0, 0, "failed", reason=reason, recipient=f"x@{domain}")
        for number, (reason, domain) in enumerate(fields)
    ]
    queue = filled(rows[:split])
    if turned:
        queue.reverse()
    queue.sort(order)
    queue.look_at(look)
    before = queue.focused
    queue.add(rows[split:])
    assert sorted(row.index for row in queue) == list(range(len(rows)))
    if before is not None:
        assert queue.focused is before
        assert queue.focus is not None
        assert queue[queue.focus] is before


def narrowed(queue: Queue, text: str) -> list[str]:
    for _ in queue.narrow(lambda row: text in (row.recipient or ""), 2):
        pass
    return [row.recipient or "" for row in queue]


def named(*names: str) -> list[Row]:
    return [Row("box", number, 0, 1, "failed", recipient=name) for number, name in enumerate(names)]


def test_a_filter_shows_what_passes_and_keeps_the_focus_on_its_mail() -> None:
    queue = Queue()
    queue.add(named("anna", "bob", "carla", "dora"))
    queue.look_at(2)
    assert narrowed(queue, "a") == ["anna", "carla", "dora"]
    assert (queue.focus, queue.focused and queue.focused.recipient) == (1, "carla")
    assert narrowed(queue, "") == ["anna", "bob", "carla", "dora"]
    assert queue.focus == 2


def test_a_focus_that_is_filtered_out_goes_to_the_next_mail_shown() -> None:
    queue = Queue()
    queue.add(named("anna", "bob", "carla", "bert"))
    queue.look_at(1)
    assert narrowed(queue, "a") == ["anna", "carla"]
    assert queue.focused is not None
    assert queue.focused.recipient == "carla"
    queue.look_at(1)
    assert narrowed(queue, "nn") == ["anna"]
    assert queue.focus == 0
    assert narrowed(queue, "zzz") == []
    assert (queue.focus, queue.focused) == (None, None)
    assert narrowed(queue, "b") == ["bob", "bert"]
    assert queue.focus == 0


def test_what_arrives_meets_the_filter_and_the_order_may_change_under_it() -> None:
    queue = Queue()
    queue.add(named("anna", "bob"))
    narrowed(queue, "a")
    queue.add(named("zora", "kim", "alma"))
    assert [row.recipient for row in queue] == ["anna", "zora", "alma"]
    assert (len(queue), queue.total) == (3, 5)
    queue.sort("date")
    queue.sort("arrival")
    queue.reverse()
    assert [row.recipient for row in queue] == ["alma", "zora", "anna"]


def test_nothing_changes_until_the_filter_has_seen_every_row() -> None:
    queue = Queue()
    queue.add(named(*"abcdef"))
    looking = queue.narrow(lambda row: False, 2)
    assert next(looking) == 2
    assert len(queue) == 6
    queue.add(named("g"))
    assert list(looking) == [4, 6, 7]
    assert len(queue) == 0


def test_a_filter_that_nothing_passes_does_not_lose_the_place() -> None:
    queue = Queue()
    queue.add(named("anna", "bob", "carla", "bert"))
    queue.look_at(2)
    for text in ("zzz", "yyy"):
        assert narrowed(queue, text) == []
        assert queue.focus is None
    queue.add(named("dora"))
    assert queue.focused is None
    narrowed(queue, "")
    assert queue.focused is not None
    assert queue.focused.recipient == "carla"


def test_a_place_behind_a_filter_that_nothing_passes_is_kept_when_all_is_read_again() -> None:
    queue, mails = Queue(), named("anna", "bob", "carla")
    queue.add(mails)
    queue.look_at(1)
    narrowed(queue, "zzz")
    fresh = [replace(row, file="cur/a", index=9 - row.index) for row in reversed(mails)]
    heirs = {row.key: heir for row, heir in zip(mails, reversed(fresh), strict=True)}
    for _ in queue.replace(fresh, heirs, 2):
        pass
    assert queue.focus is None
    narrowed(queue, "")
    assert queue.focused is not None
    assert queue.focused.recipient == "bob"


@given(
    st.lists(st.tuples(REASONS, REASONS), max_size=30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(ORDERS),
    st.booleans(),
)
def test_a_mail_stands_where_the_failure_belongs_that_it_is_shown_for(
    reasons: list[tuple[str | None, str | None]], split: int, look: int, order: str, turned: bool
) -> None:
    rows = [
        Row("f", at, 0, 0, "failed", reason=one, others=(OtherRecipients("x@y.example", reason=two),))
        for at, (one, two) in enumerate(reasons)
    ]
    full = read_filter("reason:mailbox_full")
    queue = filled(rows[:split])
    if turned:
        queue.reverse()
    queue.sort(order)  # type: ignore[arg-type]
    for _ in queue.narrow(full, 7, full.suits):
        pass
    queue.look_at(look)
    before = queue.focused
    queue.add(rows[split:])
    for again in (order, "domain", "reason"):
        queue.sort(again)  # type: ignore[arg-type]
        shown = [outcome_meant(row, full.suits) for row in queue]
        domains = [outcome.domain or "~" for outcome in shown]
        if again == "domain":
            assert domains == sorted(domains, reverse=turned)
        assert {outcome.reason for outcome in shown} <= {"mailbox_full"}
        if before is not None:
            assert queue.focused is before
            assert queue[queue.focus or 0] is before
        for place in range(len(queue)):
            if before is not None and queue[place] is before:
                assert queue.focus == place


def test_what_a_row_is_shown_for_may_change_under_it_without_losing_the_place() -> None:
    checked = {"mailbox_full"}
    rows = [
        Row(
            "f",
            at,
            0,
            0,
            "failed",
            reason="user_unknown",
            others=(OtherRecipients("x@y.example", reason="mailbox_full"),),
        )
        for at in range(3)
    ]
    queue = filled(rows)
    queue.sort("reason")

    def suits(row: Row, outcome: RecipientOutcome) -> bool:
        return outcome.reason in checked

    for _ in queue.narrow(lambda row: True, 7, suits):
        pass
    queue.look_at(2)
    checked.clear()
    assert queue.focus == 2
    assert queue.focused is rows[2]


def test_a_mail_that_goes_away_leaves_a_list_that_shows_none_of_these(make_row: Make) -> None:
    queue = filled([make_row(0), make_row(1), make_row(2)])
    for _ in queue.narrow(read_filter("!away"), 100):
        pass
    queue.look_at(1)
    queue.renew([(queue[1].key, replace(queue[1], away=True))])
    assert [row.index for row in queue] == [0, 2]
    assert queue.focused is not None
    assert queue.focused.index == 2, "the next one"
    for place in (1, 0):
        queue.renew([(queue[place].key, replace(queue[place], away=True))])
    assert len(queue) == 0
    assert queue.focused is None


def test_a_mail_that_goes_away_stays_in_a_list_that_minds_something_else(make_row: Make) -> None:
    queue = filled([make_row(0), make_row(1)])
    for _ in queue.narrow(read_filter("bounce | other"), 100):
        pass
    queue.renew([(queue[0].key, replace(queue[0], away=True))])
    assert [row.away for row in queue] == [True, False]
