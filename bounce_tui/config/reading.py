"""The config file to `Settings`: what is wrong is left out and named, the rest counts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from bounce_tui.config.settings import Display, Dns, Memory, Sender, Settings
from bounce_tui.config.toml_file import TomlFile, read_toml_file
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.nearest_word import nearest
from bounce_tui.diagnosis.toml_places import Path as Place
from bounce_tui.diagnosis.toml_places import Places
from bounce_tui.diagnosis.user_rules import as_text, read_rule_file, words_of

MOST = 500
"""Keys, filters, addresses or domains: each of these tables."""
MOST_DAYS = 36_500
"""A hundred years."""
_TABLES: dict[str, tuple[str, ...]] = {
    "keys": (), "sender": ("ips", "domains"), "dns": ("nameserver",), "display": ("plain", "theme"),
    "memory": ("days",), "filters": (), "lists": (),
}  # fmt: skip
"""The tables, and the keys of those that do not name something of the user's."""
_LONGEST_SHOWN = 60


class Config(Struct, frozen=True):
    """A config file that was read, or that is not there.  `toml` tells places to those who look closer."""

    toml: TomlFile
    exists: bool
    settings: Settings
    faults: tuple[Fault, ...] = ()

    @property
    def file(self) -> str:
        """The path of the configuration file."""
        return self.toml.file


def config_path() -> Path:
    """The user's config file: `config.toml` in the folder that holds the folder of the user's rules, too."""
    from platformdirs import user_config_path

    return user_config_path("bounce-tui", appauthor=False) / "config.toml"


def example() -> str:
    """A config file with every table, commented: it is valid as it is."""
    return (Path(__file__).parent / "example.toml").read_text("utf-8")


def read_config(path: Path | None = None) -> Config:
    """The config in `path`, by default the user's.  Never raises: a file that cannot be read is a fault."""
    file = as_text(str(path or config_path()))
    nothing = TomlFile(file, {}, Places("", {}))
    try:
        raw = read_rule_file(str(path or config_path()))
    except FileNotFoundError:
        return Config(nothing, False, Settings())
    except (OSError, ValueError) as error:
        fix = "the defaults are in force"
        return Config(
            nothing, True, Settings(), (Fault(file, "", f"cannot be read: {words_of(error)}", fix),)
        )
    toml = read_toml_file(file, raw)
    reader = _Reader(toml)
    settings = reader.settings()
    return Config(toml, True, settings, (*toml.faults, *reader.faults))


class _Reader:
    """Reads one file, and notes each of its `faults`."""

    def __init__(self, toml: TomlFile) -> None:
        self._toml = toml
        self.faults: list[Fault] = []

    def settings(self) -> Settings:
        """All that can be used."""
        self._refuse_unknown(self._toml.table, _TABLES, ())
        tables = {name: self._table(name) for name in _TABLES}
        nameserver = self._text(("dns", "nameserver"), tables["dns"].get("nameserver"))
        return Settings(
            keys={
                id_: keys
                for id_, value in tables["keys"].items()
                if (keys := self._keys(("keys", id_), value)) is not None
            },
            sender=Sender(
                ips=tuple(self._list(("sender", "ips"), tables["sender"].get("ips", []))),
                domains=tuple(self._list(("sender", "domains"), tables["sender"].get("domains", []))),
            ),
            dns=Dns(nameserver),
            display=Display(
                self._truth(("display", "plain"), tables["display"].get("plain", False)),
                self._text(("display", "theme"), tables["display"].get("theme")),
            ),
            memory=Memory(self._days(("memory", "days"), tables["memory"].get("days"))),
            filters=self._texts("filters", tables["filters"]),
            lists=self._texts("lists", tables["lists"]),
        )

    def _table(self, name: str) -> dict[str, Any]:
        table = self._toml.table.get(name, {})
        if not isinstance(table, dict):
            self._blame((name,), f"`{name}` is no table", f"write [{name}] above its keys")
            return {}
        if _TABLES[name]:
            self._refuse_unknown(table, _TABLES[name], (name,))
        elif len(table) > MOST:
            self._blame((name,), f"more than {MOST} entries", "the first ones are used")
            return dict(list(table.items())[:MOST])
        return table

    def _refuse_unknown(
        self, table: Mapping[str, Any], known: Mapping[str, Any] | tuple[str, ...], at: Place
    ) -> None:
        for name in [name for name in table if name not in known][:MOST]:
            shown = name[:_LONGEST_SHOWN]
            what = "key" if at else "table"
            fix = nearest(name, tuple(known), f"use one of {', '.join(known)}")
            self._blame((*at, shown), f"there is no {what} {shown!r} here", fix)

    def _keys(self, at: Place, value: object) -> tuple[str, ...] | None:
        if value == "":
            return ()
        if isinstance(value, list):
            keys = tuple(self._list(at, value))
            # A list without one good key is a slip, not the wish for no key.
            return keys if keys or not value else None
        text = self._text(at, value)
        return None if text is None else (text,)

    def _list(self, at: Place, value: object) -> Iterator[str]:
        if not isinstance(value, list):
            self._blame(at, f"`{at[-1]}` wants a list in [brackets]", 'write it like ["one", "two"]')
            return
        for number, one in enumerate(value):
            if number >= MOST:
                self._blame((*at, number), f"more than {MOST} of them", "the first ones are used")
                return
            text = self._text((*at, number), one)
            if text is not None:
                yield text

    def _texts(self, table: str, values: Mapping[str, object]) -> dict[str, str]:
        found = ((name, self._text((table, name), value)) for name, value in values.items())
        return {name: text for name, text in found if text is not None}

    def _text(self, at: Place, value: object) -> str | None:
        if value is None:
            return None
        try:
            text = msgspec.convert(value, str)
        except msgspec.ValidationError:
            self._blame(at, "this wants text in quotes", 'write it like "this"')
            return None
        if not text.strip():
            self._blame(at, "there is nothing in the quotes", "write something, or leave the line out")
            return None
        return text.strip()

    def _truth(self, at: Place, value: object) -> bool:
        if not isinstance(value, bool):
            self._blame(at, "this wants true or false", "write true or false, without quotes")
            return False
        return value

    def _days(self, at: Place, value: object) -> int | None:
        if value is None or (type(value) is int and 0 <= value <= MOST_DAYS):
            return value
        self._blame(at, "this wants a number of days", f"write a whole number from 0 to {MOST_DAYS}")
        return None

    def _blame(self, at: Place, problem: str, fix: str) -> None:
        self.faults.append(self._toml.fault(at, problem, fix))
