"""The paths that a user gives, so that no mail is read twice however they overlap."""

import os
from collections.abc import Iterable

from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT


def each_once(paths: Iterable[str]) -> list[str]:
    """`paths` without those that lead to the same place as one before; standard input stays."""
    places: set[str] = set()
    found = []
    for path in paths:
        place = path if path == STANDARD_INPUT else _real(path)
        if place not in places or path == STANDARD_INPUT:
            found.append(path)
            places.add(place)
    return found


def given_below(top: str, paths: Iterable[str]) -> frozenset[str]:
    """Those of `paths` that lie below the folder `top`, in the words of its walk, which is to pass them over:
    they are read by themselves."""
    real = os.path.join(_real(top), "")
    places = {_real(path) for path in paths if path != STANDARD_INPUT}
    return frozenset(
        os.path.join(top, place[len(real) :]) for place in places if place.startswith(real) and place != real
    )


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path
