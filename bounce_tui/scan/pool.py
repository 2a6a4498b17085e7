"""Worker processes: units go in, what became of them comes back, and a process that dies costs one unit."""

import selectors
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from bounce_tui.scan.job import Job
from bounce_tui.scan.process import Process, death
from bounce_tui.scan.unit import Form, finish_unit
from bounce_tui.scan.worker import READY

if TYPE_CHECKING:
    from bounce_tui.diagnosis.backscatter import Owner

_DEPTH = 2
"""Units that a worker has at hand, so that it does not wait for the next one."""


class Pool:
    """At most `count` processes that put cases into `form`, started as there is work for them; `own` as
    `examine` takes it.

    `broken` is True when not one can be started: the caller then has to do the work itself.
    """

    def __init__(self, form: Form, count: int, own: "Owner | None" = None) -> None:
        self._form = form
        self._own = own
        self._count = count
        self._workers: list[_Worker] = []
        self._waiting: deque[Job] = deque()
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in list(self._workers):
            self._remove(worker)
        self._selector.close()

    @property
    def broken(self) -> bool:
        """Whether no process can be had."""
        return self._count == 0

    @property
    def has_room(self) -> bool:
        """Whether another unit would be worked on soon."""
        under_way = sum(len(worker.jobs) for worker in self._workers)
        return len(self._waiting) + under_way < self._count * _DEPTH

    def start(self, count: int) -> None:
        """Start `count` processes, which will have work soon."""
        while len(self._workers) < min(count, self._count):
            self._start()

    def submit(self, jobs: Sequence[Job], *, first: bool = False) -> None:
        """Have `jobs` done; `first` puts them before what is waiting."""
        if first:
            self._waiting.extendleft(reversed(jobs))
        else:
            self._waiting.extend(jobs)
        self._hand_out()

    def wait(self, seconds: float) -> list[Job]:
        """The jobs that ended, with `finished` or `death` set; none when nothing ended in time."""
        ended: list[Job] = []
        for key, _ in self._selector.select(seconds):
            worker: _Worker = key.data
            try:
                word = worker.process.answer()
            except (EOFError, OSError):
                ended += self._bury(worker)
                continue
            if word == READY:
                worker.ready = True
            else:
                job = worker.jobs.popleft()
                job.finished = word
                ended.append(job)
        self._hand_out()
        return ended

    def _hand_out(self) -> None:
        idle = sum(not worker.jobs for worker in self._workers)
        while len(self._workers) < self._count and idle < len(self._waiting):
            self._start()
            idle += 1
        for depth in range(_DEPTH):
            for worker in self._workers:
                if self._waiting and len(worker.jobs) <= depth and worker.takes(self._waiting[0]):
                    worker.give(self._waiting.popleft())

    def _start(self) -> None:
        try:
            worker = _Worker(self._form, self._own)
        except OSError:
            # No more processes to be had: what runs has to do.
            self._count = len(self._workers)
            return
        self._workers.append(worker)
        self._selector.register(worker.process.output, selectors.EVENT_READ, worker)

    def _bury(self, worker: "_Worker") -> list[Job]:
        """Remove a dead `worker`: the job that it died on, if it began one.  The others wait again."""
        # It is ending; killed on top of that, it would not tell why.
        status = self._remove(worker, patience=1)
        ended = []
        if not worker.ready:
            self._count -= 1
        elif worker.jobs:
            job = worker.jobs.popleft()
            job.death = death(status)
            ended.append(job)
        self._waiting.extendleft(reversed(worker.jobs))
        return ended

    def _remove(self, worker: "_Worker", patience: float = 0) -> int:
        self._workers.remove(worker)
        self._selector.unregister(worker.process.output)
        return worker.process.end(patience)


class _Worker:
    """One process.  `jobs` are those handed to it, the one it works on first."""

    def __init__(self, form: Form, own: "Owner | None") -> None:
        self.ready = False
        self.jobs: deque[Job] = deque()
        self.process = Process()
        self._form = form
        self._own = own

    def takes(self, job: Job) -> bool:
        """Whether `job` can be handed over without waiting: one that is starting reads nothing yet, and
        its pipe holds no mail."""
        return self.ready or job.unit.is_light

    def give(self, job: Job) -> None:
        self.jobs.append(job)
        self.process.call(finish_unit, job.unit, self._form, self._own)
