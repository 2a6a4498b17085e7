"""Lines of spans, and the page that they are written on."""

from typing import Literal, NamedTuple

from bounce_tui.ui.text.cells import cut, fit, shown, width_of, wrap

Role = Literal[
    "plain", "label", "strong", "good", "warn", "bad", "evidence", "heading", "rule", "key",
    "verdict-bad", "verdict-good", "verdict-warn",
]  # fmt: skip


class Span(NamedTuple):
    """Some words and what they are; the style sheet says how that looks."""

    text: str
    role: Role = "plain"


Line = tuple[Span, ...]
BLANK: Line = ()
LABEL = 12
MINIMUM = 20
LONGEST = 6000
"""Characters of one paragraph that are shown."""
BUDGET = 50_000
"""Characters of a page: a mail of a million headers must not keep the keys waiting."""


class Page:
    """Collects lines of at most `width` cells.  Everything handed in is made safe to draw here.

    Where `BUDGET` runs out, `more` is the last line: it says that there is more, and perhaps where.
    """

    def __init__(self, width: int, more: str = "… and more") -> None:
        self.width = max(width, MINIMUM)
        self._more = more
        self.lines: list[Line] = []
        self._left = BUDGET

    def blank(self) -> None:
        """An empty line, never two, never the first."""
        if self.lines and self.lines[-1] != BLANK:
            self.lines.append(BLANK)

    def heading(self, text: str) -> None:
        """The title of a part, after an empty line."""
        if self._left <= 0:
            return
        self.blank()
        self.lines.append((Span(cut(shown(text), self.width), "heading"),))

    def spans(self, *spans: Span) -> None:
        """One line, cut where it does not fit."""
        if self._left <= 0:
            return
        line: list[Span] = []
        left = self.width
        for text, role in spans:
            piece = cut(shown(text), left)
            line.append(Span(piece, role))
            left -= width_of(piece)
        self.lines.append(tuple(line))

    def text(self, text: str, role: Role = "plain", first: str = "", rest: str | None = None) -> None:
        """A paragraph, wrapped; `first` stands before its first line and `rest` before the others."""
        self.marked(text, -1, 0, role, first, rest)

    def field(self, label: str, value: str | None, role: Role = "plain") -> None:
        """A label with its value; nothing at all where there is no value."""
        if value:
            self.marked(value, -1, 0, role, fit(label, LABEL), " " * LABEL)

    def marked(
        self,
        text: str,
        start: int,
        length: int,
        role: Role = "plain",
        first: str = "",
        rest: str | None = None,
    ) -> None:
        """A paragraph in which `length` characters from `start` on are evidence; -1 for none."""
        if self._left <= 0:
            return
        first = cut(shown(first), self.width // 2 + 2)
        rest = first if rest is None else cut(shown(rest), self.width // 2 + 2)
        more = len(text) - LONGEST
        text = text[:LONGEST]
        if start < 0 or start >= len(text):
            safe, begin, end = shown(text), -1, -1
        else:
            before, words = shown(text[:start]), shown(text[start : start + length])
            begin, end = len(before), len(before) + len(words)
            safe = before + words + shown(text[start + length :])
        self._left -= len(safe) + len(first)
        indent = max(width_of(first), width_of(rest))
        for number, (left, right) in enumerate(wrap(safe, self.width - indent)):
            line = [Span(rest if number else first, "label")] if first or rest else []
            line += _cut_at(safe, left, right, begin, end, role)
            self.lines.append(tuple(line))
        if more > 0:
            self.lines.append((Span(rest, "label"), Span(f"… {more:,} more characters", "label")))
        if self._left <= 0:
            self.lines.append((Span(cut(self._more, self.width), "label"),))


def _cut_at(text: str, left: int, right: int, begin: int, end: int, role: Role) -> list[Span]:
    begin, end = max(left, min(begin, right)), max(left, min(end, right))
    if begin >= end:
        return [Span(text[left:right], role)]
    parts = (Span(text[left:begin], role), Span(text[begin:end], "evidence"), Span(text[end:right], role))
    return [part for part in parts if part.text]
