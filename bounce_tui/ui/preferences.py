"""The preferences of the app: those that every command has, and its keys and theme."""

from msgspec.structs import asdict

from bounce_tui.config.preferences import Preferences, in_order, read_preferences
from bounce_tui.config.reading import Config, read_config
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.nearest_word import nearest
from bounce_tui.ui.keymap import DEFAULT, Keymap, read_keymap
from bounce_tui.ui.themes import TERMINAL, theme_names


class AppPreferences(Preferences, frozen=True):
    """The preferences in force, with the keys and the theme."""

    keys: Keymap = DEFAULT
    theme: str = TERMINAL

    def for_demo(self) -> "AppPreferences":
        """The keys and the theme alone: the demo is the same for everyone, and asks nobody."""
        return AppPreferences(keys=self.keys, theme=self.theme, probes=False, faults=self.faults)


def read_app_preferences(config: Config | None = None) -> AppPreferences:
    """The preferences that `config`, by default the user's, asks for."""
    config = config or read_config()
    keys, key_faults = _keys(config)
    theme, theme_faults = _theme(config)
    common = asdict(read_preferences(config))
    common["faults"] = in_order((*common["faults"], *key_faults, *theme_faults))
    return AppPreferences(**common, keys=keys, theme=theme)


def _keys(config: Config) -> tuple[Keymap, list[Fault]]:
    keys, found = read_keymap(config.settings.keys)
    faults = []
    for one in found:
        at = ("keys", one.id) if one.number < 0 else ("keys", one.id, one.number)
        faults.append(config.toml.fault(at, one.problem, one.fix))
    return keys, faults


def _theme(config: Config) -> tuple[str, list[Fault]]:
    asked = config.settings.display.theme
    if asked is None or asked in theme_names():
        return asked or TERMINAL, []
    fix = nearest(asked, theme_names(), f"use one of {', '.join(theme_names())}")
    return TERMINAL, [config.toml.fault(("display", "theme"), f"there is no theme {asked!r}", fix)]
