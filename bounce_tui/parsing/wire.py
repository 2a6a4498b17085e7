"""One message as the room carries it: Latin-1 text (a character a byte), one newline style, header first.

Text methods and patterns then work alike on every message, offsets are byte offsets, and nothing is
decoded that nobody asks for.
"""

import re

# What a message file can carry before its header: a byte order mark, blank lines, the "From " line
# of an mbox and ">From " of one quoted twice.
_LEADING = re.compile(r"(?:\xef\xbb\xbf|\s+|>?From [^\n]*\n)*")

_ODD = ("", "\n", " ", "\t", ">", "\xef", "\x0b", "\x0c", "\x85", "\xa0")


def to_wire(raw: bytes) -> str:
    """`raw` with its newlines as LF, without what stands before the header.  CR only, CR LF, CR CR LF
    and any mixture of them are read as line ends."""
    text = str(_with_lf(raw) if b"\r" in raw else raw, "latin-1")
    if text[:1] in _ODD or text.startswith("From "):
        text = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]  # matches the empty string
    return text


def _with_lf(raw: bytes) -> bytes:
    bare = raw.replace(b"\r", b"")
    if len(raw) - len(bare) == raw.count(b"\r\n"):
        return bare  # what nearly all mail with CR has, at half the cost
    return raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
