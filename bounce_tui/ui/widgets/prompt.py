"""The line at the bottom that asks for words."""

from textual.message import Message
from textual.widgets import Input


class Prompt(Input):
    """An input on the bottom line.  Its cursor does not blink: an idle screen sends nothing."""

    class Answered(Message):
        """The user gave `words` and pressed enter."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, label: str) -> None:
        super().__init__(placeholder=label.strip(" :"), compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the words on."""
        event.stop()
        self.post_message(self.Answered(event.value))
