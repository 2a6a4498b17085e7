"""States and notes of a plain session that their file does not take."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bounce_tui.locations import shipped
from bounce_tui.plain import keeping
from bounce_tui.plain.desk import Desk
from bounce_tui.plain.talk import Talk

LISTED = shipped("samples") / "mail" / "godaddy-ib104-sbl.eml"


def test_a_change_that_cannot_be_taken_back_in_the_file_is_told_at_once(tmp_path: Path) -> None:
    store = tmp_path / "state.db"
    desk = Desk([str(LISTED)], nameserver="127.0.0.1:9", store=store)
    said: list[str] = []
    talk = Talk(desk, lambda question: None, said.append)
    with closing(desk):
        assert desk.load(lambda percent: None)
        desk.look_at(0)
        keeping.stand("done")(talk, "")
        with closing(sqlite3.connect(store)) as inside:
            full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            inside.execute(f"CREATE TRIGGER full BEFORE DELETE ON standing {full}")
        keeping.undo(talk, "")
        keeping.undo(talk, "")
    assert said == [
        "It is done; undo takes it back.\n",
        f"Not kept: {store}: database or disk is full; the last change is not kept.\n",
        "There is nothing left to undo.\n",
    ]
