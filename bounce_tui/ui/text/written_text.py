"""Lines that are written already, as a page."""

from collections.abc import Sequence

from bounce_tui.ui.text.page import Line, Page


def written(lines: Sequence[str], width: int) -> list[Line]:
    """`lines` as they are, wrapped only where the screen is narrower."""
    page = Page(width)
    for line in lines:
        if line:
            page.text(line)
        else:
            page.blank()
    return page.lines
