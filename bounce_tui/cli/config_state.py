"""The user's config, said before the first use of it where it is wrong."""

from typing import TYPE_CHECKING

from bounce_tui.cli.streams import refuse
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.ui.preferences import AppPreferences


def say_config_state() -> "tuple[AppPreferences, int]":
    """Name what is wrong in the config; what is in force, and the exit status that follows."""
    from bounce_tui.ui.preferences import read_app_preferences

    preferences = read_app_preferences()
    refuse(preferences.refusals)
    return preferences, SOME_INPUT_FAILED if preferences.faults else DONE
