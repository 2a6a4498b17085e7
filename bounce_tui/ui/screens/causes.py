"""The bounces by what must be mended."""

from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult

from bounce_tui.triage.causes import Cause, Group
from bounce_tui.triage.store.records import KnownVerdict
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.bulk_run import BulkRun
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.text.cause_text import cause_line, not_of_all
from bounce_tui.ui.text.cells import shown
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.widgets.choice_list import ChoiceList

Check = Callable[[Group], bool]
"""Starts the checks of the mails of one cause; False while others run."""


class CauseList(ChoiceList):
    """One line a cause."""

    def __init__(self, groups: Sequence[Group], verdicts: Mapping[bytes, KnownVerdict]) -> None:
        super().__init__("What to mend, most mails first", "causes")
        self.groups = groups
        self._verdicts = verdicts

    def count(self) -> int:
        """How many causes are listed."""
        return len(self.groups)

    def line_at(self, index: int) -> Line:
        """How many, whether it still holds, what is the matter, since when."""
        return cause_line(self.groups[index], self.text_width, self._verdicts)

    def text_at(self, index: int) -> str:
        """What is the matter: a narrow line shows only its beginning."""
        return shown(self.groups[index].sentence)

    def position(self) -> str:
        """`3 of 12`, what "part" says of the chosen one, and why the numbers of mails do not add up."""
        if not self.groups:
            return ""
        several = "some mails have several" if any(one.shared for one in self.groups) else ""
        said = (not_of_all(self.groups[self.chosen], self._verdicts), several)
        return ", ".join(filter(None, (f"{self.chosen + 1} of {len(self.groups):,}", *said)))

    def renew(self, groups: Sequence[Group]) -> None:
        """Other groups; the cursor stays on its cause."""
        chosen = self.groups[self.chosen].cause if self.groups else None
        self.groups = groups
        self.stand_on(chosen)
        self.move(0)

    def stand_on(self, cause: Cause | None) -> None:
        """Put the cursor on `cause`, or on the first one where it is gone."""
        self.chosen = next((number for number, one in enumerate(self.groups) if one.cause == cause), 0)


class CausesScreen(ReadingScreen, inherit_bindings=False):
    """Ends with the index of the group to open, as text; with None where the user goes back.

    `check` runs the checks of a cause's mails in `bulk`, each question once; `reading` is what to say while
    there is mail to come, `start` the cause that the cursor begins on.
    """

    BINDINGS = bindings("reading", "causes")

    def __init__(
        self,
        groups: Sequence[Group],
        verdicts: Mapping[bytes, KnownVerdict],
        bulk: BulkRun,
        check: Check,
        reading: str,
        start: Cause | None = None,
    ) -> None:
        super().__init__()
        self._list = CauseList(groups, verdicts)
        self._list.stand_on(start)
        self._bulk = bulk
        self._check = check
        self._reading = reading

    @property
    def groups(self) -> Sequence[Group]:
        """The causes shown, most mails first."""
        return self._list.groups

    def compose(self) -> ComposeResult:
        """The groups over the hints."""
        yield self._list
        yield self.notice

    def on_mount(self) -> None:
        """The keys belong to the groups."""
        self.set_focus(self._list)
        self.dialogue.aside(self._reading)
        self.dialogue.tell()

    def hint(self) -> str:
        """What one can do here."""
        return self.keys.say(
            "show-cause", "check-cause", "back", "search", "next-hit", "down", "up", "start", "end"
        )

    def renew(self, groups: Sequence[Group], reading: str) -> None:
        """More mail has come; `reading` says whether there is more to come."""
        if self.is_up:
            self._list.renew(groups)
            self.dialogue.aside(reading)
            self.send()

    def checked(self) -> None:
        """A verdict has come, or the end of the run."""
        if self.is_up:
            self._list.refresh()
            self.dialogue.report(self._how_far())
            self.send()

    def _how_far(self) -> str:
        # Here this key goes back; from there it stops the run.
        return self._bulk.words(f"{self.keys.key('back')} {self.keys.key('back')}")

    def action_show_cause(self) -> None:
        """Go back to the list with the mails of the chosen cause."""
        if self.groups:
            self.dismiss(str(self._list.chosen))

    def action_check_cause(self) -> None:
        """Run the checks of all mails of the chosen cause."""
        if not self.groups:
            return
        if self._check(self.groups[self._list.chosen]):
            self.dialogue.report(self._how_far())
        else:
            self.dialogue.tell(f"checks of many are running: {self._how_far()}")
        self.send()
