"""Each followed mail is told once, by its content; and again where it says other things than it did."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bounce_tui.mailbox import watching
from bounce_tui.mailbox.watching import Watch
from bounce_tui.reporting.record import correction, ndjson
from bounce_tui.scan.batch import Batch
from bounce_tui.scan.following import FilesChanged, Settled, follow
from bounce_tui.triage import followed_output as module
from bounce_tui.triage.followed_output import FollowedOutput, followed_form

MAIL = (
    "From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered\nMessage-ID: <%d@mx.example.org>\n\n"
    "<b%d@example.net>: 550 5.1.1 unknown user\n"
)
SEPARATOR = "From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"


def mbox(*numbers: int, head: str = "") -> str:
    return "".join(f"{SEPARATOR}{head}{MAIL % (number, number)}\n" for number in numbers)


def put(path: Path, text: str) -> None:
    """Replace a file by one that nobody writes to any more."""
    path.with_name("." + path.name).write_text(text)
    os.utime(path.with_name("." + path.name), (time.time() - 60,) * 2)
    path.with_name("." + path.name).rename(path)


class Followed:
    """A followed scan that looks when it is told to."""

    def __init__(self, path: Path) -> None:
        self._watch = Watch([str(path)], polling=True)
        self._news = follow([str(path)], followed_form(ndjson), self._watch, workers=1)
        self._mails = FollowedOutput(correction)

    def look(self) -> list[dict[str, object]]:
        """What is printed until all is settled."""
        lines = b""
        for news in self._news:
            if isinstance(news, Batch):
                lines += self._mails.arrive(news.output)
            elif isinstance(news, FilesChanged):
                self._mails.files_changed(news.gone, news.moved)
            elif isinstance(news, Settled) and not news.waits:
                self._mails.settle()
                break
        return [json.loads(line) for line in lines.splitlines()]


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Followed]:
    monkeypatch.setattr(watching, "POLL_S", 0.01)
    return Followed


Start = Callable[[Path], Followed]


def ids(records: list[dict[str, object]]) -> list[object]:
    return [str(record["message_id"]).partition("@")[0].strip("<") for record in records]


def test_a_mail_taken_out_of_an_mbox_does_not_have_the_others_told_again(
    tmp_path: Path, followed: Start
) -> None:
    box = tmp_path / "box"
    put(box, mbox(1, 2, 3))
    scan = followed(box)
    assert len(scan.look()) == 3
    put(box, mbox(1, 3))
    assert scan.look() == []
    put(box, mbox(1, 3, 4))
    assert ids(scan.look()) == ["4"]
    put(box, mbox(2, 1, 3, 4))
    assert scan.look() == [], "it was told when it was there first"


def test_status_headers_that_a_mail_program_writes_are_no_news(tmp_path: Path, followed: Start) -> None:
    box = tmp_path / "box"
    put(box, mbox(1, 2))
    scan = followed(box)
    scan.look()
    put(box, mbox(1, 2, head="Status: RO\nX-Status: A\nX-Keywords:                    \n"))
    assert scan.look() == []


def test_a_mail_that_was_read_half_is_corrected_under_the_place_it_was_told_as(
    tmp_path: Path, followed: Start
) -> None:
    path = tmp_path / "a.eml"
    whole = MAIL % (1, 1)
    put(path, whole[: whole.index("550")])
    scan = followed(tmp_path)
    (half,) = scan.look()
    assert "replaces" not in half
    put(path, whole)
    (corrected,) = scan.look()
    assert corrected["replaces"] == {"file": str(path), "index": 0, "offset": 0}
    assert corrected["failures"] != half["failures"]
    put(path, whole + "\nThe bytes of the mail that came back, of which a record says nothing.\n")
    assert scan.look() == []


def test_a_mail_cut_in_its_subject_is_the_same_mail_when_all_of_it_is_there(
    tmp_path: Path, followed: Start
) -> None:
    path = tmp_path / "a.eml"
    put(path, (MAIL % (1, 1))[:54])
    scan = followed(tmp_path)
    assert [record["subject"] for record in scan.look()] == ["Undelivere"]
    put(path, MAIL % (1, 1))
    assert [record["replaces"] for record in scan.look()] == [{"file": str(path), "index": 0, "offset": 0}]


def test_another_mail_in_the_place_of_one_is_new_and_replaces_nothing(
    tmp_path: Path, followed: Start
) -> None:
    path = tmp_path / "a.eml"
    put(path, MAIL % (1, 1))
    scan = followed(tmp_path)
    scan.look()
    put(path, (MAIL % (2, 2)).replace("Undelivered", "Delivery delayed"))
    (other,) = scan.look()
    assert (ids([other]), other.get("replaces")) == (["2"], None)


def test_mail_that_is_moved_is_not_told_again(tmp_path: Path, followed: Start) -> None:
    put(tmp_path / "a.eml", MAIL % (1, 1))
    scan = followed(tmp_path)
    scan.look()
    (tmp_path / "done").mkdir()
    (tmp_path / "a.eml").rename(tmp_path / "done" / "b.eml")
    assert scan.look() == []
    (tmp_path / "done" / "b.eml").unlink()
    put(tmp_path / "c.eml", MAIL % (1, 1))
    assert scan.look() == []


def test_what_is_long_gone_is_forgotten_in_the_end(
    tmp_path: Path, followed: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AWAY", 1)
    for number in range(3):
        put(tmp_path / f"{number}.eml", MAIL % (number, number))
    scan = followed(tmp_path)
    scan.look()
    for number in range(3):
        (tmp_path / f"{number}.eml").unlink()
    assert scan.look() == []
    for number in range(3):
        put(tmp_path / f"{number}.eml", MAIL % (number, number))
    assert ids(scan.look()) == ["0", "1"]
