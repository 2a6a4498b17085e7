"""What goes wrong, in one line on standard error."""

import sys

from bounce_tui.reporting.visible import visible, visible_path

PROGRAM = "bounce-tui: "


def complain(text: str, file: str | None = None) -> None:
    """Say `text`, and first the file that it is about, where anybody can hear it."""
    if sys.stderr is not None:
        where = f"{visible_path(file)}: " if file is not None else ""
        print(f"{PROGRAM}{where}{visible(text)}", file=sys.stderr, flush=True)
