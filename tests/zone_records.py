"""A DNS server of records alone: what every zone must have is added."""

from collections.abc import Mapping

from bounce_tui.demo.server import ZoneServer

_HEAD = """\
$ORIGIN {origin}
$TTL 300
@ SOA ns.nic.example. hostmaster.nic.example. 1 7200 3600 1209600 300
@ NS ns.nic.example.
"""


def server_of(zones: Mapping[str, str]) -> ZoneServer:
    """Serves {origin: record lines}: `server_of({"example.org": "@ MX 10 mx\\nmx A 192.0.2.1"})`."""
    return ZoneServer.from_text(
        *(_HEAD.format(origin=origin.rstrip(".") + ".") + text for origin, text in zones.items())
    )
