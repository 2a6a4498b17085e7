"""The line to the terminal: one thread that writes what it is given, and tells when the line is lost."""

import contextlib
import os
import select
import threading
from collections.abc import Callable

_PATIENCE = 0.2  # seconds that a last word waits for a terminal that takes nothing
_AHEAD = 600  # octets: half a second of a line of 9,600 baud
_SILENCE = 10.0  # seconds without an answer after which the terminal is asked no more


class Line:
    """Writes to a terminal without ever letting the app wait for it.

    `fetch` is asked for what is to be sent each time that `wake` was called and the last bytes are
    out, so on a slow line one fetch covers all that changed meanwhile; b"" is nothing.  `lost` is
    called once, in the writing thread, when the terminal is gone; from then on all is dropped.

    The system and ssh take many screens before they make us wait, and a key held down would go on for ten
    seconds after it is let go.  So a terminal that has `answered` a `question` is asked it again behind every
    few octets, and nothing more is fetched while it has two such stretches before it.
    """

    def __init__(
        self, fileno: int, fetch: Callable[[], bytes], lost: Callable[[], None], question: bytes = b""
    ) -> None:
        self._fileno = fileno
        self._fetch = fetch
        self._lost = lost
        self._question = question
        self._answers = False
        self._asked = False
        self._unasked = 0
        self._work = threading.Condition()
        self._awake = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to fetch."""
        with self._work:
            self._awake = True
            self._work.notify()

    def answered(self) -> None:
        """Say that the terminal has answered the question, and so has come to where it was asked."""
        with self._work:
            self._answers, self._asked = bool(self._question), False
            self._work.notify()

    @property
    def awaits_answer(self) -> bool:
        """Whether an answer is under way."""
        return self._asked

    def drain(self) -> None:
        """Write what is still to be fetched, and fetch no more; waits for the terminal to take it."""
        with self._work:
            self._awake = self._closing = True
            self._work.notify()
        self._thread.join()

    def close(self, last: bytes) -> None:
        """Write what is still to be fetched and then `last`; waits for the terminal to take it."""
        self.drain()
        # Not by the thread, so that it goes out whatever became of that.
        with contextlib.suppress(OSError):
            self._write(last)

    def _run(self) -> None:
        closing = False
        try:
            while not closing:
                with self._work:
                    self._work.wait_for(lambda: self._awake)
                    self._let_catch_up()
                    self._awake, closing = False, self._closing
                self._write(self._with_question(self._fetch()))
        except OSError:
            self._lost()
        except BaseException:
            # A screen that stands still while the app goes on is worse than an end.
            self._lost()
            raise

    def _let_catch_up(self) -> None:
        def has_come_near() -> bool:
            return self._closing or not self._asked or self._unasked < _AHEAD

        if not self._work.wait_for(has_come_near, _SILENCE):
            self._answers = self._asked = False

    def _with_question(self, data: bytes) -> bytes:
        with self._work:
            self._unasked += len(data)
            if self._asked or not self._answers or self._closing or self._unasked < _AHEAD:
                return data
            self._asked, self._unasked = True, 0
        return data + self._question

    def _write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                # Some earlier program left the terminal non-blocking; ssh and node are known for it.
                select.select([], [self._fileno], [])


def last_word(fileno: int, data: bytes) -> None:
    """Write `data` to a terminal that may be stuck or gone, without waiting for it."""
    with contextlib.suppress(OSError):
        blocking = os.get_blocking(fileno)
        if select.select([], [fileno], [], _PATIENCE)[1]:
            os.set_blocking(fileno, False)
            try:
                os.write(fileno, data)
            finally:
                os.set_blocking(fileno, blocking)
