"""Source, summary, test mail and the way back in a plain session, and that nothing of the app is missing."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from bounce_tui.locations import shipped
from bounce_tui.plain.commands import COMMANDS
from bounce_tui.ui.actions import ACTIONS

MAIL = shipped("samples") / "mail"
Run = Callable[..., subprocess.CompletedProcess[str]]

DOES = {
    "help": "help", "reference": "rules", "quit": "quit", "down": "next", "up": "previous", "start": "list",
    "end": "list", "open": "open", "back": "back", "next-recipient": "recipient",
    "previous-recipient": "recipient", "filter": "filter", "search": "filter", "causes": "causes",
    "show-cause": "causes", "summary": "summary", "mark": "mark",
    "mark-range": "mark", "mark-shown": "mark", "unmark": "unmark",
    "undo": "undo", "done": "done", "working": "working", "ignore": "ignore", "reopen": "todo",
    "note": "note", "sort": "sort", "reverse": "sort", "source": "source", "export": "export",
    "explain": "rule", "for-user": "user", "copy": "handover", "testmail": "testmail", "reload": "reload",
    "refused": "refused", "check": "check", "probe": "probe", "inputs": "inputs", "read": "rule",
}  # fmt: skip
"""For each action of the app the command of a plain session that does it."""
OF_A_SCREEN = {
    # Panes, pages, colours and fields.
    "palette", "theme", "redraw", "suspend", "interrupt", "half-down", "half-up", "next-hit", "previous-hit",
    "next-pane", "previous-pane", "other-pane", "cancel", "use", "next-field", "previous-field",
    "next-candidate", "previous-candidate", "next-command", "previous-command",
    # What is printed can be copied.
    "copy-page",
    # Programs that take the terminal: here it belongs to whatever reads the lines.
    "pipe", "pager", "editor",
    # One verdict at a time, so that each can be listened to; "mark all" and "unmark" do the third.
    "check-marked", "check-cause", "invert",
}  # fmt: skip


def test_every_action_of_the_app_has_its_command_or_is_one_of_a_screen() -> None:
    assert DOES.keys() | OF_A_SCREEN == {action.id for action in ACTIONS}
    assert not DOES.keys() & OF_A_SCREEN
    assert set(DOES.values()) <= {command.name for command in COMMANDS}


def test_the_summary_tells_failures_and_delays_apart(talk: Run) -> None:
    done = talk("summary", "filter delayed", "summary", "filter other", "summary")
    assert re.search(r"^\d+ failed, \d+ delayed, of \d+ mails listed\.$", done.stdout, re.M)
    assert re.search(r"^\d+ delayed, of \d+ mails? listed\.$", done.stdout, re.M)
    assert re.search(r"^mailbox full: \d+ failed", done.stdout, re.M)
    assert "When, by the day, UTC:" in done.stdout
    assert "No failure and no delay is listed." in done.stdout


def test_back_lists_what_was_listed_before_with_the_mail_in_hand(talk: Run) -> None:
    done = talk("3", "causes 1", "filter hard", "back", "back", "back")
    listed = re.findall(r"^1 to \d+ of (\d+)", done.stdout, re.M)
    everything, of_cause, hard = listed[0], listed[1], listed[2]
    assert listed == [everything, of_cause, hard, of_cause, everything]
    assert int(of_cause) < int(everything)
    assert re.search(r"^3\. .*, in hand$", done.stdout.rpartition(f"1 to 20 of {everything}")[0], re.M)
    assert done.stdout.endswith("Everything is listed; quit leaves.\n")


def test_the_source_is_printed_in_pieces_and_made_visible(talk: Run, tmp_path: Path) -> None:
    mail = tmp_path / "long.eml"
    mail.write_bytes(b"Subject: \x1b[2J\n\n" + b"".join(b"line %d\n" % number for number in range(100)))
    done = talk("source", "source 41", "source 900", "source x", paths=(mail,))
    assert "Subject: \\x1b[2J\n" in done.stdout
    assert "Lines 1 to 40 of 103; source 41 goes on." in done.stdout
    assert "Lines 41 to 80 of 103; source 81 goes on." in done.stdout
    assert done.stdout.count("source takes a number from 1 to 103.") == 2
    assert "\x1b" not in done.stdout


def test_the_test_mail_is_printed_with_its_commands(talk: Run) -> None:
    done = talk("testmail", paths=(MAIL / "k12-2-mailbox-full.eml",))
    assert "bounce-tui testmail" in done.stdout
    assert "sendmail -i -f" in done.stdout
    assert "No failed address" in talk("testmail", paths=(MAIL / "ordinary.eml",)).stdout


def test_undo_says_what_it_has_taken_back(talk: Run, two: tuple[Path, Path]) -> None:
    done = talk("mark", "working", "note x", "undo", "undo", "undo", "undo", paths=two)
    assert re.findall(r"Taken back: (.+)\.", done.stdout) == ["note", "in progress", "mark"]
    assert done.stdout.endswith("There is nothing left to undo.\n")
