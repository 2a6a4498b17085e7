"""The reference: codes, reasons, providers and rules, looked up while one types."""

import asyncio
from collections.abc import Callable, Sequence

from textual import work as in_background
from textual.app import ComposeResult
from textual.containers import Container

from bounce_tui.diagnosis import RuleError
from bounce_tui.diagnosis.reference import Entry, Reference, read_reference
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rule_place import place_of
from bounce_tui.reporting.reference_text import entry_fields
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.dialogue import Question
from bounce_tui.ui.held_key import HeldKey
from bounce_tui.ui.key_names import is_typed
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.reference_text import entry_page
from bounce_tui.ui.text.written_text import written
from bounce_tui.ui.widgets.entry_list import EntryList
from bounce_tui.ui.widgets.page_pane import PagePane

SETTLED_S = 0.1
_MOVES = ("down", "up", "half-down", "half-up")


class ReferenceScreen(ReadingScreen, inherit_bindings=False):
    """The entries over the page of the chosen one.

    With `first` it opens on the entries that this picks (what one bounce rests on), without it on all of
    them and asks for words at once.
    """

    BINDINGS = bindings("reading", "reference")
    HORIZONTAL_BREAKPOINTS = [(0, "-normal"), (120, "-wide")]  # noqa: RUF012

    def __init__(self, first: Callable[[Reference], Sequence[Entry]] | None = None) -> None:
        super().__init__()
        self._first = first
        self._reference: Reference | None = None
        self._text = ""
        self._shown: Entry | None = None
        self._place = ""
        self._key = HeldKey()

    def compose(self) -> ComposeResult:
        """Entries, the page, the hints."""
        with Container(id="reference"):
            yield EntryList(id="entries")
            yield PagePane("Page", id="entry")
        yield self.notice

    def on_mount(self) -> None:
        """Read the reference in a thread: the first time in a session it takes a moment."""
        self.set_focus(self._list)
        self.dialogue.tell()
        self._read()
        if self._first is None:
            self.action_narrow()

    def hint(self) -> str:
        """How to look up and how to leave."""
        return self.keys.say("back", "reference", "read", "other-pane", "down", "up", "search", "next-hit")

    @in_background(group="reference")
    async def _read(self) -> None:
        try:
            reference = await asyncio.to_thread(read_reference)
        except RuleError as error:
            lines = [f"The rules that came with the program are broken: {error}"]
            if self.is_up:
                self._page.show(lambda width: written(lines, width))
                self.send()
            return
        if not self.is_up:
            return
        self._reference = reference
        if self._first is not None and not self._text:
            self._list.offer(self._first(reference), "of this bounce")
            self._show_entry()
            self.send()
        else:
            self._narrow(self._text)

    @property
    def lack(self) -> str:
        """Why no entry is there."""
        if self._list.entries or self._reference is None:
            return ""
        return f"nothing holds all of {self._text.strip()}: {self.keys.key('reference')} changes the words"

    # The entries

    @property
    def _list(self) -> EntryList:
        return self.query_one("#entries", EntryList)

    @property
    def _page(self) -> PagePane:
        return self.query_one("#entry", PagePane)

    def action_narrow(self) -> None:
        """Ask for words; the entries follow every letter."""

        up, down = self.keys.untyped("up"), self.keys.untyped("down")

        def say(text: str) -> str:
            return f"look up: {text}_  {up} {down} choose  enter reads"

        async def answer(text: str) -> None:
            self._show_entry()
            self.set_focus(self._page)

        self.set_focus(self._list)
        if not self._text:
            # From the entries of one bounce to all there are, with the same one chosen.
            self._narrow("")
        self.dialogue.ask(Question(LineEdit(self._text), say, answer, edited=self._narrow))

    def action_search(self) -> None:
        """In the page, its text; in the entries, all there is."""
        if self.active is self._page:
            super().action_search()
        else:
            self.action_narrow()

    async def find(self, step: int, *, fresh: bool) -> None:
        """Search the page; in the list, whose entries are all hits, go to the next one."""
        if self.active is self._page:
            await super().find(step, fresh=fresh)
        else:
            self.action_move(step)

    async def typed(self, key: str, character: str | None) -> bool:
        """While words are typed, the keys that no text can hold still move in the entries."""
        if self.dialogue.is_asking and not is_typed(key) and not key.startswith("ctrl+"):
            moves = {"down": (1, 0), "up": (-1, 0), "half-down": (0, 1), "half-up": (0, -1)}
            for id_ in _MOVES:
                if self.keys.has(key, id_):
                    lines, halves = moves[id_]
                    self._list.move(lines) if lines else self._list.page(halves)
                    self.moved()
                    return True
        return await super().typed(key, character)

    def _narrow(self, text: str) -> None:
        """Offer what holds the words of `text`; without words everything, the chosen entry still chosen."""
        self._text = text
        reference = self._reference
        if reference is None:
            return
        found, chosen = reference.search(text), 0
        if found is reference and self._list.entry is not None:
            chosen = reference.place(self._list.entry)
        self._list.offer(found, text.strip(), chosen)
        if found:
            # The page follows once the typing rests: what passes by is not worth its bytes.
            self._settle()
        else:
            self._show_entry()
        self.send()

    def moved(self) -> None:
        """The page follows the cursor; while a key is held down, once it rests."""
        if self.active is self._list:
            if self._key.moves():
                self._settle()
            else:
                self._show_entry()
        self.send()

    @in_background(group="settle", exclusive=True)
    async def _settle(self) -> None:
        await asyncio.sleep(SETTLED_S)
        if self.is_up:
            self._show_entry()
            self.send()

    def _show_entry(self) -> None:
        entry = self._list.entry
        if entry is self._shown and entry is not None:
            return
        self._shown, self._place = entry, ""
        if entry is None:
            words = [f"Nothing holds all of: {self._text.strip()}"]
            self._page.show(lambda width: written(words, width))
            return
        self._page.show(self._write)
        if isinstance(entry.subject, Rule):
            self._find_place(entry, entry.subject)

    def _write(self, width: int) -> list[Line]:
        entry, reference = self._shown, self._reference
        if entry is None or reference is None:
            return []
        return entry_page(entry.id, entry_fields(entry, reference, self._place), width)

    @in_background(group="place", exclusive=True)
    async def _find_place(self, entry: Entry, rule: Rule) -> None:
        # The file is read for its line number: once the keys rest, and not by the event loop.
        await asyncio.sleep(SETTLED_S)
        place = await asyncio.to_thread(place_of, rule)
        if self.is_up and self._shown is entry:
            self._place = place
            self._page.show(self._write, keep_place=True)
            self.send()

    # The panes

    def action_read(self) -> None:
        """From the entries to the page; in the page, the whole screen on and off."""
        if self.active is self._list:
            self.set_focus(self._page)
        else:
            self.toggle_class("-full")

    def action_other_pane(self) -> None:
        """To the entries, to the page."""
        self.remove_class("-full")
        self.set_focus(self._list if self.active is self._page else self._page)
