"""What the name servers of the tests leave unanswered on purpose: all else is waited for, on any machine.

A test that is about silence gives a resolver a short limit, and a slow machine must not take that limit for
what is answered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import dns.message
import dns.name
import dns.rdatatype

from bounce_tui.checks.dns.exchange import exchange
from bounce_tui.checks.dns.nameserver import Nameserver
from bounce_tui.demo.responder import respond
from bounce_tui.demo.server import ZoneServer

PATIENT_S = 60.0
"""Longer than any machine takes to answer over loopback."""

IsSilent = Callable[[dns.name.Name, dns.rdatatype.RdataType], bool]

_silent: dict[str, IsSilent] = {}


def never(name: dns.name.Name, rdtype: dns.rdatatype.RdataType) -> bool:
    """Of a server that answers everything."""
    return False


def of_demo(server: ZoneServer) -> IsSilent:
    """What a server of the demo leaves unanswered: `timeout` among the last labels, or an alias of such."""

    def is_silent(name: dns.name.Name, rdtype: dns.rdatatype.RdataType) -> bool:
        return respond(server.zones, dns.message.make_query(name, rdtype).to_wire(), "udp").wire is None

    return is_silent


@contextmanager
def known(address: str, is_silent: IsSilent) -> Iterator[None]:
    """While this is open, the server at `address` is known to leave unanswered what `is_silent` says."""
    _silent[address] = is_silent
    try:
        yield
    finally:
        del _silent[address]


async def patiently(
    name: dns.name.Name, rdtype: dns.rdatatype.RdataType, server: Nameserver, seconds: float
) -> dns.message.QueryMessage:
    """`exchange`, but where `server` is known and will answer, however long it takes."""
    is_silent = _silent.get(str(server))
    will_answer = is_silent is not None and not is_silent(name, rdtype)
    return await exchange(name, rdtype, server, PATIENT_S if will_answer else seconds)
