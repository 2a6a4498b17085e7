"""Ports of loopback that nobody else takes: one to listen on, one on which nobody listens.

What the system gives for port 0, as it gives every question to a name server, may be somebody else's as soon
as it is let go: another worker of the tests asks hundreds.
"""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager

_LISTEN = range(20_000, 30_000)
"""Below what Linux (32768), the BSDs and macOS (49152) give out for port 0."""


def free_port(*, udp: bool = True, tcp: bool = True) -> int:
    """A port of 127.0.0.1 for a server to listen on.  Raises OSError where there is none."""
    for port in random.sample(_LISTEN, 500):
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as streams,
        ):
            try:
                if udp:
                    datagrams.bind(("127.0.0.1", port))
                if tcp:
                    streams.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free on 127.0.0.1")


@contextmanager
def unanswering() -> Iterator[str]:
    """An address at which questions are refused at once, and which nobody else takes meanwhile."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", 0))
        # Connected to itself it takes nothing from others: those get "port unreachable".
        held.connect(held.getsockname())
        yield f"127.0.0.1:{held.getsockname()[1]}"
