"""Loading in a thread: everything arrives once, in order, and can be called off."""

import io
import threading
from pathlib import Path

from bounce_tui.locations import shipped
from bounce_tui.mailbox import StandardInput
from bounce_tui.triage.loading import Arrivals, Loading

MAIL = shipped("samples") / "mail"


def load(paths: list[str], stdin: StandardInput | None = None) -> list[Arrivals]:
    """Take whenever something is announced, until it has ended."""
    announced = threading.Semaphore(0)
    loading = Loading(paths, stdin, announced.release)
    loading.start()
    taken: list[Arrivals] = []
    while not taken or not taken[-1].finished:
        assert announced.acquire(timeout=120), "nothing was announced"
        taken.append(loading.take())
    assert loading.join(120)
    return taken


def test_every_mail_arrives_once_and_in_order() -> None:
    taken = load([str(MAIL)])
    files = [row.file for arrivals in taken for row in arrivals.rows]
    assert files == sorted(str(path) for path in MAIL.iterdir())
    assert taken[-1].done_bytes == taken[-1].total_bytes > 0
    assert taken[-1].trouble is None


def test_what_cannot_be_read_is_told_and_the_rest_arrives(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.eml")
    taken = load([missing, str(MAIL / "ordinary.eml")])
    assert [refusal.file for arrivals in taken for refusal in arrivals.refusals] == [missing]
    assert [row.kind for arrivals in taken for row in arrivals.rows] == ["other"]


def test_standard_input_is_loaded_like_a_file() -> None:
    stdin = StandardInput(io.BytesIO((MAIL / "k12-2-mailbox-full.eml").read_bytes()), keep=True)
    rows = [row for arrivals in load(["-"], stdin) for row in arrivals.rows]
    assert [(row.file, row.reason) for row in rows] == [("-", "mailbox_full")]


def test_a_cancelled_loading_ends_and_says_so(tmp_path: Path) -> None:
    raw = (MAIL / "family-postfix.eml").read_bytes().replace(b"\nFrom ", b"\n>From ")
    box = tmp_path / "box.mbox"
    box.write_bytes((b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n" + raw + b"\n") * 3000)
    first = threading.Event()
    loading = Loading([str(box)], None, first.set)
    loading.start()
    assert first.wait(120)
    loading.cancel()
    assert loading.join(120)
    arrivals = loading.take()
    assert arrivals.finished
    assert arrivals.cancelled


def test_a_slow_taker_is_told_once_and_gets_everything() -> None:
    told: list[None] = []
    loading = Loading([str(MAIL)], None, lambda: told.append(None))
    loading.start()
    assert loading.join(120)
    assert len(told) == 1
    assert len(loading.take().rows) == len(list(MAIL.iterdir()))
    assert loading.take().rows == []
