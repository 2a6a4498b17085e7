"""The bytes of one message, as its sender's system wrote them, out of a file."""

from bounce_tui.mailbox.file_kind import HEAD, NotMailError, kind_of_file, utf16_to_utf8
from bounce_tui.mailbox.from_lines import after_from_lines, unquoted, without_mark
from bounce_tui.mailbox.mbox_or_message import is_one_message
from bounce_tui.mailbox.packed import is_packed, unpack_message
from bounce_tui.mailbox.refusal import UnreadableSource
from bounce_tui.regex import regex

_EMLX = regex(rb"(\d{1,12}) *\r?\n")


def from_file(file: str, raw: bytes) -> bytes:
    """The message that the whole file `file` with the bytes `raw` is.

    Its text is UTF-8 where the file was UTF-16; a `From ` line or blank lines in front are gone.
    Raises UnreadableSource for an empty or binary file.
    """
    if not raw:
        raise UnreadableSource(file, "empty file")
    if is_packed(raw) and is_one_message(file):
        # As Dovecot's zlib plugin keeps mail.
        raw = unpack_message(file, raw)
    try:
        kind = kind_of_file(raw[:HEAD])
    except NotMailError as error:
        raise UnreadableSource(file, str(error)) from None
    if kind == "utf-16":
        raw = utf16_to_utf8(raw)
    elif kind == "blank" and not raw.strip():
        raise UnreadableSource(file, "nothing in it but white space")
    raw = without_mark(raw)
    if file[-5:].lower() == ".emlx" and (counted := _EMLX.match(raw)):
        # Behind as many bytes as the first line says, Apple Mail puts a property list of its own.
        raw = raw[counted.end() :][: int(counted[1])]
    return raw[after_from_lines(raw, 0) :] if kind == "mbox" else raw


def from_mbox(data: bytes, start: int, end: int, *, quoted: bool) -> bytes:
    """The message from `start` to `end` in a piece `data` of an mbox: without its `From ` line, the
    quoting of such lines in its text where there may be some (`quoted`), and the blank line after it."""
    if data.endswith((b"\n\n", b"\r\r"), start, end):
        end -= 1
    elif data.endswith(b"\r\n\r\n", start, end):
        end -= 2
    if data.startswith(b"From ", start):
        start = after_from_lines(data, start)
    raw = data[start:end]
    return without_mark(unquoted(raw) if quoted else raw)
