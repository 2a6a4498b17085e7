"""The bounces by what must be mended."""

from textual.app import ComposeResult

from bounce_tui.triage.causes import Group
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.text.cause_text import cause_line
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.choice_list import ChoiceList


class CauseList(ChoiceList):
    """One line a cause."""

    def __init__(self, groups: list[Group]) -> None:
        super().__init__("Causes", "causes")
        self.groups = groups

    def count(self) -> int:
        """Causes."""
        return len(self.groups)

    def line_at(self, index: int) -> Line:
        """What, about what, who says so, how many."""
        return cause_line(self.groups[index], self.text_width)

    def position(self) -> str:
        """`3 of 12`."""
        return f"{self.chosen + 1} of {len(self.groups)}"


class CausesScreen(ReadingScreen, inherit_bindings=False):
    """Ends with the index of the group to open, as text; with None where the user goes back."""

    BINDINGS = bindings("reading", "causes")

    def __init__(self, groups: list[Group]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        """The groups over the hints."""
        yield CauseList(self._groups)
        yield Bar(id="bottom")

    def on_mount(self) -> None:
        """The keys belong to the groups."""
        self.set_focus(self.query_one(CauseList))
        self.tell()

    def hint(self) -> str:
        """What one can do here."""
        return self.keys.say("show-cause", "back", "down", "up", "start", "end")

    def action_show_cause(self) -> None:
        """Its mails."""
        self.dismiss(str(self.query_one(CauseList).chosen))
