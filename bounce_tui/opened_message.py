"""What one message is made of, for the detail pane and the hints: header, parts, what came back in it."""

from msgspec import Struct

from bounce_tui.model import Hop


class Part(Struct, frozen=True, gc=False):
    """One MIME part of the open message: type, file name and size in bytes after decoding."""

    content_type: str
    filename: str | None
    size: int


class Returned(Struct, frozen=True):
    """The returned message of the open bounce, opened: what a filter looked at.  `whole` tells all of it
    from its header alone (or a quoted beginning); `complete_head` is False where even the header may be
    cut.  `size` is bytes as they travel, `told_size` those that the report says the body has of which only
    the beginning came back (0 where it does not), `longest_line` octets of the longest line, `eight_bit_head`
    True for undeclared bytes beyond ASCII in the header."""

    whole: bool = False
    complete_head: bool = True
    size: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    text: str = ""
    html: str = ""
    longest_line: int = 0
    eight_bit_head: bool = False
    told_size: int = 0


class OpenedMessage(Struct, frozen=True):
    """What the detail pane shows of one message beyond its Bounce: headers in their order, decoded,
    the hops and the parts, and the returned message."""

    headers: tuple[tuple[str, str], ...] = ()
    hops: tuple[Hop, ...] = ()
    parts: tuple[Part, ...] = ()
    text: str = ""
    error: str | None = None
    returned: Returned | None = None
