"""A line that is being typed."""

from typing import Literal

Outcome = Literal["edited", "done", "left", "ignored", "not mine"]

LONGEST = 200
LONGEST_PROSE = 2_000
_COMMANDS = ("ctrl+c", "ctrl+l", "ctrl+z")


class LineEdit:
    """Words at the bottom of a screen, edited at their end.

    No widget, so that a key is taken at the moment when it comes: with Textual's Input the keys of a
    fast typist, or of a slow line that delivers ten at once, overtake the enter between them.  Of pasted
    text it takes the first line, or, where it is `prose`, all lines as one.  It grows to `longest`
    characters; what was longer from the start is kept.
    """

    def __init__(self, text: str = "", *, prose: bool = False) -> None:
        self.text = text
        self.longest = max(LONGEST_PROSE if prose else LONGEST, len(text))
        self._prose = prose

    def take(self, key: str, character: str | None) -> Outcome:
        """One key: did it edit, end ("done" by enter, "left" by escape), or mean nothing here?"""
        if key == "enter":
            return "done"
        if key == "escape":
            return "left"
        if key in _COMMANDS:
            return "not mine"
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif key == "ctrl+w":
            self.text = self.text.rstrip().rpartition(" ")[0]
        elif character is not None and character.isprintable() and len(self.text) < self.longest:
            self.text += character
        else:
            return "ignored"
        return "edited"

    def paste(self, text: str) -> None:
        """Take in the first line of `text`, of prose all of it."""
        line = " ".join(text.split()) if self._prose else text.splitlines()[0] if text else ""
        self.text = (self.text + "".join(char for char in line if char.isprintable()))[: self.longest]
