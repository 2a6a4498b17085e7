"""A plain session that follows mail, and what becomes of it when that breaks off."""

import os
import shutil
import time
from contextlib import closing
from pathlib import Path

from breaking import Breaking

from bounce_tui.locations import shipped
from bounce_tui.plain import load_commands
from bounce_tui.plain.session import PlainSession
from bounce_tui.plain.talk import Talk

LISTED = shipped("samples") / "mail" / "godaddy-ib104-sbl.eml"


def test_following_that_breaks_off_is_told_once(tmp_path: Path) -> None:
    shutil.copy(LISTED, tmp_path)
    said: list[str] = []
    examiner = Breaking()
    session = PlainSession([str(tmp_path)], nameserver="127.0.0.1:9", follow=True, examiner=examiner)
    talk = Talk(session, lambda question: None, said.append)
    with closing(session):
        assert session.load(lambda percent: None)
        examiner.breaks = True
        shutil.copy(LISTED, tmp_path / "later.eml")
        while not said:
            time.sleep(0.01)
            load_commands.tell_news(talk)
        load_commands.tell_news(talk)
        assert said == ["Reading broke off: OSError: the disk is gone. reload reads everything again.\n"]
        assert [refusal.reason for refusal in session.refusals] == ["broke off: OSError: the disk is gone"]


def test_an_mbox_that_was_empty_is_refused_no_longer_once_mail_has_come(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    other = tmp_path / "other.mbox"
    for empty in (box, other):
        empty.write_bytes(b"")
        os.utime(empty, (0, 0))  # nobody is writing it
    session = PlainSession([str(box), str(other)], nameserver="127.0.0.1:9", follow=True)
    with closing(session):
        assert session.load(lambda percent: None)
        assert [one.file for one in session.refusals] == [str(box), str(other)]
        box.write_bytes(b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n" + LISTED.read_bytes())
        while not len(session.queue):
            session.catch_up()
        assert [one.file for one in session.refusals] == [str(other)]
