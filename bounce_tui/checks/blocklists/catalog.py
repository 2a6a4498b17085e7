"""The blocklists that we know, read from blocklists.toml, and what their answers mean."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.list_file import known_lists
from bounce_tui.regex import regex

Says = Literal["listed", "range", "good", "neutral", "refused"]

_OCTET = regex(r"(\d{1,3})(?:-(\d{1,3}))?")
_FILE = Path(__file__).with_name("blocklists.toml")
# Spamhaus began it, and others took it over: an error, never a listing.
_COMMON_REFUSAL = "127.255.255."
# A list is asked without being named when at least "some receivers" reject on it.
_WEIGHTY = 3


class BlocklistError(ValueError):
    """blocklists.toml is wrong; the text names the entry and the fix."""


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """What one answer, or one bit of its last octet, means."""

    meaning: str
    code: str = ""
    bit: int = 0
    part: str | None = None
    says: Says = "listed"
    rule: str | None = None

    def covers(self, octets: tuple[int, ...]) -> bool:
        """True when an answer of these four octets carries this code."""
        if self.bit:
            return octets[:3] == (127, 0, 0) and bool(octets[3] & self.bit)
        return all(low <= octet <= high for octet, (low, high) in zip(octets, self.ranges(), strict=True))

    def ranges(self) -> list[tuple[int, int]]:
        """The first and last value of each octet."""
        found = [_OCTET.fullmatch(part) for part in self.code.split(".")]
        return [(int(m[1]), int(m[2] or m[1])) for m in found if m]


class ProofPoints(Struct, frozen=True, forbid_unknown_fields=True):
    """Points by which a list proves itself: any of `listed` must answer, none of `clean` may."""

    listed: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()


class Blocklist(Struct, frozen=True, forbid_unknown_fields=True):
    """One list; the fields are explained at the top of blocklists.toml."""

    zone: str
    name: str
    operator: str
    looks_at: tuple[Literal["ip4", "ip6", "domain"], ...]
    status: Literal["alive", "keyed", "gone"] = "alive"
    since: int | None = None
    weight: int = 0
    tests: ProofPoints = ProofPoints()
    page: str | None = None
    rule: str | None = None
    condition: str | None = None
    parts: dict[str, tuple[str, ...]] = {}
    codes: tuple[Code, ...] = ()
    end: str | None = None
    account: str | None = None
    customers: str | None = None

    @property
    def of_domains(self) -> bool:
        """True for a list that holds domains."""
        return "domain" in self.looks_at

    def is_open(self, accounts: Collection[str]) -> bool:
        """True when it can be asked, for some by those alone who have a key; `accounts` are those we have."""
        return self.status == "alive" or (self.status == "keyed" and self.account in accounts)

    @property
    def is_allow_list(self) -> bool:
        """True for an allow-list: no answer of it speaks against a sender."""
        return bool(self.codes) and not any(code.says in ("listed", "range") for code in self.codes)

    def read(self, answer: str) -> tuple[Code, ...]:
        """The codes that an answer in 127/8 carries; empty for one that the list does not document."""
        octets = tuple(int(octet) for octet in answer.split("."))
        if answer.startswith(_COMMON_REFUSAL):
            documented = [code for code in self.codes if not code.bit and code.covers(octets)]
            return tuple(documented) or (Code("an error code, not a listing", code=answer, says="refused"),)
        found = [code for code in self.codes if code.covers(octets)]
        refusals = [code for code in found if code.says == "refused"]
        if refusals:
            return tuple(refusals)
        # Of plain codes the first that fits, since a range after it stands for "any other".
        return tuple(found) if any(code.bit for code in found) else tuple(found[:1])

    def page_for(self, subject: str) -> str | None:
        """The page to open, with the address or domain filled in where the page takes it."""
        return self.page and self.page.replace("{ip}", subject).replace("{domain}", subject)


class System(Struct, frozen=True, forbid_unknown_fields=True):
    """A system that DNS cannot ask: the page to open."""

    name: str
    title: str
    page: str
    rule: str
    providers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Blocklists(Struct, frozen=True, forbid_unknown_fields=True):
    """All lists and systems, in the order of weight."""

    list: tuple[Blocklist, ...]
    system: tuple[System, ...]

    def by_zone(self, zone: str) -> Blocklist | None:
        """The list that answers for `zone`, itself or as a part of it."""
        zone = zone.lower().rstrip(".")
        found = _index().get(zone)
        if found is None:
            # A receiver that is a customer shows the customers' name, with its own key before it.
            found = _index().get(zone.partition(".")[2])
            return found if found is not None and found.account is not None else None
        return found

    def system_named(self, name: str) -> System | None:
        """The system whose `name` is that of a "link:NAME" check; None for an unknown one."""
        return next((system for system in self.system if system.name == name), None)

    def weighty(self, *, of_domains: bool) -> tuple[Blocklist, ...]:
        """The living block lists that many receivers reject on, the weightiest first."""
        return tuple(
            found
            for found in self.list
            if found.status == "alive"
            and found.weight >= _WEIGHTY
            and found.of_domains == of_domains
            and not found.is_allow_list
        )

    def named_in(self, text: str) -> tuple[str, ...]:
        """The zones that `text` names, as it names them (a part of a list by the part's zone), each once."""
        text = text.lower()
        zones = {
            zone: entry
            for zone, entry in _index().items()
            if _holds_name(text, zone, keyed=entry.account is not None)
        }
        # A looser word ("spamhaus") counts only where no list of that operator is named better.
        for words, zone, entry in _words():
            if words in text and all(entry.operator != known.operator for known in zones.values()):
                zones[zone] = entry
        return tuple(zones)

    def systems_named_in(self, text: str, provider: str | None) -> tuple[System, ...]:
        """The systems that the reply names, or that the provider runs."""
        text, provider = text.lower(), (provider or "").lower()
        return tuple(
            system
            for system in self.system
            if any(mention in text for mention in _mentions(system))
            or any(name in provider for name in system.providers)
        )


@lru_cache(maxsize=1)
def blocklists() -> Blocklists:
    """The lists of blocklists.toml, read once.

    Raises:
        BlocklistError: The file is wrong.
    """
    return read_blocklists(_FILE.read_bytes())


def read_blocklists(toml: bytes) -> Blocklists:
    """Read and validate a file like blocklists.toml.

    Raises:
        BlocklistError: It cannot be read, or an entry contradicts itself.
    """
    try:
        found = msgspec.toml.decode(toml, type=Blocklists)
    except msgspec.DecodeError as error:
        raise BlocklistError(f"blocklists.toml: {error}") from None
    seen: set[str] = set()
    for entry in found.list:
        for zone in (entry.zone, *entry.parts):
            if zone in seen:
                raise BlocklistError(f"blocklists.toml: {zone}: stands there twice; keep one")
            seen.add(zone)
        for fault in _faults(entry):
            raise BlocklistError(f"blocklists.toml: {entry.zone}: {fault}")
    ordered = sorted(found.list, key=lambda entry: -entry.weight)
    return Blocklists(tuple(ordered), found.system)


def _faults(entry: Blocklist) -> list[str]:
    faults = []
    if (entry.account is None) != (entry.customers is None):
        faults.append("`account` and `customers` go together")
    if entry.customers is not None and not entry.customers.startswith("{key}."):
        faults.append("`customers` begins with {key}.")
    if entry.status == "alive" or entry.account is not None:
        if not entry.codes:
            faults.append("a living list needs its `codes`")
        if not entry.tests.listed:
            faults.append("a living list needs a test point (`tests.listed`) to prove itself")
        if not entry.rule or not entry.page:
            faults.append("a living list needs `page` and `rule` for getting off it")
    if entry.status == "gone" and not (entry.end and entry.since):
        faults.append("a list that is gone needs `end` (what became of it) and `since`")
    for code in entry.codes:
        if bool(code.code) == bool(code.bit):
            faults.append(f"the code {code.meaning!r} needs either `code` or `bit`")
        elif code.code and (len(code.ranges()) != 4 or any(not 0 <= a <= b <= 255 for a, b in code.ranges())):
            faults.append(f"the code {code.code!r} is not four octets, each N or N-M")
    named = {code.part for code in entry.codes}
    for zone, parts in entry.parts.items():
        if not named.issuperset(parts):
            faults.append(f"the part {zone} holds parts that no code has")
    return faults


@lru_cache(maxsize=1)
def _index() -> dict[str, Blocklist]:
    return {
        zone: entry
        for entry in blocklists().list
        for zone in (entry.zone, *entry.parts, (entry.customers or entry.zone).removeprefix("{key}."))
    }


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str, Blocklist], ...]:
    """What replies call a list, the zone that they then mean, and the list; the longest words first."""
    index = _index()
    found = [
        (words, zone, index[zone]) for named in known_lists() for zone in named.zones for words in named.words
    ]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@lru_cache(maxsize=32)
def _mentions(system: System) -> tuple[str, ...]:
    """Words by which a system gives itself away, and those by which replies name it for a list."""
    named = (one.words for one in known_lists() if one.check == f"link:{system.name}")
    return (*system.mentions, *(words for of_one in named for words in of_one))


def _holds_name(text: str, zone: str, *, keyed: bool) -> bool:
    """True when `zone` stands in `text` and is not the end of a longer name of letters, but for the key of
    a list that is `keyed`."""
    start = text.find(zone)
    while start >= 0:
        before = text[start - 1] if start else " "
        # A query name ("2.0.0.127.zen...") ends in a digit and a dot before the zone.
        if not (before.isalnum() or before in "-."):
            return True
        if before == "." and start > 1 and (keyed or text[start - 2].isdigit() or text[start - 2] == "."):
            return True
        start = text.find(zone, start + 1)
    return False
