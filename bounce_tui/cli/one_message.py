"""One message out of what the user names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bounce_tui.cli.streams import refuse, say, standard_input

if TYPE_CHECKING:
    from bounce_tui.model import Message


def messages(*paths: str) -> "Iterator[tuple[Message, bytes]]":
    """The messages of `paths`; what cannot be read on the way is named."""
    from bounce_tui.mailbox import Refusal, open_sources, read_span

    for span in open_sources(paths, standard_input()):
        for found in [span] if isinstance(span, Refusal) else read_span(span):
            if isinstance(found, Refusal):
                refuse([found])
            else:
                yield found


def one_message(file: str, index: int | None) -> "tuple[Message, bytes] | None":
    """Message `index` of `file`, the first where none is named; says so where there are more or none."""
    found = messages(file)
    seen = 0
    for seen, one in enumerate(found, 1):
        if seen > (index or 0):
            if index is None and next(found, None) is not None:
                say("this is the first of several messages; --index N takes another, counted from 0", file)
            return one
    if seen:
        from bounce_tui.reporting.counted import counted

        say(f"there is no message {index}: it holds {counted(seen, 'message')}, counted from 0", file)
    return None
