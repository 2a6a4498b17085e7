"""The main screen: the list, the open bounce and its checks, painted together."""

import asyncio
from collections import Counter

from textual import work as in_background
from textual.app import ComposeResult
from textual.containers import Horizontal

from bounce_tui.mailbox import Refusal
from bounce_tui.model import Case, Inputs, OpenedMessage
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.open import Opener
from bounce_tui.triage.queue import ORDERS, Queue
from bounce_tui.triage.row import Row, leading
from bounce_tui.ui.actions import bindings, hints
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.intake import Intake
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.source_text import LIMIT_BYTES, source
from bounce_tui.ui.text.status_text import counts, empty, progress, refused
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.queue_list import QueueList

SETTLED_S = 0.06
SLICE = 2000


class TriageScreen(ReadingScreen, inherit_bindings=False):
    """Three panes.  The detail and the checks follow the cursor of the list.

    Bounces that were read lately, and the neighbours of the cursor, are at hand, so that a key moves
    list, detail and checks in one frame; the costly part (mail-parser) waits until the cursor rests.
    """

    BINDINGS = bindings("reading", "list", "checks")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012

    def __init__(self, paths: tuple[str, ...], checking: Checking, title: str, opener: Opener) -> None:
        super().__init__()
        self.queue = Queue()
        self.refusals: list[Refusal] = []
        self._paths = paths
        self._checking = checking
        self._title = title
        self._opener = opener
        self._intake: Intake | None = None
        self._kinds: Counter[str] = Counter()
        self._case: Case | None = None
        self._index = 0
        self._opened: OpenedMessage | None = None
        self._place = 0

    def compose(self) -> ComposeResult:
        """Title, list, detail beside checks, hints."""
        yield Bar(id="top")
        yield QueueList(self.queue, id="bounces")
        with Horizontal(id="work"):
            yield PagePane("Detail", id="detail")
            yield PagePane("Checks", id="checks")
        yield Bar(id="bottom")

    def on_mount(self) -> None:
        """Start with the keys in the list."""
        self.set_focus(self.bounces)
        self.query_one("#top", Bar).say(left=self._title)
        self.tell()
        self._show_nothing()

    def take_from(self, intake: Intake) -> None:
        """Rows will come from `intake`; `esc` cancels it."""
        self._intake = intake

    @property
    def bounces(self) -> QueueList:
        """The list."""
        return self.query_one("#bounces", QueueList)

    @property
    def detail(self) -> PagePane:
        """The detail pane."""
        return self.query_one("#detail", PagePane)

    @property
    def checks(self) -> PagePane:
        """The action panel."""
        return self.query_one("#checks", PagePane)

    @property
    def casework(self) -> Casework | None:
        """The casework of the failure shown."""
        return self._checking.work(self._case, self._index) if self._case else None

    def hint(self) -> str:
        """The ranked actions."""
        return hints("everywhere", "reading", "list", "checks")

    # What arrives

    def deliver(self, arrivals: Arrivals) -> None:
        """Take in what the loading has brought."""
        first = not self.queue
        self.queue.add(arrivals.rows)
        self.refusals += arrivals.refusals
        if arrivals.trouble:
            self.refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))
        self._kinds.update(row.kind for row in arrivals.rows)
        if arrivals.rows:
            self.bounces.renew()
        words = counts(len(self.queue), self._kinds, len(self.refusals))
        self.query_one("#top", Bar).say(right=words)
        self.query_one("#bottom", Bar).say(right=progress(arrivals))
        if first:
            self.moved()
        self.send()
        if arrivals.finished:
            self._name_resolver()

    @in_background(group="resolver")
    async def _name_resolver(self) -> None:
        # Now that the disk and the processors rest: the import takes a tenth of a second.
        await self._checking.door.open()
        self._checks_changed()

    # The open bounce

    def moved(self) -> None:
        """The cursor may stand on another mail: show it."""
        row = self.queue.focused
        if row is None:
            self._show_nothing()
        elif self._case is None or self._case.message != row.message:
            case = self._opener.known(row.message)
            if case is not None:
                self._show(case)
            self._settle(row)
        self.send()

    async def caught_up(self) -> None:
        """Make sure that the mail shown is the one under the cursor: a command must not hit the last one."""
        row = self.queue.focused
        if row is not None and (self._case is None or self._case.message != row.message):
            self._show(await self._opener.case(row.message))
            self.send()

    @in_background(group="open", exclusive=True)
    async def _settle(self, row: Row) -> None:
        await self.caught_up()
        place = self.queue.focus or 0
        ahead = -1 if place < self._place else 1
        self._place = place
        for step in (ahead, 2 * ahead, -ahead):
            if 0 <= place + step < len(self.queue):
                await self._opener.case(self.queue[place + step].message)
        await asyncio.sleep(SETTLED_S)
        self._opened = await self._opener.opened(row.message)
        self.detail.show(self._write_detail, keep_place=True)
        self.send()

    def _show(self, case: Case) -> None:
        self._case, self._index, self._opened = case, leading(case.bounce), None
        self._show_failure()

    def _show_failure(self) -> None:
        total = len(self._case.bounce.failures) if self._case else 0
        self.detail.rename(f"Detail, recipient {self._index + 1} of {total}" if total > 1 else "Detail")
        self.detail.show(self._write_detail)
        self.checks.show(self._write_checks)

    def _show_nothing(self) -> None:
        self._case = None
        loading = bool(self._paths) and (self._intake is None or self._intake.is_loading)
        self.detail.show(lambda width: empty(width, self._paths, loading, self.refusals))
        self.checks.show(lambda width: [])

    def _write_detail(self, width: int) -> list[Line]:
        return detail(self._case, self._index, self._opened, width) if self._case else []

    def _write_checks(self, width: int) -> list[Line]:
        return panel(self.casework, self._checking.door.address, width)

    def _checks_changed(self) -> None:
        if self.is_mounted:
            self.checks.show(self._write_checks, keep_place=True)
            self.send()

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
        if work and self._checking.cancel(work):
            self._checks_changed()
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

    async def action_recipient(self, step: int) -> None:
        """To another failure of the same mail."""
        await self.caught_up()
        total = len(self._case.bounce.failures) if self._case else 0
        if total < 2:
            self.tell("this mail has one recipient" if total else "this mail has no failed recipient")
        else:
            self._index = (self._index + step) % total
            self.tell()
            self._show_failure()
        self.send()

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

    async def action_source(self) -> None:
        """The mail as it is."""
        await self.caught_up()
        if self._case is None:
            self.tell("no mail to show")
            return
        lines, whole = await self._opener.source(self._case.message, LIMIT_BYTES)
        await self.app.push_screen(PageScreen("Source", lambda width: source(lines, whole, width)))

    async def action_refused(self) -> None:
        """What could not be read."""
        await self.app.push_screen(PageScreen("Refused", lambda width: refused(width, self.refusals)))

    # Actions: the checks

    async def action_check(self) -> None:
        """Run what is planned; before this nothing has been sent."""
        await self.caught_up()
        work = self.casework
        if work is None:
            self.tell("nothing failed here: there is nothing to check")
        elif not work.checks:
            self.tell("no check could settle this cause: nothing was sent")
        elif self._checking.start(work, self._checks_changed):
            self.tell()
        else:
            self.tell("the checks are running; esc stops them")
        if work:
            self.add_class("-on-checks")
            if self.active is self.detail and (self.has_class("-narrow") or self.has_class("-full")):
                self.set_focus(self.checks)
        self._checks_changed()

    async def action_inputs(self) -> None:
        """Edit what the checks start from."""
        await self.caught_up()
        work = self.casework
        if work is None or self._case is None:
            self.tell("nothing failed here: there are no inputs")
            self.send()
            return
        from bounce_tui.ui.screens.inputs import InputsScreen

        def use(inputs: Inputs | None) -> None:
            if inputs is not None:
                self._checking.replace_inputs(work, inputs)
                self._checks_changed()

        await self.app.push_screen(InputsScreen(work.inputs, self._case.bounce), use)
