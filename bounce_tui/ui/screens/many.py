"""Marks, states and notes, and what works on many mails at once."""

from collections.abc import Mapping, Sequence

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.causes import Cause, Group, OfCause
from bounce_tui.triage.export import ExportError, form_of, free_name
from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.memory import STATES
from bounce_tui.triage.open import Opener
from bounce_tui.triage.row import Fate, Row
from bounce_tui.triage.store.standing import Change, State
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.bulk import Bulk
from bounce_tui.ui.checking import Checking
from bounce_tui.ui.dialogue import Proposals, Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.notebook import Notebook
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.screens.listing import ListScreen
from bounce_tui.ui.taking_out import proposals


class ManyScreen(ListScreen, inherit_bindings=False):
    """A command for many works on the marked mails, or, without marks, on the one under the cursor.  Every
    change of marks, states, notes and the filter can be undone, the last one first."""

    BINDINGS = bindings("reading", "list", "bounce", "checks")

    def __init__(
        self, checking: Checking, opener: Opener, notebook: Notebook, preferences: AppPreferences
    ) -> None:
        super().__init__(checking, opener, preferences)
        self.notebook = notebook
        self.marks = Marks()
        self.bulk = Bulk(checking, opener, notebook)
        self._piped_to: list[str] = []

    def standing(self, word: str, row: Row, fate: Fate) -> bool:
        """What the user has made of `row`, and what checks came to for `fate`, for the filter."""
        return row in self.marks if word == "marked" else self.notebook.stands(word, row, fate)

    def causes_screen(self, groups: Sequence[Group], start: Cause | None) -> CausesScreen:
        """The page of `groups`, whose checks are a run of ours."""

        def check(of: Group) -> bool:
            suits = OfCause(of.cause, self.listed_by).suits
            return self.bulk.start(of.rows, changed, lambda row: suits)

        def changed() -> None:
            self._bulk_changed()
            screen.checked()

        screen = CausesScreen(groups, self.notebook.verdicts, self.bulk, check, self.reading, start)
        return screen

    def action_mark(self) -> None:
        """This one, and on."""
        row = self.queue.focused
        if row is None:
            self.lacks()
        else:
            word = "unmarked" if row in self.marks else "marked"
            changed = self.marks.toggle([row])
            self.bounces.move(1)
            self._remarked(changed, f"1 mail {word}")
            self.moved()

    def action_mark_shown(self) -> None:
        """All that the list shows."""
        if self.lacks():
            return
        self._remarked(self.marks.add(self.queue), f"{counted(len(self.queue), 'mail')} marked")

    def action_mark_range(self) -> None:
        """From the one marked last to this one, as the list shows them."""
        here, first = self.queue.focus, self.marks.last
        there = next((place for place, row in enumerate(self.queue) if row.key == first), None)
        if self.lacks():
            return
        if here is None or there is None:
            mark = self.keys.key("mark")
            self.dialogue.tell(
                f"{mark} marks where the range begins, {self.keys.key('mark-range')} marks up to here"
            )
            self.send()
            return
        rows = self.queue[min(here, there) : max(here, there) + 1]
        self._remarked(self.marks.add(rows), f"a range of {counted(len(rows), 'mail')} marked")

    def action_invert(self) -> None:
        """Those shown, the other way round."""
        if self.lacks():
            return
        self._remarked(self.marks.toggle(self.queue), "marks turned round")

    def action_unmark(self) -> None:
        """Take the marks off all mail."""
        words = f"{counted(len(self.marks), 'mail')} unmarked"
        if not self.marks:
            self.dialogue.tell("no mail is marked")
        self._remarked(self.marks.clear(), words)

    async def action_undo(self) -> None:
        """The last change of marks, states, notes or the filter."""
        last = self.past.take()
        if last is None:
            self.dialogue.tell("there is nothing left to undo")
        else:
            words, back = last
            self.dialogue.tell(await back() or f"taken back: {words}")
        self.bounces.refresh()
        self.send()

    async def _unmark_last(self) -> None:
        self.marks.undo()

    def _targets(self) -> list[Row]:
        """What the command works on; where that is nothing, says why."""
        rows = targets(self.queue, self.marks)
        if not rows:
            hidden = f"{len(self.marks)} marked, none of them shown: {self.keys.key('unmark')} unmarks them"
            self.dialogue.tell(hidden if self.marks else self.lack)
            self.send()
        return rows

    async def action_stand(self, state: State) -> None:
        """Give the marked mails, or this one, another state."""
        rows = self._targets()
        if not rows:
            return
        words = f"{counted(len(rows), 'mail')} {'reopened' if state == 'todo' else f'set to {STATES[state]}'}"
        changes, trouble = await self.notebook.change(rows, state=state)
        if not self.marks:
            self.bounces.move(1)
        self.bounces.refresh()
        self._remember(words, changes, trouble)
        self.moved()

    def action_note(self) -> None:
        """Ask for a note on the marked mails, or on this one."""
        rows = self._targets()
        if not rows:
            return
        standing = self.notebook.standings.get(rows[0].identity)

        async def answer(text: str) -> None:
            words = f"note on {counted(len(rows), 'mail')}"
            self._remember(words, *await self.notebook.change(rows, note=text.strip()))
            self.bounces.refresh()

        note = standing.note if standing and len(rows) == 1 else ""
        self.dialogue.ask(Question(LineEdit(note), lambda text: f"note: {text}_", answer))

    def _remember(self, words: str, changes: Mapping[bytes, Change], trouble: str | None) -> None:
        self.past.add(words, lambda: self.notebook.restore(changes))
        self.dialogue.tell(trouble or f"{words}; {self.keys.key('undo')} takes it back")

    def _remarked(self, changed: bool, words: str) -> None:
        if changed:
            self.past.add(words, self._unmark_last)
        self.bounces.refresh()
        self.send()

    def action_check_marked(self) -> None:
        """The checks of all marked mails, or of this one; who sees the queries stands in its plan."""
        chosen = self._targets()
        if not chosen:
            return
        rows = [row for row in chosen if row.kind in ("failed", "delayed")]
        if not rows:
            self.dialogue.tell("no failure is marked: there is nothing to check")
        elif self.bulk.start(rows, self._bulk_changed, self.suits):
            self.dialogue.report(self.bulk.words(self.keys.key("back")))
        else:
            self.dialogue.tell(f"checks of many are running; {self.keys.key('back')} stops them")
        self.send()

    def action_export(self) -> None:
        """Ask for a file name; its ending says what to write of the marked mails, or of this one."""
        rows = self._targets()
        if not rows:
            return
        chosen = counted(len(rows), "mail")

        def say(path: str) -> str:
            try:
                meaning = form_of(path).sentence
            except ExportError as error:
                meaning = str(error)
            return f"export {chosen}: {path}_  {meaning}; tab changes"

        async def answer(path: str) -> None:
            self.dialogue.tell(f"exporting {chosen} ...")
            self.send()
            try:
                self.dialogue.tell(await self._out.to_file(path, rows, self.notebook.remembered))
            except ExportError as error:
                self.dialogue.tell(f"not exported: {error}")

        async def endings(path: str) -> Proposals:
            first, *others = proposals(path)
            return Proposals(first, [*others, first])

        self.dialogue.ask(Question(LineEdit(free_name(proposals("")[0])), say, answer, endings))

    def action_pipe(self) -> None:
        """Ask for a command, and run it for each of the marked mails, or for this one."""
        rows = self._targets()
        if not rows:
            return
        chosen = "this mail" if len(rows) == 1 else f"each of {len(rows):,} mails"

        async def answer(command: str) -> None:
            if not command.strip():
                self.dialogue.tell("no command was given, nothing was run")
                return
            from bounce_tui.ui.outside import pipe

            self._piped_to = list(dict.fromkeys((command, *self._piped_to)))
            self.dialogue.tell(await pipe(self.app, self._opener, [row.message for row in rows], command))

        def say(text: str) -> str:
            return f"pipe {chosen} to: {text}_" + ("  tab: commands before" if self._piped_to else "")

        async def before(text: str) -> Proposals:
            first, *others = self._piped_to or [text]
            return Proposals(first, [*others, first])

        self.dialogue.ask(Question(LineEdit(), say, answer, before))

    def _bulk_changed(self) -> None:
        if self.stands:
            self.bounces.refresh()
            self.dialogue.report(self.bulk.words(self.keys.key("back")))
            self.checks_changed()
