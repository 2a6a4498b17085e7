"""Where the store of the user lies."""

from pathlib import Path


def user_store() -> Path:
    """The file in the user's state folder (XDG)."""
    from platformdirs import user_state_path

    return user_state_path("bounce-tui", appauthor=False) / "state.db"
