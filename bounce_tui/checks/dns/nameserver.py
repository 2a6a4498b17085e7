"""A name server's address, and whether it is worth asking first."""

import ipaddress
import time
from pathlib import Path

NO_SERVER = "no resolver is configured"
ASSUMED = "on this machine, as resolv.conf names none"
_LOCAL = ("127.0.0.1", "::1")
_DEAD_FOR_S = 30.0
_LONGEST_CONF = 65536


class NameserverError(ValueError):
    """The text is not IP, IP:PORT or [IPv6]:PORT."""


class Nameserver:
    """One server.  It is put last for half a minute after it stayed silent, so that a dead first
    server costs one time-out and not one a query.  `is_assumed` where nobody named it."""

    def __init__(self, ip: str, port: int = 53, *, is_assumed: bool = False) -> None:
        self.ip = ip
        self.port = port
        self.is_assumed = is_assumed
        self._dead_until = 0.0
        self._last_heard = 0.0

    def __str__(self) -> str:
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"

    @property
    def is_down(self) -> bool:
        """True while the server is thought dead."""
        return time.monotonic() < self._dead_until

    def heard(self) -> None:
        """The server answered something: it lives."""
        self._last_heard = time.monotonic()
        self._dead_until = 0.0

    def silent_since(self, asked: float) -> None:
        """A query sent at `asked` (monotonic seconds) got no answer.

        A server that answered others in the meantime is alive: that name's own servers are slow.
        """
        if self._last_heard <= asked:
            self._dead_until = time.monotonic() + _DEAD_FOR_S


def parse_nameserver(text: str) -> Nameserver:
    """Read "192.0.2.1", "192.0.2.1:5300", "2001:db8::1" or "[2001:db8::1]:5300".

    Raises:
        NameserverError: It is none of these.
    """
    host, port = text.strip(), "53"
    if host.startswith("["):
        host, _, rest = host[1:].partition("]")
        port = rest[1:] if rest.startswith(":") else (port if not rest else "")
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise NameserverError(f"not the address of a name server: {text!r} (give IP or IP:PORT)") from None
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise NameserverError(f"not a port: {text!r} (give IP or IP:PORT)")
    return Nameserver(str(address), int(port))


def system_nameservers(path: str = "/etc/resolv.conf") -> tuple[Nameserver, ...]:
    """The servers that the system asks, in their order; where the file names none, or is not there, the one
    on this machine (resolv.conf(5)).

    Not by dnspython: the app names the server before anything is asked, and loading that library for one
    line would be a third of its start.
    """
    try:
        lines = Path(path).read_bytes()[:_LONGEST_CONF].decode("ascii", "replace").splitlines()
    except OSError:
        lines = []
    servers = []
    for words in map(str.split, lines):
        if words[:1] == ["nameserver"] and len(words) > 1:
            try:
                servers.append(Nameserver(str(ipaddress.ip_address(words[1]))))
            except ValueError:
                continue
    return tuple(servers or (Nameserver(ip, is_assumed=True) for ip in _LOCAL))
