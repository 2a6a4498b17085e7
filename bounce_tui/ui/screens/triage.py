"""The main screen: the list, the open bounce and its checks, painted together."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from bounce_tui.mailbox import Refusal
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import RecipientOutcome, Row
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.bulk_run import BulkRun
from bounce_tui.ui.exporting import Exporter
from bounce_tui.ui.list_filter import ListFilter
from bounce_tui.ui.parts.arriving import Arriving
from bounce_tui.ui.parts.bounce_checks import BounceChecks
from bounce_tui.ui.parts.bounce_pages import BouncePages
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.bulk_checks import BulkChecks
from bounce_tui.ui.parts.causes import Causes
from bounce_tui.ui.parts.cursor import Cursor
from bounce_tui.ui.parts.empty_list import EmptyList
from bounce_tui.ui.parts.export_and_pipe import ExportAndPipe
from bounce_tui.ui.parts.filtering import Filtering
from bounce_tui.ui.parts.host_screen import offer_actions
from bounce_tui.ui.parts.levels import Levels
from bounce_tui.ui.parts.list_search import ListSearch
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.parts.loads import Begin, Loads
from bounce_tui.ui.parts.marking import Marking
from bounce_tui.ui.parts.moved_mail import MovedMail
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.parts.ordering import Ordering
from bounce_tui.ui.parts.panes import Panes
from bounce_tui.ui.parts.recall import Recall
from bounce_tui.ui.parts.refused import Refused
from bounce_tui.ui.parts.rereading import Rereading
from bounce_tui.ui.parts.states_and_notes import StatesAndNotes
from bounce_tui.ui.parts.tally import Tally
from bounce_tui.ui.parts.undo import Undo
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.threaded_notebook import ThreadedNotebook
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.queue_list import QueueList


class TriageScreen(ReadingScreen, inherit_bindings=False):
    """Three panes.  The detail and the checks follow the cursor of the list.

    The screen makes its parts, tells each whom it works with, and offers their actions to the keys.
    """

    BINDINGS = bindings("reading", "list", "bounce", "checks")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012

    def __init__(
        self,
        paths: tuple[str, ...],
        checking: BackgroundChecks,
        title: str,
        opener: Opener,
        notebook: ThreadedNotebook,
        preferences: AppPreferences,
    ) -> None:
        super().__init__()
        self._title = title
        self._faults = len(preferences.refusals)
        self.queue = queue = Queue()
        marks = Marks()

        def holds(word: str, row: Row, outcome: RecipientOutcome) -> bool:
            return row in marks if word == "marked" else notebook.word_holds(word, row, outcome)

        list_filter = ListFilter(queue, holds, preferences.filters)
        listed = ListedFailures(queue, list_filter)
        exporter = Exporter(opener, checking)

        self.top = Bar(id="top")
        self.bounces = bounces = QueueList(queue, marks, id="bounces")
        bounces.verdicts, bounces.annotations = notebook.verdicts, notebook.annotations
        bounces.shown_for = listed.outcome
        self.detail = PagePane("Detail", id="detail")
        self.checks = PagePane("Checks", id="checks")

        self.loads = loads = Loads(paths)
        self._refused = refused = Refused(self, loads, preferences.refusals)
        self._empty_list = empty_list = EmptyList(self, queue, list_filter, loads, refused)
        panes = Panes(self, bounces, self.detail, self.checks)
        self.view = view = BounceView(self, self.detail, self.checks, checking)
        bounce = OpenBounce(self, view, listed, opener, notebook, checking.own.domains)
        self._cursor = cursor = Cursor(
            self, listed, bounce, view, opener, panes.turn_to_detail, empty_list.page
        )
        self._bounce_checks = BounceChecks(self, bounce, view, panes, bounces, checking, notebook)

        undo = Undo(self, bounces)
        marking = Marking(self, queue, marks, bounces, cursor, undo)
        self.bulk = BulkRun(checking, opener, notebook)
        self._bulk_checks = BulkChecks(self, self.bulk, marking, listed, bounces, view)
        filtering = Filtering(self, list_filter, listed, bounces, bounce, cursor, undo)
        causes = Causes(
            self, queue, list_filter, filtering, notebook.verdicts, self._bulk_checks, lambda: loads.words
        )
        self._list_search = ListSearch(self, listed, bounces, bounce, cursor)
        self.levels = Levels(self, panes, self.search, list_filter, filtering, causes)

        self.arriving = Arriving(
            self, bounces, bounce, cursor, causes=causes, refused=refused,
            tally=Tally(self, queue, refused, self.top),
            moved_mail=MovedMail(marks, checking, opener, view),
            recall=Recall(self, notebook, bounces, bounce, refused),
        )  # fmt: skip
        rereading = Rereading(
            self, loads, queue, marks, arriving=self.arriving, refused=refused, opener=opener,
            checking=checking,
        )  # fmt: skip
        offer_actions(
            self, panes, bounce, self._bounce_checks,
            BouncePages(self, bounce, view, opener, checking, exporter), filtering, causes,
            Ordering(self, queue, bounces, list_filter, loads), marking, undo,
            StatesAndNotes(self, marking, notebook, bounces, cursor, undo), self._bulk_checks,
            ExportAndPipe(self, marking, opener, exporter, notebook.remembered), rereading, refused,
        )  # fmt: skip

    def compose(self) -> ComposeResult:
        """Title, list, detail beside checks, hints."""
        # Here, not at the first resize: styling and laying out all of it twice would show at the start.
        width = self.app.size.width
        self.add_class(next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least))
        yield self.top
        yield self.bounces
        with Horizontal(id="work"):
            yield self.detail
            yield self.checks
        yield self.notice

    def on_mount(self) -> None:
        """Start with the keys in the list."""
        self.set_focus(self.bounces)
        self.top.say(left=self._title)
        faults = "one fault" if self._faults == 1 else f"{self._faults} faults"
        lists = self.keys.key("refused")
        self.dialogue.tell(f"your config has {faults}: {lists} lists them" if self._faults else "")
        self.view.show_nothing(self._empty_list.page())

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What could not be read."""
        return tuple(self._refused.refusals)

    def read_from(self, begin: Begin) -> None:
        """Load the given paths by `begin`, now and whenever it is asked for."""
        self.loads.start(begin, self.arriving.take)

    def hint(self) -> str:
        """The ranked actions, and where the first of them, the way back, leads from here."""
        ranked = self.keys.hints("everywhere", "reading", "list", "bounce", "checks")
        below = self.levels.below
        if not below:
            return ranked
        hits = self.keys.say("next-hit") if self.search.words else ""
        others = (hits, ranked.removeprefix(self.keys.say("quit")).lstrip())
        return "  ".join((f"{self.keys.key('quit')} {below}", *filter(None, others)))

    @property
    def lack(self) -> str:
        """Why the list is empty, "" where it is not."""
        return self._empty_list.why(self.levels.below)

    def moved(self) -> None:
        """The cursor may stand on another mail: show it."""
        self._cursor.moved()

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the rows shown; other panes search their page."""
        if self.active is self.bounces and self.search.words and self.queue:
            await self._list_search.find(self.search.words, step, fresh=fresh)
        else:
            await super().find(step, fresh=fresh)

    async def action_back(self) -> None:
        """One thing at a time: a run of checks, the open bounce, loading, then level by level."""
        if self._bulk_checks.stop() or self._bounce_checks.stop():
            return
        if self.active is self.bounces and (words := self.loads.cancel()):
            self.dialogue.tell(words)
            self.send()
        elif not await self.levels.leave():
            self.dialogue.tell(f"nothing is open or set here: {self.keys.key('quit')} quits")
            self.send()
