"""Saved filters: the names and texts of the user's config, as far as they can be used."""

from collections.abc import Iterator, Mapping

from bounce_tui.regex import regex
from bounce_tui.triage.filter.grammar import read_filter
from bounce_tui.triage.filter.tokens import FilterError

Trouble = tuple[str, str, str]
"""The name of a filter, what is wrong with it and what to write instead."""
_NAME = regex(r"[A-Za-z0-9][\w.-]{0,39}")


def troubles(filters: Mapping[str, str]) -> Iterator[Trouble]:
    """What keeps some of `filters` from being used, one a name."""
    for name, text in filters.items():
        if not _NAME.fullmatch(name):
            yield name, f"{name[:40]!r} is no name for a filter", "use letters, digits, dots and dashes"
            continue
        try:
            read_filter(text, saved=None)
        except FilterError as error:
            yield (
                name,
                f"{error.reason} (character {error.place + 1})",
                f"? in the app explains filters: {text[:60]}",
            )
