"""The one form in which replies and rules are compared: lower case, plain letters, single blanks.

Folding keeps one character for one, apart from runs of white space, so that what was found can be
pointed at in the reply as it came.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_TEXT = 16_384
"""Characters of a reply that are read; a real one has at most some hundreds."""

_LONGEST_PART = 320
_BREAKS = r" <>()\[\]\",;:@、。，；：！？「」『』【】（）〈〉《》"
_OF_AN_ADDRESS = re.compile(
    rf"[^{_BREAKS}\x80-\U0010ffff]{{1,{_LONGEST_PART}}}|[^{_BREAKS}]{{0,{_LONGEST_PART}}}"
)
"""What begins in ASCII is an address in ASCII: Chinese and Japanese write on behind it without a blank."""
_HIDDEN = "imceaex-"
_WORD = re.compile(r"\S+")
_FOLDED_RANGES = ((0xA1, 0x250), (0x370, 0x400), (0x1E00, 0x1F00), (0x2010, 0x2040), (0xFF01, 0xFF5F))
_SPECIAL = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'", "\u00b4": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
    "\u0131": "i", "\u0130": "i", "\u00f8": "o", "\u00d8": "o", "\u0142": "l", "\u0141": "l",
    "\u0111": "d", "\u0110": "d", "\u00e6": "a", "\u00c6": "a", "\u0153": "o", "\u0152": "o",
}  # fmt: skip


def fold(text: str) -> str:
    """Fold a literal of a rule, or a reply without masking its addresses."""
    return _lower(" ".join(text.split()))


def fold_reply(text: str) -> str:
    """Fold a reply for matching.  Addresses become stars of the same length, so that a mailbox named
    "spam" or a domain named "blocked.example" is not taken for a word of the server."""
    joined = _lower(" ".join(text[:LONGEST_TEXT].split()))
    if "@" in joined:
        joined = _mask_addresses(joined)
    return joined


def origin(text: str, start: int, end: int) -> tuple[int, int]:
    """Where characters `start`..`end` of the folded `text` stand in `text` itself."""
    if len(" ".join(text.split())) == len(text):
        return start, min(end, len(text))
    place = 0
    first = last = -1
    for word in _WORD.finditer(text):
        length = word.end() - word.start()
        if first < 0 and start < place + length:
            first = word.start() + max(0, start - place)
        if end <= place + length:
            last = word.start() + max(0, end - place)
            break
        place += length + 1
    if first < 0:
        return len(text), len(text)
    return first, last if last >= first else len(text)


def _mask_addresses(text: str) -> str:
    pieces = []
    done = 0
    at = text.find("@")
    while at >= 0:
        behind = _OF_AN_ADDRESS.match(text, at + 1, at + _LONGEST_PART)
        end = behind.end() if behind else at + 1
        if end > at + 1:
            # Read backwards: no regex finds the run in front of a place in linear time.
            front = _OF_AN_ADDRESS.match(text[max(done, at - _LONGEST_PART) : at][::-1])
            start = at - front.end() if front else at
            # An Exchange address in its IMCEAEX form is no mailbox name but the very cause.
            if start < at and not text.startswith(_HIDDEN, start):
                pieces.append(text[done:start])
                pieces.append("*" * (end - start))
                done = end
        at = text.find("@", end)
    pieces.append(text[done:])
    return "".join(pieces)


def _lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = text.translate(_folding_table())
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=1)
def _folding_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, end in _FOLDED_RANGES:
        for code in range(first, end):
            plain = "".join(
                char for char in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(char)
            )
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    table.update({ord(char): plain for char, plain in _SPECIAL.items()})
    return table
