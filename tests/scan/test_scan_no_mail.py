"""Files beside the mail that are none, and folders that hold nothing else."""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bounce_tui.mailbox import Refusal
from bounce_tui.reporting.record import ndjson
from bounce_tui.scan import convey

README = "The mail of last week lies here.  Ask Anna for the rest.\n"
MAIL = "From: ann@example.org\nSubject: hello\n\nhello\n"
PASTED = "Your message could not be delivered.\n\n<bob@example.net>: 550 5.1.1 User unknown\n"
NEITHER = "neither a mail nor the text of a bounce: it has no header and tells of no failure"


def read(*paths: Path | str, workers: int | None = None, stdin: bytes = b"") -> tuple[int, list[Refusal]]:
    """How many mails there are at `paths`, and what is refused."""
    batches = list(convey(map(str, paths), ndjson, workers=workers, stdin=BytesIO(stdin)))
    return sum(batch.messages for batch in batches), [one for batch in batches for one in batch.refusals]


@pytest.mark.parametrize("name", ["README", "notes.txt", "config.toml"])
def test_a_folder_that_holds_one_other_file_is_one_line_that_names_both(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(README)
    mails, refusals = read(tmp_path)
    assert mails == 0
    assert [one.file for one in refusals] == [str(tmp_path)]
    assert refusals[0].reason.startswith(f"no mail in this folder: {name} is n")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_of_many_other_files_is_one_line_in_its_place_and_the_rest_loads(
    tmp_path: Path, workers: int
) -> None:
    project, mails = tmp_path / "project", tmp_path / "mails"
    for folder in (project / "deep" / "deeper", mails):
        folder.mkdir(parents=True)
    for number in range(150):
        (project / "deep" / "deeper" / f"{number}.txt").write_text(README)
    (project / "data.bin").write_bytes(bytes(range(32)) * 9)
    (mails / "a.txt").write_text(README)
    (mails / "b.eml").write_text(MAIL)
    (mails / "c.txt").write_text(PASTED)
    assert read(project, mails, workers=workers) == (
        2,
        [
            Refusal(str(mails / "a.txt"), NEITHER, no_mail=True),
            Refusal(
                str(project),
                "no mail in this folder: none of its 151 files is a mail or the text of a bounce",
            ),
        ],
    )


def test_what_cannot_be_read_in_a_folder_without_mail_is_told_by_itself(tmp_path: Path) -> None:
    (tmp_path / "README").write_text(README)
    (tmp_path / "bounce.msg").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    files = [refusal.file for refusal in read(tmp_path)[1]]
    assert files == [str(tmp_path / "bounce.msg"), str(tmp_path)]


@pytest.mark.parametrize("text", [README, "", "key: value\nother: 1\n", "# Title\n\n    code\n"])
def test_a_text_that_somebody_named_and_that_is_no_mail_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes"
    path.write_text(text)
    mails, refusals = read(path)
    assert mails == 0
    assert [one.reason for one in refusals] == [NEITHER if text else "empty file"]


def test_standard_input_and_packed_files_that_hold_no_mail_say_so(tmp_path: Path) -> None:
    packed, archive = tmp_path / "notes.gz", tmp_path / "notes.zip"
    packed.write_bytes(gzip.compress(README.encode()))
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("README.txt", README)
        file.writestr("a.eml", MAIL)
    assert read("-", stdin=README.encode()) == (0, [Refusal("-", NEITHER, no_mail=True)])
    assert read(packed) == (0, [Refusal(str(packed), f"packed: {NEITHER}")])
    assert read(archive) == (1, [Refusal(str(archive), f"packed: {NEITHER}")])


@pytest.mark.parametrize(
    "text",
    [
        PASTED,
        "550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown",
        MAIL,
        "Subject: only this\n\nx\n",
        "X-Spam: no\n\nx\n",
        "Received: from a\n\tby b\n\nx\n",
    ],
)
def test_pasted_bounces_and_mails_with_few_headers_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pasted"
    path.write_text(text)
    assert read(path) == (1, [])
    assert read(tmp_path) == (1, [])


def test_what_lies_or_is_named_as_a_mail_is_one_whatever_it_says(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "cur").mkdir()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "new" / "1.a.host").write_text(README)
    named = tmp_path / "named.eml"
    named.write_text(README)
    assert read(tmp_path / "new", named) == (2, [])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_log_that_is_read_in_part_is_read_and_named(tmp_path: Path, workers: int) -> None:
    line = "Nov 23 04:01:02 m postfix/smtpd[2]: connect from out.own.example[203.0.113.9]\n"
    entry = (
        "Nov 23 04:01:02 m postfix/smtp[2]: 4XkQ2z0Kz: to=<a@corp.example>, relay=none, delay=1, dsn=5.1.1,"
        " status=bounced (no)\n"
    )
    long, short = tmp_path / "long.log", tmp_path / "short.log"
    long.write_text(entry + line * 60_000)
    short.write_text(entry + line)
    mails, refusals = read(long, short, workers=workers)
    assert mails == 2
    assert [(one.file, one.reason.partition(":")[0]) for one in refusals] == [
        (str(long), "only the first 4 MiB of this log were read")
    ]
