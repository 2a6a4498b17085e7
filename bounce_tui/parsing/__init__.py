"""What a message says: bytes to `Bounce`."""

from typing import TYPE_CHECKING

from bounce_tui.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from bounce_tui.parsing.on_screen.opened import open_message
    from bounce_tui.parsing.pasted_reply import read_pasted
    from bounce_tui.parsing.reading import parse
    from bounce_tui.parsing.single_reply import read_reply

__all__ = ["open_message", "parse", "read_pasted", "read_reply"]

__getattr__ = lazy_imports(
    __name__,
    {
        "open_message": "on_screen.opened",
        "parse": "reading",
        "read_pasted": "pasted_reply",
        "read_reply": "single_reply",
    },
)
