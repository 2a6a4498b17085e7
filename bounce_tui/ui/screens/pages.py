"""Pages of one pane: help, refused files, the source of a mail."""

from textual.app import ComposeResult

from bounce_tui.ui.actions import bindings
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.widgets.page_pane import PagePane, Writer


class PageScreen(ReadingScreen, inherit_bindings=False):
    """One page over the whole screen; `esc` or `q` closes it."""

    BINDINGS = bindings("reading")

    def __init__(self, title: str, write: Writer) -> None:
        super().__init__()
        self._page_title = title
        self._write = write

    def compose(self) -> ComposeResult:
        """The page over the hints."""
        yield PagePane(self._page_title, id="page")
        yield self.notice

    def on_mount(self) -> None:
        """Write the page and give its pane the keys."""
        pane = self.query_one("#page", PagePane)
        pane.show(self._write)
        self.set_focus(pane)
        self.dialogue.tell()

    def renew(self) -> None:
        """Write the page again: what it tells has changed."""
        if self.is_up:
            self.query_one("#page", PagePane).show(self._write, keep_place=True)
            self.send()

    def hint(self) -> str:
        """How to leave and to search."""
        return self.keys.say("back", "search", "next-hit", "down", "up", "start", "end")


class HelpScreen(PageScreen, inherit_bindings=False):
    """The page of all keys."""

    BINDINGS = bindings("reading")
