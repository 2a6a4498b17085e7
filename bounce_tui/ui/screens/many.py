"""Marks, states and notes, and what works on many mails at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bounce_tui.triage.causes import Cause, Group
from bounce_tui.triage.export import ExportError, form_of, free_name
from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.open import Opener
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.standing import Standing, State, judged_as
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.bulk import Bulk
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.preferences import Preferences
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.screens.listing import ListScreen
from bounce_tui.ui.screens.reading import Question
from bounce_tui.ui.taking_out import proposals


class ManyScreen(ListScreen, inherit_bindings=False):
    """A command for many works on the marked mails, or, without marks, on the one under the cursor.  Every
    change of marks, states and notes can be undone, the last one first."""

    BINDINGS = bindings("reading", "list", "bounce", "checks")

    def __init__(
        self, checking: Checking, opener: Opener, notebook: Notebook, preferences: Preferences
    ) -> None:
        super().__init__(checking, opener, preferences)
        self.notebook = notebook
        self.marks = Marks()
        self.bulk = Bulk(checking, opener, notebook)
        self._past: list[Callable[[], Awaitable[None]]] = []
        self._piped_to: list[str] = []

    def standing(self, word: str, row: Row) -> bool:
        """What the user has made of `row`, for the filter."""
        if word == "marked":
            return row in self.marks
        standing = self.notebook.standings.get(row.identity)
        if word in ("todo", "working", "done", "ignored"):
            return (standing.state if standing else "todo") == word
        if word == "noted":
            return standing is not None and standing.note != ""
        return judged_as(word, self.notebook.verdicts.get(row.identity))

    def causes_screen(self, groups: Sequence[Group], start: Cause | None) -> CausesScreen:
        """The page of `groups`, whose checks are a run of ours."""

        def check(rows: Sequence[Row]) -> bool:
            return self.bulk.start(rows, changed)

        def changed() -> None:
            self._bulk_changed()
            screen.checked()

        screen = CausesScreen(groups, self.notebook.verdicts, self.bulk, check, self.reading, start)
        return screen

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

    def _targets(self) -> list[Row]:
        """What the command works on; where that is nothing, says why."""
        rows = targets(self.queue, self.marks)
        if not rows:
            hidden = f"{len(self.marks)} marked, none of them shown: {self.keys.key('unmark')} unmarks them"
            self.tell(hidden if self.marks else "there is no mail here")
            self.send()
        return rows

    async def action_stand(self, state: State) -> None:
        """Give the marked mails, or this one, another state."""
        rows = self._targets()
        if not rows:
            return
        self._remember(await self.notebook.change(rows, state=state))
        mails = f"{len(rows):,} mail{'' if len(rows) == 1 else 's'}"
        if not self.marks:
            self.bounces.move(1)
        self.bounces.refresh()
        trouble = self.notebook.take_trouble()
        self.tell(trouble or f"{mails}: {state}; {self.keys.key('undo')} takes it back")
        self.moved()

    def action_note(self) -> None:
        """Ask for a note on the marked mails, or on this one."""
        rows = self._targets()
        if not rows:
            return
        standing = self.notebook.standings.get(rows[0].identity)

        async def answer(text: str) -> None:
            self._remember(await self.notebook.change(rows, note=text.strip()))
            self.bounces.refresh()
            trouble = self.notebook.take_trouble()
            self.tell(trouble or f"noted on {len(rows):,} mail{'' if len(rows) == 1 else 's'}")

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
        chosen = self._targets()
        if not chosen:
            return
        rows = [row for row in chosen if row.kind in ("failed", "delayed")]
        if not rows:
            self.tell("no failure is marked: there is nothing to check")
        elif self.bulk.start(rows, self._bulk_changed):
            self.tell(self.bulk.words(self.keys.key("back")))
        else:
            self.tell(f"checks of many are running; {self.keys.key('back')} stops them")
        self.send()

    def action_export(self) -> None:
        """Ask for a file name; its ending says what to write of the marked mails, or of this one."""
        rows = self._targets()
        if not rows:
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
                self.tell(await self._out.to_file(path, rows, self.notebook.remembered))
            except ExportError as error:
                self.tell(f"not exported: {error}")

        self.ask(Question(LineEdit(free_name(proposals("")[0])), say, answer, proposals))

    def action_pipe(self) -> None:
        """Ask for a command, and run it for each of the marked mails, or for this one."""
        rows = self._targets()
        if not rows:
            return
        mails = "this mail" if len(rows) == 1 else f"each of {len(rows):,} mails"

        async def answer(command: str) -> None:
            if not command.strip():
                self.tell("no command was given, nothing was run")
                return
            from bounce_tui.ui.outside import pipe

            self._piped_to = list(dict.fromkeys((command, *self._piped_to)))
            self.tell(await pipe(self.app, self._opener, [row.message for row in rows], command))

        def say(text: str) -> str:
            return f"pipe {mails} to: {text}_" + ("  tab: commands before" if self._piped_to else "")

        self.ask(Question(LineEdit(), say, answer, lambda text: self._piped_to))

    def _bulk_changed(self) -> None:
        if self.stands:
            self.bounces.refresh()
            self.tell(self.bulk.words(self.keys.key("back")))
            self.checks_changed()
