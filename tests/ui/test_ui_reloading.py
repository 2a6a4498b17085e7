"""`r`: everything is read again, and what one was at stays as it was."""

import io
import shutil
from pathlib import Path

import pytest
from held_mail import held_mail
from ui_session import Opening, Session

from bounce_tui.ui.app import BounceApp

FULL, SHARED, ORDINARY = "k12-2-mailbox-full.eml", "several-recipients.eml", "ordinary.eml"
LISTED = "godaddy-ib104-sbl.eml"


@pytest.fixture
def folder(tmp_path: Path, mail: Path) -> Path:
    """A Maildir with three mails."""
    box = tmp_path / "Maildir"
    for part in ("cur", "new", "tmp"):
        (box / part).mkdir(parents=True)
    for number, name in enumerate((FULL, SHARED, ORDINARY)):
        shutil.copy(mail / name, box / "new" / f"170000000{number}.M{number}P1.host")
    return box


async def read_again(session: Session) -> None:
    await session.press("r")
    await session.until(lambda: not session.triage.loads.is_reading_again, "all is read again")
    await session.pilot.pause()


def named(session: Session) -> list[str]:
    return [Path(row.file).name[:10] for row in session.triage.queue]


async def test_cursor_marks_order_and_filter_stay_where_mail_is_moved_added_and_removed(
    opening: Opening, folder: Path, mail: Path
) -> None:
    async with opening(folder) as session:
        queue, marks = session.triage.queue, session.triage.bounces.marks
        await session.press("o", "O", "g")
        await session.press("slash", *"m0p1", "enter")
        looked = queue.focused
        assert looked is not None
        assert looked.reason == "mailbox_full"
        await session.press("space")
        await session.press("slash", *"m0p1", "enter", "d")
        await session.press("slash", *"m0p1", "enter")
        first = next((folder / "new").glob("*M0P1*"))
        first.rename(folder / "cur" / f"{first.name}:2,S")
        next((folder / "new").glob("*M2P1*")).unlink()
        shutil.copy(mail / ORDINARY, folder / "new" / "1699999999.M9P1.host")
        (folder / "new" / "1699999998.M8P1.host").write_bytes((mail / "family-postfix.eml").read_bytes())
        case = session.triage.view.case
        await read_again(session)
        assert "read again: 1 new mail" in session.notice
        assert queue.total == 4
        assert queue.focused is not None
        assert queue.focused.file.endswith(":2,S")
        assert queue.focused.identity == looked.identity
        assert queue.focused in marks
        assert len(marks) == 1
        assert (queue.order, queue.is_reversed) == ("date", True)
        assert "done " in next(line for line in session.lines if line.startswith(">"))
        assert session.triage.view.case is not case
        assert "mailbox full" in session.text.lower()
        await session.press("f", *"marked", "enter")
        assert len(queue) == 1
        await read_again(session)
        assert len(queue) == 1
        assert "nothing has changed" in session.notice
        await session.press("u", "u", "u")
        assert not marks


async def test_the_detail_stays_as_it_is_where_the_mail_is_where_it_was(
    opening: Opening, folder: Path
) -> None:
    async with opening(folder) as session:
        await session.press("enter", "ctrl+d")
        top, case = session.triage.detail.top, session.triage.view.case
        assert top
        await read_again(session)
        assert session.triage.detail.top == top
        assert session.triage.view.case is case


async def test_refusals_are_told_anew(opening: Opening, tmp_path: Path, mail: Path) -> None:
    shutil.copy(mail / FULL, tmp_path / "a.eml")
    broken = tmp_path / "z.eml"
    async with opening(tmp_path / "a.eml", broken) as session:
        assert "1 refused" in session.lines[0]
        shutil.copy(mail / SHARED, broken)
        await read_again(session)
        assert "refused" not in session.lines[0]
        assert session.app.refusals == ()
        broken.unlink()
        await read_again(session)
        assert "1 gone, 1 refused" in session.notice
        await session.press("R")
        assert "z.eml" in session.text


async def test_a_file_that_holds_another_mail_now_is_read_anew(
    opening: Opening, tmp_path: Path, mail: Path
) -> None:
    file = tmp_path / "a.eml"
    text = (mail / FULL).read_bytes()
    file.write_bytes(text)
    async with opening(file) as session:
        await session.press("space")
        assert session.triage.queue.focused is not None
        who = session.triage.queue.focused.recipient
        assert who is not None
        other = "z" * len(who.partition("@")[0]) + "@" + who.partition("@")[2]
        file.write_bytes(text.replace(who.encode(), other.encode()))
        await read_again(session)
        await session.until(lambda: session.triage.view.case is not None, "the mail is open")
        assert session.triage.view.case is not None
        assert session.triage.view.case.bounce.failures[0].recipient == other
        assert not session.triage.bounces.marks


async def test_verdicts_stay_with_their_mails(opening: Opening, tmp_path: Path, mail: Path) -> None:
    shutil.copy(mail / LISTED, tmp_path / "a.eml")
    async with opening(tmp_path) as session:
        await session.press("c")
        await session.until(lambda: "STILL HOLDS" in session.text, "the verdict")
        await session.press("C")
        await session.until(lambda: session.triage.bounces.verdicts, "the verdict of many")
        await session.until(lambda: not session.triage.bulk.is_running, "the run has ended")
        (tmp_path / "a.eml").rename(tmp_path / "b.eml")
        await read_again(session)
        assert "STILL HOLDS" in session.text
        assert "HOLDS" in session.lines[2]
        (tmp_path / "b.eml").unlink()
        await read_again(session)
        assert "No mail here" in session.text
        shutil.copy(mail / FULL, tmp_path / "c.eml")
        await read_again(session)
        assert named(session) == ["c.eml"]
        await session.until(lambda: session.triage.view.case is not None, "a bounce is open")


async def test_standard_input_is_kept_and_the_rest_read_again(
    opening: Opening, tmp_path: Path, mail: Path
) -> None:
    stdin = io.BytesIO((mail / FULL).read_bytes())
    async with opening("-", tmp_path, stdin=stdin) as session:
        shutil.copy(mail / SHARED, tmp_path / "a.eml")
        await read_again(session)
        assert named(session) == ["-", "a.eml"]
        await session.press("v")
        assert "From" in session.text
    stdin = io.BytesIO((mail / FULL).read_bytes())
    async with opening("-", stdin=stdin) as session:
        await session.press("r")
        assert "standard input can be read only once" in session.notice


async def test_nothing_given_is_nothing_to_read_again(opening: Opening) -> None:
    async with opening() as session:
        await session.press("r")
        assert "nothing to read again" in session.notice


async def test_escape_stops_it_and_the_list_stays(tmp_path: Path, mail: Path) -> None:
    raw = (mail / "family-postfix.eml").read_bytes().replace(b"\nFrom ", b"\n>From ")
    box = tmp_path / "big.mbox"
    box.write_bytes((b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n" + raw + b"\n") * 500)
    with held_mail(10) as held:
        app = BounceApp((str(box), "-"), stdin=held.stream, nameserver="127.0.0.1:9")
        async with app.run_test(size=(80, 24)) as pilot:
            session = Session(app, pilot)
            await session.until(lambda: session.triage.loads.have_begun, "loading begins")
            session.triage.action_reload()
            assert "still reading; esc stops it" in session.notice
            held.end()
            await session.loaded()
            await session.press("j")
            # Both keys before the loop turns: whatever the second run has read by then, it is stopped.
            session.triage.action_reload()
            await session.triage.action_back()
            assert "the list stays as it was" in session.notice
            await session.until(lambda: not session.triage.loads.is_reading_again, "the second run has ended")
            assert session.triage.queue.total == 510
            assert session.triage.queue.focus == 1
