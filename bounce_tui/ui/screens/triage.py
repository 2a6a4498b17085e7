"""The main screen: the list, the open bounce and its checks, painted together."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import work as in_background
from textual.app import ComposeResult
from textual.containers import Horizontal

from bounce_tui.mailbox import Refusal
from bounce_tui.model import Case, Message, Verdict
from bounce_tui.triage.causes import group
from bounce_tui.triage.export import ExportError, form_of
from bounce_tui.triage.filter import FilterError
from bounce_tui.triage.listed import Listed
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.open import Opener
from bounce_tui.triage.queue import ORDERS, Queue
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.standing import Standing, State
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.bulk import Bulk
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.intake import Intake
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.narrowing import Narrowing, wrong
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.preferences import Preferences
from bounce_tui.ui.screens.bounce import BounceScreen
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.screens.reading import Question
from bounce_tui.ui.taking_out import proposals
from bounce_tui.ui.text.cause_text import cause_words, summary
from bounce_tui.ui.text.memory_text import memory
from bounce_tui.ui.text.status_text import counts, empty, nothing_passes, progress, refused
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.queue_list import QueueList

SLICE = 2000
HELD_S = 0.08
"""Moves closer than this are a key held down, not presses: keyboards repeat every 25 to 40 ms."""


class TriageScreen(BounceScreen, inherit_bindings=False):
    """Three panes.  The detail and the checks follow the cursor of the list.

    The neighbours of the cursor are read ahead, so that a key moves list, detail and checks in one
    frame; while a key is held, the list alone moves.
    """

    BINDINGS = bindings("reading", "list", "bounce", "checks")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012

    def __init__(
        self,
        paths: tuple[str, ...],
        checking: Checking,
        title: str,
        opener: Opener,
        notebook: Notebook,
        preferences: Preferences,
    ) -> None:
        super().__init__(checking, opener)
        self.notebook = notebook
        self._past: list[Callable[[], Awaitable[None]]] = []
        self.queue = Queue()
        self.marks = Marks()
        self.bulk = Bulk(checking, opener)
        self._narrowing = Narrowing(self.queue, self._standing, preferences.filters)
        self._listed = Listed(self.queue)
        self.refusals: list[Refusal] = list(preferences.refusals)
        self._paths = paths
        self._title = title
        self._intake: Intake | None = None
        self._kinds: Counter[str] = Counter()
        self._place = 0
        self._moved_at = 0.0

    def compose(self) -> ComposeResult:
        """Title, list, detail beside checks, hints."""
        yield Bar(id="top")
        yield QueueList(self.queue, self.marks, id="bounces")
        with Horizontal(id="work"):
            yield PagePane("Detail", id="detail")
            yield PagePane("Checks", id="checks")
        yield Bar(id="bottom")

    def on_mount(self) -> None:
        """Start with the keys in the list."""
        self.set_focus(self.bounces)
        self.bounces.verdicts = self.bulk.verdicts
        self.bounces.standings = self.notebook.standings
        self.query_one("#top", Bar).say(left=self._title)
        wrong = len(self.refusals)
        faults = "one fault" if wrong == 1 else f"{wrong} faults"
        self.tell(f"your config has {faults}: {self.keys.key('refused')} lists them" if wrong else "")
        self._show_nothing()

    def take_from(self, intake: Intake) -> None:
        """Rows will come from `intake`; `esc` cancels it."""
        self._intake = intake

    @property
    def listed(self) -> Listed:
        """The recipients of every mail in the list."""
        return self._listed

    @property
    def bounces(self) -> QueueList:
        """The list."""
        return self.query_one("#bounces", QueueList)

    def hint(self) -> str:
        """The ranked actions."""
        return self.keys.hints("everywhere", "reading", "list", "bounce", "checks")

    # What arrives

    def deliver(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        if not self.stands:
            return
        first = self.queue.focus is None
        self.queue.add(arrivals.rows)
        self.refusals += arrivals.refusals
        if arrivals.trouble:
            self.refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))
        self._kinds.update(row.kind for row in arrivals.rows)
        if arrivals.rows:
            self.bounces.renew()
            self._learn(arrivals.rows)
        words = counts(self.queue.total, self._kinds, len(self.refusals), self.keys)
        self.query_one("#top", Bar).say(right=words)
        self.query_one("#bottom", Bar).say(right=progress(arrivals, self.keys))
        if first:
            self.moved()
        self.send()
        if arrivals.finished:
            self._name_resolver()

    @in_background(group="notebook")
    async def _learn(self, rows: Sequence[Row]) -> None:
        if await self.notebook.learn(rows) and self.stands:
            self.bounces.refresh()
            self.send()
        if self.notebook.trouble is not None and self.stands:
            self.refusals.append(Refusal("states and notes", self.notebook.trouble))
            self.tell(self.notebook.trouble)
            self.notebook.trouble = None
            self.send()

    @in_background(group="resolver")
    async def _name_resolver(self) -> None:
        # Now that the disk and the processors rest: the import takes a tenth of a second.
        await self._checking.door.open()
        self.checks_changed()

    # The open bounce

    def wanted(self) -> Message | None:
        """The mail under the cursor."""
        row = self.queue.focused
        return row.message if row else None

    def moved(self) -> None:
        """The cursor may stand on another mail: show it."""
        message = self.wanted()
        if message is None:
            self._show_nothing()
        elif not self.shows(message):
            # Of another mail the diagnosis comes first, where there is room for one pane only.
            self.remove_class("-on-checks")
            held = self._is_held()
            case = self._opener.known(message)
            if case is not None and not held:
                self._show(case)
            self.settle(self._neighbours(), held=held)
        self.send()

    async def remembered(self, case: Case) -> tuple[str, ...]:
        """How the mail under the cursor stands, and what failed before."""
        row = self.queue.focused
        return memory(*await self.notebook.about(row)) if row and row.message == case.message else ()

    def checks_changed(self, *, from_top: bool = False) -> None:
        """Keep a verdict that has come, too."""
        super().checks_changed(from_top=from_top)
        work, row = self.casework, self.queue.focused
        if (
            work
            and row
            and work.state == "done"
            and work.results
            and work.verdict
            and self.shows(row.message)
        ):
            self._keep(row, work.verdict)

    @in_background(group="notebook")
    async def _keep(self, row: Row, verdict: Verdict) -> None:
        await self.notebook.keep_verdict(row, verdict, self._checking.door.address)

    def _is_held(self) -> bool:
        """Whether the key that moves is held down: what passes by is then not worth its bytes."""
        before, self._moved_at = self._moved_at, time.monotonic()
        return self._moved_at - before < HELD_S

    def _neighbours(self) -> list[Message]:
        # Two rows in the direction of the last move and one against it.
        place = self.queue.focus or 0
        ahead = -1 if place < self._place else 1
        self._place = place
        places = (place + ahead, place + 2 * ahead, place - ahead)
        return [self.queue[one].message for one in places if 0 <= one < len(self.queue)]

    def _show_nothing(self) -> None:
        self._case = None
        loading = bool(self._paths) and (self._intake is None or self._intake.is_loading)
        if self.queue.total:
            self.detail.show(lambda width: nothing_passes(width, self._narrowing.words, self.keys))
        else:
            self.detail.show(lambda width: empty(width, self._paths, loading, self.refusals, self.keys))
        self.checks.show(lambda width: [])

    # Actions: the panes

    def action_pane(self, step: int) -> None:
        """The keys go to the next or previous pane."""
        panes = [self.bounces, self.detail, self.checks]
        self._enter(panes[(panes.index(self.active) + step) % len(panes)])  # type: ignore[arg-type]

    def action_open(self) -> None:
        """From the list into the detail; in a pane, the whole width on and off."""
        if self.active is self.bounces:
            if self.queue:
                self.add_class("-open")
                self._enter(self.checks if self.has_class("-on-checks") else self.detail)
        else:
            self.toggle_class("-full")

    def action_back(self) -> None:
        """One thing at a time: a run of checks, the open bounce, loading."""
        work = self.casework
        if self.bulk.cancel():
            self.tell(self.bulk.words(self.keys.key("back")))
            self.send()
        elif work and self._checking.cancel(work):
            self.checks_changed()
        elif self.active is not self.bounces:
            self.remove_class("-open", "-full")
            self._enter(self.bounces)
        elif self._intake and self._intake.cancel():
            self.tell("loading is stopped; what was read stays")
            self.send()

    def _enter(self, pane: "QueueList | PagePane") -> None:
        if pane is not self.bounces:
            self.set_class(pane is self.checks, "-on-checks")
        self.set_focus(pane)

    # Actions: marks, and what works on many

    def _standing(self, word: str, row: Row) -> bool:
        if word == "marked":
            return row in self.marks
        standing = self.notebook.standings.get(row.identity)
        if word in ("todo", "working", "done", "ignored"):
            return (standing.state if standing else "todo") == word
        if word == "noted":
            return standing is not None and standing.note != ""
        verdict = self.bulk.verdicts.get(row.key)
        return verdict is not None if word == "checked" else verdict == word

    def action_mark(self) -> None:
        """This one, and on."""
        if self.queue.focused is not None:
            changed = self.marks.toggle([self.queue.focused])
            self.bounces.move(1)
            self._remarked(changed)
            self.moved()

    def action_mark_shown(self) -> None:
        """All that the list shows."""
        self._remarked(self.marks.add(self.queue))

    def action_invert(self) -> None:
        """Those shown, the other way round."""
        self._remarked(self.marks.toggle(self.queue))

    def action_unmark(self) -> None:
        """None is marked."""
        self._remarked(self.marks.clear())

    async def action_undo(self) -> None:
        """The last change of marks, states or notes."""
        if self._past:
            await self._past.pop()()
            self.tell()
        else:
            self.tell("there is nothing left to undo")
        self.bounces.refresh()
        self.send()

    async def _unmark_last(self) -> None:
        self.marks.undo()

    async def action_stand(self, state: State) -> None:
        """Give the marked mails, or this one, another state."""
        rows = targets(self.queue, self.marks)
        if not rows:
            return
        self._remember(await self.notebook.change(rows, state=state))
        mails = f"{len(rows):,} mail{'' if len(rows) == 1 else 's'}"
        if not self.marks:
            self.bounces.move(1)
        self.bounces.refresh()
        self.tell(f"{mails}: {state}; {self.keys.key('undo')} takes it back")
        self.moved()

    def action_note(self) -> None:
        """Ask for a note on the marked mails, or on this one."""
        rows = targets(self.queue, self.marks)
        if not rows:
            return
        standing = self.notebook.standings.get(rows[0].identity)

        async def answer(text: str) -> None:
            self._remember(await self.notebook.change(rows, note=text.strip()))
            self.bounces.refresh()

        note = standing.note if standing and len(rows) == 1 else ""
        self.ask(Question(LineEdit(note), lambda text: f"note: {text}_", answer))

    def _remember(self, before: Mapping[bytes, Standing]) -> None:
        self._past.append(lambda: self.notebook.restore(before))

    def _remarked(self, changed: bool) -> None:
        if changed:
            self._past.append(self._unmark_last)
        self.tell()
        self.bounces.refresh()
        self.send()

    def action_check_marked(self) -> None:
        """The checks of all marked mails, or of this one; who sees the queries stands in its plan."""
        rows = [row for row in targets(self.queue, self.marks) if row.kind in ("failed", "delayed")]
        if not rows:
            self.tell("no failure is marked: there is nothing to check")
        elif self.bulk.start(rows, self._bulk_changed):
            self.tell(self.bulk.words(self.keys.key("back")))
        else:
            self.tell(f"checks of many are running; {self.keys.key('back')} stops them")
        self.send()

    def action_export(self) -> None:
        """Ask for a file name; its ending says what to write of the marked mails, or of this one."""
        rows = targets(self.queue, self.marks)
        if not rows:
            self.tell("there is no mail to export")
            self.send()
            return
        mails = f"{len(rows):,} mail{'' if len(rows) == 1 else 's'}"

        def say(path: str) -> str:
            try:
                meaning = form_of(path).sentence
            except ExportError as error:
                meaning = str(error)
            return f"export {mails} to: {path}_  {meaning}; tab: other forms"

        async def answer(path: str) -> None:
            self.tell(f"exporting {mails} ...")
            self.send()
            try:
                self.tell(await self._out.to_file(path, rows))
            except ExportError as error:
                self.tell(f"not exported: {error}")

        self.ask(Question(LineEdit(proposals("")[0]), say, answer, proposals))

    def _bulk_changed(self) -> None:
        if self.stands:
            self.bounces.refresh()
            self.tell(self.bulk.words(self.keys.key("back")))
            self.checks_changed()

    # Actions: the list

    def action_sort(self) -> None:
        """By the next order."""
        self.queue.sort(ORDERS[(ORDERS.index(self.queue.order) + 1) % len(ORDERS)])
        self.bounces.renew()
        self.send()

    def action_reverse(self) -> None:
        """The other way round."""
        self.queue.reverse()
        self.bounces.renew()
        self.send()

    def action_filter(self) -> None:
        """Ask for a filter, beginning with the one in force."""

        def say(text: str) -> str:
            trouble = wrong(text)
            return f"filter: {text}_" + (f"  {trouble}" if trouble else "  tab completes, empty shows all")

        line = LineEdit(self._narrowing.text)
        self.ask(Question(line, say, self._filter, self._narrowing.proposals))

    async def _filter(self, text: str) -> None:
        if self.queue.total > SLICE:
            self.tell("filtering ...")
            self.send()
        try:
            if not await self._narrowing.lay_on(text):
                return
        except FilterError as error:
            self.tell(
                f"filter: {error.reason} (at {error.place + 1}); {self.keys.key('filter')} shows it again"
            )
            return
        self._narrowed()

    def _narrowed(self) -> None:
        self.bounces.narrowed(self._narrowing.words)
        change = self.keys.key("filter")
        self.tell("" if self.queue else f"nothing passes {self._narrowing.words}; {change} changes it")
        self.moved()

    async def action_causes(self) -> None:
        """One line for each thing to mend; enter shows its mails."""
        groups = await asyncio.to_thread(group, list(self.queue))
        if not groups:
            self.tell("no failure is shown here: there is nothing to group")
            self.send()
            return

        async def open_one(chosen: str | None) -> None:
            if chosen is not None:
                found = groups[int(chosen)]
                if await self._narrowing.to_cause(found.cause, cause_words(found)):
                    self._narrowed()

        await self.app.push_screen(CausesScreen(groups), open_one)

    async def action_summary(self) -> None:
        """The rows shown, counted."""
        rows = list(self.queue)
        await self.app.push_screen(PageScreen("Summary", lambda width: summary(width, rows)))

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the rows shown, in slices that let keys through; other panes search their page."""
        if self.active is not self.bounces or not self._words or not self.queue:
            await super().find(step, fresh=fresh)
            return
        place = (self.queue.focus or 0) + (0 if fresh else step)
        left, found = len(self.queue), None
        while left > 0 and found is None:
            found, place = self.queue.find(self._words, place, step, min(left, SLICE))
            left -= SLICE
            await asyncio.sleep(0)
        if found is None:
            self.tell(f"not found: {self._words}")
            self.send()
        else:
            self._go(lambda: self.bounces.move_to(found))

    async def action_refused(self) -> None:
        """What could not be read."""
        await self.app.push_screen(PageScreen("Refused", lambda width: refused(width, self.refusals)))
