"""How a cell looks, and the shortest SGR sequence (ECMA-48 section 8.3.117) from one look to another."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Look(NamedTuple):
    """Attributes as their SGR codes, colours as the SGR parameters that set them ("" the terminal's
    own), and the parameters of the OSC 8 hyperlink ("" none)."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""


PLAIN = Look()

# The code that ends attributes, with those that it ends.
_ENDS = {
    22: frozenset((1, 2)),
    23: frozenset((3,)),
    24: frozenset((4, 21)),
    25: frozenset((5, 6)),
    27: frozenset((7,)),
    28: frozenset((8,)),
    29: frozenset((9,)),
    54: frozenset((51, 52)),
    55: frozenset((53,)),
}
_ATTRIBUTES = frozenset().union(*_ENDS.values())
_FOREGROUNDS = frozenset((*range(30, 38), *range(90, 98)))
_BACKGROUNDS = frozenset((*range(40, 48), *range(100, 108)))
_COLOUR_LENGTH = {"5": 2, "2": 4}  # 38;5;N and 38;2;R;G;B, after the 38


@lru_cache(maxsize=4096)
def after_sgr(look: Look, parameters: str) -> Look | None:
    """`look` after CSI `parameters` m; None when they hold a code that is not known here."""
    attributes, foreground, background = set(look.attributes), look.foreground, look.background
    words = iter(parameters.split(";"))
    for word in words:
        code = int(word or "0")
        if code == 0:
            attributes.clear()
            foreground = background = ""
        elif code in _ATTRIBUTES:
            attributes.add(code)
        elif code in _ENDS:
            attributes -= _ENDS[code]
        elif code in _FOREGROUNDS:
            foreground = word
        elif code in _BACKGROUNDS:
            background = word
        elif code == 39:
            foreground = ""
        elif code == 49:
            background = ""
        elif code in (38, 48):
            colour = _colour(word, words)
            if colour is None:
                return None
            foreground, background = (colour, background) if code == 38 else (foreground, colour)
        else:
            return None
    return Look(frozenset(attributes), foreground, background, look.link)


@lru_cache(maxsize=4096)
def transition(before: Look | None, after: Look) -> str:
    """The shortest sequence that takes a terminal from `before` (None: anything) to `after`."""
    if before == after:
        return ""
    afresh = _sgr("", *_set(after)) if after[:3] == PLAIN[:3] else _sgr("0", *_set(after))
    if before is None:
        return f"\x1b]8;{after.link or ';'}\x1b\\{afresh}" if after.link else afresh
    link = "" if before.link == after.link else f"\x1b]8;{after.link or ';'}\x1b\\"
    if before[:3] == after[:3]:
        return link
    return link + min(_sgr(*_difference(before, after)), afresh, key=len)


def _colour(kind: str, words: Iterator[str]) -> str | None:
    way = next(words, "")
    rest = [next(words, "") for _ in range(_COLOUR_LENGTH.get(way, 1) - 1)]
    return ";".join((kind, way, *rest)) if all(rest) and rest else None


def _set(look: Look) -> Iterator[str]:
    yield from map(str, sorted(look.attributes))
    yield from filter(None, (look.foreground, look.background))


def _difference(before: Look, after: Look) -> Iterator[str]:
    lasting = before.attributes
    for end, ended in _ENDS.items():
        if ended & (before.attributes - after.attributes):
            lasting -= ended
            yield str(end)
    yield from map(str, sorted(after.attributes - lasting))
    if before.foreground != after.foreground:
        yield after.foreground or "39"
    if before.background != after.background:
        yield after.background or "49"


def _sgr(*parameters: str) -> str:
    return f"\x1b[{';'.join(parameters)}m"
