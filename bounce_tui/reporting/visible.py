"""Text from strangers, made safe to show: the one function that stands before every text output.

A character that a terminal would act on instead of drawing (C0, DEL, C1, bidi controls, line and
paragraph separators, zero-width and unassigned characters, lone surrogates) is written as a
backslash escape: `\\x1b`, `\\u202e`.  Nobody mistakes that for mail text, and it can be searched for.
"""

import re
import unicodedata

from bounce_tui.regex import regex

_CANDIDATE = regex(r"[^\x20-\x7e]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """`text` on one line, with nothing left that a terminal acts on.

    What Python calls printable is kept, and so are the Unicode spaces (category Zs); everything else
    becomes an escape.  All text from outside passes here on its way to an output.
    """
    if text.isprintable():
        return text
    return _CANDIDATE.sub(_escape, text)


def visible_lines(text: str) -> list[str]:
    """The lines of `text`, each made visible; CR LF, CR and LF end a line, and a tab is four spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [visible(line.replace("\t", "    ")) for line in lines]


def visible_path(path: str) -> str:
    """A file name for people and JSON: bytes that are no UTF-8 show as `\\xff`, not as surrogates."""
    return visible(path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
