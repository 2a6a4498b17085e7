"""What can be made of the open bounce: its source, its rule, texts to copy."""

import asyncio
from collections.abc import Callable

from bounce_tui.hints.failure_hints import Hints
from bounce_tui.model import Case
from bounce_tui.reporting.entry import handed_over
from bounce_tui.reporting.for_user import WIDTH, text_for_user
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.clipboard import copy
from bounce_tui.ui.dialogue import Question
from bounce_tui.ui.exporting import Exporter
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.parts.bounce_view import BounceView
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.open_bounce import OpenBounce
from bounce_tui.ui.screens.copying import Copyable, CopyingScreen
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.source_text import LIMIT_BYTES, made_visible
from bounce_tui.ui.text.written_text import written


class BouncePages:
    """The pages about the failure in `view` that lie over the screen, and what of it is copied."""

    def __init__(
        self,
        screen: HostScreen,
        bounce: OpenBounce,
        view: BounceView,
        opener: Opener,
        checking: BackgroundChecks,
        exporter: Exporter,
    ) -> None:
        self._screen = screen
        self._view = view
        self._bounce = bounce
        self._opener = opener
        self._checking = checking
        self._exporter = exporter

    async def _failed(self, lack: str) -> tuple[Case, int] | None:
        """The mail under the cursor and the number of its failure; where nothing failed, `lack` is said."""
        await self._bounce.caught_up()
        if self._view.failed is None:
            self._screen.lacks(lack)
        return self._view.failed

    async def action_source(self) -> None:
        """Show the source of the mail."""
        await self._bounce.caught_up()
        if self._view.case is None:
            self._screen.lacks("no mail to show")
            return
        from bounce_tui.ui.screens.source import SourceScreen

        message = self._view.case.message
        raw, whole = await self._opener.source(message, LIMIT_BYTES)
        lines = await asyncio.to_thread(made_visible, raw)
        await self._screen.app.push_screen(SourceScreen(message, self._opener, lines, whole=whole))

    async def action_explain(self) -> None:
        """Show in the reference the rule that matched, with what else the diagnosis rests on."""
        reference = self._screen.keys.key("reference")
        failed = await self._failed(f"nothing failed here: no rule matched; {reference} looks others up")
        if failed is None:
            return
        from bounce_tui.ui.screens.reference import ReferenceScreen

        case, index = failed
        failure, diagnosis = case.bounce.failures[index], case.diagnoses[index]
        await self._screen.app.push_screen(ReferenceScreen(lambda found: found.about(failure, diagnosis)))

    async def action_testmail(self) -> None:
        """Show a plain test mail to the failed address, and how to send it."""
        from bounce_tui.reporting.testmail_text import recipe

        failed = await self._failed("no failed address here to send a test mail to")
        if failed is None:
            return
        test = recipe(*failed, self._view.hints)
        texts = [Copyable(name, text) for name, text in test.copyable]
        page = CopyingScreen("Plain test mail", lambda width: written(test.lines(width), width), texts)
        await self._screen.app.push_screen(page)

    async def action_for_user(self) -> None:
        """The text for whoever sent the mail."""
        failed = await self._failed("nothing failed here: there is nothing to tell a user")
        if failed is None:
            return
        told = self._telling(*failed, await self._bounce.all_hints(*failed))

        def write(width: int) -> list[Line]:
            # Not the copy's lines wrapped once more: every second one would be a few words.
            return written(told(min(width, WIDTH)).split("\n"), width)

        texts = [Copyable("the text for the user", told(WIDTH))]
        await self._screen.app.push_screen(CopyingScreen("For the user", write, texts))

    def _telling(self, case: Case, index: int, hints: Hints) -> Callable[[int], str]:
        """The text for whoever sent the mail, in lines of a width."""
        verdict = self._checking.verdict(case, index)
        return lambda width: text_for_user(case, index, hints, verdict, width=width)

    async def action_copy(self) -> None:
        """Ask what to copy: one letter."""
        if await self._failed("nothing failed here: there is nothing to copy") is None:
            return
        words = "copy: r reply  a address  u text for the user  h hand-over"
        self._screen.dialogue.ask(Question(LineEdit(), lambda text: words, self._copy, instant=True))

    async def _copy(self, letter: str) -> None:
        failed = self._view.failed
        if failed is None:
            return
        case, index = failed
        failure = case.bounce.failures[index]
        match letter:
            case "r":
                what, text = "the reply", visible(failure.exact)
            case "a":
                what, text = "the address", visible(failure.recipient or "")
            case "u":
                hints = await self._bounce.all_hints(case, index)
                what = "the text for the user"
                text = self._telling(case, index, hints)(WIDTH)
            case "h":
                remembered = await self._bounce.remembered(case, handed_over(case))
                what, text = "the hand-over", self._exporter.handover(case, remembered)
            case _:
                self._screen.dialogue.tell("nothing was copied")
                return
        told = await copy(self._screen.app, what, text) if text else f"the report does not tell {what}"
        self._screen.dialogue.tell(told)
