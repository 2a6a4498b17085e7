"""One line on standard error about what went wrong."""

import sys

from bounce_tui.reporting.visible import visible, visible_path

PROGRAM = "bounce-tui: "


def complain(text: str, file: str | None = None) -> None:
    """Write `text` to standard error, behind the file that it is about; nothing where standard error is
    closed."""
    if sys.stderr is not None:
        where = f"{visible_path(file)}: " if file is not None else ""
        print(f"{PROGRAM}{where}{visible(text)}", file=sys.stderr, flush=True)
