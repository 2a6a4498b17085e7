"""Addresses that are known to be written to, found again by one that differs in a letter."""

from collections.abc import Iterable

from msgspec import Struct

from bounce_tui.hints.typo import typo_between
from bounce_tui.reason_groups import reason_groups

_SHORTEST = 4
"""Shorter local parts are all near each other."""
_MOST = 3
_DOTLESS = ("gmail.com", "googlemail.com")
"""There a dot in the local part makes no other mailbox."""
_TESTED = 60
_LONGEST = 128


def is_dead(reason: str | None) -> bool:
    """Whether an address that failed for `reason` exists nowhere, so that nobody meant it."""
    return reason in reason_groups().never_meant


def is_unreached(reason: str | None) -> bool:
    """Whether `reason` says that nobody reached the domain, or that it is none."""
    return reason == "not_accept" or reason in reason_groups().unreached


class Neighbour(Struct, frozen=True, gc=False):
    """`address` differs from the one asked for by a typo; `place` is where it was met, and `reason` why
    mail to it failed there, None where it did not."""

    address: str
    place: str
    reason: str | None = None


class Addresses:
    """An index of addresses: the candidates for one are those of its domain and nearly its length.

    `place` says in words where they come from: "in this list".  An address that does not exist is no
    candidate, and a domain that nobody reached is none either.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._locals: dict[tuple[str, int], dict[str, str | None]] = {}
        self._domains: dict[str, None] = {}

    def add(self, found: Iterable[tuple[str, str | None]]) -> None:
        """Take in addresses, each with the reason why mail to it failed."""
        for address, reason in found:
            local, at, domain = address.rpartition("@")
            if not at or not local or not domain or len(local) > _LONGEST:
                continue
            domain = domain.lower()
            if is_dead(reason):
                continue
            if not is_unreached(reason):
                self._domains.setdefault(domain)
            self._locals.setdefault((domain, len(local)), {})[local.lower()] = reason

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains that mail has reached."""
        return tuple(self._domains)

    def near(self, address: str) -> list[Neighbour]:
        """Addresses of the same domain that one typo would make into `address`, at most three."""
        local, at, domain = address.lower().rpartition("@")
        if not at or not _SHORTEST <= len(local) <= _LONGEST:
            return []
        found = []
        for length in (len(local), len(local) - 1, len(local) + 1):
            pool = self._locals.get((domain, length))
            if not pool or local in pool:
                continue
            for other in _nearest(local, list(pool)):
                typo = typo_between(local, other)
                if typo is None or (typo.separator and domain in _DOTLESS):
                    continue
                if typo.likely and not typo.digits:
                    found.append(Neighbour(f"{other}@{domain}", self.place, pool[other]))
        return found[:_MOST]


def _nearest(word: str, pool: list[str]) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return [
        found
        for found, _, _ in process.extract(word, pool, scorer=OSA.distance, score_cutoff=1, limit=_TESTED)
    ]
