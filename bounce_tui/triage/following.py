"""Loading that goes on: after all mail has come, what comes later, and what becomes of it."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.mailbox.watching import Watch
from bounce_tui.scan.batch import Batch
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner
from bounce_tui.scan.following import FilesChanged, Settled, follow
from bounce_tui.triage.loading import Arrivals, Loading
from bounce_tui.triage.row import pack_rows, unpack_rows
from bounce_tui.triage.row_tracker import RowTracker


class Following(Loading):
    """One run of the conveyor over `paths` that ends when it is cancelled."""

    def __init__(
        self,
        paths: Sequence[str],
        stdin: StandardInput | None,
        announce: Callable[[], None],
        examiner: Examiner = LOCAL_EXAMINER,
    ) -> None:
        super().__init__(paths, stdin, announce, examiner)
        self._watch = Watch(paths)
        self._tracker = RowTracker()
        self._unwatched: list[Refusal] = []
        self._follows = True

    def cancel(self) -> None:
        """Ask the conveyor to stop, and the watch too."""
        super().cancel()
        self._watch.close()

    def take(self) -> Arrivals:
        """Everything that came in since the last call."""
        arrivals = super().take()
        with self._lock:
            rows, renewed = self._tracker.take()
            unwatched, self._unwatched = self._unwatched, []
            return replace(arrivals, rows=rows, renewed=renewed, unwatched=unwatched, follows=self._follows)

    def _bring(self) -> None:
        mail = follow(
            self._paths,
            pack_rows,
            self._watch,
            stdin=self._stdin,
            cancelled=self._cancelled,
            examiner=self._examiner,
        )
        try:
            for news in mail:
                self._take_in(news)
        finally:
            with self._lock:
                self._follows = False

    def _take_in(self, news: Batch | FilesChanged | Settled) -> None:
        rows = unpack_rows(news.output) if isinstance(news, Batch) else []
        with self._lock:
            if isinstance(news, Batch):
                self._tracker.arrive(rows)
                self._note(news)
            elif isinstance(news, Settled):
                # What seems gone may be the message that is still being written.
                if not news.waits:
                    self._tracker.settle()
                self._unwatched += news.unwatched
                self._finished = True
            else:
                self._tracker.files_changed(news.gone, news.moved)
        self._tell()
