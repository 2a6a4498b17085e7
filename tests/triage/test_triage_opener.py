"""One message read again: from the list line back to the mail."""

import asyncio
import io
import threading
from pathlib import Path

from bounce_tui.locations import shipped
from bounce_tui.mailbox import StandardInput
from bounce_tui.model import Message
from bounce_tui.triage.loading import Loading
from bounce_tui.triage.opener import CASES_KEPT, Opener, read_case, read_opened, read_source

MAIL = shipped("samples") / "mail"
FULL = Message(str(MAIL / "k12-2-mailbox-full.eml"))
RAW = Path(FULL.file).read_bytes()


def test_a_line_leads_back_to_its_case() -> None:
    case = read_case(FULL)
    assert case.error is None
    assert case.diagnoses[0].reason == "mailbox_full"


def test_a_mail_that_is_gone_says_so_instead_of_failing(tmp_path: Path) -> None:
    gone = Message(str(tmp_path / "gone.eml"))
    assert read_case(gone).error
    assert read_opened(gone).error
    lines, whole = read_source(gone, 100)
    assert lines[0]
    assert whole


def test_the_open_message_has_headers_and_parts() -> None:
    opened = read_opened(FULL)
    assert opened.error is None
    assert "Subject" in [name for name, _ in opened.headers]
    assert opened.parts


def test_the_source_is_cut_at_a_limit_and_keeps_every_byte_visible(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: a\r\n\r\ncaf\xe9\rend" + b"x" * 100)
    lines, whole = read_source(Message(str(path)), 22)
    assert lines == ["Subject: a", "", "caf\\xe9", "end"]
    assert not whole


async def test_what_was_read_lately_is_known_at_once_and_old_things_are_forgotten(tmp_path: Path) -> None:
    opener = Opener()
    assert opener.known(FULL) is None
    case = await opener.case(FULL)
    assert opener.known(FULL) is case
    assert await opener.case(FULL) is case
    for number in range(CASES_KEPT):
        await opener.case(Message(str(tmp_path / f"{number}.eml")))
    assert opener.known(FULL) is None


async def test_a_read_whose_waiter_was_cancelled_is_still_kept() -> None:
    opener = Opener()
    task = asyncio.create_task(opener.case(FULL))
    await asyncio.sleep(0)
    task.cancel()
    async with asyncio.timeout(120):
        while opener.known(FULL) is None:  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.01)


async def test_mail_from_standard_input_can_be_opened_again() -> None:
    stdin = StandardInput(io.BytesIO(RAW), keep=True)
    ended = threading.Event()
    loading = Loading(["-"], stdin, ended.set)
    loading.start()
    assert loading.join(120)
    rows = loading.take().rows
    case = await Opener(stdin).case(rows[0].message)
    assert case.error is None
    assert case.diagnoses[0].reason == "mailbox_full"


def test_reading_again_looks_at_one_message_only(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    separator = b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"
    other = (MAIL / "ordinary.eml").read_bytes()
    box.write_bytes(separator + other + b"\n" + separator + RAW + b"\n")
    loading = Loading([str(box)], None, lambda: None)
    loading.start()
    assert loading.join(120)
    second = loading.take().rows[1]
    assert read_case(second.message).diagnoses[0].reason == "mailbox_full"


def test_a_source_as_long_as_the_limit_is_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: a\n\nb")
    assert read_source(Message(str(path)), 13) == (["Subject: a", "", "b"], True)
    assert read_source(Message(str(path)), 12) == (["Subject: a", "", ""], False)
