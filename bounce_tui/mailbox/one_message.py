"""The bytes of one message, as its sender's system wrote them, out of a file."""

from bounce_tui.mailbox.from_lines import unquoted, without_from_lines
from bounce_tui.mailbox.nature import HEAD, NotMailError, nature, utf16_to_utf8, without_mark
from bounce_tui.mailbox.refusal import UnreadableSource


def from_file(file: str, raw: bytes) -> bytes:
    """The message that the whole file `file` with the bytes `raw` is.

    Its text is UTF-8 where the file was UTF-16; a `From ` line or blank lines in front are gone.
    Raises UnreadableSource for an empty or binary file.
    """
    if not raw:
        raise UnreadableSource(file, "empty file")
    try:
        kind = nature(raw[:HEAD])
    except NotMailError as error:
        raise UnreadableSource(file, str(error)) from None
    if kind == "utf-16":
        raw = utf16_to_utf8(raw)
    elif kind == "blank" and not raw.strip():
        raise UnreadableSource(file, "nothing in it but white space")
    return without_from_lines(without_mark(raw))


def from_mbox(raw: bytes) -> bytes:
    """The message in a piece `raw` of an mbox: without its `From ` line, the quoting of such lines in
    its text, and the blank line that ends it."""
    if raw.endswith(b"\r\n\r\n"):
        raw = raw[:-2]
    elif raw.endswith((b"\n\n", b"\r\r")):
        raw = raw[:-1]
    return without_mark(unquoted(without_from_lines(without_mark(raw))))
