"""The reference on the screen: an entry as a line, and as a page."""

from collections.abc import Iterable
from typing import get_args

from bounce_tui.diagnosis.reference import Entry, EntryKind
from bounce_tui.reporting.reference_text import about
from bounce_tui.reporting.rule_text import Field
from bounce_tui.ui.text.cells import fit, shown
from bounce_tui.ui.text.page import Line, Page, Span

_KIND = max(map(len, get_args(EntryKind)))
_LABEL = 16
_SHORTEST = 24


def entry_line(entry: Entry, width: int) -> Line:
    """What kind of entry it is, how it is seen, what it means and who says so, in columns."""
    seen, means, who = map(shown, about(entry))
    room = width - _KIND - 1
    kind = Span(fit(entry.kind, _KIND) + " ", "label")
    if entry.kind != "rule":
        first = min(_SHORTEST, room * 2 // 5)
        return (kind, Span(fit(seen, first) + " ", "strong"), Span(fit(means, max(room - first - 1, 1))))
    last = min(22, room // 4) if width >= 72 else 0
    reason = min(21, room * 2 // 5)
    first = room - reason - 1 - (last + 1 if last else 0)
    tail = (Span(fit(who, last), "label"),) if last else ()
    return (
        kind,
        Span(fit(seen, first) + " ", "strong"),
        Span(fit(means, reason) + (" " if last else "")),
        *tail,
    )


def entry_page(title: str, fields: Iterable[Field], width: int) -> list[Line]:
    """All fields of one entry under its name."""
    page = Page(width)
    page.text(title, "strong")
    label_width = min(_LABEL, page.width // 3)
    for label, value in fields:
        page.text(value, "plain", fit(label, label_width), " " * label_width)
    return page.lines
