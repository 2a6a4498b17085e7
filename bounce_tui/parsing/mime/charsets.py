"""Bytes to text, whatever charset a stranger names.

Parsing carries a message as Latin-1 text, one character a byte (see `wire`); here such text becomes
what its author wrote.  The result never holds a lone surrogate, so it always encodes as UTF-8.
"""

import codecs
from functools import lru_cache

from bounce_tui.parsing.mime.mislabelled import as_broken_utf8, as_western, reread
from bounce_tui.parsing.mime.mojibake import mend

# Codecs that are slow on purpose-made input (punycode, idna), can produce any code point or read
# escapes (the *escape ones), or never decode anything.
_REFUSED = frozenset(
    {"punycode", "idna", "unicode_escape", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
)
_STATEFUL = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
_ESCAPED = ("iso2022", "hz")
_LONGEST_NAME = 40
_WESTERN = "cp1252"
_UTF8 = "utf-8"
_SUPERSETS = {
    "iso8859-1": _WESTERN,
    "ascii": None,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "utf-8-sig": _UTF8,
    "utf8": _UTF8,
}
"""What is read in place of a charset: what it is taken for on the web, what programs mean that name it."""
_OTHER_NAMES = {
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gbk",
}
"""Names of charsets that Python does not know."""


@lru_cache(maxsize=256)
def codec_name(charset: str) -> str | None:
    """The Python codec for a charset's name, or None for an unknown, hostile or non-text one."""
    name = charset.strip().strip("\"'").lower()
    if not name or len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        return None
    try:
        found = codecs.lookup(_OTHER_NAMES.get(name, name)).name
        b"a".decode(found, "replace")  # LookupError for codecs that are no text encodings
    except (LookupError, ValueError, ImportError):
        return None
    if found in _REFUSED or name.replace("-", "_") in _REFUSED:
        return None
    return _SUPERSETS.get(found, found)


@lru_cache(maxsize=256)
def _is_stateful(codec: str) -> bool:
    return codec.startswith(_STATEFUL)


def decode(wire: str, charset: str | None = None) -> str:
    """`wire` (Latin-1, one character a byte) as text.  The declared charset first, as far as the text is
    plausible in it (see `mislabelled`), then UTF-8, then the likeliest, Windows-1252 at last.  Where that one
    is declared, UTF-8 comes before it: what is valid UTF-8 is no text of Western Europe.  Misread text is
    mended (see `mojibake`)."""
    codec = codec_name(charset) if charset else None
    if wire.isascii() and "\x1b" not in wire and (codec is None or not _is_stateful(codec)):
        return wire
    return without_surrogates(_decode(wire, codec))


def _decode(wire: str, codec: str | None) -> str:
    data = wire.encode("latin-1", "replace")
    stateful = codec is not None and _is_stateful(codec)
    escapes = (
        None if stateful or "\x1b$" not in wire else "iso2022_kr" if "\x1b$)C" in wire else "iso2022_jp_2"
    )
    if escapes is not None and wire.isascii():
        read = _strict(data, escapes)
        if read is not None:
            return read
    if codec is None or codec == _WESTERN:
        read = _strict(data, _UTF8)
        return mend(read) if read is not None else as_western(wire)
    if codec == _UTF8:
        read = _strict(data, codec)
        return mend(read) if read is not None else as_broken_utf8(wire)
    if not stateful:
        read = reread(wire, codec)
        if read is not None:
            return mend(read)
    read = _strict(data, codec)
    if read is None:
        read = _strict(data, _UTF8)
    if read is None and codec.startswith(_ESCAPED):
        return as_western(wire)
    return mend(data.decode(codec, "replace") if read is None else read)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def without_surrogates(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate: UTF-8, and so every automaton, knows none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
