"""Where the files that ship with the program lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder `name` ("styles" or "samples") as shipped with the program.

    A wheel carries these folders inside the package; an editable install and a plain checkout have
    them beside it.  Raises FileNotFoundError when neither place has the folder (a broken install).
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation has no {name} folder beside {_PACKAGE}")
