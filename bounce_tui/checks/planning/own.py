"""What is the admin's own: the addresses that mail leaves from, the domains, the keys to lists."""

import ipaddress
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.domain_name import parents, to_ascii

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Trouble = tuple[int, str, str]
"""Which entry, what is wrong with it and what to write instead."""
_LONGEST = 300
_SHOWN = 60


class Own(Struct, frozen=True):
    """`networks` holds single addresses, too, as networks of one; `domains` are A-labels in lower case;
    `keys` open lists, by the account's name (`list_keys`)."""

    networks: tuple[Network, ...] = ()
    domains: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The networks that are one address."""
        return tuple(str(net.network_address) for net in self.networks if net.num_addresses == 1)

    @property
    def addresses_known(self) -> bool:
        """Whether the addresses are named that mail leaves from."""
        return bool(self.networks)

    def has_ip(self, text: str) -> bool:
        """Whether mail from this address is the admin's."""
        ip = parse_ip(text)
        return ip is not None and any(ip in net for net in self.networks if net.version == ip.version)

    def has_host(self, name: str | None) -> bool:
        """Whether a host name is one of the domains, or below one."""
        host = to_ascii(name) if name else None
        return host is not None and any(one in self.domains for one in (host, *parents(host)))


NOTHING_OWN = Own()


def read_networks(texts: Sequence[str]) -> Iterator[Network | Trouble]:
    """The address or network that each of `texts` is, or what is wrong with it."""
    for number, text in enumerate(texts):
        shown = text[:_SHOWN]
        try:
            if len(text) > _LONGEST:
                raise ValueError
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            yield number, f"{shown!r} is no address", 'write it like "192.0.2.10" or "192.0.2.0/24"'
            continue
        ip = parse_ip(str(network.network_address))
        if ip is None or leads_nowhere(ip):
            yield number, f"{shown} cannot be reached from other networks", "name the address that others see"
        elif str(ip) != str(network.network_address):
            yield number, f"{shown} is an IPv4 address in IPv6's clothes", f'write "{ip}"'
        elif "/" in text and ipaddress.ip_interface(text).ip != network.network_address:
            yield (
                number,
                f"{shown} is an address within a network",
                f'write "{network}", or the address alone',
            )
        else:
            yield network


def read_domains(texts: Sequence[str]) -> Iterator[str | Trouble]:
    """The domain that each of `texts` is, or what is wrong with it."""
    for number, text in enumerate(texts):
        domain = to_ascii(text.removeprefix("@"))
        if domain is None:
            yield number, f"{text[:_SHOWN]!r} is no domain", 'write it like "example.org"'
        else:
            yield domain
