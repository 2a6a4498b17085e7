"""The source of a mail, every byte made visible."""

from collections.abc import Sequence

from bounce_tui.ui.text.cells import cut, shown, wrap
from bounce_tui.ui.text.page import Line, Span

LIMIT_BYTES = 1 << 18


def made_visible(lines: Sequence[str]) -> list[str]:
    """`lines` as they may be drawn.  The slow half of the work, for a thread."""
    return [shown(line.replace("\t", "    ")) for line in lines]


def source(lines: Sequence[str], whole: bool, width: int) -> list[Line]:
    """Visible `lines` wrapped to `width`; says at the end when the mail goes on."""
    page: list[Line] = []
    for text in lines:
        page += [(Span(text[left:right]),) for left, right in wrap(text, width)]
    if not whole:
        page.append((Span(cut(f"… the mail goes on after {LIMIT_BYTES:,} bytes", width), "label"),))
    return page
