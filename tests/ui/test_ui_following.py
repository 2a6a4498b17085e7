"""With --follow, what comes is shown, and nothing moves under the hand."""

import os
import shutil
import time
from pathlib import Path

import pytest
from breaking import Breaking
from ui_session import Opening, Session, threads_end


@pytest.fixture
def box(tmp_path: Path, mail: Path) -> Path:
    """A Maildir with six mails."""
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    for number, path in enumerate(guide_mails(mail)[:6]):
        shutil.copy(path, tmp_path / "box" / "cur" / f"{number}.a:2,")
    return tmp_path / "box"


def guide_mails(mail: Path) -> list[Path]:
    return sorted(mail.glob("k12-*"))


def deliver(box: Path, source: Path, name: str) -> Path:
    """As a delivery agent does: written in tmp, then moved to new."""
    shutil.copy(source, box / "tmp" / name)
    return (box / "tmp" / name).rename(box / "new" / name)


async def came(session: Session, number: int) -> None:
    await session.until(lambda: session.triage.queue.total == number, f"there are {number} mails")


def at_cursor(session: Session) -> tuple[str, int]:
    """The line under the cursor, and where on the screen it is."""
    return next((line, y) for y, line in enumerate(session.lines) if line.startswith(">"))


@pytest.mark.parametrize("keys", [(), ("o", "O"), ("f", *"failed", "enter"), ("o", "o", "o")])
async def test_new_mail_moves_neither_the_cursor_nor_the_window(
    opening: Opening, box: Path, mail: Path, keys: tuple[str, ...]
) -> None:
    for number, path in enumerate(guide_mails(mail)[6:26]):
        deliver(box, path, f"{number}.z")
    async with opening(box, follow=True, size=(100, 24)) as session:
        queue, triage = session.triage.queue, session.triage
        await session.press(*keys, *"jjjjjj", "space", "j")
        before, detail, marked = at_cursor(session), session.page[:3], len(triage.bounces.marks)
        for number in range(4):
            deliver(box, mail / "story-sbl-delisted.eml", f"{number}.b")
        await came(session, 30)
        assert at_cursor(session) == before
        assert session.page[:3] == detail
        assert len(triage.bounces.marks) == marked
        assert queue.is_filtered == (keys[:1] == ("f",))
        assert "following, 4 new" in session.notice


async def test_mail_read_elsewhere_keeps_its_mark_its_verdict_and_its_page(
    opening: Opening, box: Path, mail: Path
) -> None:
    new = deliver(box, mail / "godaddy-ib104-sbl.eml", "9.b")
    async with opening(box, follow=True, size=(120, 40)) as session:
        await session.press("G", "space", "c")
        await session.until(lambda: "STILL HOLDS" in session.text, "it is checked")
        await session.press("tab", "j", "j")
        top = session.triage.detail.top
        seen = new.rename(box / "cur" / "9.b:2,S")
        await session.until(lambda: session.triage.queue[6].file == str(seen), "its name has changed")
        assert session.triage.queue.total == 7
        assert session.triage.queue[6] in session.triage.bounces.marks
        assert session.triage.detail.top == top
        assert "STILL HOLDS" in session.text
        await session.press("v")
        await session.until(lambda: "[Source]" in session.text, "its source can be read")


async def test_mail_that_goes_stays_in_its_place_as_away(opening: Opening, box: Path) -> None:
    async with opening(box, follow=True, size=(100, 30)) as session:
        await session.press("j")
        (box / "cur" / "1.a:2,").unlink()
        await session.until(lambda: "away" in at_cursor(session)[0], "it is away")
        assert "Cannot be read" not in session.text, "its page is still there"
        await session.press("f", *"!away", "enter")
        assert len(session.triage.queue) == 5
        await session.press("f", "ctrl+u", *"away", "enter")
        assert len(session.triage.queue) == 1


async def test_a_rewritten_mbox_shows_no_mail_under_another_s_name(
    opening: Opening, tmp_path: Path, mail: Path
) -> None:
    names = ("godaddy-ib104-sbl.eml", "k12-2-mailbox-full.eml", "ordinary.eml")
    raws = [b"From a Fri Nov 20 10:00:00 2026\n" + (mail / name).read_bytes() + b"\n" for name in names]
    box = tmp_path / "mbox"
    box.write_bytes(b"".join(raws[:2]))
    os.utime(box, (0, 0))
    async with opening(box, follow=True, size=(100, 30)) as session:
        rows = list(session.triage.queue)
        box.write_bytes(raws[2] + raws[1])
        queue = session.triage.queue
        await session.until(lambda: len(queue) == 3 and queue[0].away, "what is no longer there is away")
        assert [row.away for row in queue] == [True, False, False]
        assert (queue[1].identity, queue[1].index) == (rows[1].identity, 1)
        for key, row in zip("gjj", queue, strict=True):
            await session.press(key)
            await session.until(lambda row=row: session.triage.view.shows(row.message), "its page is shown")
            assert "Cannot be read" not in session.page or row.away
        await session.press("g", "d")
        assert session.triage.bounces.annotations[rows[0].identity].state == "done"


async def test_an_empty_mbox_fills(opening: Opening, tmp_path: Path, mail: Path) -> None:
    box = tmp_path / "mbox"
    box.touch()
    async with opening(box, follow=True) as session:
        assert "No mail yet" in session.text
        with box.open("ab") as file:
            file.write(b"From a Fri Nov 20 10:00:00 2026\n" + (mail / "family-postfix.eml").read_bytes())
        await came(session, 1)
        await session.until(lambda: "User unknown" in session.text, "it is shown")


async def test_ten_thousand_mails_arrive_while_keys_are_answered(
    opening: Opening, box: Path, mail: Path
) -> None:
    raw = (mail / "family-postfix.eml").read_bytes()
    async with opening(box, follow=True, size=(100, 30)) as session:
        for number in range(10_000):
            # Not written in new itself: who reads there may find it empty.
            written = box / "tmp" / f"{number}.c"
            written.write_bytes(b"X-Number: %d\n" % number + raw)
            written.rename(box / "new" / written.name)
        pressed, end = 0, time.monotonic() + 240
        while session.triage.queue.total < 10_006:
            await session.press("j" if pressed % 2 == 0 else "k")
            pressed += 1
            assert session.triage.queue.focus == pressed % 2
            assert time.monotonic() < end, session.text
        assert not session.triage.refusals


async def test_reading_again_goes_on_following_and_drops_what_is_away(
    opening: Opening, box: Path, mail: Path
) -> None:
    async with opening(box, follow=True, size=(100, 30)) as session:
        (box / "cur" / "1.a:2,").unlink()
        await session.until(lambda: session.triage.queue[1].away, "it is away")
        await session.press("r")
        await came(session, 5)
        deliver(box, mail / "family-qmail.eml", "7.b")
        await came(session, 6)
        assert "following, 1 new" in session.notice


async def test_without_follow_nothing_is_watched(opening: Opening, box: Path, mail: Path) -> None:
    import threading

    # The thread of a session that another test has ended may take a moment to end.
    before = {one for one in threading.enumerate() if one.name == "watching"}
    async with opening(box) as session:
        assert not {one for one in threading.enumerate() if one.name == "watching"} - before
        assert "following" not in session.text
    async with opening(box, follow=True):
        pass
    await threads_end("watching", before)
    await threads_end("loading")


async def test_following_that_breaks_off_says_so_until_all_is_read_again(
    opening: Opening, box: Path, mail: Path
) -> None:
    examiner = Breaking()
    async with opening(box, follow=True, examiner=examiner, size=(100, 24)) as session:
        await session.until(lambda: "following" in session.notice, "it follows")
        examiner.breaks = True
        deliver(box, mail / "story-sbl-delisted.eml", "1.b")
        await session.until(lambda: "reading broke off: R" in session.notice, "it is told")
        assert "following" not in session.notice
        assert not session.triage.loads.follows
        await session.press("R")
        assert "broke off: OSError: the disk is gone" in session.text
        await session.press("q")
        examiner.breaks = False
        await session.press("r")
        await session.until(lambda: "following" in session.notice, "it follows again")
        await came(session, 7)
