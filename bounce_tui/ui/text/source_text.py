"""The source of a mail, every byte made visible."""

from collections.abc import Sequence

from bounce_tui.ui.text.cells import cut, shown, wrap
from bounce_tui.ui.text.page import Line, Span

LIMIT_BYTES = 1 << 20


def source(lines: Sequence[str], whole: bool, width: int) -> list[Line]:
    """`lines` wrapped to `width`; says at the end when the mail goes on."""
    page: list[Line] = []
    for line in lines:
        text = shown(line.replace("\t", "    "))
        page += [(Span(text[left:right]),) for left, right in wrap(text, width)]
    if not whole:
        page.append((Span(cut(f"… the mail goes on after {LIMIT_BYTES:,} bytes", width), "label"),))
    return page
