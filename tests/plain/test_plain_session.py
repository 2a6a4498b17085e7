"""`bounce-tui --plain` as its user has it: a process that reads lines and prints lines."""

import os
import pty
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from unhurried import PROGRAM as UNHURRIED

from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.plain.commands import COMMANDS
from bounce_tui.triage.store.store import Store

MAIL = shipped("samples") / "mail"
NONE = "No mail passes the filter {}. back lists what was listed before."
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_it_lists_opens_and_leaves_in_words_alone(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("next", "quit", paths=two)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "2 mails. help lists the commands." in lines
    assert any(re.match(r"1\. to do\. failed, mailbox full\. \S+@\S+\. .*, in hand$", line) for line in lines)
    assert "1 to 2 of 2." in lines
    assert "  Kind:             a delivery failure" in lines
    assert not set(done.stdout) & set("\x1b\r\x08\x07")


def test_the_end_of_its_input_is_the_end(talk: Run, two: tuple[Path, Path]) -> None:
    assert talk(paths=two).returncode == 0


def test_help_names_every_command_and_a_beginning_is_enough(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("h", "he", "Q", paths=two)
    for command in COMMANDS:
        assert (
            f"{command.name}{f' {command.takes}' if command.takes else ''}: {command.sentence}" in done.stdout
        )
    assert "h could be handover or help." in done.stdout


def test_states_notes_and_undo_are_kept_for_the_next_session(talk: Run, two: tuple[Path, Path]) -> None:
    first = talk("done", "note call  Anna", "2", "working", "undo", paths=two)
    assert "It is done; undo takes it back." in first.stdout
    second = talk("filter done", "open", paths=two)
    assert re.search(
        r"^1\. done\. failed, .*\. note: call  Anna, in hand\n1 to 1 of 1\.$", second.stdout, re.M
    )
    assert "Note: call  Anna" in second.stdout
    assert talk("filter working", paths=two).stdout.endswith(f"{NONE.format('working')}\n")


def test_a_state_that_cannot_be_kept_is_told(talk: Run, tmp_path: Path) -> None:
    store = tmp_path / "state" / "bounce-tui" / "state.db"
    Store(store).close()
    full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    with closing(sqlite3.connect(store)) as inside:
        inside.execute(f"CREATE TRIGGER full BEFORE INSERT ON standing {full}")
    said = talk("done", "note later", "undo", "quit")
    assert (
        said.stdout.count(f"Not kept: {store}: database or disk is full; the last change is not kept.") == 2
    )
    assert "undo takes it back" not in said.stdout
    assert said.returncode == 0


def test_a_filter_that_cannot_be_read_says_where_and_changes_nothing(talk: Run) -> None:
    done = talk("filter reason:full", "filter (reason:full", "list")
    assert "The filter cannot be read, at character 1: this bracket is never closed.\n" in done.stdout
    assert len(re.findall(r"^1 to \d+ of \d+\.$", done.stdout, re.M)) == 2


def test_a_mistyped_state_in_a_filter_is_asked_about(talk: Run) -> None:
    done = talk("filter todoo", "filter todo")
    assert (
        f"{NONE.format('todoo')}\ntodoo is read as a word that no mail has; did you mean todo?\n"
        in done.stdout
    )
    assert done.stdout.count("did you mean") == 1


def test_saved_filters_of_the_config_work_here_too(talk: Run, tmp_path: Path) -> None:
    (tmp_path / "bounce-tui").mkdir()
    (tmp_path / "bounce-tui" / "config.toml").write_text(
        '[filters]\nfull = "reason:full"\n[keys]\ndone = 1\n'
    )
    done = talk("filter @full", "filter reason:full")
    counted = re.findall(r"^1 to (\d+ of \d+)\.$", done.stdout, re.M)
    assert len(counted) == 2
    assert counted[0] == counted[1]
    assert done.returncode == 1
    assert done.stderr.count("keys.done") == 1


def test_the_text_for_the_user_is_that_of_show(talk: Run, two: tuple[Path, Path]) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "bounce_tui", "show", "--for-user", str(two[0])],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert shown.stdout in talk("user", paths=two).stdout


def test_the_text_for_the_user_follows_the_verdict(talk: Run) -> None:
    mail = (MAIL / "story-sbl-delisted.eml",)
    with serving(shipped("samples") / "zones") as nameserver:
        done = talk("user", "check", "y", "user", paths=mail, options=("--nameserver", nameserver))
    before, _, after = done.stdout.partition("Asking, since")
    assert "Wait for our answer" in before
    assert "Please send the message again." in after
    assert "Wait for our answer" not in after


def test_nothing_is_sent_before_a_yes_and_the_question_comes_once(talk: Run) -> None:
    with serving(shipped("samples") / "zones") as nameserver:
        mail = (next(MAIL.glob("*ib104*.eml")), MAIL / "k12-2-mailbox-full.eml")
        done = talk(
            "check", "no", "check", "y", "check", paths=mail, options=("--nameserver", nameserver)
        )  # fmt: skip
    assert done.returncode == 0
    before, _, after = done.stdout.partition("Nothing was sent.\n")
    assert f"seen by the resolver {nameserver}" in before
    assert "seen by" in before
    assert "Verdict:" not in before
    assert after.count("STILL HOLDS") == 2
    assert after.count("Asking, since") == 2


def test_causes_tell_what_was_checked(talk: Run, tmp_path: Path) -> None:
    raw = (MAIL / "godaddy-ib104-sbl.eml").read_bytes()
    mails = (tmp_path / "0.eml", tmp_path / "1.eml")
    mails[0].write_bytes(raw)
    mails[1].write_bytes(raw.replace(b"Subject: ", b"Subject: Another, ", 1))
    with serving(shipped("samples") / "zones") as nameserver:
        options = ("--nameserver", nameserver)
        first = talk("check", "y", "causes", paths=mails, options=options)
        second = talk("next", "check", "y", "causes", paths=mails, options=options)
    (line,) = re.findall(r"^1\. 2 mails: .*$", first.stdout, re.M)
    assert line.endswith("1 of them checked: it still holds. 1 not checked")
    (line,) = re.findall(r"^1\. 2 mails: .*$", second.stdout, re.M)
    assert "1 of them checked: it still holds" in line
    assert "1 of them an earlier check: it still held" in line


def test_a_verdict_is_remembered(talk: Run) -> None:
    mail = (next(MAIL.glob("*ib104*.eml")),)
    with serving(shipped("samples") / "zones") as nameserver:
        talk("check", "y", paths=mail, options=("--nameserver", nameserver))
    assert ": the cause still held." in talk("open", paths=mail).stdout


def test_another_recipient_of_the_mail_is_taken_in_hand(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("open", "recipient 2", "user", "recipient 99", paths=(two[1],))
    name = re.search(r"^(\S+@\S+) is in hand\.$", done.stdout, re.M)
    assert name is not None
    assert f"Your message to {name[1]}" in done.stdout.replace("\n", " ")
    assert "recipient takes a number from 1 to " in done.stdout


def test_the_list_is_grouped_by_what_must_be_mended_and_a_group_is_listed(talk: Run) -> None:
    done = talk("causes", "causes 1", "causes 999", "filter")
    number = re.search(r"^1\. (\d+) mails: ", done.stdout, re.M)
    assert number is not None
    assert f" of {number[1]}" in done.stdout
    assert "causes takes a number from 1 to " in done.stdout


def test_what_the_checks_start_from_is_printed_and_changed(talk: Run) -> None:
    mail = (next(MAIL.glob("*ib104*.eml")),)
    done = talk("i", "inputs ip 203.0.113.200", "inputs ip nonsense", "inputs", "inputs odd x", paths=mail)
    assert re.search(r"^ip: sending IP 1\S+ \(from ", done.stdout, re.M)
    assert "not an IP address: 'nonsense'." in done.stdout
    assert "ip: sending IP 203.0.113.200 (from you)" in done.stdout
    assert "inputs takes ip, sender, helo, from, to, and a value." in done.stdout


def test_ctrl_c_at_the_prompt_ends_with_130(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "bounce_tui", "--plain", str(MAIL / "k12-2-mailbox-full.eml")],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(slave)
        output = b""
        while b"Command: " not in output:
            output += os.read(master, 4096)
        # A signal between the question and the reading of its answer is seen when the next one comes.
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
                break
        assert process.returncode == 130
    rest = os.read(master, 4096)
    os.close(master)
    assert b"Traceback" not in output + rest


def test_ctrl_c_stops_checks_and_the_session_goes_on(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        nameserver = f"127.0.0.1:{silent.getsockname()[1]}"
        mail = str(next(MAIL.glob("*ib104*.eml")))
        with subprocess.Popen(
            [sys.executable, "-c", UNHURRIED, "--plain", mail, "--nameserver", nameserver],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"check\ny\n")
            process.stdin.flush()
            while not process.stdout.readline().startswith(b"Asking"):
                pass
            silent.recvfrom(512)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(b"done\nquit\n", timeout=120)
            assert process.returncode == 0
    assert re.search(rb"^Stopped; \d+ of \d+ had answered\.$", output, re.M)
    assert b"It is done; undo takes it back." in output
    assert errors == b""


def test_a_long_list_comes_in_pages(talk: Run) -> None:
    done = talk("list 21", "list 9999", "list x")
    assert "1 to 20 of " in done.stdout
    assert re.search(r"^21\. to do\.", done.stdout, re.M)
    assert "21 to 40 of " in done.stdout
    assert done.stdout.count("list takes a number from 1 to ") == 2


def test_of_a_line_that_is_too_long_nothing_is_done(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("note " + "done " * 5_000, "open", paths=two[:1])
    assert "A line of more than 10,000 bytes is no command: nothing was done." in done.stdout
    assert "It has the note" not in done.stdout
    assert "There is no command" not in done.stdout
    assert done.stdout.count("1. to do.") == 2


def test_many_causes_and_refusals_come_in_pages(talk: Run, tmp_path: Path) -> None:
    gone = tuple(tmp_path / f"gone{number}.eml" for number in range(30))
    done = talk("causes", "causes from 21", "causes from 999", "causes 1 2", "refused", "refused 21",
                "refused x", paths=(MAIL, *gone))  # fmt: skip
    assert re.search(r"^20\. .*\n1 to 20 of (\d+); causes from 21 goes on\.$", done.stdout, re.M)
    assert re.search(r"^21\. .*$", done.stdout, re.M)
    assert "\n21 to 40 of " in done.stdout
    assert done.stdout.count("causes takes a number from 1 to ") == 2
    assert "gone19.eml: no such file or folder\n1 to 20 of 30; refused 21 goes on." in done.stdout
    assert "gone29.eml: no such file or folder\n21 to 30 of 30." in done.stdout
    assert "refused takes a number from 1 to 30." in done.stdout


def test_what_cannot_be_read_is_named_once_and_listed(
    talk: Run, tmp_path: Path, two: tuple[Path, Path]
) -> None:
    done = talk("refused", paths=(*two, tmp_path / "gone.eml"))
    assert done.returncode == 1
    assert "2 mails, 1 refused (refused lists them). help lists the commands." in done.stdout
    assert f"{tmp_path}/gone.eml: " in done.stdout
    assert done.stderr.count("gone.eml") == 1


@pytest.mark.parametrize(
    "lines",
    [
        (
            "next",
            "previous",
            "open",
            "user",
            "check",
            "done",
            "note x",
            "undo",
            "handover",
            "recipient 1",
            "filter x",
            "list",
            "working",
            "todo",
            "ignore",
            "refused",
        )
    ],
)
def test_every_command_is_harmless_without_a_mail(talk: Run, tmp_path: Path, lines: tuple[str, ...]) -> None:
    done = talk(*lines, paths=(tmp_path,))
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert "There is no mail here: nothing was loaded." in done.stdout


def test_hostile_mail_and_commands_are_made_visible(talk: Run, tmp_path: Path) -> None:
    mail = tmp_path / "evil.eml"
    mail.write_bytes(
        b"From: MAILER-DAEMON@mx.example.net\nTo: a@example.org\nSubject: Undelivered \x1b[2J\xe2\x80\xae\n\n"
        b"<b\x1b]0;x\x07@example.net>: 550 5.1.1 no such user \x1b[31m\xe2\x80\xae here\n"
    )
    done = talk("open", "user", "handover", "\x1b[2J", "note \x1b[2J\u202e", "open", paths=(mail,))
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\u202e\x9b")


def test_mail_from_standard_input_needs_a_terminal_for_the_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bounce_tui", "--plain", "-"],
        input=(MAIL / "ordinary.eml").read_bytes(), capture_output=True, timeout=60, check=False,
        start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode().startswith(
        "bounce-tui: mail comes from standard input and there is no terminal"
    )


@pytest.mark.parametrize("word", [str(MAIL / "k12-2-mailbox-full.eml"), "demo"])
def test_a_dumb_terminal_gets_lines_and_no_escapes(tmp_path: Path, word: str) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "XDG_STATE_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "bounce_tui", word],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(slave)
        os.write(master, b"open\nquit\n")
        output = b""
        try:
            while chunk := os.read(master, 4096):
                output += chunk
        except OSError:
            pass
        assert process.wait(120) == 0
    os.close(master)
    assert b"TERM is dumb: triage in lines of text" in output
    assert b"Command: " in output
    assert b"Verdict" in output or b"Kind:" in output
    assert b"\x1b" not in output


@pytest.mark.parametrize("words", [("demo", "--plain"), ("--plain", "demo")])
def test_the_demo_in_lines_answers_its_checks_and_keeps_nothing(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bounce_tui", *words],
        input="filter file:story-sbl-delisted\nprobe\ncheck\ny\ndone\nquit\n",
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "The demo asks no mail host" in done.stdout
    assert re.search(r"seen by the resolver 127\.0\.0\.1:\d+", done.stdout)
    assert "NO LONGER HOLDS" in done.stdout
    assert "It is done" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_without_mail_there_is_nothing_to_mark(talk: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = talk("mark 1", "mark all", "quit", paths=(tmp_path / "empty",))
    assert done.stdout.count("There is no mail here: nothing was loaded.") == 2
    assert "from 1 to 0" not in done.stdout


def test_a_notice_of_delivery_is_not_called_permanent(talk: Run) -> None:
    said = talk("filter other", "filter delivered", "open", "quit").stdout
    assert re.search(r"^  Why: +delivered$", said, re.M), said


def test_no_textual_is_loaded_for_it() -> None:
    program = (
        "import sys, bounce_tui.plain.conversation, bounce_tui.cli.plain, bounce_tui.ui.preferences\n"
        "print('textual' in sys.modules, 'dns' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_followed_mail_is_told_before_the_next_command(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "1.eml").write_bytes((MAIL / "k12-2-mailbox-full.eml").read_bytes())
    os.utime(box / "1.eml", (0, 0))
    program = [sys.executable, "-m", "bounce_tui", "--plain", "--follow", str(box)]
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=environ
    ) as session:
        assert session.stdin is not None
        assert session.stdout is not None
        said = [session.stdout.readline() for _ in range(3)]
        assert said[0].startswith("1 mail.")
        (box / "2.eml").write_bytes((MAIL / "family-qmail.eml").read_bytes())
        os.utime(box / "2.eml", (0, 0))
        end = time.monotonic() + 120
        while "One mail came; 2 in the list.\n" not in said:
            assert time.monotonic() < end, said
            time.sleep(0.05)
            session.stdin.write("undo\n")
            said.append(session.stdout.readline())
        session.stdin.write("quit\n")
        session.stdin.close()
        session.stdout.read()
    assert session.returncode == 0


def test_a_line_of_the_list_names_a_provider_and_no_software(talk: Run) -> None:
    listed = talk("list 1", "list 21", "list 41", "filter provider:postfix").stdout
    assert ". GoDaddy. " in listed
    assert "Postfix" not in listed
    assert "No mail passes" not in listed


@pytest.mark.parametrize("files", [6, 9, 10, 12])
def test_too_few_open_files_are_told_in_one_line(files: int, tmp_path: Path) -> None:
    command = f'ulimit -n {files}; exec "{sys.executable}" -m bounce_tui demo --plain'
    done = subprocess.run(
        ["sh", "-c", command], input="open 3\ncheck\ny\nquit\n", capture_output=True, text=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )  # fmt: skip
    said = done.stderr.splitlines()
    assert said in ([], ["bounce-tui: too many open files: raise their limit (ulimit -n)"])
    assert done.returncode == len(said)


_ON_A_MAIL = (
    "next", "previous", "open", "check", "causes", "summary", "inputs", "probe", "mark", "done", "note later",
    "export x.csv", "user", "testmail", "source", "handover", "list", "recipient 2",
)  # fmt: skip


def test_where_no_mail_is_listed_every_command_says_why(talk: Run, tmp_path: Path) -> None:
    filtered = talk("filter nobodyatall", *_ON_A_MAIL).stdout
    assert filtered.count(NONE.format("nobodyatall")) == 1 + len(_ON_A_MAIL)
    (tmp_path / "empty").mkdir()
    empty = talk(*_ON_A_MAIL, paths=(tmp_path / "empty",)).stdout
    assert empty.count("There is no mail here: nothing was loaded.") == len(_ON_A_MAIL)
    for said in (filtered, empty):
        assert "last mail" not in said
        assert "first mail" not in said


def test_the_mails_of_a_cause_are_those_that_pass_the_filter(talk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one.eml", "two.eml"):
        (folder / name).write_bytes((MAIL / "k12-2-mailbox-full.eml").read_bytes())
    assert talk("causes 1", paths=(folder,)).stdout.endswith("1 to 2 of 2.\n")
    assert talk("filter file:one", "causes 1", paths=(folder,)).stdout.endswith("1 to 1 of 1.\n")


def test_a_word_that_people_use_for_a_term_is_read_as_it(talk: Run) -> None:
    said = talk("filter hard", "filter dead").stdout
    hard, dead = re.findall(r"^1 to \d+ of (\d+)", said, re.M)[1:]
    assert hard == dead
    assert "dead is read as hard; in quotes it is the word" in said


def test_a_question_about_a_filter_ends_as_one(talk: Run) -> None:
    said = talk("filter reason:mailboxfull").stdout
    assert "at character 8: no reason has these words; did you mean mailbox_full?\n" in said


def test_keys_of_the_app_are_understood_where_several_commands_begin_with_them(
    talk: Run, two: tuple[Path, Path]
) -> None:
    said = talk("n", "p", "z", "s", "x", "v", "j", "k", "recipient 3", paths=two).stdout
    assert " could be " not in said
    assert "There is no command" not in said
    assert "causes N lists the mails of one" in said
    assert "This mail has one failed recipient." in said
