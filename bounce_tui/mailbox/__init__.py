"""Where mail lies: .eml files, folders, Maildirs, mboxes, standard input and pasted text."""

from bounce_tui.mailbox.reading import read_message, read_span
from bounce_tui.mailbox.refusal import Refusal, UnreadableSource
from bounce_tui.mailbox.sources import Sources, open_sources
from bounce_tui.mailbox.span import Span
from bounce_tui.mailbox.standard_input import StandardInput

__all__ = [
    "Refusal",
    "Sources",
    "Span",
    "StandardInput",
    "UnreadableSource",
    "open_sources",
    "read_message",
    "read_span",
]
