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
        self._checking, self._opener, self._notebook = checking, opener, notebook
        self.queue = Queue()
        self._marks = Marks()
        self._list_filter = ListFilter(self.queue, self._holds, preferences.filters)
        self._listed = ListedFailures(self.queue, self._list_filter)
        self.loads = Loads(paths)
        self._refused = Refused(self, self.loads, preferences.refusals)
        self._make_panes()
        self._make_bounce_parts()
        self._make_list_parts()
        self._make_loading_parts()

    def _holds(self, word: str, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether a recipient has the mark, or the state or note, that `word` of a filter asks for."""
        return row in self._marks if word == "marked" else self._notebook.word_holds(word, row, outcome)

    def _make_panes(self) -> None:
        self.top = Bar(id="top")
        self.bounces = QueueList(self.queue, self._marks, id="bounces")
        self.bounces.verdicts = self._notebook.verdicts
        self.bounces.annotations = self._notebook.annotations
        self.bounces.shown_for = self._listed.outcome
        self.detail = PagePane("Detail", id="detail")
        self.checks = PagePane("Checks", id="checks")
        self._panes = Panes(self, self.bounces, self.detail, self.checks)

    def _make_bounce_parts(self) -> None:
        """What shows and checks the open bounce, and the cursor that opens it."""
        checking, opener, notebook, bounces = self._checking, self._opener, self._notebook, self.bounces
        self.view = view = BounceView(self, self.detail, self.checks, checking)
        self._bounce = bounce = OpenBounce(self, view, self._listed, opener, notebook, checking.own.domains)
        self._empty_list = EmptyList(self, self.queue, self._list_filter, self.loads, self._refused)
        self._cursor = Cursor(
            self, self._listed, bounce, view, opener, self._panes.turn_to_detail, self._empty_list.page
        )
        self._bounce_checks = BounceChecks(self, bounce, view, self._panes, bounces, checking, notebook)
        self._exporter = Exporter(opener, checking)
        pages = BouncePages(self, bounce, view, opener, checking, self._exporter)
        offer_actions(self, self._panes, bounce, self._bounce_checks, pages)

    def _make_list_parts(self) -> None:
        """What narrows, orders, marks and works on the rows of the list."""
        queue, bounces, cursor, notebook = self.queue, self.bounces, self._cursor, self._notebook
        loads, list_filter, listed = self.loads, self._list_filter, self._listed
        undo = Undo(self, bounces)
        marking = Marking(self, queue, self._marks, bounces, cursor, undo)
        self.bulk = BulkRun(self._checking, self._opener, notebook)
        self._bulk_checks = BulkChecks(self, self.bulk, marking, listed, bounces, self.view)
        filtering = Filtering(self, list_filter, listed, bounces, self._bounce, cursor, undo)
        self._causes = causes = Causes(
            self, queue, list_filter, filtering, notebook.verdicts, self._bulk_checks, lambda: loads.words
        )
        self._list_search = ListSearch(self, listed, bounces, self._bounce, cursor)
        self.levels = Levels(self, self._panes, self.search, list_filter, filtering, causes)
        offer_actions(
            self, filtering, causes, Ordering(self, queue, bounces, list_filter, loads), marking, undo,
            StatesAndNotes(self, marking, notebook, bounces, cursor, undo), self._bulk_checks,
            ExportAndPipe(self, marking, self._opener, self._exporter, notebook.remembered),
        )  # fmt: skip

    def _make_loading_parts(self) -> None:
        """What takes in mail as it is read, and reads it again."""
        bounces, bounce, refused, opener = self.bounces, self._bounce, self._refused, self._opener
        self.arriving = Arriving(
            self, bounces, bounce, self._cursor, causes=self._causes, refused=refused,
            tally=Tally(self, self.queue, refused, self.top),
            moved_mail=MovedMail(self._marks, self._checking, opener, self.view),
            recall=Recall(self, self._notebook, bounces, bounce, refused),
        )  # fmt: skip
        rereading = Rereading(
            self, self.loads, self.queue, self._marks, arriving=self.arriving, refused=refused,
            opener=opener, checking=self._checking,
        )  # fmt: skip
        offer_actions(self, rereading, refused)

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
