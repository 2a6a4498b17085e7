"""Where the store of the user lies."""

from pathlib import Path

ASIDE = ".aside-"
"""What the name of a file that was set aside has behind that of the store."""


def user_store() -> Path:
    """The file in the user's state folder (XDG)."""
    from platformdirs import user_state_path

    return user_state_path("bounce-tui", appauthor=False) / "state.db"


def is_there(store: Path) -> bool:
    """Whether the user keeps a store; also where that cannot be looked up, which opening it then tells."""
    try:
        store.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def set_aside(store: Path) -> list[Path]:
    """The files that were once set aside in place of `store`, with their logs."""
    return sorted(store.parent.glob(f"{store.name}{ASIDE}*"))
