"""Standard input that does not end before the test says so: loading that lasts, on any machine."""

import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import BinaryIO

from ui_session import Session

from bounce_tui.locations import shipped
from bounce_tui.ui.app import BounceApp

SAMPLE = shipped("samples") / "mail" / "family-postfix.eml"
SEPARATOR = b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"


class HeldMail:
    """A pipe with `mails` mails in an mbox, held open until `end`; then comes `last`."""

    def __init__(self, mails: int, last: bytes = b"") -> None:
        self.mails = mails
        self._last = last
        reader, self._writer = os.pipe()
        self.stream: BinaryIO = os.fdopen(reader, "rb")
        self._may_end = threading.Event()
        # All of it is more than a pipe holds.
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Nothing more comes: the reader finds the end after the last mail."""
        self._may_end.set()

    def close(self) -> None:
        """End, also where nobody reads any more."""
        self.end()
        self.stream.close()
        self._thread.join(30)

    def _write(self) -> None:
        quoted = SAMPLE.read_bytes().replace(b"\nFrom ", b"\n>From ")
        try:
            with os.fdopen(self._writer, "wb") as pipe:
                pipe.write((SEPARATOR + quoted + b"\n") * self.mails)
                pipe.flush()
                self._may_end.wait()
                pipe.write(SEPARATOR + self._last if self._last else b"")
        except BrokenPipeError:
            # The reader was stopped, which some tests are about.
            pass


@asynccontextmanager
async def reading(held: HeldMail) -> AsyncIterator[Session]:
    """A session in which the first rows of `held` are there."""
    app = BounceApp(("-",), stdin=held.stream, nameserver="127.0.0.1:9")
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until(lambda: session.triage.queue, "the first rows are there")
        yield session


@contextmanager
def held_mail(mails: int, last: bytes = b"") -> Iterator[HeldMail]:
    """Mail that is being read until the test ends it, with the mail `last`."""
    held = HeldMail(mails, last)
    try:
        yield held
    finally:
        held.close()
