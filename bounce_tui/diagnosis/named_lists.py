"""The blocklist that a reply names, so that the check asks that very list."""

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.rule import NamedList

# Only replies that name no known list are searched for these: compiled by the first that is.
_ZONE = (
    r"(?:blocked|listed|found|rejected|blacklisted|listing|lookup|denied|gelistet|bloque|bloquead[oa])"
    r"[ :(]{1,3}(?:using|by|at|in|on|via|through|from|bei|par|por|en)[ :(]{1,3}"
    r"((?:[a-z0-9_-]{1,63}\.){1,6}[a-z]{2,24})"
)
_LOOKS_LIKE_A_LIST = (
    r"(?:^|[.-])(?:[a-z0-9]{0,12}(?:bl|rbl|dnsbl|ubl|spam)[a-z0-9]{0,12}|psbl|zen|truncate|hostkarma)[.-]"
)


class NamedLists:
    """Finds the list that a reply names."""

    def __init__(self, lists: Sequence[NamedList]) -> None:
        self._of_word = [
            (words in known.zones, len(words), known) for known in lists for words in known.words
        ]
        # The whole before its parts, which are asked by the same zone.
        self._by_zone = {
            zone: known for known in sorted(lists, key=lambda one: one.part is None) for zone in known.zones
        }
        self._automaton = AhoCorasick(
            [words for known in lists for words in known.words],
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def of_zones(self, zones: Sequence[str]) -> NamedList | None:
        """The list that is asked by the first of `zones`, by its zone alone where none is known by it."""
        if not zones:
            return None
        known = self._by_zone.get(zones[0])
        return known or NamedList(name=zones[0], words=(zones[0],), check=f"dnsbl:{zones[0]}")

    def find(self, text: str) -> NamedList | None:
        """The list named in the folded reply `text`: a known one by its zone or longest word, or the part of
        it that a page's address names; or any zone that the usual wording shows ("blocked using
        dnsbl.example.net"); None when there is none."""
        numbers = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if numbers:
            named = sorted([self._of_word[number] for number, _, _ in numbers], key=_weight, reverse=True)
            return next((one for _, _, one in named if _is_part(one, named[0][2])), named[0][2])
        for found in re.finditer(_ZONE, text):
            zone = found[1]
            if re.search(_LOOKS_LIKE_A_LIST, zone) or found[0].startswith("blocked using"):
                return NamedList(name=zone, words=(zone,), check=f"dnsbl:{zone}")
        return None


def _is_part(one: NamedList, whole: NamedList) -> bool:
    return whole.part is None and one.part is not None and one.check == whole.check


def _weight(found: tuple[bool, int, NamedList]) -> tuple[bool, int]:
    """A zone that was asked says more than the longer name of a page."""
    return found[:2]
