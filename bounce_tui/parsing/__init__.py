"""What a message says: bytes to `Bounce`."""

from bounce_tui.parsing.opened import open_message
from bounce_tui.parsing.reading import parse
from bounce_tui.parsing.replies import read_reply

__all__ = ["open_message", "parse", "read_reply"]
