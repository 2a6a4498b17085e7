"""Whether a reverse name looks like one that a provider gave to a customer line."""

import re

from bounce_tui.checks.names.address import IPAddress
from bounce_tui.regex import regex

_WORDS = frozenset(
    [
        "adsl",
        "broadband",
        "cable",
        "catv",
        "client",
        "cust",
        "customer",
        "dhcp",
        "dial",
        "dialin",
        "dialup",
        "dip",
        "dsl",
        "dyn",
        "dynamic",
        "dynip",
        "fiber",
        "ftth",
        "generic",
        "hsd",
        "ip",
        "pool",
        "ppp",
        "pppoe",
        "res",
        "residential",
        "unknown",
        "vdsl",
    ]
)
_SPLIT = regex(r"[^0-9a-z]+")


def looks_generic(name: str, ip: IPAddress) -> bool:
    """True for a name with the address in it, in decimal or hexadecimal, or with a word that providers
    use for dial-up and cable lines."""
    tokens = [token for token in _SPLIT.split(name.lower()) if token]
    host = tokens[:-2] or tokens
    words = {token.rstrip("0123456789") for token in host}
    return bool(words & _WORDS) or _holds_address(name.lower(), host, ip)


def _holds_address(name: str, tokens: list[str], ip: IPAddress) -> bool:
    if ip.version == 6:
        bare = re.sub(r"[^0-9a-f]", "", name)
        return ip.exploded.replace(":", "")[16:] in bare
    octets = [str(octet) for octet in ip.packed]
    numbers = [token.lstrip("0") or "0" for token in tokens if token.isdigit()]
    if sum(octet in numbers for octet in set(octets)) >= min(3, len(set(octets))) and len(numbers) >= 3:
        return True
    joined = {"".join(octet.zfill(3) for octet in octets), ip.packed.hex(), ip.packed[::-1].hex()}
    return any(form in token for form in joined for token in tokens)
