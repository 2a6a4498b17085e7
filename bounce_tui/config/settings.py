"""What a config file may say, as it is written there; what each value means, the packages that use it
know."""

from collections.abc import Mapping

from msgspec import Struct, field


class Sender(Struct, frozen=True):
    """`[sender]`: the addresses and networks that the admin's own mail leaves from, and the own domains."""

    ips: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Dns(Struct, frozen=True):
    """`[dns]`: who answers the checks, None for the system's."""

    nameserver: str | None = None


class Display(Struct, frozen=True):
    """`[display]`: lines of text in place of the app, and the theme of the app, None for the default."""

    plain: bool = False
    theme: str | None = None


class Memory(Struct, frozen=True):
    """`[memory]`: for how many days recipients of reports, and what checks found, are remembered;
    None for the default."""

    days: int | None = None


class Settings(Struct, frozen=True):
    """The whole file.  `keys` are the keys of actions by their ids, none at all for an action that has no key
    any more; `filters` are saved filters by their names; `lists` keys of blocklists by the account's name."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sender: Sender = Sender()
    dns: Dns = Dns()
    display: Display = Display()
    memory: Memory = Memory()
    filters: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
