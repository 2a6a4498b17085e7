"""The themes: colours and styles of `styles/themes.toml`, under the names that the style sheets use."""

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from bounce_tui.locations import shipped

if TYPE_CHECKING:
    from textual.theme import Theme

TERMINAL = "terminal"
MONO = "mono"
_SAYS = "says"


def theme_names() -> tuple[str, ...]:
    """The names of all themes, the default first."""
    return tuple(_written())


def theme_words(name: str) -> str:
    """What theme `name` is, in a few words."""
    return _written()[name][_SAYS]


def theme_colours(name: str) -> dict[str, str]:
    """The colours and text styles of theme `name`; of one that is not ours, those of the default."""
    return _looks(_written().get(name, _written()[TERMINAL]))


def next_theme(name: str) -> str:
    """The theme after `name`, the first one after the last."""
    names = theme_names()
    return names[(names.index(name) + 1) % len(names)]


def for_textual() -> "list[Theme]":
    """All themes, each line of them a variable of the style sheets.  The rest, such as the cursor of a
    field, is as in Textual's own theme of sixteen colours."""
    # The config asks this module for names, too, and has no use for Textual.
    from dataclasses import replace

    from textual.theme import BUILTIN_THEMES

    base = BUILTIN_THEMES["ansi-dark"]
    return [
        replace(base, name=name, variables={**base.variables, **_looks(theme)})
        for name, theme in _written().items()
    ]


def _looks(theme: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in theme.items() if name != _SAYS}


@cache
def _written() -> dict[str, dict[str, str]]:
    raw = (shipped("styles") / "themes.toml").read_bytes()
    return msgspec.toml.decode(raw, type=dict[str, dict[str, str]])
