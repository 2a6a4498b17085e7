"""The line to the terminal: one thread that writes what it is given, and tells when the line is lost."""

import contextlib
import os
import select
import threading
from collections.abc import Callable

_PATIENCE = 0.2  # seconds that a last word waits for a terminal that takes nothing


class Line:
    """Writes to a terminal without ever letting the app wait for it.

    `fetch` is asked for what is to be sent each time that `wake` was called and the last bytes are
    out, so on a slow line one fetch covers all that changed meanwhile; b"" is nothing.  `lost` is
    called once, in the writing thread, when the terminal is gone; from then on all is dropped.
    """

    def __init__(self, fileno: int, fetch: Callable[[], bytes], lost: Callable[[], None]) -> None:
        self._fileno = fileno
        self._fetch = fetch
        self._lost = lost
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
                    self._awake, closing = False, self._closing
                self._write(self._fetch())
        except OSError:
            self._lost()
        except BaseException:
            # A screen that stands still while the app goes on is worse than an end.
            self._lost()
            raise

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
