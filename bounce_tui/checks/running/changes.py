"""What differs from the run before, check by check and record by record."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bounce_tui.check_outcome import READ_IN_MAIL
from bounce_tui.check_results import Change, CheckResult, CheckState, Seen

_MOST_RECORDS = 12


class Compared(Protocol):
    """A result, of now or as it was kept, as far as it is compared."""

    @property
    def id(self) -> str:
        """The id of the check."""
        ...

    @property
    def target(self) -> str:
        """What it looked at."""
        ...

    @property
    def state(self) -> CheckState:
        """How it came out."""
        ...

    @property
    def summary(self) -> str:
        """What it found, in one sentence."""
        ...

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The answers of DNS that it rests on."""
        ...


def changes(results: Sequence[CheckResult], earlier: Sequence[Compared]) -> tuple[Change, ...]:
    """How `results` differ from those of the run before, in their order; a check that found the same is left
    out, and so is one that was not run both times, or that nobody answered.

    TTLs do not count, nor records of names that only one of the two runs asked for.
    """
    before = {(one.id, one.target): one for one in earlier}
    pairs = ((now, before.get((now.id, now.target))) for now in results)
    told = (
        (then, now) for now, then in pairs if then is not None and "unknown" not in (then.state, now.state)
    )
    return tuple(change for then, now in told if (change := _between(then, now)))


def is_answered(results: Iterable[CheckResult]) -> bool:
    """Whether a run of checks says anything: one without a check, or that nobody answered, must not take the
    place of one that was answered.  What a check read in the mail itself, nobody answered; it counts where
    that was all there was to ask."""
    run = [result for result in results if result.state != "skipped"]
    told = [result for result in run if result.state != "unknown"]
    return any(result.outcome not in READ_IN_MAIL for result in told) or (
        bool(told) and len(told) == len(run)
    )


def _between(then: Compared, now: Compared) -> Change | None:
    gone, new = _records(then, now)
    if then.summary == now.summary and then.state == now.state and not gone and not new:
        return None
    return Change(now.id, now.target, then.state, then.summary, gone[:_MOST_RECORDS], new[:_MOST_RECORDS])


def _records(then: Compared, now: Compared) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = ({(one.name, one.rdtype): one.records for one in run.seen} for run in (then, now))
    gone: list[str] = []
    come: list[str] = []
    for key in old.keys() & new.keys():
        name, rdtype = key
        gone += (f"{name}. {rdtype} {record}" for record in old[key] if record not in new[key])
        come += (f"{name}. {rdtype} {record}" for record in new[key] if record not in old[key])
    return tuple(sorted(gone)), tuple(sorted(come))
