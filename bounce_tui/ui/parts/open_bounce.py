"""The bounce on screen: one failure of a mail, in full and beside its checks."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from bounce_tui.hints.found import NONE, Hints
from bounce_tui.model import Case, Message, OpenedMessage
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.listed import Listed
from bounce_tui.triage.open import Opener
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.parts.shown import Shown
from bounce_tui.ui.parts.stage import Stage
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line, Span
from bounce_tui.ui.widgets.page_pane import PagePane, Writer, nothing

SETTLED_S = 0.06


class OpenBounce:
    """Shows in the panes `detail` and `checks` the mail that is wanted by what is `shown`.

    Messages that were read lately are at hand, so that they are shown in the frame of the key; the
    costly part (mail-parser) waits until the keys rest.
    """

    def __init__(
        self,
        stage: Stage,
        detail: PagePane,
        checks: PagePane,
        shown: Shown,
        opener: Opener,
        checking: Checking,
        notebook: Notebook,
    ) -> None:
        self._stage = stage
        self._detail = detail
        self._checks = checks
        self._shown = shown
        self._opener = opener
        self._checking = checking
        self._notebook = notebook
        self._listed = Listed(shown.queue)
        self._case: Case | None = None
        self._index = 0
        self._memory: Sequence[str] = ()
        self._opened: OpenedMessage | None = None
        self._hints: Hints = NONE

    @property
    def case(self) -> Case | None:
        """The mail on screen; None where none is."""
        return self._case

    @property
    def failed(self) -> tuple[Case, int] | None:
        """The mail on screen and the number of the failure shown; None where nothing failed."""
        if self._case is None or self._index >= len(self._case.diagnoses):
            return None
        return self._case, self._index

    @property
    def hints(self) -> Hints:
        """The hints for the failure shown, as far as they are found."""
        return self._hints

    @property
    def casework(self) -> Casework | None:
        """The casework of the failure shown."""
        return self._checking.work(self._case, self._index) if self._case else None

    def shows(self, message: Message) -> bool:
        """Whether `message` is the one on screen."""
        return self._case is not None and self._case.message == message

    # Which mail

    async def caught_up(self) -> None:
        """Make sure that the mail shown is the one under the cursor: a command must not hit the last one."""
        message = self._shown.wanted
        if message is not None and not self.shows(message):
            case = await self._read(message)
            if self._stage.stands and self._shown.wanted == message:
                self.show(case)
                self._stage.send()

    async def _read(self, message: Message) -> Case:
        """The case of `message`; where it takes its time, the page of another mail makes way meanwhile."""
        reading = asyncio.create_task(self._opener.case(message))
        try:
            done, _ = await asyncio.wait([reading], timeout=SETTLED_S)
            if not done and self._stage.stands and self._shown.wanted == message:
                self.make_way()
                self._stage.send()
            return await reading
        finally:
            reading.cancel()

    def show(self, case: Case) -> None:
        """Show the failure of `case` that is meant."""
        self._case, self._index, self._opened = case, self._shown.failure(case), None
        is_leading = self._index == case.bounce.leading
        self._hints = self._opener.first_hints(case.message) if is_leading else NONE
        self._memory = ()
        self._show_failure()

    def make_way(self) -> None:
        """No diagnosis stands beside the cursor rather than that of another mail."""
        self._case = None
        self._detail.rename("Detail")
        self._checks.rename("Checks")
        self._detail.show(_waiting)
        self._checks.show(_waiting)

    def show_nothing(self, write: Writer) -> None:
        """No mail is wanted; `write` says why."""
        self._case = None
        self._detail.show(write)
        self._checks.show(nothing)

    def renewed(self, moved: Mapping[Message, Message]) -> None:
        """Mails lie elsewhere; the one on screen is still the same."""
        if self._case is not None and self._case.error is None and self._case.message in moved:
            self._case = replace(self._case, message=moved[self._case.message])

    def outdated(self, *, same: bool) -> None:
        """All mail was read again; the one on screen is read anew unless it is the `same`."""
        self._listed = Listed(self._shown.queue)
        if not same:
            self._case = None

    # Which failure

    def turn_to_meant(self) -> None:
        """Show the failure of the open mail that is meant now, where that is another one."""
        if self._case is not None and self._case.message == self._shown.wanted:
            index = self._shown.failure(self._case, self._index)
            if index != self._index:
                self._turn_to(index)

    async def action_recipient(self, step: int) -> None:
        """To another failure of the same mail."""
        await self.caught_up()
        total = len(self._case.bounce.failures) if self._case else 0
        if total < 2:
            self._stage.lacks("this mail has one recipient" if total else "this mail has no failed recipient")
        else:
            self._turn_to((self._index + step) % total)
        self._stage.send()

    def _turn_to(self, index: int) -> None:
        self._index = index
        self._hints, self._memory = NONE, ()
        self._show_failure()
        self.settle(())

    def _show_failure(self) -> None:
        total = len(self._case.bounce.failures) if self._case else 0
        of = f", recipient {self._index + 1:,} of {total:,}" if total > 1 else ""
        self._detail.rename(f"Detail{of}")
        self._checks.rename(f"Checks{of}")
        self._detail.show(self._write_detail)
        self._checks.show(self._write_checks)

    # What is told of it

    def settle(self, neighbours: Sequence[Message], *, held: bool = False, rests: bool = False) -> None:
        """Show the wanted mail, have its `neighbours` at hand, and finish the page when the keys rest, which
        they do where it `rests`; for a key that is `held` down nothing is shown before."""
        self._stage.in_background(
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
        case = self._case
        if case is not None:
            opened = await self._opener.opened(case.message)
            index = self._index
            hints = await self._hinted(case, index, opened)
            memory = next(iter(await self.remembered(case, [index] if case.bounce.failures else [])), ())
            if self._stage.stands and self._case is case:
                self._opened, self._hints, self._memory = opened, hints, memory
                self._detail.show(self._write_detail, keep_place=True)
                self._stage.send()

    async def all_hints(self, case: Case, index: int) -> Hints:
        """All hints for a failure of the mail on screen, those too that its finished page will tell."""
        opened = self._opened if self._case is case else None
        return await self._hinted(case, index, opened or await self._opener.opened(case.message))

    async def _hinted(self, case: Case, index: int, opened: OpenedMessage) -> Hints:
        # In a thread: a long list of others takes its time.
        listed, own = self._listed, self._checking.own.domains

        def find() -> Hints:
            # What finds them takes its time to load: the first page must not wait for it.
            from bounce_tui.hints.hinting import hint

            return hint(case, index, opened.returned, listed.addresses(), own=own)

        return await asyncio.to_thread(find)

    async def remembered(self, case: Case, indexes: Sequence[int]) -> Sequence[Sequence[str]]:
        """What is known from before of each of these failures of the mail under the cursor, a line each."""
        row = self._shown.queue.focused
        if row is None or row.message != case.message:
            return [() for _ in indexes]
        return await self._notebook.remembered(row, case, indexes)

    def checks_changed(self, *, from_top: bool = False) -> None:
        """Show what a run has brought, or other inputs; `from_top` where a verdict is waited for."""
        if self._stage.stands:
            self._checks.show(self._write_checks, keep_place=not from_top)
            self._stage.send()

    def _write_detail(self, width: int) -> list[Line]:
        if self._case is None:
            return []
        return detail(self._case, self._index, self._opened, width, self._hints, self._memory)

    def _write_checks(self, width: int) -> list[Line]:
        if self._case is None:
            return []
        return panel(self.casework, self._checking.door.address, width, self._stage.keys)


def _waiting(width: int) -> list[Line]:
    return [(Span("…", "label"),)]
