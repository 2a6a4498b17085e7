"""States and notes of a plain session that their file does not take."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ports import unanswering

from bounce_tui.locations import shipped
from bounce_tui.plain import state_commands
from bounce_tui.plain.session import PlainSession
from bounce_tui.plain.talk import Talk
from bounce_tui.triage.store.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LISTED = shipped("samples") / "mail" / "godaddy-ib104-sbl.eml"


def test_a_change_that_cannot_be_taken_back_in_the_file_is_told_at_once(tmp_path: Path) -> None:
    store = tmp_path / "state.db"
    session = PlainSession([str(LISTED)], nameserver="127.0.0.1:9", store=store)
    said: list[str] = []
    talk = Talk(session, lambda question: None, said.append)
    with closing(session):
        assert session.load(lambda percent: None)
        session.hand.look_at(0)
        state_commands.stand("done")(talk, "")
        with closing(sqlite3.connect(store)) as inside:
            full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            inside.execute(f"CREATE TRIGGER full BEFORE DELETE ON standing {full}")
        state_commands.undo(talk, "")
        state_commands.undo(talk, "")
    assert said == [
        "It is done; undo takes it back.\n",
        f"Not taken back: {store}: database or disk is full; the last change is not kept.\n",
        "There is nothing left to undo.\n",
    ]


def test_undo_says_what_somebody_else_has_changed_since(tmp_path: Path) -> None:
    store = tmp_path / "state.db"
    sessions = [PlainSession([str(LISTED)], nameserver="127.0.0.1:9", store=store) for _ in range(2)]
    said: list[str] = []
    mine, hers = (Talk(session, lambda question: None, said.append) for session in sessions)
    with closing(sessions[0]), closing(sessions[1]):
        for session in sessions:
            assert session.load(lambda percent: None)
            session.hand.look_at(0)
        state_commands.stand("done")(mine, "")
        state_commands.stand("working")(hers, "")
        state_commands.undo(mine, "")
        assert [one.state for one in mine.session.notebook.annotations.values()] == ["working"]
    assert said[2:] == ["Not taken back: somebody else has changed 1 mail since, left as changed there.\n"]


def test_what_is_wrong_with_the_file_while_mail_is_read_is_no_word_about_the_next_change(
    tmp_path: Path,
) -> None:
    store = tmp_path / "state.db"
    Store(store).close()
    with closing(sqlite3.connect(store)) as inside:
        full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        inside.execute(f"CREATE TRIGGER full BEFORE INSERT ON report {full}")
    session = PlainSession([str(LISTED)], nameserver="127.0.0.1:9", store=store)
    said: list[str] = []
    talk = Talk(session, lambda question: None, said.append)
    with closing(session):
        assert session.load(lambda percent: None)
        assert [refusal.file for refusal in session.refusals] == ["states and notes"]
        state_commands.stand("done")(talk, "")
    assert said == ["It is done; undo takes it back.\n"]


def test_a_checked_mail_passes_as_checked_though_nobody_answered_or_nobody_was_to_be_asked(
    talk: Run, two: tuple[Path, Path]
) -> None:
    full, _ = two
    with unanswering() as nobody:
        done = talk("check", "next", "check", "y", "filter checked",
                    paths=(full, LISTED), options=("--nameserver", nobody))  # fmt: skip
    assert "1 to 2 of 2." in done.stdout[done.stdout.rindex("Verdict:") :]
    assert done.stdout.count("checked: it cannot be known") == 2
