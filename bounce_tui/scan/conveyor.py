"""From paths to finished batches, in order, in as many processes as pay."""

import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol

from bounce_tui.mailbox import Refusal, Span, StandardInput, open_sources
from bounce_tui.mailbox.folders_without_mail import FoldersWithoutMail
from bounce_tui.scan.batch import Batch
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner
from bounce_tui.scan.job import Job
from bounce_tui.scan.rule_state import RuleState
from bounce_tui.scan.unit import Finished, Form, Unit, halves, pack, refused

if TYPE_CHECKING:
    from bounce_tui.scan.pool import Pool

_PAYS = 8 << 20
"""Bytes of mail that keep a process busy for several times what it takes to start."""

_MOST = 8
"""Workers that are started unasked: a container often shows all cores of a host and may use few."""

_AHEAD = 4
"""Units for each worker that may be done before the one whose turn it is."""

_DEATHS = 64
"""How often a dead process is answered by trying its unit again in two halves."""

_LOOK_AGAIN = 0.1
"""Seconds after which a cancelled run is noticed at the latest."""


def convey(
    paths: Iterable[str],
    form: Form,
    *,
    workers: int | None = None,
    stdin: BinaryIO | StandardInput | None = None,
    cancelled: threading.Event | None = None,
    at_once: bool = True,
    examiner: Examiner = LOCAL_EXAMINER,
) -> Iterator[Batch]:
    """The mail at `paths`, examined and put into `form`, in the order of the input.

    `form` is a function of a module, because it runs in the worker; it is called with some cases at a
    time and its outputs are joined.  `workers` is the number of processes, 1 for none but the `examiner`'s,
    None for as many as pay.  Once `cancelled` is set the batches end soon.  A message that ends the
    process it is read in becomes a Refusal; the rest goes on.  So does a rule file that is wrong, first
    of all.  Where `at_once`, the first messages are read by the `examiner`, so that they wait for no process
    to start.
    """
    sources = open_sources(paths, stdin, cancelled=cancelled)
    return carry(sources, form, workers=workers, cancelled=cancelled, at_once=at_once, examiner=examiner)


class Supply(Protocol):
    """Spans and refusals, and how many bytes of mail there are: known so far (`total_bytes`) and likely in
    all.  `folders` are those entered so far; one that holds no mail is told in one line."""

    def __iter__(self) -> Iterator[Span | Refusal]: ...

    @property
    def folders(self) -> Sequence[str]:
        """The folders given, as far as they were entered."""
        ...

    @property
    def total_bytes(self) -> int:
        """How many bytes of mail are known of so far."""
        ...

    @property
    def likely_bytes(self) -> int:
        """How many bytes of mail there will likely be in all."""
        ...


def carry(
    supply: Supply,
    form: Form,
    *,
    workers: int | None = None,
    cancelled: threading.Event | None = None,
    at_once: bool = True,
    examiner: Examiner = LOCAL_EXAMINER,
) -> Iterator[Batch]:
    """The mail of `supply`; otherwise as `convey`."""
    # Said at once, and not only when there is enough mail for workers.
    pickle.dumps(form)
    line = _Conveyor(supply, form, cancelled.is_set if cancelled is not None else bool, examiner)
    return line.batches(workers, at_once=at_once)


class _Conveyor:
    """One run over `sources`: units are handed out, and their batches come back in the order of the input."""

    def __init__(self, sources: Supply, form: Form, stopped: Callable[[], bool], examiner: Examiner) -> None:
        self._sources = sources
        self._units = pack(sources)
        self._form = form
        self._stopped = stopped
        self._examiner = examiner
        self._done_bytes = 0
        self._refused: set[Refusal] = set()
        self._mailless = FoldersWithoutMail(sources.folders)
        self._deaths = 0
        self._rules: RuleState | None = None

    def batches(self, workers: int | None, *, at_once: bool) -> Iterator[Batch]:
        yield from self._all(workers, at_once=at_once)
        # Told where there is no mail, too.
        if (yield from self._rules_are_usable()) and (mailless := self._mailless.end()):
            yield from self._told(Finished(b"", 0, mailless))

    def _rules_are_usable(self) -> Generator[Batch, None, bool]:
        """Whether there is anything to diagnose by; what is wrong in the rules is told the first time."""
        if self._rules is None:
            self._rules = self._examiner.rule_state()
            if self._rules.refusals:
                yield Batch(b"", 0, self._rules.refusals, 0, self._sources.total_bytes)
        return self._rules.usable

    def _all(self, workers: int | None, *, at_once: bool) -> Iterator[Batch]:
        unit = next(self._units, None)
        while unit is not None and not self._stopped():
            following = next(self._units, None)
            count = self._worth(workers) if following is not None else 1
            if following is not None and count > 1:
                yield from self._in_workers(unit, following, count, at_once=at_once)
                return
            if not (yield from self._rules_are_usable()):
                return
            yield from self._batch(unit, self._examiner.finish(unit, self._form, self._stopped))
            unit = following

    def _worth(self, workers: int | None) -> int:
        if workers is not None:
            return workers
        return min(_MOST, _cores(), (self._sources.likely_bytes - self._done_bytes) // _PAYS)

    def _in_workers(self, first: Unit, following: Unit, count: int, *, at_once: bool) -> Iterator[Batch]:
        # Only here, because most runs need no process and start the sooner.
        from bounce_tui.scan.pool import Pool

        with Pool(self._form, count, self._examiner.own) as pool:
            jobs = deque([Job(first), Job(following)])
            # They start while the rules are loaded here.
            pool.start(1 if at_once else 2)
            if not (yield from self._rules_are_usable()):
                return
            pool.submit([jobs[1]] if at_once else jobs)
            self._fill(pool, jobs, count)
            if at_once:
                jobs[0].finished = self._examiner.finish(first, self._form, self._stopped)
            while jobs and not self._stopped():
                job = jobs[0]
                if job.finished is not None:
                    jobs.popleft()
                    yield from self._batch(job.unit, job.finished)
                elif pool.broken:
                    job.finished = self._examiner.finish(job.unit, self._form, self._stopped)
                else:
                    for ended in pool.wait(_LOOK_AGAIN):
                        if ended.death is not None:
                            self._try_again(ended, pool, jobs)
                self._fill(pool, jobs, count)

    def _fill(self, pool: "Pool", jobs: "deque[Job]", count: int) -> None:
        while len(jobs) < (_AHEAD * count if pool.has_room else 1 if pool.broken else 0):
            unit = next(self._units, None)
            if unit is None:
                return
            jobs.append(Job(unit))
            if not pool.broken:
                pool.submit([jobs[-1]])

    def _try_again(self, dead: Job, pool: "Pool", jobs: "deque[Job]") -> None:
        self._deaths += 1
        parts = halves(dead.unit) if self._deaths <= _DEATHS else (dead.unit,)
        if len(parts) == 1:
            dead.finished = refused(dead.unit, dead.death or "")
            return
        again = [Job(part) for part in parts]
        at = jobs.index(dead)
        del jobs[at]
        for job in reversed(again):
            jobs.insert(at, job)
        pool.submit(again, first=True)

    def _batch(self, unit: Unit, finished: Finished) -> Iterator[Batch]:
        self._done_bytes += unit.length
        refusals = self._mailless.pass_on(unit.items, finished.refusals)
        yield from self._told(Finished(finished.output, finished.messages, refusals))

    def _told(self, finished: Finished) -> Iterator[Batch]:
        # An mbox that changed while it was read says so in each of its spans: once is enough.
        new = tuple([one for one in dict.fromkeys(finished.refusals) if one not in self._refused])
        self._refused.update(new)
        total = max(self._sources.total_bytes, self._done_bytes)
        if not self._stopped():
            yield Batch(finished.output, finished.messages, new, self._done_bytes, total)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
