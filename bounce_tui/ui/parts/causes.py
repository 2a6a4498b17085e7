"""The list by what must be mended."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from bounce_tui.triage.causes import Cause, Group, OfCause, group
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.store.records import KnownVerdict
from bounce_tui.ui.list_filter import ListFilter
from bounce_tui.ui.parts.bulk_checks import BulkChecks
from bounce_tui.ui.parts.filtering import Filtering
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.screens.causes import CausesScreen

REGROUP_S = 0.3


class Causes:
    """The page of the causes, and the way from one of them to its mails and back.  `reading` is what to say
    while there is mail to come."""

    def __init__(
        self,
        screen: HostScreen,
        queue: Queue,
        list_filter: ListFilter,
        filtering: Filtering,
        verdicts: Mapping[bytes, KnownVerdict],
        checks: BulkChecks,
        reading: Callable[[], str],
    ) -> None:
        self._screen = screen
        self._queue = queue
        self._list_filter = list_filter
        self._filtering = filtering
        self._verdicts = verdicts
        self._checks = checks
        self._reading = reading
        self._open_page: CausesScreen | None = None
        self._is_regrouping = False

    async def action_causes(self) -> None:
        """One line for each thing to mend; enter shows its mails, and from there all causes again."""
        start = None
        if self._list_filter.is_of_cause:
            start = self._list_filter.cause
            await self._filtering.put(self._list_filter.outside)
        groups = await self._groups()
        if not groups and not self._reading():
            self._screen.dialogue.tell("no failure is shown here: there is nothing to group")
            self._screen.send()
            return
        page = self._open_page = self._page(groups, start)

        async def open_one(chosen: str | None) -> None:
            self._open_page = None
            if chosen is not None:
                found = page.groups[int(chosen)]
                if await self._list_filter.to_cause(found.cause, found.sentence):
                    self._queue.look_at(0)
                    self._filtering.laid_on()

        await self._screen.app.push_screen(page, open_one)

    def _page(self, groups: Sequence[Group], start: Cause | None) -> CausesScreen:
        def check(of: Group) -> bool:
            suits = OfCause(of.cause, self._list_filter.now.test).suits
            return self._checks.start(of.rows, lambda row: suits, lambda: screen.checked())

        screen = CausesScreen(groups, self._verdicts, self._checks.bulk, check, self._reading(), start)
        return screen

    def rows_came(self) -> None:
        """Rows have come: where the causes are on screen, count them there, too, in a moment."""
        if self._open_page is not None and not self._is_regrouping:
            self._is_regrouping = True
            self._screen.in_background(self._regroup, "causes")

    async def _regroup(self) -> None:
        await asyncio.sleep(REGROUP_S)
        self._is_regrouping = False
        if self._open_page is not None:
            groups = await self._groups()
            if self._open_page is not None:
                self._open_page.renew(groups, self._reading())

    async def _groups(self) -> list[Group]:
        return await asyncio.to_thread(group, list(self._queue), self._list_filter.passing)
