"""The private parts of Textual that the app needs, all but those of its driver (`driver/terminal_driver.py`).

Any version may change it: `pyproject.toml` says up to which one, and a test asks for each name.
"""

from typing import Any

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget


def driver_of(app: App[Any]) -> Driver | None:
    """What writes to the terminal of `app`; None before it runs."""
    return app._driver


def fatal_exception(app: App[Any]) -> Exception | None:
    """What `app` ends of."""
    return app._exception


def end_with(app: App[Any], words: RenderableType) -> None:
    """Say `words` on stderr when `app` has ended, which it does now."""
    app._exit_renderables.append(words)
    app._close_messages_no_wait()


def paint(screen: Screen[Any], *widgets: Widget) -> None:
    """Paint several widgets in one frame: send now what `widgets` have marked with `refresh`, together.

    Textual collects refreshes until the next tick of a 1/60 s timer, and each widget may catch another
    tick; a key that moves the list and the detail would then cost two frames and 30 ms instead of 6,
    as measured with Textual 8.2 at 80 by 24.  There is no public call for it.  Where a layout is pending,
    or the screen is covered, nothing happens and Textual's own tick paints.
    """
    if not screen.is_current or screen._layout_required or screen.app._batch_count:
        return
    # A widget that is not on screen would make the compositor lay out the rest a second time, and then it
    # sees no change where a notice has shrunk: what that had covered would stay.
    screen._compositor.update_widgets(screen._compositor.visible_widgets.keys() & set(widgets))
    screen._compositor_refresh()
