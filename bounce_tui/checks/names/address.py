"""IP addresses as mail meets them: in reverse names, in DNSBL names, and where no mail can go."""

import ipaddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Not `is_private`: that is also True for the documentation nets, which a mail may well name.
_NOWHERE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)


def parse_ip(text: str) -> IPAddress | None:
    """An address, an IPv4-mapped IPv6 one as IPv4 (RFC 7208 section 5), or None."""
    text = text.strip().removeprefix("[").removesuffix("]")
    text = text[5:] if text[:5].lower() == "ipv6:" else text
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return None
        return ip.ipv4_mapped or ip
    return ip


def leads_nowhere(ip: IPAddress) -> bool:
    """True for an address that no other network can reach: private, loopback, link-local, multicast."""
    return any(ip in net for net in _NOWHERE if net.version == ip.version)


def reversed_labels(ip: IPAddress) -> str:
    """The address as a DNSBL wants it (RFC 5782 section 2): octets, or nibbles, last first."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ".".join(reversed(str(ip).split(".")))
    # From the bytes: since Python 3.13 an IPv4-mapped address is written with dots, exploded too.
    return ".".join(reversed(ip.packed.hex()))


def reverse_name(ip: IPAddress) -> str:
    """The name whose PTR record names the host (RFC 1035 section 3.5, RFC 3596 section 2.5)."""
    return ip.reverse_pointer
