"""The line-drawn pane: a header line, and under it a window on any number of lines."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from bounce_tui.ui.looks import looks
from bounce_tui.ui.text.cells import cut, shown, width_of
from bounce_tui.ui.text.page import Line


class LinePane(Widget, can_focus=True, inherit_bindings=False):
    """Draws `count()` lines from `line_at` with an offset of its own.

    No scroll view and no scroll bars: with those a key repaints every cell, three times the bytes.  The
    header says where in the text the window stands.  Subclasses say what the lines are.
    """

    GUTTER = 1

    def __init__(self, title: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = title
        self.top = 0

    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line_at(self, index: int) -> Line:
        """Line `index`, at most as wide as the pane less its gutter."""
        raise NotImplementedError

    @property
    def heading(self) -> str:
        """The title as the header shows it."""
        return self.title

    def position(self) -> str:
        """Where the window stands, for the right end of the header."""
        count, height = self.count(), self.body_height
        if count <= height:
            return ""
        if self.top == 0:
            # No percentage yet: it would change, on the line too, whenever something comes in below.
            return "more"
        return f"{min(100, (self.top + height) * 100 // count)}%"

    @property
    def body_height(self) -> int:
        """Lines in the window."""
        return max(self.size.height - 1, 1)

    @property
    def text_width(self) -> int:
        """Cells of a line."""
        return max(self.size.width - 2 * self.GUTTER, 1)

    def rename(self, title: str) -> None:
        """Give the header another title."""
        if title != self.title:
            self.title = title
            self.refresh_header()

    def scroll_lines(self, delta: int) -> None:
        """Move the window by `delta` lines, within the text."""
        self.scroll_to_line(self.top + delta)

    def scroll_to_line(self, top: int) -> None:
        """Move the window so that line `top` comes first, as far as the text allows."""
        top = max(0, min(top, self.count() - self.body_height))
        if top != self.top:
            self.top = top
            self.refresh()

    def move(self, delta: int) -> None:
        """One key of j or k."""
        self.scroll_lines(delta)

    def page(self, halves: int) -> None:
        """Half a page for each of `halves`."""
        self.move(halves * max(self.body_height // 2, 1))

    def go_to_start(self) -> None:
        """To the first line."""
        self.scroll_to_line(0)

    def go_to_end(self) -> None:
        """To the last line."""
        self.scroll_to_line(self.count())

    def refresh_line(self, index: int) -> None:
        """Draw line `index` again, if it is in the window."""
        row = index - self.top
        if 0 <= row < self.body_height:
            self.refresh(Region(0, row + 1, self.size.width, 1))

    def refresh_header(self) -> None:
        """Draw the header again."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def look(self, role: str) -> Style:
        """The style of `role` in the theme in force."""
        return looks(self.app.theme)[role]

    def draw(
        self, line: Line, *, mark: str = "", over: Style | None = None, over_spans: int | None = None
    ) -> Strip:
        """`line` as a strip as wide as the pane; `mark` fills the gutter, `over` replaces the styles of all
        spans, or of the first `over_spans`."""
        plain = self.look("plain")
        left = f"{mark:<{self.GUTTER}}"
        segments = [Segment(left, over or plain)]
        used = len(left)
        for index, (text, role) in enumerate(line):
            if index == over_spans:
                over = None
            text = cut(text, self.size.width - used)
            used += width_of(text)
            segments += _styled(text, over or self.look(role), plain)
        segments.append(Segment(" " * (self.size.width - used), over or plain))
        return Strip(segments, self.size.width)

    def render_line(self, y: int) -> Strip:
        """The header, or one line of the window."""
        if y == 0:
            return self.header()
        index = self.top + y - 1
        if index >= self.count():
            return Strip([Segment(" " * self.size.width, self.look("plain"))], self.size.width)
        return self.draw_line(index)

    def draw_line(self, index: int) -> Strip:
        """Line `index` as drawn."""
        return self.draw(self.line_at(index))

    def header(self) -> Strip:
        """`── Title ────── 40% ─`, the title set off when the pane has the keys."""
        width, rule = self.size.width, self.look("rule")
        title = cut(f"[{self.heading}]" if self.has_focus else f" {self.heading} ", width - 4)
        right = cut(shown(self.position()), width - width_of(title) - 6)
        right = f" {right} ─" if right else ""
        bar = "─" * (width - 2 - width_of(title) - width_of(right))
        return Strip(
            [
                Segment("──", rule),
                Segment(title, self.look("title") if self.has_focus else self.look("heading")),
                Segment(bar + right, rule),
            ],
            width,
        )

    def refit(self) -> None:
        """The size has changed: lay out what depends on it."""

    def on_resize(self) -> None:
        """Lay out and draw for the new size; Textual has drawn the old lines already."""
        self.refit()
        self.refresh()

    def refresh_focus(self) -> None:
        """Draw again what tells who has the keys."""
        self.refresh_header()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw again what tells whether the pane has the keys."""
        super().watch_has_focus(has_focus)
        self.refresh_focus()


def _styled(text: str, style: Style, plain: Style) -> list[Segment]:
    # Leading spaces need no style unless it shows on them: fewer bytes on the line.
    bare = text.lstrip(" ")
    if style.reverse or style.bgcolor or style.underline or bare == text:
        return [Segment(text, style)]
    return [Segment(text[: len(text) - len(bare)], plain), Segment(bare, style)]
