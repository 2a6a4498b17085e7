"""Reading again: each mail is itself wherever its file lies now."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.queue import ORDERS, Queue
from bounce_tui.triage.reloading import Reloading
from bounce_tui.triage.row import Row
from bounce_tui.triage.same_mail import same_mail

Make = Callable[..., Row]


def mail(content: int, file: str = "", **fields: object) -> Row:
    """A mail that its content tells, in a file of its own."""
    values = {
        "recipients": 1,
        "recipient": f"user{content}@example.net",
        "date": f"2026-11-{content % 28:02}",
    }
    return Row(file or f"{content}.eml", 0, 0, 10, "failed", identity=bytes([content]), **(values | fields))


def replaced(queue: Queue, rows: list[Row]) -> None:
    for _ in queue.replace(rows, same_mail(queue.arrived(0), rows), 2):
        pass


def arrivals(rows: list[Row], refusals: list[Refusal], trouble: str | None = None) -> Arrivals:
    return Arrivals(rows, refusals, 1, 1, True, False, trouble)


def test_a_mail_is_told_by_its_content_and_of_twins_each_keeps_its_place() -> None:
    before = [mail(1), mail(2, "a"), mail(2, "b"), mail(3)]
    after = [mail(2, "b"), mail(1, "moved"), mail(2, "c"), mail(9, "3.eml")]
    heirs = same_mail(before, after)
    assert {key[0]: row.file for key, row in heirs.items()} == {"1.eml": "moved", "b": "b", "a": "c"}


def test_what_cannot_be_read_is_told_by_its_place() -> None:
    before = [mail(1, "a", error="gone"), mail(1, "b", error="gone")]
    after = [mail(7, "a"), mail(1, "c", error="gone")]
    assert {key[0]: row.file for key, row in same_mail(before, after).items()} == {"a": "a"}


def test_a_place_that_holds_another_mail_now_is_not_that_mail() -> None:
    first, second = mail(1, "box"), replace(mail(2, "box"), index=1)
    heirs = same_mail([first, second], [replace(second, index=0)])
    assert list(heirs) == [second.key]
    assert heirs[second.key].index == 0


def test_the_cursor_stays_on_its_mail_or_goes_to_the_next_that_is_there() -> None:
    queue = Queue()
    queue.add(mail(number) for number in range(1, 7))
    queue.look_at(3)
    replaced(queue, [mail(9), mail(4, "elsewhere"), mail(5)])
    assert queue.focused == mail(4, "elsewhere")
    replaced(queue, [mail(9), mail(5), mail(6)])
    assert queue.focused == mail(5)
    replaced(queue, [mail(9)])
    assert queue.focused == mail(9)
    replaced(queue, [])
    assert queue.focused is None
    replaced(queue, [mail(1)])
    assert queue.focused == mail(1)


def test_order_and_filter_stay() -> None:
    queue = Queue()
    queue.add([mail(3), mail(1), mail(2, reason="spam")])
    queue.sort("date")
    queue.reverse()
    for _ in queue.narrow(lambda row: row.reason != "spam", 1):
        pass
    replaced(queue, [mail(1), mail(4), mail(5, reason="spam"), mail(3)])
    assert [row.file for row in queue] == ["4.eml", "3.eml", "1.eml"]
    assert (queue.is_filtered, queue.is_reversed, queue.total) == (True, True, 4)


def test_a_filter_or_an_order_that_comes_between_two_steps_counts() -> None:
    queue = Queue()
    queue.add(mail(number) for number in range(1, 9))
    rows = [mail(number) for number in range(8, 0, -1)]
    steps = queue.replace(rows, same_mail(queue.arrived(0), rows), 3)
    next(steps)
    queue.sort("date")
    next(steps)
    for _ in queue.narrow(lambda row: row.identity > b"\x04", 100):
        pass
    list(steps)
    assert [row.identity[0] for row in queue] == [5, 6, 7, 8]
    assert queue.focused == mail(5)


def test_mail_that_is_read_again_between_two_steps_of_a_filter_is_what_is_filtered() -> None:
    queue = Queue()
    queue.add(mail(number) for number in range(1, 9))
    steps = queue.narrow(lambda row: row.identity > b"\x02", 3)
    next(steps)
    replaced(queue, [mail(1), mail(3)])
    list(steps)
    assert [row.identity[0] for row in queue] == [3]


@given(
    st.lists(st.integers(1, 9), unique=True), st.lists(st.integers(1, 9), unique=True),
    st.integers(0, 9), st.sampled_from(ORDERS), st.booleans(),
)  # fmt: skip
def test_whatever_comes_and_goes_the_list_is_whole_and_its_cursor_stands_on_a_mail(
    first: list[int], second: list[int], place: int, order: str, turned: bool
) -> None:
    queue = Queue()
    queue.add(map(mail, first))
    queue.sort(order)
    if turned:
        queue.reverse()
    queue.look_at(place)
    before = queue.focused
    replaced(queue, [mail(number, f"new-{number}") for number in second])
    assert sorted(row.identity[0] for row in queue) == sorted(second)
    assert (queue.focus is None) == (not second)
    if before is not None and before.identity[0] in second:
        assert queue.focused is not None
        assert queue.focused.identity == before.identity
    fresh = Queue()
    fresh.add(queue.arrived(0))
    fresh.sort(order)
    assert list(queue) == (list(fresh)[::-1] if turned else list(fresh))


def test_marks_and_their_way_back_follow_their_mails() -> None:
    rows = [mail(1), mail(2), mail(3)]
    marks = Marks()
    marks.add(rows[:2])
    marks.toggle(rows[1:])
    now = [mail(2, "b"), mail(3, "c")]
    marks.carry(same_mail(rows, now))
    assert [row.file for row in now if row in marks] == ["c"]
    assert len(marks) == 1
    marks.undo()
    assert [row.file for row in now if row in marks] == ["b"]


def test_standard_input_keeps_its_rows_and_what_was_wrong_with_it() -> None:
    reloading = Reloading(("-", "folder"))
    assert reloading.paths == ("folder",)
    reloading.take(arrivals([mail(5)], [Refusal("new", "unreadable")], trouble="it broke"))
    before = [mail(1, "-"), mail(4)]
    again = reloading.against(before, [Refusal("-", "cut off"), Refusal("old", "unreadable")])
    assert list(again.rows) == [mail(1, "-"), mail(5)]
    assert [one.file for one in again.refusals] == ["-", "new", "loading"]
    assert (again.new, again.gone) == (1, 1)
    assert again.moved == {mail(1, "-").message: mail(1, "-").message}
