"""The list of bounces: a cursor on any number of rows."""

from collections.abc import Callable, Mapping

from textual.strip import Strip

from bounce_tui.triage.causes import verdict_key
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import RecipientOutcome, Row
from bounce_tui.triage.store.records import Annotation, KnownVerdict
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.row_text import SET_OFF, Columns, columns, row_line, tells_year
from bounce_tui.ui.widgets.pane import LinePane

_WORDS = {"arrival": "as they came", "date": "by date", "reason": "by reason", "domain": "by domain"}


class QueueList(LinePane):
    """Draws the rows of a queue that it does not own; only rows on screen are ever asked for.  `shown_for`
    tells for which of its failures a mail is listed."""

    GUTTER = 2

    def __init__(self, queue: Queue, marks: Marks, id: str | None = None) -> None:
        super().__init__("Bounces", id)
        self.queue = queue
        self.marks = marks
        self.verdicts: Mapping[bytes, KnownVerdict] = {}
        self.annotations: Mapping[bytes, Annotation] = {}
        self.shown_for: Callable[[Row], RecipientOutcome] = lambda row: row
        self._columns = columns(80)
        self._drawn = 0
        self._filter = ""

    def count(self) -> int:
        """Rows of the queue."""
        return len(self.queue)

    def line_at(self, index: int) -> Line:
        """Row `index` in words."""
        row = self.queue[index]
        annotation = self.annotations.get(row.identity)
        state = annotation.state if annotation else "todo"
        outcome = self.shown_for(row)
        verdict = self.verdicts.get(verdict_key(row, outcome)) if self.verdicts else None
        return row_line(row, self._columns, verdict, state, outcome)

    @property
    def heading(self) -> str:
        """`Bounces of 2009`, where all are of one year and their dates leave it out."""
        years = self.queue.years
        return self.title if tells_year(self._columns) or len(years) != 1 else f"{self.title} of {min(years)}"

    def position(self) -> str:
        """`3 of 49, by date`, or `3 of 12, 49 in all: reason:spam`; and how many are marked."""
        if not self.queue.is_filtered and not self.queue:
            return ""
        marked = f", {len(self.marks):,} marked" if self.marks else ""
        place = f"{(self.queue.focus or 0) + 1:,} of {len(self.queue):,}" if self.queue else "none shown"
        if self.queue.is_filtered:
            return f"{place}, {self.queue.total:,} in all{marked}: {self._filter}"
        return f"{place}{marked}, {self.order}"

    @property
    def order(self) -> str:
        """The order of the rows in words: `by date, reversed`."""
        return _WORDS[self.queue.order] + (", reversed" if self.queue.is_reversed else "")

    def draw_line(self, index: int) -> Strip:
        """Row `index`; the cursor's row has a mark of its own and begins set off without colour: the rest of
        two rows would be most of what a cursor move sends for the list."""
        line = self.line_at(index)
        marked = "*" if self.marks and self.queue[index] in self.marks else " "
        if index == self.queue.focus:
            look = self.look("cursor" if self.has_focus else "strong")
            return self.draw(line, mark=f">{marked}", over=look, over_spans=SET_OFF)
        return self.draw(line, mark=f" {marked}")

    def move(self, delta: int) -> None:
        """Move the cursor by `delta` rows."""
        if self.queue.focus is not None:
            self.move_to(self.queue.focus + delta)

    def go_to_start(self) -> None:
        """To the first row."""
        self.move_to(0)

    def go_to_end(self) -> None:
        """To the last row."""
        self.move_to(self.count() - 1)

    def move_to(self, place: int) -> None:
        """Put the cursor on row `place`, or on the nearest end."""
        before = self.queue.focus
        self.queue.look_at(place)
        after = self.queue.focus
        if before is None or after is None or before == after:
            return
        if self._bring_into_view(after):
            self.refresh()
        else:
            self.refresh_line(before)
            self.refresh_line(after)
            self.refresh_header()

    @property
    def cursor_line(self) -> int | None:
        """The line of the window that the cursor stands on."""
        return None if self.queue.focus is None else self.queue.focus - self.top

    def renew(self, cursor_line: int | None = None) -> None:
        """The queue has changed: more rows, or another order.  The cursor stays on line `cursor_line` of the
        window where it is told: rows that come in above must not move it under the hand."""
        before = self.top
        if (cols := self._fitting()) != self._columns:
            self._columns = cols
            self.refresh()
        if self.queue.focus is not None:
            if cursor_line is not None:
                self.top = max(0, min(self.queue.focus - cursor_line, self.count() - self.body_height))
            self._bring_into_view(self.queue.focus)
        if self.queue.order == "arrival" and not self.queue.is_reversed and before == self.top:
            # Rows came in behind: what stands on screen still stands.
            self.refresh_header()
            for index in range(self._drawn, min(self.count(), self.top + self.body_height)):
                self.refresh_line(index)
        else:
            self.refresh()
        self._drawn = self.count()

    def narrowed(self, text: str) -> None:
        """Another filter, `text`, is in force ("" for none)."""
        self._filter = text
        self.top = 0
        self.renew()
        self.refresh()

    def refit(self) -> None:
        """Lay out the columns for the new width and keep the cursor in sight."""
        self._columns = self._fitting()
        if self.queue.focus is not None:
            self._bring_into_view(self.queue.focus)

    def _fitting(self) -> Columns:
        return columns(self.size.width, with_year=len(self.queue.years) > 1)

    def refresh_focus(self) -> None:
        """The cursor's look tells who has the keys, as the header does."""
        super().refresh_focus()
        if self.queue.focus is not None:
            self.refresh_line(self.queue.focus)

    def _bring_into_view(self, place: int) -> bool:
        # Most of a page at a time: a held key then repaints the list every few rows, not on every one.
        before, height, top = self.top, self.body_height, self.top
        if place < top:
            top = min(place, top - height * 2 // 3)
        elif place >= top + height:
            top = max(place - height + 1, top + height * 2 // 3)
        self.top = max(0, min(top, self.count() - height))
        return self.top != before
