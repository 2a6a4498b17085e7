"""What a message says: bytes to `Bounce`."""

from bounce_tui.parsing.reading import parse
from bounce_tui.parsing.replies import read_reply

__all__ = ["parse", "read_reply"]
