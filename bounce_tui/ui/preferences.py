"""What the user's config asks for, and what of it is wrong: every command and the app go by this."""

from collections.abc import Mapping

from msgspec import Struct, field

from bounce_tui.checks.own import Own, read_domains, read_networks
from bounce_tui.config.reading import Config, read_config
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.nearest import nearest
from bounce_tui.mailbox import Refusal
from bounce_tui.ui.keymap import DEFAULT, Keymap, read_keymap
from bounce_tui.ui.themes import TERMINAL, theme_names

_MOST_NAMED = 10


class Preferences(Struct, frozen=True):
    """What is in force.  `faults` were left out of it; `file` is where the config lies, `exists` whether
    it does.  `probes` is False where no mail host may be asked: the demo's have addresses of nobody."""

    file: str = ""
    exists: bool = False
    keys: Keymap = DEFAULT
    own: Own = Own()
    nameserver: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    theme: str = TERMINAL
    probes: bool = True
    faults: tuple[Fault, ...] = ()

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The faults as mail that cannot be read is named: the first ones, and how many more."""
        named = [Refusal(fault.file, fault.words) for fault in self.faults[:_MOST_NAMED]]
        if len(self.faults) > _MOST_NAMED:
            more = f"{len(self.faults) - _MOST_NAMED} more faults: bounce-tui config"
            named.append(Refusal(self.file, more))
        return tuple(named)

    def for_demo(self) -> "Preferences":
        """The keys and the theme alone: the demo is the same for everyone, and asks nobody."""
        return Preferences(keys=self.keys, theme=self.theme, probes=False, faults=self.faults)


def read_preferences(config: Config | None = None) -> Preferences:
    """The preferences that `config`, by default the user's, asks for."""
    config = config or read_config()
    faults = list(config.faults)
    keys, troubles = read_keymap(config.settings.keys)
    for id_, number, problem, fix in troubles:
        at = ("keys", id_) if number < 0 else ("keys", id_, number)
        faults.append(config.sheet.fault(at, problem, fix))
    own, own_faults = _own(config)
    nameserver, dns_faults = _nameserver(config)
    filters, filter_faults = _filters(config)
    theme, theme_faults = _theme(config)
    faults += [*own_faults, *dns_faults, *filter_faults, *theme_faults]
    faults.sort(key=lambda fault: fault.line)
    plain = config.settings.display.plain
    return Preferences(
        config.file, config.exists, keys, own, nameserver, filters, plain, theme, faults=tuple(faults)
    )


def _own(config: Config) -> tuple[Own, list[Fault]]:
    sender = config.settings.sender
    networks, domains, faults = [], [], []
    for network in read_networks(sender.ips):
        if isinstance(network, tuple):
            faults.append(config.sheet.fault(("sender", "ips", network[0]), *network[1:]))
        else:
            networks.append(network)
    for domain in read_domains(sender.domains):
        if isinstance(domain, tuple):
            faults.append(config.sheet.fault(("sender", "domains", domain[0]), *domain[1:]))
        else:
            domains.append(domain)
    keys = {}
    for key in _list_keys(config):
        if len(key) == 3:
            faults.append(config.sheet.fault(("lists", key[0]), *key[1:]))
        else:
            keys[key[0]] = key[1]
    return Own(tuple(dict.fromkeys(networks)), tuple(dict.fromkeys(domains)), keys), faults


def _list_keys(config: Config) -> tuple[tuple[str, str] | tuple[str, str, str], ...]:
    if not config.settings.lists:
        return ()
    from bounce_tui.checks.list_keys import read_keys

    return tuple(read_keys(config.settings.lists))


def _nameserver(config: Config) -> tuple[str | None, list[Fault]]:
    from bounce_tui.checks.nameserver import NameserverError, parse_nameserver

    asked = config.settings.dns.nameserver
    try:
        if asked is not None:
            parse_nameserver(asked)
    except NameserverError as error:
        fix = 'write it like "192.0.2.53" or "127.0.0.1:5353"'
        return None, [config.sheet.fault(("dns", "nameserver"), str(error), fix)]
    return asked, []


def _theme(config: Config) -> tuple[str, list[Fault]]:
    asked = config.settings.display.theme
    if asked is None or asked in theme_names():
        return asked or TERMINAL, []
    fix = nearest(asked, theme_names(), f"use one of {', '.join(theme_names())}")
    return TERMINAL, [config.sheet.fault(("display", "theme"), f"there is no theme {asked!r}", fix)]


def _filters(config: Config) -> tuple[dict[str, str], list[Fault]]:
    from bounce_tui.triage.filter.saved import troubles

    filters = dict(config.settings.filters)
    faults: list[Fault] = []
    for name, problem, fix in list(troubles(filters)) if filters else ():
        faults.append(config.sheet.fault(("filters", name), problem, fix))
        del filters[name]
    return filters, faults
