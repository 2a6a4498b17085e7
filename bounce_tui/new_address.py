"""The address that a reply gives in place of the recipient's: "551 please try <ann@new.example>"."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.regex import regex

_LONGEST_READ: Final = 4000
_ADDRESS: Final = regex(r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_NEAR: Final = 60
"""Characters in front of an address in which the words for a new one stand."""


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `new_address.toml`, which explains them."""

    lead: tuple[str, ...]
    write_to: tuple[str, ...]
    announced: tuple[str, ...]


def is_announced(before: str) -> bool:
    """Whether `before` ends in words that announce the address to write to instead."""
    return _before().search(before[-_NEAR:]) is not None


def new_address(reply: str) -> str | None:
    """The address that `reply` says to write to instead, None where it gives none."""
    reply = reply[:_LONGEST_READ]
    if "@" not in reply:
        return None
    found = _ADDRESS.finditer(reply)
    return next(
        (one[0] for one in found if is_announced(reply[max(0, one.start() - _NEAR) : one.start()])), None
    )


@cache
def _before() -> re.Pattern[str]:
    """Finds the words at the end of a text."""
    words = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=_Words)
    lead, write_to, announced = ("|".join(map(re.escape, group)) for group in msgspec.structs.astuple(words))
    return re.compile(
        rf"(?<!\w)(?:(?:{lead})[ ,:]{{1,2}}(?:{write_to})|{announced})[\s:<(\"'“„«]{{1,4}}\Z", re.IGNORECASE
    )
