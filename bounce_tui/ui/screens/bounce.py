"""The open bounce beside its checks."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from textual import work as in_background

from bounce_tui.hints.found import NONE, Hints
from bounce_tui.model import Case, Inputs, Message, OpenedMessage
from bounce_tui.reporting.entry import handed_over
from bounce_tui.reporting.for_user import WIDTH, text_for_user
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.listed import Listed
from bounce_tui.triage.open import Opener
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.dialogue import Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.screens.copying import Copyable, CopyingScreen
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.taking_out import TakingOut, copy
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line, Span
from bounce_tui.ui.text.source_text import LIMIT_BYTES, made_visible
from bounce_tui.ui.text.written_text import written
from bounce_tui.ui.widgets.page_pane import PagePane

SETTLED_S = 0.06


class BounceScreen(ReadingScreen, inherit_bindings=False):
    """Shows one message in the panes `detail` and `checks`, and works on it.

    Messages that were read lately are at hand, so that they are shown in the frame of the key; the
    costly part (mail-parser) waits until the keys rest.  Subclasses compose the panes and say in
    `wanted` which message it is.
    """

    BINDINGS = bindings("reading", "bounce", "checks")

    def __init__(self, checking: Checking, opener: Opener) -> None:
        super().__init__()
        self._checking = checking
        self._opener = opener
        self._case: Case | None = None
        self._index = 0
        self._memory: Sequence[str] = ()
        self._out = TakingOut(opener, checking)
        self._opened: OpenedMessage | None = None
        self._hints: Hints = NONE

    def wanted(self) -> Message | None:
        """The message that should be on screen."""
        raise NotImplementedError

    def meant(self, case: Case, start: int | None = None) -> int:
        """The number of the failure that should be on screen; `start` is the one that is."""
        return case.bounce.leading if start is None else start

    @property
    def listed(self) -> Listed | None:
        """The recipients of the other bounces, where there are others."""
        return None

    @property
    def detail(self) -> PagePane:
        """The pane that shows the open bounce."""
        return self.query_one("#detail", PagePane)

    @property
    def checks(self) -> PagePane:
        """The pane that shows the checks and their verdict."""
        return self.query_one("#checks", PagePane)

    @property
    def casework(self) -> Casework | None:
        """The casework of the failure shown."""
        return self._checking.work(self._case, self._index) if self._case else None

    async def caught_up(self) -> None:
        """Make sure that the mail shown is the one under the cursor: a command must not hit the last one."""
        message = self.wanted()
        if message is not None and not self.shows(message):
            case = await self._read(message)
            if self.stands and self.wanted() == message:
                self._show(case)
                self.send()

    async def _read(self, message: Message) -> Case:
        """The case of `message`; where it takes its time, the page of another mail makes way meanwhile."""
        reading = asyncio.create_task(self._opener.case(message))
        try:
            done, _ = await asyncio.wait([reading], timeout=SETTLED_S)
            if not done and self.stands and self.wanted() == message:
                self.make_way()
                self.send()
            return await reading
        finally:
            reading.cancel()

    def make_way(self) -> None:
        """No diagnosis stands beside the cursor rather than that of another mail."""
        self._case = None
        self.detail.rename("Detail")
        self.checks.rename("Checks")
        self.detail.show(_waiting)
        self.checks.show(_waiting)

    def shows(self, message: Message) -> bool:
        """Whether `message` is the one on screen."""
        return self._case is not None and self._case.message == message

    @in_background(group="open", exclusive=True)
    async def settle(self, neighbours: Sequence[Message], *, held: bool = False, rests: bool = False) -> None:
        """Show the wanted mail, have its `neighbours` at hand, and finish the page when the keys rest, which
        they do where it `rests`; for a key that is `held` down nothing is shown before."""
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
            hints = await self._hinted(case, opened)
            shown = [self._index] if case.bounce.failures else []
            memory = next(iter(await self.remembered(case, shown)), ())
            if self.stands and self._case is case:
                self._opened, self._hints, self._memory = opened, hints, memory
                self.detail.show(self._write_detail, keep_place=True)
                self.send()

    async def remembered(self, case: Case, indexes: Sequence[int]) -> Sequence[Sequence[str]]:
        """What is known from before of each of these failures, a line each."""
        return [() for _ in indexes]

    async def _hinted(self, case: Case, opened: OpenedMessage) -> Hints:
        """All hints for the failure shown, found in a thread: a long list of others takes its time."""
        index, listed, own = self._index, self.listed, self._checking.own.domains

        def find() -> Hints:
            # What finds them takes its time to load: the first page must not wait for it.
            from bounce_tui.hints.hinting import hint

            return hint(case, index, opened.returned, listed.addresses() if listed else None, own=own)

        return await asyncio.to_thread(find)

    def _show(self, case: Case) -> None:
        self._case, self._index, self._opened = case, self.meant(case), None
        is_leading = self._index == case.bounce.leading
        self._hints = self._opener.first_hints(case.message) if is_leading else NONE
        self._memory = ()
        self._show_failure()

    def _show_failure(self) -> None:
        total = len(self._case.bounce.failures) if self._case else 0
        of = f", recipient {self._index + 1:,} of {total:,}" if total > 1 else ""
        self.detail.rename(f"Detail{of}")
        self.checks.rename(f"Checks{of}")
        self.detail.show(self._write_detail)
        self.checks.show(self._write_checks)

    def _write_detail(self, width: int) -> list[Line]:
        if self._case is None:
            return []
        return detail(self._case, self._index, self._opened, width, self._hints, self._memory)

    def _write_checks(self, width: int) -> list[Line]:
        return panel(self.casework, self._checking.door.address, width, self.keys) if self._case else []

    def checks_changed(self, *, from_top: bool = False) -> None:
        """Show what a run has brought, or other inputs; `from_top` where a verdict is waited for."""
        if self.stands:
            self.checks.show(self._write_checks, keep_place=not from_top)
            self.send()

    def ran(self, work: Casework) -> None:
        """A run of `work` has brought something, or its end."""
        self.checks_changed()

    # Actions

    async def action_recipient(self, step: int) -> None:
        """To another failure of the same mail."""
        await self.caught_up()
        total = len(self._case.bounce.failures) if self._case else 0
        if total < 2:
            self.lacks("this mail has one recipient" if total else "this mail has no failed recipient")
        else:
            self._turn_to((self._index + step) % total)
        self.send()

    def _turn_to(self, index: int) -> None:
        self._index = index
        self._hints, self._memory = NONE, ()
        self._show_failure()
        self.settle(())

    def turn_to_meant(self) -> None:
        """Show the failure of the open mail that is meant now, where that is another one."""
        if self._case is not None and self._case.message == self.wanted():
            index = self.meant(self._case, self._index)
            if index != self._index:
                self._turn_to(index)

    async def action_source(self) -> None:
        """The mail as it is."""
        await self.caught_up()
        if self._case is None:
            self.lacks("no mail to show")
            return
        from bounce_tui.ui.screens.source import SourceScreen

        message = self._case.message
        raw, whole = await self._opener.source(message, LIMIT_BYTES)
        lines = await asyncio.to_thread(made_visible, raw)
        await self.app.push_screen(SourceScreen(message, self._opener, lines, whole=whole))

    async def action_explain(self) -> None:
        """The rule that matched, with what else the diagnosis rests on, in the reference."""
        await self.caught_up()
        case, index = self._case, self._index
        if case is None or index >= len(case.diagnoses):
            self.lacks(f"nothing failed here: no rule matched; {self.keys.key('reference')} looks others up")
            return
        from bounce_tui.ui.screens.reference import ReferenceScreen

        failure, diagnosis = case.bounce.failures[index], case.diagnoses[index]
        await self.app.push_screen(ReferenceScreen(lambda found: found.about(failure, diagnosis)))

    async def action_testmail(self) -> None:
        """A plain test mail to the failed address, and how to send it."""
        from bounce_tui.reporting.testmail_text import recipe

        await self.caught_up()
        if self._case is None or not self._case.bounce.failures:
            self.lacks("no failed address here to send a test mail to")
            return
        case, index, hints = self._case, self._index, self._hints
        test = recipe(case, index, hints)
        texts = [Copyable(name, text) for name, text in test.copyable]
        page = CopyingScreen("Plain test mail", lambda width: written(test.lines(width), width), texts)
        await self.app.push_screen(page)

    async def action_for_user(self) -> None:
        """The text for whoever sent the mail."""
        await self.caught_up()
        case, index = self._case, self._index
        if case is None or index >= len(case.diagnoses):
            self.lacks("nothing failed here: there is nothing to tell a user")
            return
        hints = self._hints
        if self._opened is None:
            hints = await self._hinted(case, await self._opener.opened(case.message))
        told = self._telling(case, index, hints)

        def write(width: int) -> list[Line]:
            # Not the copy's lines wrapped once more: every second one would be a few words.
            return written(told(min(width, WIDTH)).split("\n"), width)

        texts = [Copyable("the text for the user", told(WIDTH))]
        await self.app.push_screen(CopyingScreen("For the user", write, texts))

    def _telling(self, case: Case, index: int, hints: Hints) -> Callable[[int], str]:
        """The text for whoever sent the mail, in lines of a width."""
        verdict = self._checking.verdict(case, index)
        failure, diagnosis = case.bounce.failures[index], case.diagnoses[index]
        return lambda width: text_for_user(case.bounce, failure, diagnosis, hints, verdict, width=width)

    async def action_copy(self) -> None:
        """Ask what to copy: one letter."""
        await self.caught_up()
        if self._case is None or self._index >= len(self._case.diagnoses):
            self.lacks("nothing failed here: there is nothing to copy")
            return
        words = "copy: r reply  a address  u text for the user  h hand-over"
        self.dialogue.ask(Question(LineEdit(), lambda text: words, self._copy, instant=True))

    async def _copy(self, letter: str) -> None:
        case, index = self._case, self._index
        if case is None or index >= len(case.diagnoses):
            return
        failure = case.bounce.failures[index]
        match letter:
            case "r":
                what, text = "the reply", visible(failure.exact)
            case "a":
                what, text = "the address", visible(failure.recipient or "")
            case "u":
                hints = await self._hinted(case, await self._opener.opened(case.message))
                what = "the text for the user"
                text = self._telling(case, index, hints)(WIDTH)
            case "h":
                remembered = await self.remembered(case, handed_over(case))
                what, text = "the hand-over", self._out.handover(case, remembered)
            case _:
                self.dialogue.tell("nothing was copied")
                return
        self.dialogue.tell(await copy(self.app, what, text) if text else f"the report does not tell {what}")

    async def action_check(self) -> None:
        """Run what is planned; before this nothing has been sent."""
        await self.caught_up()
        work, started = self.casework, False
        if work is None:
            self.lacks("nothing failed here: there is nothing to check")
        elif not work.checks:
            self.dialogue.tell("no check could settle this cause: nothing was sent")
            self.ran(work)
        elif started := self._checking.start(work, partial(self.ran, work)):
            self.dialogue.tell()
        else:
            self.dialogue.tell(f"the checks are running; {self.keys.key('back')} stops them")
        if work:
            self._turn_to_checks()
        self.checks_changed(from_top=started)

    async def action_probe(self) -> None:
        """Plan the question to the mail host itself, or drop it; `check` is what sends."""
        await self.caught_up()
        work = self.casework
        if work is None:
            self.lacks("nothing failed here: there is nobody to ask")
        elif not self._checking.probes:
            self.dialogue.tell("the demo asks no mail host: its answers all come from this machine")
        elif not work.plan_probe():
            self.dialogue.tell(f"the checks are running; {self.keys.key('back')} stops them")
        else:
            ask, drop = self.keys.key("check"), self.keys.key("probe")
            planned = f"{ask} will ask the mail host itself, too; {drop} takes that back"
            self.dialogue.tell(planned if work.probes else "the mail host will not be asked")
            self._turn_to_checks()
            self._checking.keep(work)
        self.checks_changed(from_top=True)

    def _turn_to_checks(self) -> None:
        """Show the checks where there is room for one pane only."""
        self.add_class("-on-checks")
        if self.active is self.detail and (self.has_class("-narrow") or self.has_class("-full")):
            self.set_focus(self.checks)

    async def action_inputs(self) -> None:
        """Edit what the checks start from."""
        await self.caught_up()
        work = self.casework
        if work is None or self._case is None:
            self.lacks("nothing failed here: there are no inputs")
            return
        from bounce_tui.ui.screens.inputs import InputsScreen

        def use(inputs: Inputs | None) -> None:
            if inputs is not None:
                self._checking.replace_inputs(work, inputs)
                self.checks_changed(from_top=True)

        await self.app.push_screen(InputsScreen(work.inputs, self._case.bounce, self._checking.own), use)


def _waiting(width: int) -> list[Line]:
    return [(Span("…", "label"),)]
