"""Saved filters: the names and texts of the user's config, as far as they can be used."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bounce_tui.regex import regex
from bounce_tui.triage.filter.grammar import read_filter
from bounce_tui.triage.filter.tokens import FilterError

_NAME = regex(r"[A-Za-z0-9][\w.-]{0,39}")


class FilterFault(NamedTuple):
    """Why the saved filter called `name` cannot be used, and what to write instead."""

    name: str
    problem: str
    fix: str


def filter_faults(filters: Mapping[str, str]) -> Iterator[FilterFault]:
    """What keeps some of `filters` from being used, one a name."""
    for name, text in filters.items():
        if not _NAME.fullmatch(name):
            fix = "use letters, digits, dots and dashes"
            yield FilterFault(name, f"{name[:40]!r} is no name for a filter", fix)
            continue
        try:
            read_filter(text, saved=None)
        except FilterError as error:
            problem = f"{error.reason} (character {error.place + 1})"
            yield FilterFault(name, problem, f"? in the app explains filters: {text[:60]}")
