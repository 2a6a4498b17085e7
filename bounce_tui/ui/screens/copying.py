"""A page whose texts can be copied whole, however it is wrapped on the screen."""

from collections.abc import Sequence
from typing import NamedTuple

from bounce_tui.ui.actions import bindings
from bounce_tui.ui.clipboard import copy
from bounce_tui.ui.dialogue import Question
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.widgets.page_pane import Writer


class Copyable(NamedTuple):
    """What can be copied, in words, and the text."""

    what: str
    text: str


class CopyingScreen(PageScreen, inherit_bindings=False):
    """`texts` are what its page offers to copy: one at once, of several the one that a digit names."""

    BINDINGS = bindings("reading", "written")

    def __init__(self, title: str, write: Writer, texts: Sequence[Copyable]) -> None:
        super().__init__(title, write)
        self._texts = texts[:9]

    def hint(self) -> str:
        """How to leave, to copy and to search."""
        return self.keys.say("back", *(("copy-page",) if self._texts else ()), "search", "down", "up", "end")

    async def action_copy_page(self) -> None:
        """Copy the text of the page, or ask which one."""
        if len(self._texts) > 1:
            words = "copy: " + "  ".join(f"{at} {one.what}" for at, one in enumerate(self._texts, 1))
            self.dialogue.ask(Question(LineEdit(), lambda text: words, self._copy, instant=True))
            return
        await self._copy("1")
        self.send()

    async def _copy(self, digit: str) -> None:
        number = int(digit) - 1 if digit.isascii() and digit.isdecimal() else -1
        if not 0 <= number < len(self._texts):
            self.dialogue.tell("nothing was copied" if self._texts else "there is nothing to copy")
            return
        one = self._texts[number]
        self.dialogue.tell(await copy(self.app, one.what, one.text))
