"""The checks of one open failure: inputs, plan, run, verdict."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from bounce_tui.check_results import Check, CheckResult, Comparison, Inputs, Verdict
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.own import NOTHING_OWN, Own
from bounce_tui.checks.planning.plan import plan, request
from bounce_tui.checks.running.changes import changes, is_answered
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.model import Bounce, Case, Diagnosis, Failure
from bounce_tui.triage.causes import verdict_key
from bounce_tui.triage.other_recipients import outcome_of
from bounce_tui.triage.row import identity_of, row_of
from bounce_tui.triage.store.records import FinishedChecks, Run

RunState = Literal["ready", "running", "done", "cancelled", "broken"]
Findings = tuple[Inputs, tuple[CheckResult, ...], Verdict, Comparison | None]
PROBE = "smtp"


def verdict_key_of(work: "FailureChecks") -> bytes:
    """The key under which the list knows the verdict of `work`."""
    row, leading = row_of(work.case), work.bounce.leading
    return verdict_key(row, row if work.index == leading else outcome_of(work.case, work.index, leading))


class FailureChecks:
    """What is known and asked about failure `index` of `case`.  Making one sends nothing.

    `checks` is the plan that follows from `inputs`; `results` holds what has come in so far, by
    check; `verdict` stands once every check has answered, or at once where none is planned.
    `before` is the run before, which the store gives for the one that it keeps; `trouble` says why a run
    broke off.  `own` is what the admin says of their own servers.
    """

    def __init__(self, case: Case, index: int, own: Own = NOTHING_OWN) -> None:
        self.case = case
        self.index = index
        self._ticket = object()
        self.inputs: Inputs
        self.checks: tuple[Check, ...]
        self.results: dict[tuple[str, str], CheckResult]
        self.verdict: Verdict | None
        self.state: RunState
        self.before: Run | None
        self.trouble: str | None
        self._is_kept = False
        self._leaves_out: bool
        self._start_over(gather(case.bounce, self.failure, own))

    @property
    def bounce(self) -> Bounce:
        """The bounce that the failure belongs to."""
        return self.case.bounce

    @property
    def failure(self) -> Failure:
        """The failure worked on."""
        return self.case.bounce.failures[self.index]

    @property
    def diagnosis(self) -> Diagnosis:
        """The diagnosis of the failure that is worked on."""
        return self.case.diagnoses[self.index]

    def result(self, check: Check) -> CheckResult | None:
        """What `check` found, None while it has not answered."""
        return self.results.get((check.id, check.target))

    def comparison(self) -> Comparison | None:
        """What these results say otherwise than those of the run before; None where there was none, or where
        it looked at something else (another sending IP), so that the verdict changed and no answer did."""
        if self.before is None or self.state != "done" or self.verdict is None:
            return None
        found = changes(tuple(self.results.values()), self.before.results)
        if not found and self.verdict.state != self.before.state:
            return None
        return Comparison(self.before.at, self.before.state, found)

    def findings(self) -> Findings | None:
        """All that a run came to, as it is told; None where there is no verdict yet."""
        if self.verdict is None:
            return None
        return self.inputs, tuple(self.results.values()), self.verdict, self.comparison()

    def to_keep(self) -> FinishedChecks | None:
        """A run that is over, once, for the store to keep.  One in which nobody answered says nothing, least
        of all against the run before."""
        if self.state != "done" or self.verdict is None or not self.results or self._is_kept:
            return None
        if not is_answered(self.results.values()):
            return None
        if self._leaves_out and self.verdict.state == "cannot_be_known":
            return None  # what was left out may have settled it before
        self._is_kept = True
        return FinishedChecks(
            identity_of(self.bounce),
            self.index,
            verdict_key_of(self),
            self.verdict,
            tuple(self.results.values()),
        )

    def replace_inputs(self, inputs: Inputs) -> None:
        """Start over from `inputs`: a new plan, no results.  A run under way is cancelled."""
        self.cancel()
        self._start_over(inputs)

    @property
    def probes(self) -> bool:
        """Whether the recipient's mail host itself is to be asked."""
        return any(check.id == PROBE for check in self.checks)

    def plan_probe(self) -> bool:
        """Put the question to the mail host into the plan, or take it out again; sends nothing.  False while
        a run is under way.  The results so far go: they belong to another plan."""
        if self.state == "running":
            return False
        others = tuple(check for check in self.checks if check.id != PROBE)
        self._adopt(others if self.probes else (*others, *request([PROBE], self.inputs)))
        return True

    def plan_only(self, ids: Sequence[str]) -> None:
        """Plan the checks with these ids, whether or not the cause calls for them."""
        planned = self.checks
        self._adopt(request(ids, self.inputs, planned))
        self._leaves_out = not {check.id for check in planned} <= {check.id for check in self.checks}

    def start(self) -> bool:
        """Make ready for `run`; False when it runs already or nothing is planned."""
        if self.state == "running" or not self.checks:
            return False
        self.results = {}
        self.verdict = None
        self.before = None
        self.trouble = None
        self._is_kept = False
        self.state = "running"
        return True

    async def run(self, lookup: Lookup, on_change: Callable[[], None]) -> None:
        """Run the planned checks after `start`; `on_change` follows every result and the verdict."""
        from bounce_tui.checks.running.settle import settle

        # A cancelled or replaced run may still deliver; its results belong to inputs that are gone.
        ticket = self._ticket

        def arrived(result: CheckResult) -> None:
            if self._ticket is ticket:
                self.results[result.id, result.target] = result
                on_change()

        verdict, results = await settle(self.diagnosis, self.checks, self.inputs, lookup, on_result=arrived)
        if self._ticket is ticket:
            self.results = {(result.id, result.target): result for result in results}
            self.verdict = verdict
            self.state = "done"
            on_change()

    def break_off(self, trouble: str) -> None:
        """The run under way cannot go on, for the reason `trouble`."""
        if self.state == "running":
            self._ticket = object()
            self.state = "broken"
            self.trouble = trouble

    def cancel(self) -> bool:
        """Call a run off; what has answered stays.  False when none was under way.

        The task that awaits `run` is its owner's to cancel.
        """
        if self.state != "running":
            return False
        self._ticket = object()
        self.state = "cancelled"
        return True

    def _start_over(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._adopt(plan(self.failure, self.diagnosis, inputs))

    def _adopt(self, checks: tuple[Check, ...]) -> None:
        self.checks = checks
        self.results = {}
        self.before = None
        self.trouble = None
        self._leaves_out = False
        # Where no check could settle anything, that is known without asking.
        self.verdict = None if checks else judge(self.diagnosis, self.inputs, (), now=datetime.now(UTC))
        self.state = "ready" if checks else "done"
