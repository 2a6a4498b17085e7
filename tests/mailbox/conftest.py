"""Mail written for the tests, and the shortest way to read it back."""

import os
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from bounce_tui.mailbox import Refusal, open_sources, read_span
from bounce_tui.model import Message

BOUNCE = (
    b"Return-Path: <>\n"
    b"From: MAILER-DAEMON@mx.example.org\n"
    b"To: sender@example.org\n"
    b"Subject: Undelivered Mail Returned to Sender\n"
    b"\n"
    b"<gone@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1 no such user\n"
)


class Reading:
    """Everything that came of some paths: the messages with their bytes, and the refusals."""

    def __init__(self, paths: Iterable[str | Path], stdin: object = None) -> None:
        self.messages: list[tuple[Message, bytes]] = []
        self.refusals: list[Refusal] = []
        for item in open_sources([str(path) for path in paths], stdin):
            for found in [item] if isinstance(item, Refusal) else read_span(item):
                if isinstance(found, Refusal):
                    self.refusals.append(found)
                else:
                    self.messages.append(found)

    @property
    def files(self) -> list[str]:
        return [message.file for message, _ in self.messages]

    @property
    def raws(self) -> list[bytes]:
        return [raw for _, raw in self.messages]

    @property
    def reasons(self) -> dict[str, str]:
        return {refusal.file: refusal.reason for refusal in self.refusals}


@pytest.fixture
def read() -> Callable[..., Reading]:
    return lambda *paths, stdin=None: Reading(paths, stdin)


@pytest.fixture
def bounce() -> bytes:
    return BOUNCE


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can enter; pytest closes its own to all but one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def as_nobody() -> Callable[[Callable[[], None]], None]:
    """Run a function as a user who owns nothing: root is refused nothing by mode bits.

    Its failure is the test's failure.
    """

    def run(work: Callable[[], None]) -> None:
        if os.geteuid() != 0:
            work()
            return
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
                work()
                status = 0
            finally:
                if status:
                    traceback.print_exc()
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    return run
