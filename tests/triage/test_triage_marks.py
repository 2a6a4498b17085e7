"""Marks on mails, and the way back."""

from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Row
from bounce_tui.triage.undo import MOST_STEPS

ROWS = [Row("box", number, 0, 1, "failed", recipient=f"user{number}") for number in range(5)]


def marked(marks: Marks) -> list[int]:
    return [row.index for row in ROWS if row in marks]


def test_marks_are_set_taken_turned_round_and_cleared() -> None:
    marks = Marks()
    marks.toggle(ROWS[:1])
    marks.add(ROWS[2:4])
    assert marked(marks) == [0, 2, 3]
    marks.toggle(ROWS)
    assert marked(marks) == [1, 4]
    marks.clear()
    assert (marked(marks), len(marks)) == ([], 0)


def test_each_change_can_be_undone_back_to_the_first() -> None:
    marks = Marks()
    marks.add(ROWS[:2])
    marks.toggle(ROWS[1:3])
    marks.clear()
    seen = [marked(marks)]
    while marks.undo():
        seen.append(marked(marks))
    assert seen == [[], [0, 2], [0, 1], []]


def test_what_changes_nothing_is_no_step_and_steps_are_bounded() -> None:
    marks = Marks()
    marks.clear()
    marks.add([])
    assert not marks.undo()
    for _ in range(MOST_STEPS + 20):
        marks.toggle(ROWS[:1])
    undone = 0
    while marks.undo():
        undone += 1
    assert undone == MOST_STEPS


def test_a_command_for_many_works_on_the_marked_ones_that_are_shown() -> None:
    queue, marks = Queue(), Marks()
    assert targets(queue, marks) == []
    queue.add(ROWS)
    assert targets(queue, marks) == [ROWS[0]]
    marks.add([ROWS[3], ROWS[1]])
    assert targets(queue, marks) == [ROWS[1], ROWS[3]]
    for _ in queue.narrow(lambda row: row.index in (0, 3), 10):
        pass
    assert targets(queue, marks) == [ROWS[3]]
    for _ in queue.narrow(lambda row: row.index == 0, 10):
        pass
    assert targets(queue, marks) == []


def test_each_says_whether_it_changed_anything() -> None:
    marks = Marks()
    assert [marks.clear(), marks.add([]), marks.toggle([]), marks.undo()] == [False] * 4
    assert [marks.add(ROWS[:1]), marks.add(ROWS[:1])] == [True, False]
    assert [marks.toggle(ROWS), marks.clear(), marks.clear(), marks.undo()] == [True, True, False, True]


def test_as_many_changes_of_marks_can_be_undone_as_a_session_remembers() -> None:
    marks = Marks()
    seen = [marked(marks)]
    for number in range(MOST_STEPS):
        marks.toggle(ROWS[number % 3 : number % 3 + 1])
        seen.append(marked(marks))
    for before in reversed(seen[:-1]):
        assert marks.undo()
        assert marked(marks) == before
