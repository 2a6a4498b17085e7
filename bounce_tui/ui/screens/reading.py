"""What every page with panes can do: move, search, ask for a line, go back."""

from collections.abc import Callable, Coroutine

from textual import events
from textual.screen import Screen
from textual.worker import Worker

from bounce_tui.ui.actions import bindings
from bounce_tui.ui.dialogue import Dialogue, Question
from bounce_tui.ui.keymap import Keymap, keymap_of
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.parts.search import Search
from bounce_tui.ui.textual_inside import paint
from bounce_tui.ui.widgets.notice import Notice
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.pane import LinePane


class ReadingScreen(Screen[str], inherit_bindings=False):
    """A screen of panes, one of which has the keys, over the `notice`.

    Subclasses compose the panes and the notice, and say in `hint` what the notice offers.
    """

    BINDINGS = bindings("reading")
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice(id="bottom")
        self.dialogue = Dialogue(self.notice, self.hint, self.send)
        self.search = Search(self, lambda: self.query(PagePane))
        self._last_pane: LinePane | None = None

    @property
    def active(self) -> LinePane:
        """The pane that has the keys."""
        if isinstance(self.focused, LinePane):
            self._last_pane = self.focused
        if self._last_pane is None or not self._last_pane.display:
            self._last_pane = self.query(LinePane).first()
        return self._last_pane

    @property
    def is_up(self) -> bool:
        """False while the screen is taken down: work that ends late must let it be."""
        return self.is_mounted and bool(self.query("#bottom"))

    @property
    def keys(self) -> Keymap:
        """The keys in force."""
        return keymap_of(self.app)

    def hint(self) -> str:
        """The keys that the notice offers when there is nothing to tell."""
        raise NotImplementedError

    @property
    def lack(self) -> str:
        """Why there is nothing to work on, "" where there is something."""
        return ""

    def lacks(self, words: str = "") -> bool:
        """Say why there is nothing to work on, else `words`; False where there is neither."""
        if lack := self.lack:
            self.dialogue.tell_lack(lack)
        elif words:
            self.dialogue.tell(words)
        else:
            return False
        self.send()
        return True

    def send(self) -> None:
        """Paint what changed on this screen in one frame."""
        paint(self, *self.query("LinePane, Bar"))

    def moved(self) -> None:
        """The active pane has moved; subclasses add what follows from it."""
        self.send()

    def in_background(
        self, work: Callable[[], Coroutine[None, None, None]], group: str, *, exclusive: bool = False
    ) -> None:
        """Do `work` while keys are taken; an `exclusive` one ends what else of its `group` is under way."""
        _: Worker[None] = self.run_worker(work, group=group, exclusive=exclusive)

    async def typed(self, key: str, character: str | None) -> bool:
        """Offer a key to what is being asked for; False when it is a command.

        What was told is over with the next key, whatever that does.
        """
        if not self.dialogue.is_asking and self.is_up:
            self.dialogue.tell()
        return await self.dialogue.typed(key, character)

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted into the line that is asked for."""
        self.dialogue.pasted(event.text)

    def action_move(self, delta: int) -> None:
        """Move by `delta` lines or rows."""
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

    async def action_back(self) -> None:
        """Close this screen and go back to the one below."""
        self.dismiss()

    def action_search(self) -> None:
        """Ask for the words to search the active pane for."""
        if not self.active.count() and self.lacks():
            return
        where = self.active.title.lower()
        self.dialogue.ask(Question(LineEdit(), lambda text: f"search {where}: {text}_", self._search))

    async def _search(self, words: str) -> None:
        self.search.words = words or self.search.words
        await self.find(1, fresh=True)

    async def action_next_hit(self, step: int) -> None:
        """Go to the next or previous hit."""
        await self.find(step, fresh=False)

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the active pane; a fresh search may find the line that it stands on."""
        self.search.find(self.active, step, fresh=fresh)
