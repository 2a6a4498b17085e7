"""The source of a mail, and from there the programs that show it raw."""

from collections.abc import Sequence

from bounce_tui.model import Message
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.external_programs import edit, page
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.text.source_text import source


class SourceScreen(PageScreen, inherit_bindings=False):
    """Visible `lines` of `message`, all of them if `whole`."""

    BINDINGS = bindings("reading", "source")

    def __init__(self, message: Message, opener: Opener, lines: Sequence[str], *, whole: bool) -> None:
        super().__init__("Source", lambda width: source(lines, whole, width))
        self._message = message
        self._opener = opener

    def hint(self) -> str:
        """How to leave, to search, and who else shows it."""
        return self.keys.say("back", "pager", "editor", "search", "next-hit", "down", "up")

    async def action_pager(self) -> None:
        """The raw mail in the user's pager."""
        self.dialogue.tell(await page(self.app, self._opener, self._message))
        self.send()

    async def action_editor(self) -> None:
        """A copy of the raw mail in the user's editor."""
        self.dialogue.tell(await edit(self.app, self._opener, self._message))
        self.send()
