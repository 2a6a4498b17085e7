"""What every page with panes can do: move, search, go back."""

from collections.abc import Callable

from textual import events
from textual.screen import Screen

from bounce_tui.ui.actions import bindings
from bounce_tui.ui.frame import paint
from bounce_tui.ui.widgets.bar import Bar
from bounce_tui.ui.widgets.page_pane import PagePane
from bounce_tui.ui.widgets.pane import LinePane
from bounce_tui.ui.widgets.prompt import Prompt


class ReadingScreen(Screen[None], inherit_bindings=False):
    """A screen of panes, one of which has the keys, over a bottom bar with id `bottom`.

    Subclasses compose the panes and say in `hint` what the bottom bar offers.
    """

    BINDINGS = bindings("reading")
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._last_pane: LinePane | None = None

    @property
    def active(self) -> LinePane:
        """The pane that has the keys, or had them before the prompt took them."""
        if isinstance(self.focused, LinePane):
            self._last_pane = self.focused
        if self._last_pane is None or not self._last_pane.display:
            self._last_pane = self.query(LinePane).first()
        return self._last_pane

    def hint(self) -> str:
        """What the bottom bar says when there is nothing to tell."""
        raise NotImplementedError

    def tell(self, words: str = "") -> None:
        """Say something on the bottom bar until the next key; without words, the hints."""
        self.query_one("#bottom", Bar).say(left=words or self.hint())

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
        """Half a page."""
        self._go(lambda: self.active.page(halves))

    def action_go_to_start(self) -> None:
        """To the first line or row."""
        self._go(self.active.go_to_start)

    def action_go_to_end(self) -> None:
        """To the last line or row."""
        self._go(self.active.go_to_end)

    def _go(self, step: Callable[[], None]) -> None:
        self.tell()
        step()
        self.moved()

    def action_back(self) -> None:
        """Close the prompt, or else the page."""
        if not self.close_prompt():
            self.dismiss()

    def action_search(self) -> None:
        """Ask for words."""
        if not self.query(Prompt):
            pane = self.active
            self.query_one("#bottom", Bar).display = False
            self.mount(Prompt(f"search {pane.title.lower()}: "))

    def close_prompt(self) -> bool:
        """Take the prompt away; False when there is none."""
        prompts = self.query(Prompt)
        if not prompts:
            return False
        # First the focus, then the removal: Textual would hand the keys to the prompt's neighbour.
        self.set_focus(self.active)
        prompts.remove()
        self.query_one("#bottom", Bar).display = True
        return True

    async def on_prompt_answered(self, event: Prompt.Answered) -> None:
        """Search for the words given, or for the last ones again."""
        self.close_prompt()
        self._words = event.words or self._words
        await self.find(1, fresh=True)

    async def action_next_hit(self, step: int) -> None:
        """To the next or previous hit."""
        await self.find(step, fresh=False)

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the active pane; a fresh search may find the line that it stands on."""
        pane = self.active
        if not self._words:
            self.tell("nothing to search for yet: / asks")
        elif isinstance(pane, PagePane):
            start = pane.found if pane.found is not None else pane.top - (step if not fresh else 0)
            start = start if fresh else start + step
            found = pane.find(self._words, start, step) if pane.count() else None
            pane.mark_found(found)
            self.tell("" if found is not None else f"not found: {self._words}")
        self.send()

    def on_key(self, event: events.Key) -> None:
        """A key that nothing is bound to takes the message away, too."""
        self.tell()
