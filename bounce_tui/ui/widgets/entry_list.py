"""The entries of the reference that are on offer, one of them chosen."""

from collections.abc import Sequence

from bounce_tui.diagnosis.reference import Entry
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.reference_text import entry_line
from bounce_tui.ui.widgets.choice_list import ChoiceList


class EntryList(ChoiceList):
    """Draws entries that it does not own; only those on screen are ever asked for."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__("Reference", id)
        self.entries: Sequence[Entry] = ()
        self._offered = ""

    @property
    def entry(self) -> Entry | None:
        """The chosen entry; None where none is listed."""
        return self.entries[self.chosen] if self.entries else None

    def offer(self, entries: Sequence[Entry], words: str, chosen: int = 0) -> None:
        """Show other entries, those that `words` describe, and choose one of them."""
        self.entries, self._offered = entries, words
        self.start_over()
        self.move(chosen)

    def count(self) -> int:
        """How many entries are listed."""
        return len(self.entries)

    def line_at(self, index: int) -> Line:
        """Kind, code or words, meaning, provider."""
        return entry_line(self.entries[index], self.text_width)

    def position(self) -> str:
        """`3 of 12: ib104`."""
        if not self.entries:
            return self._offered
        place = f"{self.chosen + 1} of {len(self.entries):,}"
        return f"{place}: {self._offered}" if self._offered else place
