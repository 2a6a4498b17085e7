"""The conveyor that does not end: all mail, and then whatever comes."""

import os
import threading
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.mailbox.file_writers import QUIET_S
from bounce_tui.mailbox.ledger import Ledger
from bounce_tui.mailbox.look import Look
from bounce_tui.mailbox.watching import Watch
from bounce_tui.scan.batch import Batch
from bounce_tui.scan.conveyor import carry
from bounce_tui.scan.examiner import LOCAL_EXAMINER, Examiner
from bounce_tui.scan.unit import Form


class FilesChanged(Struct, frozen=True):
    """What has become of mail that was handed on before: the mail of `gone` files is no longer there, or is
    other mail now; `moved` are pairs of names, the old and the new, of files that hold the same mail."""

    gone: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]


class Settled(Struct, frozen=True):
    """All that was there has been handed on, but for what is still being written, where `waits`.

    `unwatched` places are looked at in turns, since the system does not watch them: each is told once, with
    the reason.
    """

    waits: bool = False
    unwatched: tuple[Refusal, ...] = ()


def follow(
    paths: Iterable[str],
    form: Form,
    watch: Watch,
    *,
    workers: int | None = None,
    stdin: StandardInput | None = None,
    cancelled: threading.Event | None = None,
    at_once: bool = True,
    examiner: Examiner = LOCAL_EXAMINER,
) -> Iterator[Batch | FilesChanged | Settled]:
    """The mail at `paths` as `convey` brings it, then what comes, until `watch` is closed.

    Each look brings at most one FilesChanged, then its batches, and ends with Settled.  A message is brought
    again, under its file and number, when it has grown.
    """
    ledger = Ledger(paths, stdin, cancelled)
    told: set[Refusal] = set()

    def carried(look: Look) -> Iterator[Batch]:
        batches = carry(look, form, workers=workers, cancelled=cancelled, at_once=at_once, examiner=examiner)
        for batch in batches:
            new = tuple([one for one in batch.refusals if one not in told])
            told.update(new)
            yield replace(batch, refusals=new)

    yield from carried(ledger.first())
    yield Settled(ledger.waits)
    watch.start()
    while not watch.is_closed:
        changed = watch.wait(QUIET_S if ledger.waits else None)
        unwatched = tuple(watch.unwatched())
        if changed or changed is None or ledger.waits or unwatched:
            look = ledger.again(changed)
            if look.gone or look.moved:
                yield FilesChanged(look.gone, look.moved)
            for batch in carried(look):
                # Without a word on files that came and went before they were read.
                there = tuple([one for one in batch.refusals if os.path.lexists(one.file)])
                yield replace(batch, refusals=there)
            yield Settled(ledger.waits, unwatched)
