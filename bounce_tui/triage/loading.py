"""Loading, away from whoever waits for it: the conveyor runs in a thread and its rows are fetched in bulk."""

import threading
from collections.abc import Callable, Sequence

from msgspec import Struct

from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.scan import convey
from bounce_tui.scan.batch import Batch
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner
from bounce_tui.triage.row import Row, pack_rows, unpack_rows
from bounce_tui.triage.row_tracker import Renewed


class Arrivals(Struct, frozen=True):
    """What came in since the last look.  `done_bytes` of `total_bytes` are read; `total_bytes` is 0
    while nobody knows.  `trouble` says, once, why loading broke off by itself.

    Of mail that is followed, `renewed` rows have changed, which is to be taken in before `rows`; `unwatched`
    are places that the system does not watch, and `follows` is True as long as more may come after all is
    `finished`."""

    rows: list[Row]
    refusals: list[Refusal]
    done_bytes: int
    total_bytes: int
    finished: bool
    cancelled: bool
    trouble: str | None
    renewed: Sequence[Renewed] = ()
    unwatched: Sequence[Refusal] = ()
    follows: bool = False


class Loading:
    """One run of the conveyor over `paths`.

    `announce` is called in the loading thread whenever there is something to take and nothing was
    waiting before, so a slow taker is told once and then takes all of it.
    """

    def __init__(
        self,
        paths: Sequence[str],
        stdin: StandardInput | None,
        announce: Callable[[], None],
        examiner: Examiner = LOCAL_EXAMINER,
    ) -> None:
        self._examiner = examiner
        self._paths = paths
        self._stdin = stdin
        self._announce = announce
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._rows: list[Row] = []
        self._refusals: list[Refusal] = []
        self._announced = False
        self._done = 0
        self._total = 0
        self._finished = False
        self._trouble: str | None = None
        # A daemon, because a read that hangs on a dead network disk must not keep the program alive.
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)

    def start(self) -> None:
        """Begin to load in a thread of its own."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the conveyor to stop; what has arrived stays."""
        self._cancelled.set()

    def join(self, timeout: float) -> bool:
        """Wait for the thread, at most `timeout` seconds; True when it has ended."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def take(self) -> Arrivals:
        """Everything that came in since the last call."""
        with self._lock:
            rows, self._rows = self._rows, []
            refusals, self._refusals = self._refusals, []
            trouble, self._trouble = self._trouble, None
            self._announced = False
            return Arrivals(
                rows,
                refusals,
                self._done,
                self._total,
                self._finished,
                self._cancelled.is_set(),
                trouble,
            )

    def _run(self) -> None:
        trouble = None
        try:
            self._bring()
        except Exception as error:  # noqa: BLE001 - a thread that dies unseen leaves half a list without a word
            trouble = f"{type(error).__name__}: {error}"
        with self._lock:
            self._finished, self._trouble = True, trouble
        self._tell()

    def _bring(self) -> None:
        batches = convey(
            self._paths, pack_rows, stdin=self._stdin, cancelled=self._cancelled, examiner=self._examiner
        )
        for batch in batches:
            rows = unpack_rows(batch.output)
            with self._lock:
                self._rows += rows
                self._note(batch)
            self._tell()

    def _note(self, batch: Batch) -> None:
        self._refusals += batch.refusals
        self._done, self._total = batch.done_bytes, batch.total_bytes

    def _tell(self) -> None:
        with self._lock:
            if self._announced:
                return
            self._announced = True
        self._announce()


def kind_of_loading(*, follow: bool) -> type[Loading]:
    """What reads the mail once, or, where it is to `follow`, goes on with what comes later."""
    if not follow:
        return Loading
    # It brings what watches folders; most sessions need none of it.
    from bounce_tui.triage.following import Following

    return Following
