"""Which addresses can be a sending IP on the Internet.

`ipaddress.is_private` is no help: it counts the documentation networks (192.0.2.0/24 and kin) as
private, which every sample and every masked report uses.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

_NOT_PUBLIC: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.168.0.0/16", "224.0.0.0/3",
        "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
    )
)  # fmt: skip

ADDRESS = re.compile(
    r"(?<![\w.:-])(?:IPv6:)?((?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\w)|(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)"
    r"[0-9A-Fa-f:]{3,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:]))"
)
"""An IPv4 or IPv6 address in text; `public` tells whether it is one."""


@lru_cache(maxsize=4096)
def public(text: str | None) -> str | None:
    """`text` in its usual form when it is an address that mail can come from, else None."""
    if not text or len(text) > 45:
        return None
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    if any(address.version == block.version and address in block for block in _NOT_PUBLIC):
        return None
    return str(address)


def all_public(text: str) -> list[tuple[str, int]]:
    """The addresses of `text` that mail can come from, with the offset of each."""
    found = []
    for match in ADDRESS.finditer(text):
        address = public(match[1])
        if address is not None:
            found.append((address, match.start(1)))
    return found
