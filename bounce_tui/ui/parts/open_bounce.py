"""The mail that is wanted, on its way to the screen."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.model import Case, Message
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.triage.loaded_recipients import LoadedRecipients
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.listed_failures import ListedFailures
from bounce_tui.ui.threaded_notebook import ThreadedNotebook

SETTLED_S = 0.06


class OpenBounce:
    """Reads the mail that is wanted of the `listed` ones, and lets `view` show the failure that is meant.

    Messages that were read lately are at hand, so that they are shown in the frame of the key; the
    costly part (mail-parser) waits until the keys rest.  `own` are the admin's domains.
    """

    def __init__(
        self,
        screen: HostScreen,
        view: BounceView,
        listed: ListedFailures,
        opener: Opener,
        notebook: ThreadedNotebook,
        own: Sequence[str],
    ) -> None:
        self._screen = screen
        self._view = view
        self._listed = listed
        self._opener = opener
        self._notebook = notebook
        self._own = own
        self._recipients = LoadedRecipients(listed.queue)

    async def caught_up(self) -> None:
        """Make sure that the mail shown is the one under the cursor: a command must not hit the last one."""
        message = self._listed.wanted
        if message is not None and not self._view.shows(message):
            case = await self._read(message)
            if self._screen.is_up and self._listed.wanted == message:
                self.show(case)
                self._screen.send()

    async def _read(self, message: Message) -> Case:
        """The case of `message`; where it takes its time, the page of another mail makes way meanwhile."""
        reading = asyncio.create_task(self._opener.case(message))
        try:
            done, _ = await asyncio.wait([reading], timeout=SETTLED_S)
            if not done and self._screen.is_up and self._listed.wanted == message:
                self._view.make_way()
                self._screen.send()
            return await reading
        finally:
            reading.cancel()

    def show(self, case: Case) -> None:
        """Show the failure of `case` that is meant."""
        index = self._listed.failure(case)
        is_leading = index == case.bounce.leading
        self._view.show(case, index, self._opener.first_hints(case.message) if is_leading else NONE)

    def outdated(self, *, same: bool) -> None:
        """Note that all mail was read again: the one on screen is read anew unless it is the `same`."""
        self._recipients = LoadedRecipients(self._listed.queue)
        if not same:
            self._view.forget()

    # Which failure

    def turn_to_meant(self) -> None:
        """Show the failure of the open mail that is meant now, where that is another one."""
        case = self._view.case
        if case is not None and case.message == self._listed.wanted:
            index = self._listed.failure(case, self._view.index)
            if index != self._view.index:
                self._turn_to(index)

    async def action_recipient(self, step: int) -> None:
        """Go to another failure of the same mail."""
        await self.caught_up()
        total = len(self._view.case.bounce.failures) if self._view.case else 0
        if total < 2:
            self._screen.lacks(
                "this mail has one recipient" if total else "this mail has no failed recipient"
            )
        else:
            self._turn_to((self._view.index + step) % total)
        self._screen.send()

    def _turn_to(self, index: int) -> None:
        self._view.turn_to(index)
        self.settle(())

    # What takes its time

    def settle(self, neighbours: Sequence[Message], *, held: bool = False, rests: bool = False) -> None:
        """Show the wanted mail, have its `neighbours` at hand, and finish the page when the keys rest, which
        they do where it `rests`; for a key that is `held` down nothing is shown before."""
        self._screen.in_background(
            partial(self._settle, neighbours, held=held, rests=rests), "open", exclusive=True
        )

    async def _settle(self, neighbours: Sequence[Message], *, held: bool, rests: bool) -> None:
        if held:
            await asyncio.sleep(SETTLED_S)
        await self.caught_up()
        if rests:
            await self._finish_page()
        for message in neighbours:
            await self._opener.case(message)
        if not rests:
            await asyncio.sleep(SETTLED_S)
            await self._finish_page()

    async def _finish_page(self) -> None:
        case = self._view.case
        if case is not None:
            await self._finish(case, await self._opener.opened(case.message))

    async def tell_what_came(self) -> None:
        """Write the page anew where the mail that came after it was finished tells more of its address."""
        case, opened = self._view.case, self._view.opened
        if case is not None and opened is not None:
            await self._finish(case, opened)

    async def _finish(self, case: Case, opened: OpenedMessage) -> None:
        index = self._view.index
        hints = await self._hinted(case, index, opened)
        memory = next(iter(await self.remembered(case, [index] if case.bounce.failures else [])), ())
        if self._screen.is_up and self._view.case is case and self._view.index == index:
            self._view.finish(opened, hints, memory)

    async def all_hints(self, case: Case, index: int) -> Hints:
        """All hints for a failure of the mail on screen, those too that its finished page will tell."""
        opened = self._view.opened if self._view.case is case else None
        return await self._hinted(case, index, opened or await self._opener.opened(case.message))

    async def _hinted(self, case: Case, index: int, opened: OpenedMessage) -> Hints:
        # In a thread: a long list of others takes its time.
        recipients, own = self._recipients, self._own

        def find() -> Hints:
            # What finds them takes its time to load: the first page must not wait for it.
            from bounce_tui.hints.hinting import hint

            return hint(case, index, opened.returned, recipients.addresses(), own=own)

        return await asyncio.to_thread(find)

    async def remembered(self, case: Case, indexes: Sequence[int]) -> Sequence[Sequence[str]]:
        """What is known from before of each of these failures of the mail under the cursor, a line each."""
        row = self._listed.queue.focused
        if row is None or row.message != case.message:
            return [() for _ in indexes]
        return await self._notebook.remembered(row, case, indexes)
