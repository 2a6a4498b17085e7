"""The message on screen: all its headers, hops and parts, read with mail-parser.

About a millisecond a message, so this is for the one that the user looks at; a scan uses `parse`.
mail-parser is imported when the first message is opened, which saves 70 ms at every start.
"""

import binascii
import logging
from typing import Any

from msgspec.structs import replace

from bounce_tui.model import Hop
from bounce_tui.opened_message import OpenedMessage, Part, Returned
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.mime.headers import unfold
from bounce_tui.parsing.mime.mail import Mail, cut
from bounce_tui.parsing.on_screen.header_list import header_list
from bounce_tui.parsing.on_screen.returned import read_returned
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.returned_message.received import read_hops

LARGEST = 4 << 20
"""Bytes beyond which mail-parser, which decodes every attachment at once, is not asked."""
LONGEST_HEADER = 1 << 15
"""Characters of one unfolded line beyond which it is not asked either: the parameters of a header cost
the square of their length there."""
MOST_PARAGRAPHS = 5000
"""The same for blank lines, each of which is a message of its own in a delivery status there."""
MOST_PARTS = 500
TEXT_LIMIT = 1 << 18

# What mail-parser 4 is known to raise on hostile mail: AttributeError and TypeError for odd parts,
# UnicodeError and LookupError for odd charsets, binascii.Error for odd base64, RecursionError for
# nesting.  Its own errors derive from Exception alone and are added when it is imported.
_KNOWN = (
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    IndexError,
    RecursionError,
    OSError,
    binascii.Error,
)


def open_message(raw: bytes) -> OpenedMessage:
    """`raw` as the detail pane shows it.  Never raises: where mail-parser fails, our own walker
    gives what it can and `error` says what happened."""
    mail = cut(raw)
    hops, parts, error = read_hops(mail.head), _parts(mail), None
    if _is_too_much(mail):
        error = f"too much for mail-parser ({len(raw)} bytes); shown as our own reader sees it"
    else:
        library = _library()
        try:
            parsed = library.parse_from_bytes(raw)
            hops = _hops(parsed, hops)
            parts = _attachments(parsed, parts)
        except (*_KNOWN, library.exceptions.MailParserError) as caught:
            error = (
                f"mail-parser could not read it ({type(caught).__name__}); shown as our own reader sees it"
            )
    return OpenedMessage(
        headers=header_list(mail.head),
        hops=hops,
        parts=parts,
        text=Report(mail).whole_text[:TEXT_LIMIT],
        error=error,
        returned=read_returned(mail),
    )


def read_returned_of(raw: bytes) -> Returned | None:
    """The returned message of `raw` alone, without mail-parser.  Never raises."""
    return read_returned(cut(raw))


def _is_too_much(mail: Mail) -> bool:
    """Whether mail-parser would keep the user waiting."""
    wire = mail.wire
    if len(wire) > LARGEST or len(mail.entities) > MOST_PARTS or wire.count("\n\n") > MOST_PARAGRAPHS:
        return True
    lines = wire.replace("\n ", " ").replace("\n\t", " ").split("\n")
    return max(map(len, lines)) > LONGEST_HEADER


def _library() -> Any:
    import mailparser
    import mailparser.exceptions

    # Without a handler its warnings, which quote the mail, would go to stderr: onto the screen.
    logging.getLogger("mailparser").addHandler(logging.NullHandler())
    return mailparser


def _hops(parsed: Any, ours: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """Our hops, with what mail-parser read where we read nothing; it lists them oldest first."""
    theirs = list(reversed(parsed.received or []))
    if len(theirs) != len(ours):
        return ours
    return tuple(
        replace(
            hop,
            by=hop.by or _text(other.get("by")),
            protocol=hop.protocol or _text(other.get("with")),
            date=hop.date or to_utc(_text(other.get("date_utc"))),
        )
        for hop, other in zip(ours, theirs, strict=True)
    )


def _attachments(parsed: Any, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Our list of parts, with the names that mail-parser finds where we found none."""
    names = [_text(one.get("filename")) for one in parsed.attachments or []]
    unnamed = [
        number
        for number, part in enumerate(parts)
        if part.filename is None and not part.content_type.startswith("text/")
    ]
    if len(unnamed) != len(names):
        return parts
    listed = list(parts)
    for number, name in zip(unnamed, names, strict=True):
        listed[number] = Part(parts[number].content_type, name, parts[number].size)
    return tuple(listed)


def _parts(mail: Mail) -> tuple[Part, ...]:
    return tuple(
        Part(entity.content_type, entity.filename, len(entity.body(LARGEST))) for entity in mail.entities
    )


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return unfold(value.encode("utf-8", "replace").decode("utf-8"))
