"""What a message says: bytes to `Bounce`.

The names are imported when they are asked for, so that who needs one small module of this room does not
wait for all of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bounce_tui.parsing.opened import open_message
    from bounce_tui.parsing.reading import parse
    from bounce_tui.parsing.replies import read_reply

__all__ = ["open_message", "parse", "read_reply"]

_MODULES = {"open_message": "opened", "parse": "reading", "read_reply": "replies"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
