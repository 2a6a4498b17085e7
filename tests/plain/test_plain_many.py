"""The plain session looks things up, works on many mails, reads again and asks the mail host."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.diagnosis.reference import read_reference
from bounce_tui.locations import shipped
from bounce_tui.plain.session import PlainSession

MAIL = shipped("samples") / "mail"
FULL, SHARED, LISTED = (
    MAIL / f"{name}.eml" for name in ("k12-2-mailbox-full", "several-recipients", "godaddy-ib104-sbl")
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_reference_is_looked_up_by_words_and_shown_by_number_or_name(talk: Run) -> None:
    done = talk(
        "rules IB104", "rule 1", "rules 5.7.26", "rule 1", "rule GODADDY", "rule 5.1.1", paths=(LISTED,)
    )
    assert "1. rule IB104: blocklisted, GoDaddy (godaddy-ib104-sbl)" in done.stdout
    assert "1 to 1 of 1. rule N shows one." in done.stdout
    assert re.search(r"^godaddy-ib104-sbl\n  Reason: +blocklisted$", done.stdout, re.M)
    assert re.search(r"^  File: +\S+godaddy\.toml:\d+$", done.stdout, re.M)
    assert "1. status X.7.26: Multiple authentication checks failed, RFC 7372" in done.stdout
    for page in ("X.7.26", "GoDaddy", "X.1.1"):
        assert re.search(rf"^{re.escape(page)}\n  \S", done.stdout, re.M)
    assert max(map(len, done.stdout.splitlines())) <= 200


def test_rule_alone_shows_the_one_that_matched_the_recipient_in_hand(talk: Run) -> None:
    done = talk("rule", paths=(LISTED,))
    assert "\ngodaddy-ib104-sbl\n" in done.stdout
    assert "No rule matched here." in talk("rule", paths=(MAIL / "ordinary.eml",)).stdout


def test_what_is_not_there_to_look_up_is_said(talk: Run) -> None:
    done = talk("rules", "rules zwrzl \x1b", "rule zwrzl", "rules e", paths=(LISTED,))
    assert "rules takes words" in done.stdout
    assert "Nothing holds all of: zwrzl \\x1b." in done.stdout
    assert "Nothing is named zwrzl." in done.stdout
    assert re.search(r"1 to 20 of [\d,]+; more words narrow them\.", done.stdout)


def test_states_and_notes_take_the_marked_mails_and_undo_takes_all_back(talk: Run) -> None:
    paths = (FULL, SHARED, LISTED)
    done = talk("mark", "mark 3", "list", "done", "note busy", "filter done", "undo", "undo", "filter",
                "unmark all", "working", "list", paths=paths)  # fmt: skip
    assert "1 mail marked." in done.stdout
    assert "2 mails marked." in done.stdout
    assert done.stdout.count(", marked") == 6
    assert "2 mails: done; undo takes it back." in done.stdout
    assert "2 mails: noted; undo takes it back." in done.stdout
    assert "1 to 2 of 2." in done.stdout
    assert "Nothing is marked now." in done.stdout
    last = done.stdout[done.stdout.rindex("It is in progress") :]
    assert (last.count("in progress."), last.count("to do."), last.count("note:")) == (1, 2, 0)


def test_marks_take_numbers_ranges_all_and_a_filter_hides_them_from_commands(talk: Run) -> None:
    paths = (FULL, SHARED, LISTED)
    done = talk("mark 2-3", "unmark 3", "mark 9", "mark 3-2", "mark x", "filter marked", "filter", "undo",
                "filter !marked", "done", "unmark 1", paths=paths)  # fmt: skip
    assert done.stdout.count("mark takes a number from 1 to 3, two with a dash between, or all.") == 3
    assert "1 to 1 of 1." in done.stdout
    assert "1 mail: done" not in done.stdout
    assert "2 mails marked, none of them listed: unmark all unmarks them." in done.stdout


def test_the_list_is_sorted_and_turned_round(talk: Run) -> None:
    done = talk(
        "sort", "sort reason", "list", "sort reverse", "list", "sort odd", paths=(FULL, SHARED, LISTED)
    )
    assert "The list is sorted as they came." in done.stdout
    assert "The list is sorted by reason.\n1. to do. failed, blocklisted." in done.stdout
    assert "The list is sorted by reason, reversed." in done.stdout
    assert "3. to do. failed, blocklisted." in done.stdout
    assert "sort takes arrival, date, reason, domain or reverse." in done.stdout


def test_marked_mails_are_exported_to_a_new_file_and_never_over_one(talk: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    done = talk("export", "mark all", f"export {out}", f"export {out}", f"export {tmp_path}/x.odd",
                f"export {tmp_path}/.csv", f"export {tmp_path}/dead.txt", paths=(SHARED, LISTED))  # fmt: skip
    assert ".md: the hand-over for another team" in done.stdout
    assert re.search(rf"Wrote 2 mails, [\d,]+ bytes, to {out}\.", done.stdout)
    assert len(out.read_text().splitlines()) == 2
    assert "is there already; nothing is ever overwritten." in done.stdout
    assert "the file wants a name before .csv." in done.stdout
    assert done.stdout.count("Not exported: ") == 3
    assert {file.name for file in tmp_path.iterdir()} == {"state", "out.ndjson", "dead.txt"}
    dead = (tmp_path / "dead.txt").read_text().splitlines()
    assert f"Wrote {len(dead)} addresses of 2 mails, " in done.stdout


def test_the_mail_host_is_asked_only_once_it_was_planned(talk: Run) -> None:
    done = talk(
        "probe", "check", "n", "probe", "check", "n", paths=(LISTED,), options=("--nameserver", "127.0.0.1:9")
    )
    planned, taken_back = done.stdout.split("The mail host will not be asked.")
    assert "The mail host itself will be asked by the next check" in planned
    assert "smtp" in planned
    assert "smtp" not in taken_back
    assert done.stdout.count("Nothing was sent.") == 2


def test_without_a_mail_every_one_of_them_is_harmless(talk: Run, tmp_path: Path) -> None:
    lines = ("mark", "mark 1", "mark all", "unmark", "sort date", f"export {tmp_path}/a.md", "probe", "rule",
             "reload", "done", "undo")  # fmt: skip
    (tmp_path / "empty").mkdir()
    done = talk(*lines, paths=(tmp_path / "empty",))
    assert "Traceback" not in done.stderr
    assert "Read again: nothing has changed. 0 mails listed" in done.stdout
    assert not (tmp_path / "a.md").exists()


@pytest.fixture
def session(tmp_path: Path) -> PlainSession:
    for name in (FULL, SHARED, LISTED):
        shutil.copy(name, tmp_path)
    session = PlainSession([str(tmp_path)], nameserver="127.0.0.1:9")
    assert session.load(lambda percent: None)
    return session


def test_reading_again_keeps_marks_states_order_and_the_mail_in_hand(
    session: PlainSession, tmp_path: Path
) -> None:
    session.queue.sort("reason")
    session.hand.look_at(1)
    row, case, work = session.hand.row, session.hand.case(), session.work()
    assert row is not None
    assert case is not None
    session.changes.mark([row])
    session.changes.change(state="done")
    file = Path(row.file)
    file.rename(tmp_path / "zz.eml")
    shutil.copy(MAIL / "ordinary.eml", tmp_path / "new.eml")
    (tmp_path / LISTED.name).unlink()
    again = session.reload(lambda percent: None)
    assert again is not None
    assert (again.new, again.gone) == (1, 1)
    assert session.hand.row is not None
    assert Path(session.hand.row.file).name == "zz.eml"
    assert session.hand.row in session.marks
    annotation, _ = session.notebook.known(session.hand.row)
    assert annotation is not None
    assert annotation.state == "done"
    assert session.queue.order == "reason"
    assert session.work() is work
    found = session.hand.case()
    assert found is not None
    assert found.bounce == case.bounce
    assert session.changes.undo()
    assert session.changes.undo()
    assert not session.marks
    annotation, _ = session.notebook.known(session.hand.row)
    assert annotation is None or annotation.state == "todo"
    session.close()


def test_a_mail_that_is_another_one_now_is_read_anew(session: PlainSession) -> None:
    session.hand.look_at(0)
    assert session.hand.row is not None
    case, work = session.hand.case(), session.work()
    assert case is not None
    text = Path(session.hand.row.file).read_bytes()
    who = session.hand.row.recipient
    assert who
    Path(session.hand.row.file).write_bytes(text.replace(who.encode(), b"z" + who[1:].encode()))
    assert session.reload(lambda percent: None)
    session.hand.look_at(0)
    assert session.hand.row.recipient == "z" + who[1:]
    assert session.hand.case() != case
    assert session.work() is not work
    session.close()


def test_reload_tells_what_came_went_and_is_refused(tmp_path: Path) -> None:
    shutil.copy(FULL, tmp_path / "a.eml")
    with subprocess.Popen(
        [sys.executable, "-m", "bounce_tui", "--plain", str(tmp_path / "a.eml"), str(tmp_path / "b.eml")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        while not (line := process.stdout.readline()).startswith("1 to 1 of 1"):
            assert line
        shutil.copy(LISTED, tmp_path / "b.eml")
        (tmp_path / "a.eml").unlink()
        output, _ = process.communicate("reload\nrefused\nquit\n", timeout=60)
    assert "Read again: 1 new, 1 gone. 1 mail listed, 1 refused (refused lists them)." in output
    assert f"{tmp_path}/a.eml: " in output
    assert f"{tmp_path}/b.eml: " not in output
    assert process.returncode == 1


HELD = """
from bounce_tui.triage import loading
convey, readings = loading.convey, []
def held(*given, cancelled, **more):
    readings.append(given)
    for batch in convey(*given, cancelled=cancelled, **more):
        yield batch
        if len(readings) == 2:
            cancelled.wait()
loading.convey = held
from bounce_tui.cli import main
main()
"""
"""The program, but the second reading brings its first mails and then nothing until it is called off."""


def test_ctrl_c_stops_reading_again_and_all_is_as_it_was(tmp_path: Path) -> None:
    raw = (MAIL / "family-postfix.eml").read_bytes().replace(b"\nFrom ", b"\n>From ")
    box = tmp_path / "big.mbox"
    separator = b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"
    box.write_bytes(separator + raw + b"\n")
    with subprocess.Popen(
        [sys.executable, "-c", HELD, "--plain", str(box)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        while not (line := process.stdout.readline()).startswith("1 to 1 of 1"):
            assert line
        box.write_bytes((separator + raw + b"\n") * 200)
        process.stdin.write("reload\n")
        process.stdin.flush()
        while not (line := process.stdout.readline()).startswith("read "):
            assert line
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate("list\nquit\n", timeout=120)
    assert "Reading again was stopped; the list is as it was." in output
    assert "1 to 1 of 1." in output
    assert "Traceback" not in errors
    assert process.returncode == 0


def test_the_reference_is_the_same_as_in_the_app(talk: Run) -> None:
    done = talk("rules spamhaus pbl", paths=(LISTED,))
    assert f" of {len(read_reference().search('spamhaus pbl'))}" in done.stdout
