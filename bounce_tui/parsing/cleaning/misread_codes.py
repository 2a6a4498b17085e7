"""Codes and addresses in which letters stand for digits, or blanks between them: text that was read off a
photo ("55O 5.1.l")."""

import re
from typing import Final

from bounce_tui.regex import regex

_DIGITS: Final = str.maketrans("OoQlI|S", "0001115")
_ALIKE: Final = r"[0-9OoQlI|S]"
# RFC 3463: "5.1.1"; "S.O.S" has no digit.
_STATUS: Final = regex(rf"(?<![\w.])[245S]\.{_ALIKE}{{1,3}}\.{_ALIKE}{{1,3}}(?![\w.|])")
_CODE: Final = regex(
    rf"(?:^|(?<=[\s:\"'(>]))[245S][0-5OoQS]{_ALIKE}"
    r"(?=[ :-]{1,2}([245]\.\d)|[ -]{1,2}[A-Za-z<\"']|[ \t]*$)",
    re.M,
)
_ADDRESS: Final = regex(rf"(?<![\w.])\d{_ALIKE}{{0,2}}(?:\.{_ALIKE}{{1,3}}){{3}}(?![\w.|])")
# "12/02/2O26", "14:O7".
_DATE: Final = regex(rf"(?<![\w./-])\d{_ALIKE}{{0,3}}([./-]){_ALIKE}{{1,2}}\1{_ALIKE}{{2,4}}(?![\w./-])")
_CLOCK: Final = regex(rf"(?<![\w.:]){_ALIKE}{{1,2}}:{_ALIKE}{{2}}(?::{_ALIKE}{{2}})?(?![\w:])")
# "550 5. 1. 1": a reader of photos parts what stands apart.
_SPACED_STATUS: Final = regex(r"(?<=\b[245]\d\d)[ -]([245])(?: \. ?|\. )(\d{1,3}) ?\. ?(\d{1,3})(?![\d.])")
_MISREAD_AT: Final = regex(r"(?<=[\w+-])\xa9(?=[\w-]{1,63}\.\w)")
_FEWEST_DIGITS: Final = 4
"""Of an address, so that no name is taken for one."""
_FEWEST_OF_CLOCK: Final = 2
_LONGEST: Final = 20_000
"""Characters of a text that may be what a photo shows."""


def with_digits(text: str) -> str:
    """`text` with digits where reply codes, enhanced status codes and IPv4 addresses have letters that look
    like them, and the sign of an address where one looks like it; a long text as it is."""
    if len(text) > _LONGEST:
        return text
    if "\xa9" in text:
        text = _MISREAD_AT.sub("@", text)
    text = _SPACED_STATUS.sub(r" \1.\2.\3", text)
    text = _STATUS.sub(lambda found: _read(found[0], 1), text)
    text = _ADDRESS.sub(lambda found: _read(found[0], _FEWEST_DIGITS), text)
    text = _DATE.sub(lambda found: _read(found[0], _FEWEST_DIGITS), text)
    text = _CLOCK.sub(lambda found: _read(found[0], _FEWEST_OF_CLOCK), text)
    # A word of such letters alone is a code only where a status code follows.
    return _CODE.sub(lambda found: _read(found[0], 0 if found[1] else 1), text)


def _read(token: str, fewest: int) -> str:
    digits = sum(map(str.isdigit, token))
    return token.translate(_DIGITS) if digits >= fewest else token
