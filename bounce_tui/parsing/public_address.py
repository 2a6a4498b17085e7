"""IP addresses that mail can come from on the Internet.

`ipaddress.is_private` is no help: it counts the documentation networks (192.0.2.0/24 and kin) as private,
which every sample and every masked report uses.
"""

import re
from ipaddress import IPv6Address, IPv6Network
from socket import AF_INET, inet_pton
from typing import Final

from bounce_tui.regex import regex

_NOT_PUBLIC: Final = tuple(IPv6Network(block) for block in ("::/127", "fc00::/7", "fe80::/10", "ff00::/8"))
# The first digit stands by itself, as the engine skips to a sign but not to several.
_V4: Final = re.compile(r"\d\d{0,2}(?:\.\d{1,3}){3}")
# The same from its first dot on, a sign to which the engine skips: what stands before is looked at by hand.
_V4_BEHIND_DOT: Final = re.compile(r"\.\d{1,3}+\.\d{1,3}+\.\d{1,3}")
_V6: Final = regex(
    r"(?<![\w:])(?:IPv6:)?([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})(?![\w:])", re.I
)
_WORDISH: Final = regex(r"[\w-]|\.\w")
_NOT_PUBLIC_V4: Final = frozenset((0, 10, 127))


def public(text: str | None) -> str | None:
    """`text` in its usual form when it is an address that mail can come from, else None."""
    if not text or len(text) > 45:
        return None
    text = text.strip("[]")
    if ":" not in text:
        return _public_v4(text)
    try:
        address = IPv6Address(text)
    except ValueError:
        return None
    if address.ipv4_mapped is not None:
        return _public_v4(str(address.ipv4_mapped))
    return None if any(address in block for block in _NOT_PUBLIC) else str(address)


def _public_v4(text: str) -> str | None:
    try:
        first, second, _, _ = inet_pton(AF_INET, text)
    except (OSError, ValueError):
        plain = ".".join(number.lstrip("0") or "0" for number in text.split("."))
        return _public_v4(plain) if plain != text else None  # some pad with zeros, "192.000.002.001"
    if first in _NOT_PUBLIC_V4 or first > 223:
        return None
    if (
        (first == 192 and second == 168)
        or (first == 172 and 16 <= second < 32)
        or (first == 169 and second == 254)
        or (first == 100 and 64 <= second < 128)
    ):
        return None
    return text


def first_address(text: str) -> str | None:
    """The first address of `text`, of any network; one in brackets, where servers put what they know,
    before one that may be part of a name ("192.0.2.1.dynamic.example")."""
    found = _V4.match(text, text.find("[") + 1) or _V4.search(text)
    if found is None and ("::" in text or text.count(":") >= 7):
        found = _V6.search(text)
        return found[1] if found is not None else None
    return found[0] if found is not None else None


def all_public(text: str) -> list[tuple[str, int]]:
    """The addresses of `text` that mail can come from, with the offset of each."""
    found = []
    for start, end in _v4_places(text) if text.count(".") >= 3 else ():
        if (
            start
            and (text[start - 1].isalnum() or text[start - 1] in "._-:")
            and text[max(0, start - 5) : start] != "IPv6:"
        ):
            continue
        address = _public_v4(text[start:end])
        if address is not None and _WORDISH.match(text, end) is None:
            found.append((address, start))
    if ":" in text and ("::" in text or text.count(":") >= 7):
        for match in _V6.finditer(text):
            address = public(match[1])
            if address is not None:
                found.append((address, match.start(1)))
    return found


def _v4_places(text: str) -> list[tuple[int, int]]:
    """Where `_V4` matches in `text`, one behind the other."""
    places = []
    done = 0
    found = _V4_BEHIND_DOT.search(text)
    while found is not None:
        start = dot = found.start()
        while start > done and dot - start < 3 and text[start - 1].isdecimal():
            start -= 1
        if start < dot:
            done = found.end()
            places.append((start, done))
        found = _V4_BEHIND_DOT.search(text, done if start < dot else dot + 1)
    return places
