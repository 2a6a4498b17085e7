"""The checks of a session, failure by failure, and the one resolver that they ask."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from bounce_tui.check_results import Inputs, VerdictState
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.model import Case, Message
from bounce_tui.reporting.entry import Checked
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver

Key = tuple[Message, int]
MOST_KEPT = 2000


class SessionChecks:
    """Hands out the checks of each failure.  Those that were touched are kept with their results.  `own` is
    what the admin says of their own servers.  Nothing is sent before `run`."""

    def __init__(self, resolver: LazyResolver, own: Own = NOTHING_OWN) -> None:
        self.resolver = resolver
        self.own = own
        self._kept: dict[Key, FailureChecks] = {}
        self._latest: FailureChecks | None = None

    def work(self, case: Case, index: int) -> FailureChecks | None:
        """The checks of failure `index` of `case`; None where there is nothing to check."""
        if not case.bounce.is_bounce or index >= len(case.diagnoses):
            return None
        key = (case.message, index)
        if key in self._kept:
            return self._kept[key]
        if self._latest is None or _key(self._latest) != key:
            self._latest = FailureChecks(case, index, self.own)
        return self._latest

    def known(self, case: Case, index: int) -> FailureChecks | None:
        """The checks of failure `index` of `case` if somebody has touched them."""
        return self._kept.get((case.message, index))

    def verdict(self, case: Case, index: int) -> VerdictState | None:
        """What the checks of failure `index` of `case` came to, None where they did not run to their end."""
        work = self.known(case, index)
        return work.verdict.state if work is not None and work.verdict is not None else None

    def checked(self, case: Case) -> list[Checked | None]:
        """What was checked for each failure of `case`, None where no run has come to its end."""
        works = [self.known(case, index) for index in range(len(case.bounce.failures))]
        return [
            Checked(work.inputs, tuple(work.results.values()), work.verdict)
            if work is not None and work.state == "done"
            else None
            for work in works
        ]

    def keep(self, work: FailureChecks) -> None:
        """Hand `work` out again whenever its failure is shown: the user has touched it.  Of very many the
        oldest that is not at work is forgotten."""
        self._kept[_key(work)] = work
        self._latest = None if self._latest is work else self._latest
        if len(self._kept) > MOST_KEPT:
            for key, one in self._kept.items():
                if one.state != "running":
                    del self._kept[key]
                    break

    def replace_inputs(self, work: FailureChecks, inputs: Inputs) -> None:
        """Let `work` start over from `inputs`."""
        work.replace_inputs(inputs)
        self.keep(work)

    def begin(self, work: FailureChecks, *, forgets: bool = True) -> bool:
        """Make `work` ready for `run`, with fresh answers where it ran before, unless without `forgets`;
        False when there is nothing to run, or a run is under way."""
        again = work.state != "ready"
        if not work.start():
            return False
        if again and forgets:
            self.resolver.forget()
        self.keep(work)
        return True

    async def run(self, work: FailureChecks, on_change: Callable[[], None] = lambda: None) -> None:
        """Run the checks of `work` after `begin`; `on_change` follows every result and the verdict."""
        try:
            lookup = await self.resolver.open()
            on_change()
            await work.run(lookup, on_change)
        except Exception as error:  # noqa: BLE001 - a run that dies unseen would be "running" for ever
            work.break_off(str(error) or type(error).__name__)
            on_change()

    def move(self, moved: Mapping[Message, Message]) -> None:
        """Follow mails that lie elsewhere now: each keeps what was found for it."""
        self._move(lambda message: moved.get(message, message))

    def carry(self, moved: Mapping[Message, Message]) -> list[FailureChecks]:
        """Follow mails after all was read again: `moved` says where each that is still there lies now.  Gives
        back the checks of the others, which are forgotten."""
        return self._move(moved.get)

    def _move(self, now: Callable[[Message], Message | None]) -> list[FailureChecks]:
        # All are taken out first: one mail may lie now where another did.
        kept, self._kept = self._kept, {}
        latest, self._latest = self._latest, None
        gone = []
        for work in kept.values():
            if _goes_along(work, now(work.case.message)):
                self._kept[_key(work)] = work
            else:
                gone.append(work)
        if latest is not None and _goes_along(latest, now(latest.case.message)):
            self._latest = latest
        return gone


def _goes_along(work: FailureChecks, place: Message | None) -> bool:
    """Move `work` with its mail; False where that lies nowhere."""
    if place is not None:
        work.case = replace(work.case, message=place)
    return place is not None


def _key(work: FailureChecks) -> Key:
    return work.case.message, work.index
