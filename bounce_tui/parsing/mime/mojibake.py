"""Text that went through the wrong charset on its way, made readable again.

Servers write their replies in UTF-8 and others hand them on as Latin-1 ("EmpfÃ¤nger"), or in a charset of
another script that nobody names ("Ïîëüçîâàòåëü", "ÓÃ»§²»´æÔÚ"; see `misread`).  Some systems take letters
and their accents apart (Unicode's form D), and old Japanese ones write half-width kana.  ASCII costs
nothing; the rest is linear.
"""

import re
import unicodedata

from bounce_tui.parsing.mime.misread import Rereader
from bounce_tui.regex import regex

_OF_C1 = "".join(bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0))
_TAIL = rf"[\x80-\xbf{_OF_C1}]"
_RUN = regex(rf"(?:[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}})+")
"""UTF-8 of letters beyond ASCII, each byte read as a character of Latin-1 or Windows-1252."""
_TELLING = regex(
    rf"[ÂÃÄÅÆÈÎÏÐÑ×ØÙÛ]{_TAIL}|(?:â€|á[º»]){_TAIL}|(?:[\xe0-\xef]{_TAIL}{{2}}){{2}}|\xf0Ÿ{_TAIL}{{2}}"
)
"""What nobody writes on purpose.  One accented letter before a quotation mark is none: French does that."""
_SUSPECT = regex(rf"[\xc2-\xf0]{_TAIL}")
_UNLIKE_UTF8 = regex(r"[\xa1-\xff]\0|\0[\xa1-\xff]")
_BYTES = {ord(char): char.encode("cp1252").decode("latin-1") for char in _OF_C1}
_LETTERS = regex(r"[\xc0-\xff]")
_CLASSES = bytes(72 if code > 0x80 else 97 if 0x40 <= code < 0x7F else 46 for code in range(256))
_FOREIGN = regex(rb"H(?:HHH|[Ha](?:H[Ha]){3})")
"""No word of a language that Latin-1 is for has four characters beyond ASCII in a row, or one in each place
but every other: signs of two bytes, as those of Chinese, may have letters of ASCII for the second."""
_OF_KANA = ("\u201a", "\u0192")
"""The first byte of hiragana and katakana in Shift JIS, as Windows-1252 has it."""
_APART = regex(
    r"[^\W\d_][\u0300-\u036f\u3099\u309a]{1,4}|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|[\uff66-\uff9f]{1,64}"
)
"""A letter with accents that stand apart, the parts of a Korean syllable, half-width kana."""
_MARK = regex(r"[\u0300-\u036f\u1161-\u1175\u3099\u309a\uff66-\uff9f]")
_FIRST_HALF_KANA = "\uff66"
_TIMES = 2
"""How often a text may have been misread on its way."""


def mend(text: str) -> str:
    """`text` with what was misread set right, and its accents on their letters (Unicode's form C, as RFC 6532
    section 3.1 asks, but for marks beyond the fourth on one letter)."""
    if text.isascii():
        return text
    # Both begin with a letter of Latin-1: text in another script is told from them without the engine.
    western = text.encode("latin-1", "ignore")
    beyond = len(western) < len(text)
    if not western.isascii() and (
        _SUSPECT.search(text) is not None or _is_foreign(western) or any(map(text.__contains__, _OF_KANA))
    ):
        rereader = Rereader()
        text = "\n".join(
            [line if line.isascii() else _mend_line(line, rereader) for line in text.split("\n")]
        )
        beyond = True
    if beyond and _MARK.search(text) is not None:
        text = _APART.sub(_joined, text)
    return text


def _joined(found: re.Match[str]) -> str:
    # Never the text as a whole: to sort a long run of accents takes the library quadratic time.
    return unicodedata.normalize("NFKC" if found[0] >= _FIRST_HALF_KANA else "NFC", found[0])


def _is_foreign(western: bytes) -> bool:
    return _FOREIGN.search(western.translate(_CLASSES)) is not None


def _mend_line(line: str, rereader: Rereader) -> str:
    """One line: the next may have come another way."""
    for _ in range(_TIMES):
        telling = len(_TELLING.findall(line))
        if not telling:
            break
        rest = _RUN.sub("\0", line)
        # A line that also has accents of its own was not misread as a whole.
        if len(_LETTERS.findall(rest)) > telling:
            break
        if _UNLIKE_UTF8.search(rest) is not None:
            # The bytes of two Chinese or Greek letters may be one of UTF-8, but not those of all.
            reread = _in_its_charset(line, rereader)
            if reread != line:
                return reread
        line = _RUN.sub(_as_utf8, line)
    return _in_its_charset(line, rereader)


def _as_utf8(found: re.Match[str]) -> str:
    try:
        return found[0].translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return found[0]


def _in_its_charset(line: str, rereader: Rereader) -> str:
    """A line of another script than Latin, each byte of which was read as a character of it."""
    single = line.translate(_BYTES)
    try:
        if not _is_foreign(single.encode("latin-1")):
            return line
    except UnicodeEncodeError:
        return line  # more than one charset went into it
    reread = rereader.reread(single)
    return line if reread is single else reread
