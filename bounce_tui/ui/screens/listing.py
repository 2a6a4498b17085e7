"""The list of the loaded bounces: sorted, filtered, grouped, counted, searched."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from textual import work as in_background

from bounce_tui.model import Case
from bounce_tui.triage.causes import Cause, Group, group
from bounce_tui.triage.filter import FilterError
from bounce_tui.triage.matching import Picks, Suits, failure_meant, fate_meant
from bounce_tui.triage.open import Opener
from bounce_tui.triage.past import Past
from bounce_tui.triage.queue import ORDERS, Queue, found_by
from bounce_tui.triage.row import Fate, Key, Row
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.dialogue import Proposals, Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.narrowing import Narrowed, Narrowing
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.bounce import BounceScreen
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.text.cause_text import cause_words
from bounce_tui.ui.text.cells import cut, shown
from bounce_tui.ui.text.summary_text import summary
from bounce_tui.ui.widgets.queue_list import QueueList

Return = Callable[[], Awaitable[str | None]]
"""Takes a change back; what it returns is why that is not kept."""
SLICE = 2000
LONGEST_NAMED = 24
"""Cells of a search or filter in the footer, which has other things to say, too."""
REGROUP_S = 0.3


class ListScreen(BounceScreen, inherit_bindings=False):
    """Works on `queue` through the widget with the id `bounces`, which subclasses compose."""

    BINDINGS = bindings("reading", "list", "bounce", "checks")

    def __init__(self, checking: Checking, opener: Opener, preferences: AppPreferences) -> None:
        super().__init__(checking, opener)
        self.queue = Queue()
        self._causes: CausesScreen | None = None
        self._is_regrouping = False
        self._narrowing = Narrowing(self.queue, self.standing, preferences.filters)
        # The mail that the last search has found, and what tells for which of its failures.
        self._hit: tuple[Key, Suits] | None = None
        self.past: Past[Return] = Past()

    def standing(self, word: str, row: Row, fate: Fate) -> bool:
        """What the user has made of `row`, and what checks came to for `fate`, for the filter."""
        raise NotImplementedError

    def causes_screen(self, groups: Sequence[Group], start: Cause | None) -> CausesScreen:
        """The page of `groups`, the cursor on the cause `start`."""
        raise NotImplementedError

    def suits(self, row: Row) -> Suits | None:
        """What tells for which of its failures `row` is listed; None where that is the leading one."""
        if self._hit is not None and self._hit[0] == row.key:
            return self._hit[1]
        return self._narrowing.suits

    @property
    def listed_by(self) -> Picks | None:
        """What picks the mails that are listed; None where all are."""
        return self._narrowing.now.test

    def shown_for(self, row: Row) -> Fate:
        """What `row` met with that it is listed for."""
        suits = self.suits(row) if row.others else None
        return fate_meant(row, suits) if suits is not None else row

    def meant(self, case: Case, start: int | None = None) -> int:
        """The failure that the filter lets pass, or that a search has found."""
        row = self.queue.focused
        if row is not None and row.message == case.message and (suits := self.suits(row)) is not None:
            return failure_meant(case, row, suits, start)
        return super().meant(case, start)

    @property
    def reading(self) -> str:
        """What to say while there is mail to come, "" afterwards."""
        return ""

    @property
    def bounces(self) -> QueueList:
        """The pane that lists the bounces."""
        return self.query_one("#bounces", QueueList)

    def action_sort(self) -> None:
        """By the next order."""
        self.queue.sort(ORDERS[(ORDERS.index(self.queue.order) + 1) % len(ORDERS)])
        self._reordered()

    def action_reverse(self) -> None:
        """The other way round."""
        self.queue.reverse()
        self._reordered()

    def _reordered(self) -> None:
        self.bounces.renew()
        self.dialogue.tell(f"sorted {self.bounces.order}")
        self.send()

    def action_filter(self) -> None:
        """Ask for a filter, beginning with the one in force; what is typed behind it narrows further."""
        begun = self._narrowing.outside.text
        self._ask_filter(f"{begun} " if begun else "")

    def _ask_filter(self, begun: str, *, refused: str | None = None) -> None:
        def say(text: str) -> str:
            trouble = self._narrowing.fault(text, typed=text != refused)
            back = "ctrl+u and enter show all" if text else "empty shows all"
            return f"filter: {text}_  {trouble or f'tab completes, {back}'}"

        async def complete(text: str) -> Proposals:
            found = await self._narrowing.completion(text)
            return Proposals(found.line, found.lines, found.words)

        self.dialogue.ask(Question(LineEdit(begun), say, self._filter, complete))

    async def _filter(self, text: str) -> None:
        if self.queue.total > SLICE:
            self.dialogue.tell("filtering ...")
            self.send()
        try:
            await self._lay_on(text)
        except FilterError:
            self._ask_filter(text, refused=text)

    async def _lay_on(self, text: str) -> None:
        before = self._narrowing.now
        if not await self._narrowing.lay_on(text):
            return
        now = self._narrowing.now
        if now.words != before.words:
            words = f"filter {now.text}" if now.text else f"lifting the filter {before.text or before.words}"
            self.past.add(words, partial(self._put, before))
        self._narrowed()

    async def _put(self, narrowed: Narrowed) -> None:
        if await self._narrowing.put(narrowed):
            self.bounces.narrowed(narrowed.words)
            self.dialogue.tell()
            self.moved()

    def _narrowed(self) -> None:
        words, doubt = self._narrowing.now.words, self._narrowing.doubt
        self._hit = None
        self.bounces.narrowed(words)
        self.turn_to_meant()
        change, lift = self.keys.key("filter"), self.keys.key("quit")
        if self.queue:
            joined = doubt if doubt.endswith("?") else f"{doubt};"
            self.dialogue.tell(f"{joined} {change} changes it" if doubt else "")
        else:
            self.dialogue.tell(f"nothing passes {words}; {doubt or f'{change} changes it, {lift} lifts it'}")
        self.moved()

    async def action_causes(self) -> None:
        """One line for each thing to mend; enter shows its mails, and from there all causes again."""
        start = None
        if self._narrowing.is_of_cause:
            start = self._narrowing.cause
            await self._put(self._narrowing.outside)
        groups = await asyncio.to_thread(group, list(self.queue), self._narrowing.passing)
        if not groups and not self.reading:
            self.dialogue.tell("no failure is shown here: there is nothing to group")
            self.send()
            return
        screen = self._causes = self.causes_screen(groups, start)

        async def open_one(chosen: str | None) -> None:
            self._causes = None
            if chosen is not None:
                found = screen.groups[int(chosen)]
                if await self._narrowing.to_cause(found.cause, cause_words(found)):
                    self.queue.look_at(0)
                    self._narrowed()

        await self.app.push_screen(screen, open_one)

    @in_background(group="causes")
    async def regroup(self) -> None:
        """Rows have come while the causes are on screen: in a moment they count there, too."""
        if self._is_regrouping:
            return
        self._is_regrouping = True
        await asyncio.sleep(REGROUP_S)
        self._is_regrouping = False
        if self._causes is not None:
            groups = await asyncio.to_thread(group, list(self.queue), self._narrowing.passing)
            if self._causes is not None:
                self._causes.renew(groups, self.reading)

    @property
    def lack(self) -> str:
        """Why the list is empty, "" where it is not."""
        if self.queue:
            return ""
        if not self.queue.total:
            return f"there is no mail yet: {self.reading}" if self.reading else "there is no mail here"
        lifts = f"{self.keys.key('quit')} {self.level_below}" if self.level_below else ""
        return f"no mail passes {self._narrowing.now.words}: {lifts}"

    @property
    def level_below(self) -> str:
        """What the way back leads to, one level down, in words; "" where the whole list is shown."""
        if self.active is not self.bounces:
            return "to the list"
        if self._narrowing.is_of_cause:
            return "to the causes"
        if self._words:
            return f"lifts search {_named(self._words)}"
        if self._narrowing.now.words:
            return f"lifts filter {_named(self._narrowing.now.words)}"
        return ""

    async def leave_level(self) -> bool:
        """Go there; False where there is nothing to go back to."""
        if self.active is not self.bounces:
            self.leave_bounce()
        elif self._narrowing.is_of_cause:
            await self.action_causes()
        elif self._words:
            self.forget_search()
            self.dialogue.offer_anew()
            self.send()
        elif text := self._narrowing.now.text:
            await self._lay_on("")
            self.dialogue.tell(f"the filter {text} is lifted; {self.keys.key('undo')} lays it on again")
            self.send()
        else:
            return False
        return True

    def leave_bounce(self) -> None:
        """From the open bounce to the list."""
        raise NotImplementedError

    async def action_summary(self) -> None:
        """The rows shown, counted."""
        rows, passing = list(self.queue), self._narrowing.passing
        await self.app.push_screen(PageScreen("Summary", lambda width: summary(width, rows, passing)))

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
            self.dialogue.tell(f"not found: {self._words}")
            self.send()
        else:
            self._hits(self.queue[found])
            self.bounces.move_to(found)
            self.turn_to_meant()
            self.moved()
            self.dialogue.offer_anew()

    def _hits(self, row: Row) -> None:
        """A search has found `row`: it is listed for the failure that has the words."""
        before = self._hit
        self._hit = (row.key, found_by(self._words)) if row.others else None
        if before is not None or self._hit is not None:
            self.bounces.refresh()


def _named(words: str) -> str:
    # Two blanks would part the words into two offers.
    return cut(shown(" ".join(words.split())), LONGEST_NAMED)
