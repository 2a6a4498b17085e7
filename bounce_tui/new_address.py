"""The address that a reply gives in place of the recipient's: "551 please try <ann@new.example>"."""

import re
from typing import Final

from bounce_tui.regex import regex

_LONGEST_READ: Final = 4000
_WORDS: Final = (
    r"(?:please|instead)[ ,:]{1,2}(?:try|use|write to|send to|forward to)|try"
    r"|(?:moved|changed) to|now at|is now"
    r"|new (?:e-?mail )?address(?: is)?|neue (?:e-?mail-?)?adresse(?: lautet| ist)?"
    r"|nouvelle adresse(?: e-?mail| [ée]lectronique)?(?: est)?"
    r"|nueva direcci[óo]n(?: de correo| de e-?mail)?(?: es)?|nuovo indirizzo(?: e-?mail| di posta)?(?: è)?"
    r"|novo endereço(?: de e-?mail)?(?: é)?|nieuwe? (?:e-?mail-?)?adres(?: is)?"
    r"|nowy adres(?: e-?mail)?(?: to)?"
    r"|новый адрес(?: электронной почты)?"
)
_BEFORE: Final = regex(rf"(?<!\w)(?:{_WORDS})[\s:<(\"'“„«]{{1,4}}\Z", re.IGNORECASE)
_ADDRESS: Final = regex(r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_NEAR: Final = 60
"""Characters in front of an address in which the words for a new one stand."""


def is_announced(before: str) -> bool:
    """Whether `before` ends in words that announce the address to write to instead."""
    return _BEFORE.search(before[-_NEAR:]) is not None


def new_address(reply: str) -> str | None:
    """The address that `reply` says to write to instead, None where it gives none."""
    reply = reply[:_LONGEST_READ]
    if "@" not in reply:
        return None
    found = _ADDRESS.finditer(reply)
    return next(
        (one[0] for one in found if is_announced(reply[max(0, one.start() - _NEAR) : one.start()])), None
    )
