"""The preferences that the config sets for every command, the plain session and the app."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from bounce_tui.checks.planning.own import Own, read_domains, read_networks
from bounce_tui.config.reading import MOST_DAYS, Config, read_config
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.mailbox import Refusal
from bounce_tui.triage.store.retention import MEMORY_DAYS

_MOST_NAMED = 10


class Preferences(Struct, frozen=True):
    """What is in force.  `faults` were left out of it; `file` is where the config lies, `exists` whether
    it does.  `probes` is False where no mail host may be asked: the demo's have addresses of nobody.
    `memory_days` is how long the recipients of reports, and
    what checks found, are remembered."""

    file: str = ""
    exists: bool = False
    own: Own = Own()
    nameserver: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    probes: bool = True
    memory_days: int = MEMORY_DAYS
    faults: tuple[Fault, ...] = ()

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The faults as mail that cannot be read is named: the first ones, and how many more."""
        named = [Refusal(fault.file, fault.words) for fault in self.faults[:_MOST_NAMED]]
        if len(self.faults) > _MOST_NAMED:
            count = len(self.faults) - _MOST_NAMED
            more = "one more fault" if count == 1 else f"{count} more faults"
            named.append(Refusal(self.file, f"{more}: bounce-tui config"))
        return tuple(named)

    def for_demo(self) -> "Preferences":
        """The demo is the same for everyone, and asks nobody."""
        return Preferences(probes=False, faults=self.faults)


def read_preferences(config: Config | None = None) -> Preferences:
    """The preferences that `config`, by default the user's, asks for."""
    config = config or read_config()
    own, own_faults = _own(config)
    nameserver, dns_faults = _nameserver(config)
    filters, filter_faults = _filters(config)
    faults = (*config.faults, *own_faults, *dns_faults, *filter_faults)
    return Preferences(
        config.file,
        config.exists,
        own,
        nameserver,
        filters,
        config.settings.display.plain,
        memory_days=_memory_days(config),
        faults=in_order(faults),
    )


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults as they stand in the file."""
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _memory_days(config: Config) -> int:
    days = config.settings.memory.days
    if days is not None:
        return days
    # Where something is wrong that may be the line with the days, and what is forgotten does not come back.
    return MOST_DAYS if config.faults else MEMORY_DAYS


def _own(config: Config) -> tuple[Own, list[Fault]]:
    sender = config.settings.sender
    networks, domains, faults = [], [], []
    for network in read_networks(sender.ips):
        if isinstance(network, tuple):
            faults.append(config.toml.fault(("sender", "ips", network[0]), *network[1:]))
        else:
            networks.append(network)
    for domain in read_domains(sender.domains):
        if isinstance(domain, tuple):
            faults.append(config.toml.fault(("sender", "domains", domain[0]), *domain[1:]))
        else:
            domains.append(domain)
    keys = {}
    for key in _list_keys(config):
        if len(key) == 3:
            faults.append(config.toml.fault(("lists", key[0]), *key[1:]))
        else:
            keys[key[0]] = key[1]
    return Own(tuple(dict.fromkeys(networks)), tuple(dict.fromkeys(domains)), keys), faults


def _list_keys(config: Config) -> tuple[tuple[str, str] | tuple[str, str, str], ...]:
    if not config.settings.lists:
        return ()
    from bounce_tui.checks.blocklists.list_keys import read_keys

    return tuple(read_keys(config.settings.lists))


def _nameserver(config: Config) -> tuple[str | None, list[Fault]]:
    from bounce_tui.checks.dns.nameserver import NameserverError, parse_nameserver

    asked = config.settings.dns.nameserver
    try:
        if asked is not None:
            parse_nameserver(asked)
    except NameserverError as error:
        fix = 'write it like "192.0.2.53" or "127.0.0.1:5353"'
        return None, [config.toml.fault(("dns", "nameserver"), str(error), fix)]
    return asked, []


def _filters(config: Config) -> tuple[dict[str, str], list[Fault]]:
    from bounce_tui.triage.filter.saved import filter_faults

    filters = dict(config.settings.filters)
    faults: list[Fault] = []
    for one in list(filter_faults(filters)) if filters else ():
        faults.append(config.toml.fault(("filters", one.name), one.problem, one.fix))
        del filters[one.name]
    return filters, faults
