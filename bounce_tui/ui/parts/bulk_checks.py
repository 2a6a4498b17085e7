"""The checks of many mails from the screen: started, told of, stopped."""

from collections.abc import Callable, Sequence

from bounce_tui.triage.row import Row
from bounce_tui.ui.bulk_run import BulkRun, OutcomeTestOf
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.parts.marking import Marking
from bounce_tui.ui.widgets.queue_list import QueueList


class BulkChecks:
    """Lets `bulk` check the marked mails, and shows in `bounces` and `view` what comes of it."""

    def __init__(
        self,
        screen: HostScreen,
        bulk: BulkRun,
        marking: Marking,
        listed: ListedFailures,
        bounces: QueueList,
        view: BounceView,
    ) -> None:
        self._screen = screen
        self.bulk = bulk
        self._marking = marking
        self._listed = listed
        self._bounces = bounces
        self._view = view

    def action_check_marked(self) -> None:
        """Run the checks of all marked mails, or of this one; who sees the queries stands in its plan."""
        chosen = self._marking.targets()
        if not chosen:
            return
        rows = [row for row in chosen if row.kind in ("failed", "delayed")]
        dialogue = self._screen.dialogue
        if not rows:
            dialogue.tell("no failure is marked: there is nothing to check")
        elif self.start(rows, self._listed.suits):
            dialogue.report(self._how_far())
        else:
            dialogue.tell(f"checks of many are running; {self._screen.keys.key('back')} stops them")
        self._screen.send()

    def start(
        self, rows: Sequence[Row], suits: OutcomeTestOf, on_change: Callable[[], None] = lambda: None
    ) -> bool:
        """Check `rows`, of each the failures whose outcomes pass its test in `suits`; show each result here,
        then call `on_change`.  False while a run is under way."""

        def changed() -> None:
            self._changed()
            on_change()

        return self.bulk.start(rows, changed, suits)

    def stop(self) -> bool:
        """Stop the run and tell how far it came; False when none is under way."""
        if not self.bulk.cancel():
            return False
        self._screen.dialogue.report(self._how_far())
        self._screen.send()
        return True

    def _how_far(self) -> str:
        return self.bulk.words(self._screen.keys.key("back"))

    def _changed(self) -> None:
        if self._screen.is_up:
            self._bounces.refresh()
            self._screen.dialogue.report(self._how_far())
            self._view.checks_changed()
