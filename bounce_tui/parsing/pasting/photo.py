"""Text that was read off a photo or a screen: blanks on both sides of the dots and the sign of addresses and
names of hosts, and in brackets."""

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


def without_gaps(text: str) -> str:
    """`text` as it stands on the photo, where dots inside its names are parted from them."""
    if len(text) > _LONGEST or sum(1 for _ in _PARTED.finditer(text)) < _FEWEST:
        return text
    text = _SPACED_AT.sub("@", _SPACED_DOT.sub(".", text))
    text = _CLOSED.sub("", _OPENED.sub(r"\1", text))
    return _GAP.sub(" ", text)
