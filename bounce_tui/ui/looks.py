"""The looks of words: `styles/looks.toml` in the colours of a theme."""

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct
from rich.style import Style
from textual.color import Color

from bounce_tui.locations import shipped
from bounce_tui.ui.themes import theme_colours
from bounce_tui.ui.widgets.lean_style import lean_style


class Look(Struct, frozen=True):
    """The name of a colour in the theme, and of a text style there, or such a style itself."""

    colour: str
    style: str = "none"


@cache
def looks(theme: str) -> Mapping[str, Style]:
    """The style of each kind of words in `theme`, without colours that the terminal has anyway."""
    named = theme_colours(theme)
    ground = Color.parse(named["ground"]).rich_color
    return {
        role: lean_style(
            Style(color=Color.parse(named[look.colour]).rich_color, bgcolor=ground)
            + Style.parse(named.get(look.style, look.style))
        )
        for role, look in _written().items()
    }


@cache
def _written() -> dict[str, Look]:
    raw = (shipped("styles") / "looks.toml").read_bytes()
    return msgspec.toml.decode(raw, type=dict[str, Look])
