"""Mailboxes as they lie about: each brings its mail once, or one line that names it and says why."""

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from sources import SOURCES, Source

from bounce_tui.mailbox import Refusal, Span, open_sources, packed, read_message, read_span
from bounce_tui.mailbox.ledger import Ledger
from bounce_tui.model import Message
from bounce_tui.reporting.record import ndjson
from bounce_tui.reporting.visible import visible_path
from bounce_tui.scan import convey


@pytest.fixture(autouse=True)
def small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FREE_BYTES", 4 << 20)


def _state(top: Path) -> dict[Path, tuple[int, ...]]:
    statuses = {path: path.lstat() for path in (top, *top.rglob("*"))}
    return {path: (one.st_ino, one.st_size, one.st_mtime_ns, one.st_mode) for path, one in statuses.items()}


def _mails(looks: Iterable[Span | Refusal]) -> list[tuple[Message, bytes]]:
    read = [found for span in looks if isinstance(span, Span) for found in read_span(span)]
    return [found for found in read if not isinstance(found, Refusal)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name.encode("unicode_escape").decode())
def test_what_lies_there_is_read_once_or_named(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.put(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = _state(tmp_path)
    recipients, refusals = [], []
    for batch in convey(source.expected.given, ndjson, workers=1):
        for line in batch.output.splitlines():
            record = json.loads(line)
            names = [one["recipient"].partition("@")[0] for one in record["failures"]] or ["-"]
            recipients.append("+".join(names))
        refusals += [f"{visible_path(one.file)}: {one.reason}" for one in batch.refusals]
    assert " ".join(recipients) == source.expected.recipients, refusals
    assert len(refusals) == len(source.expected.refusals), refusals
    for line, words in zip(refusals, source.expected.refusals, strict=True):
        assert words in line
        assert "\n" not in line
    assert _state(tmp_path) == before, "nothing is touched"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name.encode("unicode_escape").decode())
def test_each_message_can_be_opened_again_and_followed_it_comes_once(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.put(tmp_path)
    monkeypatch.chdir(tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - 60,) * 2)
    mails = _mails(open_sources(source.expected.given))
    assert [read_message(message) for message, _ in mails] == [raw for _, raw in mails]
    ledger = Ledger(source.expected.given)
    assert _mails(ledger.first()) == mails
    assert _mails(ledger.again(None)) == []
