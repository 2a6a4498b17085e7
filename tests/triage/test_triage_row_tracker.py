"""Which row is which, while files move, grow, go and come again."""

from bounce_tui.triage.row import Row
from bounce_tui.triage.row_tracker import RowTracker


def row(file: str, index: int = 0, said: str = "", **more: object) -> Row:
    what = (said or f"{file} {index}").encode()
    return Row(file, index, 0, 100, "failed", identity=what, **more)


def taken(tracker: RowTracker) -> tuple[list[tuple[str, int]], list[tuple[tuple[str, int, int], str, bool]]]:
    """What is new, and what has changed: the key it had, its file now, whether it is away."""
    rows, renewed = tracker.take()
    return [(one.file, one.index) for one in rows], [(key, one.file, one.away) for key, one in renewed]


def held(*rows: Row) -> RowTracker:
    tracker = RowTracker()
    tracker.arrive(rows)
    tracker.settle()
    tracker.take()
    return tracker


def test_new_mail_is_new_once() -> None:
    tracker = RowTracker()
    tracker.arrive([row("a"), row("b")])
    tracker.settle()
    assert taken(tracker) == ([("a", 0), ("b", 0)], [])
    assert taken(tracker) == ([], [])


def test_mail_under_another_name_is_the_same_row() -> None:
    tracker = held(row("new/1"), row("new/2"))
    tracker.files_changed([], [("new/1", "cur/1:2,S")])
    tracker.settle()
    assert taken(tracker) == ([], [(("new/1", 0, 0), "cur/1:2,S", False)])


def test_mail_that_comes_again_elsewhere_is_the_same_row() -> None:
    tracker = held(row("a.eml", said="x"))
    tracker.files_changed(["a.eml"], [])
    tracker.arrive([row("b.eml", said="x")])
    tracker.settle()
    assert taken(tracker) == ([], [(("a.eml", 0, 0), "b.eml", False)])


def test_what_is_gone_is_away_when_all_has_settled_and_comes_back_as_itself() -> None:
    tracker = held(row("a.eml", said="x"))
    tracker.files_changed(["a.eml"], [])
    assert taken(tracker) == ([], []), "it may still come again"
    tracker.settle()
    assert taken(tracker) == ([], [(("a.eml", 0, 0), "a.eml", True)])
    tracker.arrive([row("saved/a.eml", said="x")])
    assert taken(tracker) == ([], [(("a.eml", 0, 0), "saved/a.eml", False)])


def test_a_rewritten_mbox_keeps_the_rows_of_the_mail_that_is_still_in_it() -> None:
    tracker = held(*(row("box", number, f"mail {number}") for number in range(3)))
    tracker.files_changed(["box"], [])
    tracker.arrive([row("box", 0, "mail 1"), row("box", 1, "mail 2"), row("box", 2, "mail 9")])
    tracker.settle()
    rows, renewed = tracker.take()
    assert [(one.index, one.identity) for one in rows] == [(2, b"mail 9")]
    assert {key[1]: (one.index, one.away) for key, one in renewed} == {
        0: (0, True), 1: (0, False), 2: (1, False),
    }  # fmt: skip
    keys = [one.key for one in rows] + [one.key for _, one in renewed]
    assert len(set(keys)) == 4, "no two rows have one key"
    assert len({one.message for one in rows} | {one.message for _, one in renewed}) == 4


def test_two_copies_of_a_mail_are_two_rows() -> None:
    tracker = held(row("a", said="x"))
    tracker.arrive([row("b", said="x")])
    assert taken(tracker) == ([("b", 0)], [])
    tracker.files_changed(["b"], [])
    tracker.settle()
    assert taken(tracker) == ([], [(("b", 0, 0), "b", True)])


def test_a_message_that_has_grown_is_the_same_row_and_another_in_its_file_is_not() -> None:
    tracker = held(row("a", said="half", subject="Undelivered"))
    whole = Row("a", 0, 0, 900, "failed", subject="Undelivered", identity=b"whole")
    tracker.arrive([whole])
    tracker.settle()
    assert taken(tracker) == ([], [(("a", 0, 0), "a", False)])
    tracker.arrive([Row("a", 0, 0, 900, "failed", subject="Delayed", identity=b"other")])
    tracker.settle()
    assert taken(tracker) == ([("a", 0)], [(("a", 0, 0), "a", True)])


def test_what_changes_before_anybody_took_it_is_simply_new() -> None:
    tracker = RowTracker()
    tracker.arrive([row("new/1", said="x")])
    tracker.files_changed([], [("new/1", "cur/1")])
    tracker.settle()
    assert taken(tracker) == ([("cur/1", 0)], [])
    tracker.files_changed([], [("cur/1", "cur/1:2,S")])
    tracker.files_changed([], [("cur/1:2,S", "cur/1:2,ST")])
    assert taken(tracker) == ([], [(("cur/1", 0, 0), "cur/1:2,ST", False)])


def test_mails_that_could_not_be_read_are_not_taken_for_one_another() -> None:
    tracker = held(row("a", said="same", error="broken"))
    tracker.files_changed(["a"], [])
    tracker.arrive([row("b", said="same", error="broken")])
    tracker.settle()
    assert taken(tracker) == ([("b", 0)], [(("a", 0, 0), "a", True)])
