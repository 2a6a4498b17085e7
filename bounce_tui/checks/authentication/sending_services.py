"""Services through which domains send their mail, and what their customers include in SPF.

One address of such a service is no answer: the next mail leaves from another.
"""

from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.checks.names.address import parse_ip
from bounce_tui.domain_name import is_within

_FILE: Final = Path(__file__).with_name("sending_services.toml")


class SendingService(Struct, frozen=True, forbid_unknown_fields=True):
    """`hosts` are what the names of its sending hosts end in, `include` is the domain whose SPF record lists
    their addresses, `signs` are domains of its own by which it signs, `networks` addresses from which its own
    servers send for all, and `support` is how a customer has it look after those."""

    name: str
    hosts: tuple[str, ...]
    include: str
    signs: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    support: str = ""

    def what_helps(self, ip: str) -> str:
        """What a customer does about `ip`, an address of the service's, where receivers mind it."""
        return (
            f"{ip} is an outgoing address of {self.name}, which its customers share: open {self.support} "
            "and quote the reply there. There is nothing of yours to mend in DNS or on lists."
        )


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    service: tuple[SendingService, ...]


def sending_service(*hosts: str | None) -> SendingService | None:
    """The service that one of these host names belongs to, None where none does.  A host may lie about its
    name: what is concluded from it has to prove right."""
    for host in hosts:
        for service in _services():
            if _is_below(host, service.hosts):
                return service
    return None


def signing_service(domain: str) -> SendingService | None:
    """The service that signs by `domain`, a domain of its own, for customers who have set up none."""
    return next((service for service in _services() if _is_below(domain, service.signs)), None)


def service_of_address(ip: str) -> SendingService | None:
    """The service from whose shared addresses `ip` is, None where none is known to be."""
    address = parse_ip(ip)
    if address is None:
        return None
    return next(
        (one for one, network in _networks() if network.version == address.version and address in network),
        None,
    )


def _is_below(host: str | None, ends: Iterable[str]) -> bool:
    name = (host or "").lower().rstrip(".")
    return any(is_within(name, end) for end in ends)


@cache
def _services() -> tuple[SendingService, ...]:
    return msgspec.toml.decode(_FILE.read_bytes(), type=_File).service


@cache
def _networks() -> tuple[tuple[SendingService, IPv4Network | IPv6Network], ...]:
    return tuple((one, ip_network(network)) for one in _services() for network in one.networks)
