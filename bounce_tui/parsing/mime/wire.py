"""One message as parsing carries it: Latin-1 text (a character a byte), one newline style, header first.

Text methods and patterns then work alike on every message, offsets are byte offsets, and nothing is
decoded that nobody asks for.
"""

from typing import Final

from bounce_tui.regex import regex

# What a message file can carry before its header: a byte order mark, blank lines, the "From " line
# of an mbox and ">From " of one quoted twice.
_LEADING: Final = regex(r"(?:\xef\xbb\xbf|\s+|>?From [^\n]*\n)*")

_BLANK_LINE: Final = regex(r"\n[ \t]*\n")
_FIELD: Final = regex(r"[A-Za-z][A-Za-z-]{1,60}:")
_LONGEST_HEAD: Final = 65536

_ODD: Final = frozenset(("", "\n", " ", "\t", ">", "\xef", "\x0b", "\x0c", "\x85", "\xa0"))


def to_wire(raw: bytes) -> str:
    """`raw` with its newlines as LF, without what stands before the header.  CR only, CR LF, CR CR LF
    and any mixture of them are read as line ends."""
    text = str(_with_lf(raw) if b"\r" in raw else raw, "latin-1")
    if text[:1] in _ODD or text.startswith("From "):
        start = _LEADING.match(text).end()  # type: ignore[union-attr]  # matches the empty string
        indent = text[text.rfind("\n", 0, start) + 1 : start] if start else ""
        text = text[start:]
        if indent and not indent.strip(" \t"):
            text = _dedented(text, indent)
    return text


def as_wire(text: str) -> str:
    """Decoded `text` back in the form in which parsing carries a message."""
    return text.encode("utf-8", "replace").decode("latin-1")


def _dedented(text: str, indent: str) -> str:
    """`text` without the `indent` that somebody's paste or an old gateway put before each line of the
    header; `text` itself where only its first line has it."""
    head = _BLANK_LINE.split(text[:_LONGEST_HEAD], 1)[0].split("\n")[1:]
    if not all(line.startswith(indent) for line in head) or not any(
        _FIELD.match(line, len(indent)) for line in head
    ):
        return text
    return text.replace(f"\n{indent}", "\n")


def _with_lf(raw: bytes) -> bytes:
    bare = raw.replace(b"\r", b"")
    if len(raw) - len(bare) == raw.count(b"\r\n"):
        return bare  # what nearly all mail with CR has, at half the cost
    return raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
