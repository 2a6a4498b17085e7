"""Bytes to text, whatever charset a stranger names.

Parsing carries a message as Latin-1 text, one character a byte (see `wire`); here such text becomes
what its author wrote.  The result never holds a lone surrogate, so it always encodes as UTF-8.
"""

import codecs
from functools import lru_cache

from bounce_tui.parsing.mime.mojibake import mend

# Codecs that are slow on purpose-made input (punycode, idna), can produce any code point or read
# escapes (the *escape ones), or never decode anything.
_REFUSED = frozenset(
    {"punycode", "idna", "unicode_escape", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
)
_STATEFUL = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
_LONGEST_NAME = 40
_WESTERN = "cp1252"


@lru_cache(maxsize=256)
def codec_name(charset: str) -> str | None:
    """The Python codec for a charset's name, or None for an unknown, hostile or non-text one."""
    name = charset.strip().strip("\"'").lower()
    if not name or len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        return None
    try:
        found = codecs.lookup(name).name
        b"a".decode(found, "replace")  # LookupError for codecs that are no text encodings
    except (LookupError, ValueError, ImportError):
        return None
    if found in _REFUSED or name.replace("-", "_") in _REFUSED:
        return None
    return {"iso8859-1": _WESTERN, "ascii": None, "gb2312": "gb18030", "gbk": "gb18030"}.get(found, found)


@lru_cache(maxsize=256)
def _is_stateful(codec: str) -> bool:
    return codec.startswith(_STATEFUL)


def decode(wire: str, charset: str | None = None) -> str:
    """`wire` (Latin-1, one character a byte) as text.  The declared charset first, then UTF-8, then
    the Japanese ones that mail leaves undeclared, then Windows-1252.  Where that one is declared, UTF-8 comes
    before it: what is valid UTF-8 is no text of Western Europe.  Misread text is mended (see `mojibake`)."""
    codec = codec_name(charset) if charset else None
    if wire.isascii() and "\x1b" not in wire and (codec is None or not _is_stateful(codec)):
        return wire
    data = wire.encode("latin-1", "replace")
    declared = ("utf-8", codec) if codec == _WESTERN else (codec,)
    undeclared = ("iso2022_jp_2" if "\x1b$" in wire else None, "utf-8", "euc_jp" if codec else None)
    for name in (*declared, *undeclared):
        if name is None:
            continue
        try:
            return mend(without_surrogates(data.decode(name)))
        except (UnicodeError, ValueError):
            continue
    return mend(without_surrogates(data.decode(codec or _WESTERN, "replace")))


def without_surrogates(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate: UTF-8, and so every automaton, knows none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
