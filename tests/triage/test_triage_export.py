"""Exported mails: new files only, in the form that the name asks for."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from several_failures import FULL, UNKNOWN, RecipientOutcome, report

from bounce_tui.check_results import Inputs, Verdict
from bounce_tui.locations import shipped
from bounce_tui.model import Message
from bounce_tui.reporting.entry import Checked, Entry
from bounce_tui.scan.examination import examine
from bounce_tui.triage.export import FORMS, ExportError, export, form_of, free_name
from bounce_tui.triage.opener import read_case

MAIL = shipped("samples") / "mail"
BUNDLE = [
    Entry(read_case(Message(str(MAIL / name)))) for name in ("k12-1-misspelled-user.eml", "ordinary.eml")
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.ending)
def test_the_ending_says_what_is_written(tmp_path: Path, form: object) -> None:
    ending = form.ending
    target = tmp_path / f"out{ending}"
    written = export(str(target), BUNDLE)
    assert target.stat().st_size == written.octets > 0
    assert written.what == ("1 address of 2 mails" if ending == ".txt" else "2 mails")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert form_of(f"OUT{ending.upper()}") is form


def test_a_list_of_dead_addresses_without_one_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "dead.txt"
    with pytest.raises(ExportError, match="no address is dead"):
        export(str(target), BUNDLE[1:])
    assert not target.exists()


def test_records_and_sheets_are_whole(tmp_path: Path) -> None:
    export(str(tmp_path / "a.ndjson"), BUNDLE)
    assert len([json.loads(line) for line in (tmp_path / "a.ndjson").read_text().splitlines()]) == 2
    export(str(tmp_path / "a.csv"), BUNDLE)
    assert (tmp_path / "a.csv").read_text().startswith("file,index,")
    export(str(tmp_path / "a.txt"), BUNDLE)
    assert (tmp_path / "a.txt").read_text().count("@") == 1


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.write_text("mine")
    with pytest.raises(ExportError, match="is there already"):
        export(str(target), BUNDLE)
    (tmp_path / "link.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(ExportError, match="is there already"):
        export(str(tmp_path / "link.md"), BUNDLE)
    assert target.read_text() == "mine"
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("out", "the ending says what to write"),
        ("out.docx", "the ending says"),
        (".csv", "the file wants a name before .csv"),
        (" .Redacted.md", "the file wants a name before .redacted.md"),
        ("no/such/folder.md", "cannot write"),
        ("nul\0.md", "cannot hold a NUL"),
    ],
)
def test_what_cannot_be_written_is_one_line(tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(ExportError, match=words) as caught:
        export(str(tmp_path / path), BUNDLE)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_the_home_of_nobody_is_one_line_too() -> None:
    for ask in (free_name, lambda path: export(path, BUNDLE)):
        with pytest.raises(ExportError, match="no such user"):
            ask("~nobody-of-that-name/out.md")


def test_a_name_that_is_taken_is_counted_on(tmp_path: Path) -> None:
    path = str(tmp_path / "bounces.redacted.md")
    assert free_name(path) == path
    for number in ("", "-2"):
        (tmp_path / f"bounces{number}.redacted.md").touch()
    assert free_name(path) == str(tmp_path / "bounces-3.redacted.md")


def test_a_disk_that_fills_up_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    # The limit is on the size of files, of which a process of its own dies alone; and it must not leave the
    # first hundred bytes of a module's bytecode (-B), which no later process could load.
    program = """
import resource, sys
from bounce_tui.triage.export import ExportError, export
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    export(sys.argv[1], [])
except ExportError as error:
    print(error)
"""
    target = tmp_path / "out.csv"
    ran = subprocess.run(
        [sys.executable, "-B", "-c", program, str(target)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"cannot write {target}: File too large\n"
    assert not target.exists()


def full(name: str) -> RecipientOutcome:
    return RecipientOutcome(
        f"{name}@x.example", FULL.said.replace("bob@", f"{name}@"), "5.2.2", "mx.x.example"
    )


def entries(*mails: tuple[RecipientOutcome, ...]) -> list[Entry]:
    return [Entry(examine(Message("box", at), report(*outcomes))) for at, outcomes in enumerate(mails)]


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("## ")]


def handed_over(folder: Path, bundle: list[Entry], ending: str = ".md") -> str:
    export(str(folder / f"out{ending}"), bundle)
    return (folder / f"out{ending}").read_text()


def test_a_hand_over_of_many_asks_once_for_each_cause(tmp_path: Path) -> None:
    bundle = [*entries((full("ann"), UNKNOWN), (full("bob"),), (full("cid"),)), BUNDLE[1]]
    text = handed_over(tmp_path, bundle)
    assert headings(text) == [
        "## 3 mails: 3 mailboxes at x.example are full",
        "## ann@y.example: user unknown",
        f"## {MAIL / 'ordinary.eml'}",
    ]
    request = text.partition("## ann@y.example")[0]
    assert "**A request to the recipient**:\n\n1. " in request
    assert "- Failures: 3, of 3 mails\n" in request
    assert "- Checked: 3 not checked\n" in request
    assert request.count("The exact error:") == 1
    for at, name in enumerate(("ann", "bob", "cid")):
        line = next(
            line for line in request.splitlines() if line.startswith(f"- 2026-11-20 09:14 UTC, {name}@")
        )
        assert line.endswith(f", 552 5.2.2, box, message {at + 1}")


def test_a_request_shows_what_was_checked_and_what_is_remembered_of_each(tmp_path: Path) -> None:
    first, second, third = entries((full("ann"),), (full("bob"),), (full("cid"),))
    held = Checked(Inputs(), (), Verdict("still_holds", "It is full.", "Wait."))
    bundle = [
        replace(first, remembered=[["Done", "Failed twice before"]]),
        replace(second, checked=[held], remembered=[["Done"]]),
        replace(third, remembered=[["Done"]]),
    ]
    text = handed_over(tmp_path, bundle)
    assert "- Checked: 1 STILL HOLDS, 2 not checked\n- Of each: Done\n" in text
    assert "One that was checked, in full:\n\n### bob@x.example: mailbox full\n\n**STILL HOLDS**" in text
    lines = text.partition("### All of them")[2].splitlines()
    assert [line.strip() for line in lines if line.startswith("  ")] == ["- Failed twice before"]


def test_a_redacted_request_names_nobody(tmp_path: Path) -> None:
    text = handed_over(tmp_path, entries((full("ann"), UNKNOWN), (full("bob"), UNKNOWN)), ".redacted.md")
    assert headings(text) == [
        "## 2 mails: 2 mailboxes at x.example are full",
        "## 2 mails: y.example does not know the user",
    ]
    assert "…@x.example" in text
    assert not any(name in text for name in ("ann@", "bob@", "hart"))


def test_of_a_mail_to_very_many_the_rest_is_counted(tmp_path: Path) -> None:
    many = tuple(full(f"user{number}") for number in range(60))
    text = handed_over(tmp_path, entries(many, (full("bob"),)))
    assert headings(text) == ["## 2 mails: 61 mailboxes at x.example are full"]
    assert "- Failures: 51, of 2 mails" in text
    assert text.endswith("\n10 more recipients of message 1 of box are left out.\n\n")
