"""The checks of the open bounce: run, probed, started from other inputs."""

from functools import partial

from bounce_tui.check_results import Inputs
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.panes import Panes
from bounce_tui.ui.threaded_notebook import ThreadedNotebook
from bounce_tui.ui.widgets.queue_list import QueueList


class BounceChecks:
    """Runs what is planned for the failure in `view`; the `notebook` keeps the verdict, and the
    row in `bounces` shows it."""

    def __init__(
        self,
        screen: HostScreen,
        bounce: OpenBounce,
        view: BounceView,
        panes: Panes,
        bounces: QueueList,
        checking: BackgroundChecks,
        notebook: ThreadedNotebook,
    ) -> None:
        self._screen = screen
        self._bounce = bounce
        self._view = view
        self._panes = panes
        self._bounces = bounces
        self._checking = checking
        self._notebook = notebook

    async def action_check(self) -> None:
        """Run what is planned; before this nothing has been sent."""
        await self._bounce.caught_up()
        work, started = self._view.failure_checks, False
        if work is None:
            self._screen.lacks("nothing failed here: there is nothing to check")
        elif not work.checks:
            self._screen.dialogue.tell("no check could settle this cause: nothing was sent")
            self._ran(work)
        elif started := self._checking.start(work, partial(self._ran, work)):
            self._screen.dialogue.tell()
        else:
            self._tell_running()
        if work:
            self._panes.turn_to_checks()
        self._view.checks_changed(from_top=started)

    async def action_probe(self) -> None:
        """Plan the question to the mail host itself, or drop it; `check` is what sends."""
        await self._bounce.caught_up()
        work, dialogue = self._view.failure_checks, self._screen.dialogue
        if work is None:
            self._screen.lacks("nothing failed here: there is nobody to ask")
        elif not self._checking.probes:
            dialogue.tell("the demo asks no mail host: its answers all come from this machine")
        elif not work.plan_probe():
            self._tell_running()
        else:
            ask, drop = self._screen.keys.key("check"), self._screen.keys.key("probe")
            planned = f"{ask} will ask the mail host itself, too; {drop} takes that back"
            dialogue.tell(planned if work.probes else "the mail host will not be asked")
            self._panes.turn_to_checks()
            self._checking.keep(work)
        self._view.checks_changed(from_top=True)

    async def action_inputs(self) -> None:
        """Edit what the checks start from."""
        await self._bounce.caught_up()
        work = self._view.failure_checks
        if work is None:
            self._screen.lacks("nothing failed here: there are no inputs")
            return
        from bounce_tui.ui.screens.inputs import InputsScreen

        def use(inputs: Inputs | None) -> None:
            # Left as they were, they keep the run and what it found.
            if inputs is not None and inputs != work.inputs:
                self._checking.replace_inputs(work, inputs)
                self._view.checks_changed(from_top=True)

        await self._screen.app.push_screen(InputsScreen(work.inputs, work.bounce, self._checking.own), use)

    def stop(self) -> bool:
        """Stop the run of the failure shown; False when none is under way."""
        work = self._view.failure_checks
        if work is None or not self._checking.cancel(work):
            return False
        self._view.checks_changed()
        return True

    def _tell_running(self) -> None:
        self._screen.dialogue.tell(f"the checks are running; {self._screen.keys.key('back')} stops them")

    def _ran(self, work: FailureChecks) -> None:
        """Keep a verdict that has come, wherever the cursor stands by now, and show it in the list."""
        if work.state == "done" and self._screen.is_up:
            # In the frame of the verdict, not once it is written down.
            self._notebook.judge(work)
            self._bounces.refresh()
        self._view.checks_changed()
        if work.state == "done":
            self._screen.in_background(partial(self._keep, work), "notebook")

    async def _keep(self, work: FailureChecks) -> None:
        is_new = await self._notebook.keep(work)
        if self._screen.is_up:
            self._bounces.refresh()
            if is_new:
                # What changed since the run before is known only now.
                self._view.checks_changed()
            self._screen.send()
