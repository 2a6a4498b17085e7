"""How a plain session reads its mail, which ctrl+c stops."""

import threading
from collections.abc import Callable, Sequence

from bounce_tui.mailbox import StandardInput
from bounce_tui.plain.ctrl_c import on_ctrl_c
from bounce_tui.scan.examiner import Examiner
from bounce_tui.signal_latency import SIGNAL_LATENCY_S
from bounce_tui.triage.loading import Arrivals, Loading, kind_of_loading

Take = Callable[[Arrivals], None]
Progress = Callable[[int], None]
"""Told the percentage that is read, now and then."""
_PATIENCE_S = 2


class Reading:
    """One run over `paths`, whose mail `examiner` reads; with `follow`, what comes later can be asked for."""

    def __init__(
        self, paths: Sequence[str], stdin: StandardInput | None, examiner: Examiner, *, follow: bool
    ) -> None:
        self._news = threading.Event()
        self._loading: Loading = kind_of_loading(follow=follow)(paths, stdin, self._news.set, examiner)

    def read(self, take: Take, progress: Progress) -> bool:
        """Let `take` have all there is, as it comes; False when ctrl+c stopped it."""
        # In the middle of taking rows in, an exception would leave half of them.
        with on_ctrl_c(self._loading.cancel):
            self._loading.start()
            while True:
                if not self._news.wait(SIGNAL_LATENCY_S):
                    continue
                self._news.clear()
                arrivals = self._loading.take()
                take(arrivals)
                if arrivals.finished:
                    return not arrivals.cancelled
                if arrivals.total_bytes:
                    progress(arrivals.done_bytes * 100 // arrivals.total_bytes)

    def come_since(self) -> Arrivals:
        """What came since it was last taken."""
        return self._loading.take()

    def close(self) -> None:
        """Leave no thread behind, unless it hangs."""
        self._loading.cancel()
        self._loading.join(_PATIENCE_S)
