"""The marked mails written to a file, or piped to a command."""

from collections.abc import Sequence

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.export import ExportError, form_of, free_name
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.row import Row
from bounce_tui.ui.dialogue import Proposals, Question
from bounce_tui.ui.exporting import Exporter, Remembering, proposals
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.parts.marking import Marking


class ExportAndPipe:
    """Asks where to, and hands the mails that `marking` aims at to it, with what is `remembered` of them."""

    def __init__(
        self,
        screen: HostScreen,
        marking: Marking,
        opener: Opener,
        exporter: Exporter,
        remembered: Remembering,
    ) -> None:
        self._screen = screen
        self._marking = marking
        self._opener = opener
        self._exporter = exporter
        self._remembered = remembered
        self._piped_to: list[str] = []

    def action_export(self) -> None:
        """Ask for a file name; its ending says what to write of the marked mails, or of this one."""
        rows = self._marking.targets()
        if not rows:
            return
        self._ask_for_name(rows, free_name(proposals("")[0]))

    def _ask_for_name(self, rows: Sequence[Row], offered: str, refusal: str = "") -> None:
        """Offer a name; where it has met with a `refusal`, say that until another is typed."""
        chosen, dialogue = counted(len(rows), "mail"), self._screen.dialogue

        def say(path: str) -> str:
            if refusal and path == offered:
                return f"export {chosen}: {path}_  not exported: {refusal}"
            try:
                meaning = form_of(path).sentence
            except ExportError as error:
                meaning = str(error)
            return f"export {chosen}: {path}_  {meaning}; tab: the next form"

        async def answer(path: str) -> None:
            dialogue.tell(f"exporting {chosen} ...")
            self._screen.send()
            try:
                dialogue.tell(await self._exporter.to_file(path, rows, self._remembered))
            except ExportError as error:
                # Nobody types a long path twice for one wrong letter.
                self._ask_for_name(rows, path, str(error))

        async def endings(path: str) -> Proposals:
            first, *others = proposals(path)
            return Proposals(first, [*others, first])

        dialogue.ask(Question(LineEdit(offered), say, answer, endings))

    def action_pipe(self) -> None:
        """Ask for a command, and run it for each of the marked mails, or for this one."""
        rows = self._marking.targets()
        if not rows:
            return
        chosen = "this mail" if len(rows) == 1 else f"each of {len(rows):,} mails"
        dialogue = self._screen.dialogue

        async def answer(command: str) -> None:
            if not command.strip():
                dialogue.tell("no command was given, nothing was run")
                return
            from bounce_tui.ui.external_programs import pipe

            self._piped_to = list(dict.fromkeys((command, *self._piped_to)))
            messages = [row.message for row in rows]
            dialogue.tell(await pipe(self._screen.app, self._opener, messages, command))

        def say(text: str) -> str:
            return f"pipe {chosen} to: {text}_" + ("  tab: earlier commands" if self._piped_to else "")

        async def before(text: str) -> Proposals:
            first, *others = self._piped_to or [text]
            return Proposals(first, [*others, first])

        dialogue.ask(Question(LineEdit(), say, answer, before))
