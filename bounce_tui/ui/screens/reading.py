"""What every page with panes can do: move, search, ask for a line, go back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.screen import Screen

from bounce_tui.ui.actions import bindings
from bounce_tui.ui.keymap import Keymap, keymap_of
from bounce_tui.ui.line_edit import LONGEST, LineEdit
from bounce_tui.ui.text.cells import end_of, width_of
from bounce_tui.ui.textual_inside import paint
from bounce_tui.ui.widgets.choice_list import ChoiceList
from bounce_tui.ui.widgets.notice import Notice
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.pane import LinePane

_AROUND = 4
"""Cells of each line of the notice that no typed text takes: its margins, and what wrapping leaves."""


class Proposals(NamedTuple):
    """What tab makes of a line: `line` at once, then each of `lines` in turn; `words` tell what there is to
    choose from."""

    line: str
    lines: Sequence[str] = ()
    words: Sequence[str] = ()


async def no_proposals(text: str) -> Proposals:
    """The line stays as it is."""
    return Proposals(text)


class Question(NamedTuple):
    """A line that is asked for: `say` gives the notice's words for what is typed so far, `answer` takes
    the finished line, `complete` proposes what it could become, `edited` hears of every change.  An `instant`
    one is answered by one letter, without enter."""

    line: LineEdit
    say: Callable[[str], str]
    answer: Callable[[str], Awaitable[None]]
    complete: Callable[[str], Awaitable[Proposals]] = no_proposals
    instant: bool = False
    edited: Callable[[str], None] = lambda text: None


class ReadingScreen(Screen[str], inherit_bindings=False):
    """A screen of panes, one of which has the keys, over a notice with the id `bottom`.

    Subclasses compose the panes and say in `hint` what the notice offers.
    """

    BINDINGS = bindings("reading")
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._last_pane: LinePane | None = None
        self._question: Question | None = None
        self._is_answered = False
        self._waiting = ""
        self._progress = ""
        self._next_lines: list[str] = []
        self._choice = ""

    @property
    def active(self) -> LinePane:
        """The pane that has the keys."""
        if isinstance(self.focused, LinePane):
            self._last_pane = self.focused
        if self._last_pane is None or not self._last_pane.display:
            self._last_pane = self.query(LinePane).first()
        return self._last_pane

    @property
    def stands(self) -> bool:
        """False while the screen is taken down: work that ends late must let it be."""
        return self.is_mounted and bool(self.query("#bottom"))

    @property
    def keys(self) -> Keymap:
        """The keys in force."""
        return keymap_of(self.app)

    @property
    def notice(self) -> Notice:
        """What speaks to the user, at the bottom."""
        return self.query_one("#bottom", Notice)

    def hint(self) -> str:
        """The keys that the notice offers when there is nothing to tell."""
        raise NotImplementedError

    def tell(self, words: str = "") -> None:
        """Say something until the next key; without words, what had to wait, or else the keys on offer."""
        if self._question is not None:
            # Nobody types blind: a line that is asked for keeps its place, whatever happens meanwhile.
            self._waiting = words or self._waiting
            return
        if not words:
            words, self._waiting = self._waiting, ""
        self._is_answered = bool(words)
        if words:
            self.notice.tell(words)
        elif self._progress:
            self.notice.tell(self._progress)
            self._progress = ""
        else:
            self.notice.offer(self.hint())

    def report(self, words: str) -> None:
        """Say how far something is that goes on by itself.  What is being asked for or was told comes first:
        this waits for the next key."""
        if self._question is not None or self._is_answered:
            self._progress = words
        else:
            self.notice.tell(words)

    @property
    def lack(self) -> str:
        """Why there is nothing to work on, "" where there is something."""
        return ""

    def lacks(self, words: str = "") -> bool:
        """Say why there is nothing to work on, else `words`; False where there is neither."""
        words = self.lack or words
        if words:
            self.tell(words)
            self.send()
        return bool(words)

    def offer_anew(self) -> None:
        """Other keys are on offer now: say so, unless something was told."""
        if not self._is_answered:
            self.tell()

    def send(self) -> None:
        """Paint what changed on this screen in one frame."""
        paint(self, *self.query("LinePane, Bar"))

    def moved(self) -> None:
        """The active pane has moved; subclasses add what follows from it."""
        self.send()

    def action_move(self, delta: int) -> None:
        """One line or row."""
        self._go(lambda: self.active.move(delta))

    def action_page(self, halves: int) -> None:
        """Scroll the active pane by half pages."""
        self._go(lambda: self.active.page(halves))

    def action_go_to_start(self) -> None:
        """To the first line or row."""
        self._go(self.active.go_to_start)

    def action_go_to_end(self) -> None:
        """To the last line or row."""
        self._go(self.active.go_to_end)

    def _go(self, step: Callable[[], None]) -> None:
        if self.active.count() or not self.lacks():
            step()
            self.moved()

    def action_back(self) -> None:
        """Close this screen and go back to the one below."""
        self.dismiss()

    def action_search(self) -> None:
        """Ask for the words to search the active pane for."""
        if not self.active.count() and self.lacks():
            return
        where = self.active.title.lower()
        self.ask(Question(LineEdit(), lambda text: f"search {where}: {text}_", self._search))

    async def _search(self, words: str) -> None:
        self._words = words or self._words
        await self.find(1, fresh=True)

    def ask(self, question: Question) -> None:
        """Ask for a line; until it is finished or left, every key belongs to it."""
        self._question = question
        self._forget_proposals()
        self._show_question()

    async def typed(self, key: str, character: str | None) -> bool:
        """Offer a key to the question; False when there is none, or when the key is a command after all.

        What was told is over with the next key, whatever that does.
        """
        question = self._question
        if question is None:
            if self.stands:
                self.tell()
            return False
        if key == "tab":
            await self._propose(question)
            return True
        outcome = question.line.take(key, character)
        if outcome == "not mine":
            return False
        if outcome == "edited" and question.instant:
            outcome = "done"
        self._forget_proposals()
        if outcome == "edited":
            question.edited(question.line.text)
        if outcome in ("done", "left"):
            self._question, self._is_answered = None, False
            self.notice.offer(self.hint())
            if outcome == "done":
                await question.answer(question.line.text)
            if not self._is_answered:
                self.tell()
            self.send()
        else:
            self._show_question()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted into the line; anywhere else it is no command."""
        if self._question is not None:
            self._forget_proposals()
            self._question.line.paste(event.text)
            self._question.edited(self._question.line.text)
            self._show_question()

    async def _propose(self, question: Question) -> None:
        """Tab: what is certain of the line, and on the next ones each that it could become."""
        if self._next_lines:
            question.line.text = self._next_lines[0]
            self._next_lines = [*self._next_lines[1:], self._next_lines[0]]
        else:
            found = await question.complete(question.line.text)
            question.line.text, self._next_lines = found.line[:LONGEST], list(found.lines)
            self._choice = "  ".join(found.words)
        question.edited(question.line.text)
        self._show_question()

    def _forget_proposals(self) -> None:
        self._next_lines, self._choice = [], ""

    def _show_question(self) -> None:
        if self._question is not None:
            text = self._question.line.text
            before, cursor, after = self._question.say(text).partition(f"{text}_")
            after = f"  {self._choice}" if self._choice else after
            if cursor:
                # Of what is longer than the notice can grow the end is shown, where one types.
                lines = self.notice.most_lines
                room = lines * (self.size.width - _AROUND) - width_of(before) - width_of(after) - 1
                cursor = f"{end_of(text, room)}_"
            self.notice.tell(before + cursor + after)
            self.send()

    def forget_search(self) -> None:
        """Nothing is searched for any more."""
        self._words = ""
        for pane in self.query(PagePane):
            pane.mark_found(None)

    async def action_next_hit(self, step: int) -> None:
        """To the next or previous hit."""
        await self.find(step, fresh=False)

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the active pane; a fresh search may find the line that it stands on."""
        pane = self.active
        if not pane.count() and self.lacks():
            return
        if not self._words:
            self.tell(f"nothing to search for yet: {self.keys.key('search')} asks")
        elif isinstance(pane, PagePane):
            start = pane.found if pane.found is not None else pane.top - (step if not fresh else 0)
            start = start if fresh else start + step
            found = pane.find(self._words, start, step) if pane.count() else None
            pane.mark_found(found)
            self.tell("" if found is not None else f"not found: {self._words}")
        elif isinstance(pane, ChoiceList):
            found = pane.find(self._words, pane.chosen + (0 if fresh else step), step)
            if found is not None:
                pane.move(found - pane.chosen)
            self.tell("" if found is not None else f"not found: {self._words}")
        self.send()
