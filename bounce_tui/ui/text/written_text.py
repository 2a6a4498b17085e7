"""Lines that are written already, as a page."""

from collections.abc import Sequence

from bounce_tui.ui.text.cells import wrap
from bounce_tui.ui.text.page import Line, Page

_GOES_ON = " \\"


def written(lines: Sequence[str], width: int) -> list[Line]:
    """`lines` as they are, wrapped only where the screen is narrower; the backslash of a command that goes on
    never stands alone."""
    page = Page(width)
    for line in lines:
        if line.endswith(_GOES_ON):
            command = line.removesuffix(_GOES_ON)
            pieces = [command[start:end] for start, end in wrap(command, page.width - len(_GOES_ON))]
            for piece in (*pieces[:-1], pieces[-1] + _GOES_ON):
                page.text(piece)
        elif line:
            page.text(line)
        else:
            page.blank()
    return page.lines
