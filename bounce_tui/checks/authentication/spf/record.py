"""One SPF record, read by the grammar of RFC 7208 section 12 into terms.

Reading never raises: a term that breaks the grammar becomes a Fault, so that all of them can be
shown at once (one is enough to make the whole record a permanent error, section 4.6).
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Literal

from msgspec import Struct

from bounce_tui.checks.authentication.spf.macros import (
    MacroError,
    MacroString,
    parse_domain_spec,
    parse_macro_string,
)
from bounce_tui.regex import regex

Qualifier = Literal["+", "-", "~", "?"]
IPNetwork = IPv4Network | IPv6Network

_VERSION = regex(r"v=spf1(?: |\Z)", re.IGNORECASE)
_MODIFIER = regex(r"([A-Za-z][A-Za-z0-9_.-]*)=")
_DUAL_PREFIX = regex(r"(?:/(?P<four>[0-9]+))?(?://(?P<six>[0-9]+))?\Z")

WITH_DOMAIN = frozenset(("include", "exists"))
DOMAIN_AND_CIDR = frozenset(("a", "mx"))
MECHANISMS = WITH_DOMAIN | DOMAIN_AND_CIDR | {"all", "ip4", "ip6", "ptr"}
COSTLY = frozenset(("include", "a", "mx", "ptr", "exists"))


class Mechanism(Struct, frozen=True):
    """A directive: qualifier and mechanism.  `text` is the term as published, `index` its place among
    all terms of the record.  `target` is None where the record's own domain is meant."""

    text: str
    index: int
    qualifier: Qualifier
    name: str
    target: MacroString | None = None
    network: IPNetwork | None = None
    prefix4: int = 32
    prefix6: int = 128

    @property
    def is_lookup(self) -> bool:
        """Whether the mechanism counts against the ten (RFC 7208 section 4.6.4)."""
        return self.name in COSTLY


class Modifier(Struct, frozen=True):
    """A `name=value` term; `target` is set for redirect and exp only."""

    text: str
    index: int
    name: str
    value: str
    target: MacroString | None = None


class Fault(Struct, frozen=True, gc=False):
    """A term that breaks the grammar, and how."""

    text: str
    index: int
    message: str


class Record(Struct, frozen=True):
    """A record that begins with the version tag; valid when `faults` is empty."""

    text: str
    terms: tuple[Mechanism | Modifier | Fault, ...] = ()

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """In the order of evaluation."""
        return tuple(term for term in self.terms if isinstance(term, Mechanism))

    @property
    def modifiers(self) -> tuple[Modifier, ...]:
        """In the order of the record."""
        return tuple(term for term in self.terms if isinstance(term, Modifier))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every term that breaks the grammar."""
        return tuple(term for term in self.terms if isinstance(term, Fault))

    def modifier(self, name: str) -> Modifier | None:
        """The modifier `name`, lower case, or None."""
        return next((term for term in self.modifiers if term.name == name), None)


def is_spf_record(text: str) -> bool:
    """Whether a TXT record is an SPF record at all (RFC 7208 section 4.5)."""
    return _VERSION.match(text) is not None


def parse_record(text: str) -> Record:
    """The terms of `text`, a TXT record that `is_spf_record` accepted (Latin-1 for bytes)."""
    terms: list[Mechanism | Modifier | Fault] = []
    seen: set[str] = set()
    for index, term in enumerate(filter(None, text.split(" ")[1:])):
        try:
            parsed = _parse_term(term, index)
        except (MacroError, _TermError) as error:
            terms.append(Fault(term, index, str(error)))
            continue
        if isinstance(parsed, Modifier) and parsed.name in ("redirect", "exp"):
            if parsed.name in seen:
                terms.append(Fault(term, index, f"{parsed.name}= may stand only once"))
                continue
            seen.add(parsed.name)
        terms.append(parsed)
    return Record(text, tuple(terms))


class _TermError(ValueError):
    """A term outside the grammar; the message is for people."""


def _parse_term(term: str, index: int) -> Mechanism | Modifier:
    modifier = _MODIFIER.match(term)
    if modifier is not None:
        return _parse_modifier(term, index, modifier[1].lower(), term[modifier.end() :])
    qualifier, body = _split_qualifier(term)
    name = re.split(r"[:/]", body, maxsplit=1)[0].lower()
    rest = body[len(name) :]
    if name not in MECHANISMS:
        raise _TermError(_unknown(name, rest))
    if name == "all":
        if rest:
            raise _TermError("nothing may follow “all”")
        return Mechanism(term, index, qualifier, name)
    if name in ("ip4", "ip6"):
        return Mechanism(term, index, qualifier, name, network=_network(name, rest))
    if name in DOMAIN_AND_CIDR:
        return _with_prefixes(term, index, qualifier, name, rest)
    if name == "ptr" and not rest:
        return Mechanism(term, index, qualifier, name)
    if not rest.startswith(":"):
        raise _TermError(f"“{name}” needs a colon and a domain name")
    return Mechanism(term, index, qualifier, name, parse_domain_spec(rest[1:]))


def _parse_modifier(term: str, index: int, name: str, value: str) -> Modifier:
    if name in ("redirect", "exp"):
        return Modifier(term, index, name, value, parse_domain_spec(value))
    parse_macro_string(value)
    return Modifier(term, index, name, value)


def _split_qualifier(term: str) -> tuple[Qualifier, str]:
    match term[0]:
        case "+" | "-" | "~" | "?" as qualifier:
            return qualifier, term[1:]
        case _:
            return "+", term


def _with_prefixes(term: str, index: int, qualifier: Qualifier, name: str, rest: str) -> Mechanism:
    found = _DUAL_PREFIX.search(rest)
    assert found is not None  # it matches the empty end
    prefix4, prefix6 = _prefix(found["four"], 32), _prefix(found["six"], 128)
    domain = rest[: found.start()]
    target = None
    if domain:
        if not domain.startswith(":"):
            raise _TermError(f"“{domain}” is neither a domain name nor a prefix length")
        try:
            target = parse_domain_spec(domain[1:])
        except MacroError as error:
            raise _TermError(_address_as_name(domain[1:]) or str(error)) from error
    return Mechanism(term, index, qualifier, name, target, prefix4=prefix4, prefix6=prefix6)


def _address_as_name(text: str) -> str | None:
    try:
        IPv4Address(text)
    except AddressValueError:
        return None
    return f"“{text}” is an address, not a name: write ip4:{text}"


def _network(name: str, rest: str) -> IPNetwork:
    longest = 32 if name == "ip4" else 128
    if not rest.startswith(":") or len(rest) == 1:
        raise _TermError(f"“{name}” needs a colon and an address")
    literal, slash, length = rest[1:].partition("/")
    prefix = _prefix(length if slash else None, longest)
    try:
        if name == "ip4":
            return IPv4Network((IPv4Address(literal), prefix), strict=False)
        if "%" in literal:
            raise _TermError(f"“{literal}” is not an IPv6 address")
        return IPv6Network((IPv6Address(literal), prefix), strict=False)
    except AddressValueError as error:
        raise _TermError(f"“{literal}” is not an {'IPv4' if name == 'ip4' else 'IPv6'} address") from error


def _prefix(digits: str | None, longest: int) -> int:
    if digits is None:
        return longest
    # The length comes first: int() of thousands of digits raises.
    plain = digits.isascii() and digits.isdigit() and len(digits) <= 3
    if not plain or (digits[0] == "0" and digits != "0") or int(digits) > longest:
        raise _TermError(f"“/{digits}” is not a prefix length from 0 to {longest}")
    return int(digits)


def _unknown(name: str, rest: str) -> str:
    if name in ("redirect", "exp") and rest.startswith(":"):
        return f"“{name}” takes an equals sign, not a colon"
    return f"“{name}” is no mechanism" if name else "a mechanism is missing"
