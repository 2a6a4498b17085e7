"""Servers within Exchange Online, which it shows only to itself, over public addresses.

They are no clients of its edge, and what it sends to others never comes from them: that leaves through
outbound.protection.outlook.com.
"""

from typing import Final

_NAMES: Final = (".prod.outlook.com", ".prod.protection.outlook.com", ".prod.exchangelabs.com")
# The /32s of its regions as they stand in Received fields (RFC 5952 form); Microsoft's other /32s of
# 2603:1000::/24 are Azure's, from which anybody may send.
_NETWORKS: Final = ("2603:1096:", "2603:10a6:", "2603:10b6:", "2603:10c6:", "2603:10d6:")


def is_inside(host: str | None, ip: str | None = None) -> bool:
    """Whether a host of this name, or of this address in its usual form, is one within Exchange Online."""
    if host is not None and host.lower().rstrip(".").endswith(_NAMES):
        return True
    return ip is not None and ip.lower().startswith(_NETWORKS)
