"""Text that was read off a photo or a screen: blanks on both sides of the dots and the sign of addresses and
names of hosts, and in brackets; letters of its words taken for others that look like them."""

import re
from typing import Final

from bounce_tui.regex import regex

_LONGEST: Final = 20_000
"""Characters of a text that may be what a photo shows."""
_PARTED: Final = regex(r"(?<=[\w\]-]) {1,2}[.@] {1,2}(?=[\w\[-])")
_SPACED_DOT: Final = regex(r"(?<=[\w-]) {1,2}\. {1,2}(?=[a-z0-9-])")
_SPACED_AT: Final = regex(
    r"(?<=[\w+-]) {0,2}@ {1,2}(?=[a-z0-9-]{1,63}\.)|(?<=[\w+-]) {1,2}@(?=[a-z0-9-]{1,63}\.)"
)
_OPENED: Final = regex(r"([\[(<]) {1,2}(?=\S)")
_CLOSED: Final = regex(r"(?<=\S) {1,2}(?=[\])>:;,])")
_GAP: Final = regex(r"(?<=\S) {2}(?=\S)")
_FEWEST: Final = 2
# "f0und", "0ffice", "rep0rt"; "rnessage", "ernail": neither in an address nor in the name of a host or file.
_AROUND: Final = r"(?![\w@-]|[./]\w)"
_ZERO: Final = regex(rf"(?<![\w@./:=#<-])(?:0[a-z]{{3,20}}|[A-Za-z]{{1,20}}0[a-z]{{1,20}}){_AROUND}")
_RN: Final = regex(rf"(?<![\w@./:=#<-])(?:[Rr]n(?=[aeiouy])|ern(?=ail))[a-z]{{2,20}}{_AROUND}")
# At the beginning of a word of a few letters: "ln", "lnfo", "lf".
_L_FOR_I: Final = regex(
    rf"(?<![\w@./:=#<-])l(?=[nfst](?![\w@.-])|n(?:fo|bo|te|va|co|cl))[a-z]{{1,20}}{_AROUND}"
)


def without_gaps(text: str) -> str:
    """`text` as it stands on the photo, where dots inside its names are parted from them."""
    if len(text) > _LONGEST:
        return text
    text = _with_letters(text)
    if sum(1 for _ in _PARTED.finditer(text)) < _FEWEST:
        return text
    text = _SPACED_AT.sub("@", _SPACED_DOT.sub(".", text))
    text = _CLOSED.sub("", _OPENED.sub(r"\1", text))
    return _GAP.sub(" ", text)


def _with_letters(text: str) -> str:
    """`text` with the letters of its words that a reader of photos took for others, where it took several."""
    if sum(1 for pattern in (_ZERO, _RN) for _ in pattern.finditer(text)) < _FEWEST:
        return text
    text = _ZERO.sub(_with_o, text)
    text = _RN.sub(lambda word: word[0].replace("rn", "m", 1).replace("Rn", "M", 1), text)
    return _L_FOR_I.sub(lambda word: f"I{word[0][1:]}", text)


def _with_o(word: re.Match[str]) -> str:
    return f"O{word[0][1:]}" if word[0].startswith("0") else word[0].replace("0", "o")
