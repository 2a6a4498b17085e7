"""Which files and folders have changed: told by the system through watchfiles, or, where it tells nothing,
found by looking every few seconds."""

import math
import os
import queue
import threading
import time
from collections.abc import Iterable

from bounce_tui.mailbox.file_system import remote_kind
from bounce_tui.mailbox.refusal import Refusal
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT
from bounce_tui.signal_latency import SIGNAL_LATENCY_S

POLL_S = 5.0
"""Seconds between two looks where the system tells nothing."""

RELOOK_S = 60.0
"""Seconds between two looks at everything where the system does tell: it forgets what it would tell where
too much happens at once (inotify(7), IN_Q_OVERFLOW), and watchfiles passes over the word of that."""

_REST = 20
"""After a look that took long comes a rest this many times as long."""

_STEP_MS = 200
"""How often watchfiles looks whether something has come, which costs it some microseconds."""

_DEBOUNCE_MS = 1000
_AGAIN_S = 1.0

Changed = set[str] | None
"""Paths in the form of those given; None where anything may have changed."""


class Watch:
    """Watches the folders among `paths`, with all below them, and for a file the folder that it lies in:
    another may take its place.  With `polling` the system is not asked."""

    def __init__(self, paths: Iterable[str], *, polling: bool = False) -> None:
        self._paths = tuple(path for path in dict.fromkeys(paths) if path != STANDARD_INPUT)
        self._polling = polling
        self._news: queue.SimpleQueue[Changed] = queue.SimpleQueue()
        self._troubles: queue.SimpleQueue[Refusal] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._polled: frozenset[str] = frozenset()
        self._left = time.monotonic()
        self._relook_at = math.inf
        self._looks_at_all = False

    def start(self) -> None:
        """Begin.  As soon as the watch stands, `wait` returns None for what has changed before; and again
        from time to time, for what the system did not tell."""
        told = []
        for path in self._paths:
            if reason := "you asked for it" if self._polling else _silent(path):
                self._poll([path], reason)
            else:
                told.append(path)
        folders = [path for path in told if os.path.isdir(path)]
        files = [path for path in told if path not in folders]
        for places, recursive in ((_folders(folders), True), (_files(files), False)):
            if places:
                # Daemons: watchfiles may hang on a dead disk, and that must not keep the program alive.
                thread = threading.Thread(target=self._run, args=(places, recursive), daemon=True)
                thread.name = "watching"
                thread.start()

    def wait(self, seconds: float | None = None) -> Changed:
        """What has changed since the last call, waited for at most `seconds`; nothing once `close` is
        called."""
        now = time.monotonic()
        rest = (now - self._left) * _REST
        if self._looks_at_all:
            self._relook_at = now + max(RELOOK_S, rest)
        pause = max(POLL_S, rest) if self._polled else math.inf
        limit = min(math.inf if seconds is None else seconds, pause, max(self._relook_at - now, 0.0))
        try:
            changed = self._next(now + limit)
            while not self._news.empty():
                more = self._news.get()
                changed = None if changed is None or more is None else changed | more
        except queue.Empty:
            changed = set(self._polled) if pause == limit else set()
        self._left = time.monotonic()
        if self._left >= self._relook_at:
            changed = None
        self._looks_at_all = changed is None
        return changed

    def _next(self, end: float) -> Changed:
        """The next of the news; raises queue.Empty where none has come by `end`."""
        while True:
            try:
                return self._news.get(timeout=min(SIGNAL_LATENCY_S, max(end - time.monotonic(), 0.0)))
            except queue.Empty:
                if time.monotonic() >= end:
                    raise

    def unwatched(self) -> list[Refusal]:
        """The paths that are looked at in turns, and why; each is told once."""
        found = []
        while not self._troubles.empty():
            found.append(self._troubles.get())
        return found

    @property
    def is_closed(self) -> bool:
        """Whether nobody wants to know any more."""
        return self._closed.is_set()

    def close(self) -> None:
        """Stop, and wake whoever waits."""
        self._closed.set()
        self._news.put(set())

    def _poll(self, paths: Iterable[str], reason: str) -> None:
        for path in paths:
            if path not in self._polled:
                self._polled |= {path}
                words = f"followed by looking every {POLL_S:.0f} seconds: {reason}"
                self._troubles.put(Refusal(path, words))
                self._news.put({path})

    def _run(self, places: dict[str, str], recursive: bool) -> None:
        """Watch the `places`: real paths, each with the path that was given for it."""
        while not self._closed.is_set():
            try:
                self._watch(places, recursive)
            except (OSError, RuntimeError, UnicodeError) as error:
                # A name that is no UTF-8 ends the watch: whoever can write here must not end the following.
                if "decode path" not in str(error):
                    self._poll(
                        dict.fromkeys(places.values()), f"the system cannot watch it ({_words(error)})"
                    )
                    return
                self._closed.wait(_AGAIN_S)

    def _watch(self, places: dict[str, str], recursive: bool) -> None:
        from watchfiles import watch

        stands = False
        for changes in watch(
            *(places if recursive else {os.path.dirname(real) for real in places}),
            watch_filter=None,
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            rust_timeout=int(_AGAIN_S * 1000),
            yield_on_timeout=True,
            stop_event=self._closed,
            raise_interrupt=False,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            if not stands:
                stands = True
                self._news.put(None)
                continue
            given = {path for _, real in changes if (path := _as_given(real, places)) is not None}
            if lost := [path for path in given if path in self._paths and recursive != os.path.isdir(path)]:
                self._poll(
                    lost, "it was no folder or is none any more" if recursive else "it became a folder"
                )
            if given:
                self._news.put(given)


def _folders(paths: Iterable[str]) -> dict[str, str]:
    return {os.path.realpath(path): path for path in paths}


def _files(paths: Iterable[str]) -> dict[str, str]:
    # A link may be pointed elsewhere, and what it points to may change.
    places = {os.path.realpath(path): path for path in paths}
    for path in paths:
        folder, name = os.path.split(path)
        places[os.path.join(os.path.realpath(folder or "."), name)] = path
    return places


def _as_given(real: str, places: dict[str, str]) -> str | None:
    """The path below those given that `real` is, None where it is not below one."""
    above = real
    while above not in places:
        above, name = os.path.split(above)
        if not name:
            return None
    return os.path.join(places[above], os.path.relpath(real, above)) if above != real else places[above]


def _silent(path: str) -> str | None:
    """Why the system does not tell of changes at `path`; None where it does."""
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        return "its folder is not there"
    kind = remote_kind(folder)
    return f"it lies on {kind}, which does not tell what others change" if kind else None


def _words(error: Exception) -> str:
    text = str(error).partition(" about [")[0]
    return text.partition("watcher: ")[2] or text
