"""The main screen: the list, the open bounce and its checks, painted together."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace
from textual import work as in_background
from textual.app import ComposeResult
from textual.containers import Horizontal

from bounce_tui.mailbox import Refusal
from bounce_tui.model import Case, Message
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.listed import Listed
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.open import Opener
from bounce_tui.triage.roll import Renewed
from bounce_tui.triage.row import Row
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.held_key import HELD_S, HeldKey
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.rereading import RereadingScreen
from bounce_tui.ui.text.status_text import counts, empty, nothing_passes, progress
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.queue_list import QueueList


class TriageScreen(RereadingScreen, inherit_bindings=False):
    """Three panes.  The detail and the checks follow the cursor of the list.

    The neighbours of the cursor are read ahead, so that a key moves list, detail and checks in one
    frame; while a key is held, the list alone moves, and the page of the mail that was left makes way.
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
        preferences: AppPreferences,
    ) -> None:
        super().__init__(paths, checking, opener, notebook, preferences)
        self._listed = Listed(self.queue)
        self._title = title
        self._kinds: Counter[str] = Counter()
        self._came = 0
        self._is_loaded = False
        self._place = 0
        self._key = HeldKey()
        self._left_at = 0.0

    def compose(self) -> ComposeResult:
        """Title, list, detail beside checks, hints."""
        # Here, not at the first resize: styling and laying out all of it twice would show at the start.
        width = self.app.size.width
        self.add_class(next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least))
        yield Bar(id="top")
        yield QueueList(self.queue, self.marks, id="bounces")
        with Horizontal(id="work"):
            yield PagePane("Detail", id="detail")
            yield PagePane("Checks", id="checks")
        yield self.notice

    def on_mount(self) -> None:
        """Start with the keys in the list."""
        self.set_focus(self.bounces)
        self.bounces.verdicts = self.notebook.verdicts
        self.bounces.standings = self.notebook.standings
        self.bounces.shown_for = self.shown_for
        self.query_one("#top", Bar).say(left=self._title)
        wrong = len(self.refusals)
        faults = "one fault" if wrong == 1 else f"{wrong} faults"
        self.dialogue.tell(
            f"your config has {faults}: {self.keys.key('refused')} lists them" if wrong else ""
        )
        self._show_nothing()

    @property
    def listed(self) -> Listed:
        """The recipients of every mail in the list."""
        return self._listed

    def hint(self) -> str:
        """The ranked actions, and where the first of them, the way back, leads from here."""
        ranked = self.keys.hints("everywhere", "reading", "list", "bounce", "checks")
        if not self.level_below:
            return ranked
        hits = self.keys.say("next-hit") if self._words else ""
        others = (hits, ranked.removeprefix(self.keys.say("quit")).lstrip())
        return "  ".join((f"{self.keys.key('quit')} {self.level_below}", *filter(None, others)))

    # What arrives

    def deliver(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        if not self.stands:
            return
        first = self.queue.focus is None
        line = self.bounces.cursor_line
        self._renew(arrivals.renewed)
        self.queue.add(arrivals.rows)
        self._came += len(arrivals.rows) if self._is_loaded else 0
        self._is_loaded = self._is_loaded or arrivals.finished
        self.refusals += arrivals.refusals
        if arrivals.trouble:
            self.refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))
        self._kinds.update(row.kind for row in arrivals.rows)
        if arrivals.rows or arrivals.renewed:
            self.bounces.renew(line)
            self._learn([*(row for _, row in arrivals.renewed), *arrivals.rows])
        self._count()
        self.renew_refused()
        self.notice.say(right=progress(arrivals, self.keys, self._came))
        for place in arrivals.unwatched:
            self.dialogue.tell(f"{place.file}: {place.reason}")
        if first or arrivals.renewed:
            self.moved(by_key=not first)
        self.send()
        if self._causes is not None:
            self.regroup()

    def _count(self) -> None:
        words = counts(self.queue.total, self._kinds, len(self.refusals), self.keys)
        self.query_one("#top", Bar).say(right=words)

    def replaced(self, *, same: bool) -> None:
        """All rows are others; show them."""
        self._listed = Listed(self.queue)
        rows = self.queue.arrived(0)
        self._kinds = Counter(row.kind for row in rows)
        self._came = 0
        self._learn(rows)
        self.bounces.renew()
        self.bounces.refresh()
        self._count()
        self.renew_refused()
        if not same:
            self._case = None
        self.moved()

    @property
    def reading(self) -> str:
        """While the first reading is under way."""
        return "still reading ..." if self._intake is not None and self._intake.is_loading else ""

    def _renew(self, renewed: Sequence[Renewed]) -> None:
        """Mails lie elsewhere, have grown or are away: what belongs to each goes with it."""
        if not renewed:
            return
        pairs = self.queue.renew(renewed)
        self.bounces.refresh()
        self._kinds.subtract(before.kind for before, _ in pairs)
        self._kinds.update(after.kind for _, after in pairs)
        self.marks.renew({before.key: after.key for before, after in pairs})
        moved = {
            before.message: after.message for before, after in pairs if before.identity == after.identity
        }
        self._checking.move(moved)
        self._opener.move(moved)
        if self._case is not None and self._case.error is None and self._case.message in moved:
            self._case = replace(self._case, message=moved[self._case.message])

    @in_background(group="notebook")
    async def _learn(self, rows: Sequence[Row]) -> None:
        if await self.notebook.learn(rows) and self.stands:
            self.bounces.refresh()
            self.send()
        trouble = self.notebook.take_trouble() if self.stands else None
        if trouble is not None:
            self.refusals.append(Refusal("states and notes", trouble))
            self.dialogue.tell(trouble)
            self.send()

    # The open bounce

    def wanted(self) -> Message | None:
        """The mail under the cursor."""
        row = self.queue.focused
        return row.message if row else None

    def moved(self, *, by_key: bool = True) -> None:
        """The cursor may stand on another mail: show it."""
        message = self.wanted()
        if message is None:
            self._show_nothing()
        elif not self.shows(message):
            # Of another mail the diagnosis comes first, where there is room for one pane only.
            self.remove_class("-on-checks")
            held = self._key.moves()
            case = self._opener.known(message)
            if not held:
                self._left_at = self._key.moved_at
                if case is not None:
                    self._show(case)
            elif self._case is not None and self._key.moved_at - self._left_at > HELD_S:
                self.make_way()
            self.settle(self._neighbours(), held=held, rests=not by_key)
        self.send()

    async def remembered(self, case: Case, indexes: Sequence[int]) -> Sequence[Sequence[str]]:
        """How the mail under the cursor stands, and what failed before."""
        row = self.queue.focused
        if row is None or row.message != case.message:
            return await super().remembered(case, indexes)
        return await self.notebook.remembered(row, case, indexes)

    def ran(self, work: Casework) -> None:
        """Keep a verdict that has come, wherever the cursor stands by now, and show it in the list."""
        if work.state == "done" and self.stands:
            # In the frame of the verdict, not once it is written down.
            self.notebook.judge(work)
            self.bounces.refresh()
        super().ran(work)
        if work.state == "done":
            self._keep(work)

    @in_background(group="notebook")
    async def _keep(self, work: Casework) -> None:
        is_new = await self.notebook.keep(work)
        if self.stands:
            self.bounces.refresh()
            if is_new:
                # What changed since the run before is known only now.
                self.checks_changed()
            self.send()

    def _neighbours(self) -> list[Message]:
        # Two rows in the direction of the last move and one against it.
        place = self.queue.focus or 0
        ahead = -1 if place < self._place else 1
        self._place = place
        places = (place + ahead, place + 2 * ahead, place - ahead)
        return [self.queue[one].message for one in places if 0 <= one < len(self.queue)]

    def _show_nothing(self) -> None:
        self._case = None
        intake = self._intake
        loading = bool(self._paths) and (intake is None or intake.is_loading)
        follows = intake is not None and intake.follows
        if self.queue.total:
            words, doubt = self._narrowing.now.words, self._narrowing.doubt
            self.detail.show(lambda width: nothing_passes(width, words, doubt, self.keys))
        else:
            self.detail.show(
                lambda width: empty(width, self._paths, loading, self.refusals, self.keys, follows=follows)
            )
        self.checks.show(lambda width: [])

    # Actions: the panes

    def action_pane(self, step: int) -> None:
        """The keys go to the next or previous pane."""
        panes = [self.bounces, self.detail, self.checks]
        self._enter(panes[(panes.index(self.active) + step) % len(panes)])  # type: ignore[arg-type]

    def action_open(self) -> None:
        """From the list into the detail; in a pane, the whole width on and off."""
        if self.active is self.bounces:
            if not self.lacks():
                self.add_class("-open")
                self._enter(self.checks if self.has_class("-on-checks") else self.detail)
        else:
            self.toggle_class("-full")

    async def action_back(self) -> None:  # type: ignore[override]
        """One thing at a time: a run of checks, the open bounce, loading, then level by level."""
        work = self.casework
        if self.bulk.cancel():
            self.dialogue.report(self.bulk.words(self.keys.key("back")))
            self.send()
        elif work and self._checking.cancel(work):
            self.checks_changed()
        elif self.active is self.bounces and (words := self.cancel_reading()):
            self.dialogue.tell(words)
            self.send()
        elif not await self.leave_level():
            self.dialogue.tell(f"nothing is open or set here: {self.keys.key('quit')} quits")
            self.send()

    def leave_bounce(self) -> None:
        """From the open bounce to the list."""
        self.remove_class("-open", "-full")
        self._enter(self.bounces)

    def _enter(self, pane: "QueueList | PagePane") -> None:
        if pane is not self.bounces:
            self.set_class(pane is self.checks, "-on-checks")
        self.set_focus(pane)
        self.dialogue.offer_anew()
