"""Lists that answer a customer under a name with the customer's key in it: asked so, the key never shown."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType
from bounce_tui.regex import regex

_KEY = regex(r"[a-z0-9]{8,63}")
_SHOWN = "KEY"
"""What stands for the key in every answer: results are kept, compared and exported."""

Trouble = tuple[str, str, str]
"""Which account, what is wrong with its key and what to write instead."""


def read_keys(given: Mapping[str, str]) -> Iterator[tuple[str, str] | Trouble]:
    """The key of each account as it is asked with, or what is wrong with it; no key is ever quoted."""
    accounts = sorted({entry.account for entry in blocklists().list if entry.account is not None})
    for account, text in given.items():
        key = text.strip().lower()
        if account not in accounts:
            yield account, f"no list is asked with a key of {account[:60]!r}", f"use {' or '.join(accounts)}"
        elif _KEY.fullmatch(key) is None:
            yield account, "this is no key", "write the key alone: 8 to 63 letters and digits, without dots"
        else:
            yield account, key


class KeyedLists:
    """A `Lookup` that asks the lists for which there is a key by their customers' names, and answers with
    the key made unreadable."""

    def __init__(self, lookup: Lookup, keys: Mapping[str, str]) -> None:
        self._lookup = lookup
        self._zones = {
            f".{entry.zone}": (f".{entry.customers}", keys[entry.account])
            for entry in (blocklists().list if keys else ())
            if entry.account is not None and entry.account in keys and entry.customers is not None
        }

    @property
    def address(self) -> str:
        """The server that sees the queries."""
        return self._lookup.address

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        """Ask for `name` and `rdtype`, under the customer's name where there is one."""
        lower = name.lower().rstrip(".")
        for zone, (customers, key) in self._zones.items():
            if lower.endswith(zone):
                whole = lower.removesuffix(zone) + customers.replace("{key}", key)
                return _without(key, await self._lookup.query(whole, rdtype))
        return await self._lookup.query(name, rdtype)


def _without(key: str, answer: Answer) -> Answer:
    return msgspec.convert(_hidden(key, msgspec.to_builtins(answer)), Answer)


def _hidden(key: str, value: object) -> object:
    match value:
        case str():
            return re.sub(key, _SHOWN, value, flags=re.IGNORECASE)
        case dict():
            return {name: _hidden(key, one) for name, one in value.items()}
        case list() | tuple():
            return [_hidden(key, one) for one in value]
        case _:
            return value
