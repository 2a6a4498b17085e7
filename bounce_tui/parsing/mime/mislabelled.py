"""Bytes whose charset is named wrongly: KOI8-R called Windows-1251, Latin-2 called Latin-1, ISO called UTF-8.

What is named is believed as long as the text is plausible in it, which costs next to nothing; else each line
is read in the charset that makes it likeliest.
"""

from typing import Final

from bounce_tui.parsing.mime import latin_letters, misread
from bounce_tui.parsing.mime.mojibake import mend

_WESTERN: Final = "cp1252"
_FEW: Final = 3
_MOST_LINES: Final = 200
_BEYOND: Final = bytes(range(0x80, 0x100))
_HIRAGANA: Final = "\xa4"
"""The first byte of hiragana in EUC-JP."""
_EVERY: Final = 8
_LOST: Final = "\ufffd"
_C1: Final = {
    code: bytes((code,)).decode(_WESTERN)
    for code in range(0x80, 0xA0)
    if bytes((code,)).decode(_WESTERN, "ignore")
}
_LOST_BYTES: Final = dict.fromkeys(set(range(0x80, 0xA0)) - set(_C1), _LOST)


def reread(wire: str, codec: str) -> str | None:
    """`wire` (Latin-1, one character a byte) as text, where it is hardly what `codec`, a charset of one or
    two bytes a letter, makes of it; None where that is to be believed."""
    if codec == _WESTERN:
        return None
    utf8 = _as_utf8(wire, codec)
    if utf8 is not None:
        return utf8
    if latin_letters.is_latin(codec):
        return None if latin_letters.is_plausible(wire, codec) else _in_other_letters(wire, codec)
    if not misread.is_known(codec):
        return None
    if misread.is_latin_text(wire, codec):
        return as_western(wire)
    if _is_plausible(wire, codec):
        return None
    return "\n".join(_lines(wire.split("\n"), codec))


def as_western(wire: str) -> str:
    """`wire`, of which nothing better is known, read as Windows-1252 and mended: in another charset where
    that is likelier."""
    if "\0" in wire:
        return mend(wire.encode("latin-1", "replace").decode(_WESTERN, "replace"))  # a picture, no text
    japanese = _as_japanese(wire)
    if japanese is not None:
        return mend(japanese)
    if not latin_letters.is_plausible(wire, _WESTERN):
        other = _in_other_letters(wire, _WESTERN)
        if other is not None:
            return mend(other)
    return mend(_decoded(wire, _WESTERN)).translate(_LOST_BYTES)


def _in_other_letters(wire: str, codec: str) -> str | None:
    """`wire`, which is hardly text in `codec`, in another script, or in the charset of another language in
    Latin letters."""
    western = _decoded(wire, _WESTERN)
    mended = mend(western)
    if mended != western:
        return mended
    other = latin_letters.charset_of(wire, codec)
    return None if other is None else _decoded(wire, other)


def as_broken_utf8(wire: str) -> str:
    """`wire`, which calls itself UTF-8 and is not: line by line, as one of another charset may have been
    taken into it, or all of it was."""
    japanese = _as_japanese(wire)
    return mend("\n".join(map(_utf8_line, wire.split("\n"))) if japanese is None else japanese)


def _as_japanese(wire: str) -> str | None:
    """`wire` as EUC-JP, which old systems of Japan name in no mail, told by its hiragana alone."""
    hiragana = wire.count(_HIRAGANA)
    if hiragana < _FEW:
        return None
    data = wire.encode("latin-1", "ignore")
    if hiragana * _EVERY < len(data) - len(data.translate(None, _BEYOND)):
        return None
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        return None


def _utf8_line(line: str) -> str:
    if line.isascii():
        return line
    data = line.encode("latin-1", "ignore")
    read = data.decode("utf-8", "replace")
    lost = read.count(_LOST)
    if lost == 0:
        return read
    beyond = sum(char >= "\x80" for char in read) - lost
    # A letter cut in two, or a text of which some was lost, is UTF-8 all the same.
    return read if beyond > lost else as_western(line)


def _as_utf8(wire: str, codec: str) -> str | None:
    """`wire` as UTF-8, where it is that by more than chance."""
    data = wire.encode("latin-1", "ignore")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    letters = sum(char >= "\x80" for char in text) if len(text) < len(data) else 0
    if letters >= _FEW:
        return text
    return None if letters == 0 or not misread.is_known(codec) or _reads(wire, codec) else text


def _reads(wire: str, codec: str) -> bool:
    if misread.has_latin_words(wire):
        return False
    try:
        text = wire.encode("latin-1", "ignore").decode(codec)
    except UnicodeDecodeError:
        return False
    return misread.is_plausible(wire, codec) and text.isprintable()


def _is_plausible(wire: str, codec: str) -> bool:
    """Whether each line, of the first, is plausible: a reply is quoted in a charset of its own."""
    lines = wire.split("\n") if len(wire) > _MOST_LINES else [wire]
    return all(misread.is_plausible(line, codec) for line in lines[:_MOST_LINES] if not line.isascii())


def _lines(lines: list[str], codec: str) -> list[str]:
    """Each of `lines` in its charset; those behind the first hundreds in that of the last."""
    read = []
    charset = codec
    for number, line in enumerate(lines):
        if line.isascii():
            read.append(line)
            continue
        if number < _MOST_LINES:
            other = misread.other_charset(line, codec)
            charset = other or (charset if not misread.is_plausible(line, codec) else codec)
        is_latin = misread.is_latin_text(line, codec)
        read.append(as_western(line) if is_latin else _decoded(line, charset))
    return read


def _decoded(wire: str, charset: str) -> str:
    if charset != _WESTERN:
        return wire.encode("latin-1", "replace").decode(charset, "replace")
    try:
        return wire.encode("latin-1", "replace").decode(charset)
    except UnicodeDecodeError:
        return wire.translate(_C1)  # what is nothing there may be a letter elsewhere: it stays a control
