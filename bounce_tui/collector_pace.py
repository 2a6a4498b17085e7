"""How often Python looks for garbage.

By itself it looks whenever 700 more objects have come to stay, and once more at the end.  Modules, rules and
words all stay: to look among them took a tenth of the time that `show` and `explain` take.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 20_000
"""Objects that come to stay between two looks."""


def collect_seldom() -> None:
    """Look seldom from now on."""
    gc.set_threshold(MANY)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look seldom, and not at what is there at the end of the block: the process ends with it."""
    collect_seldom()
    try:
        yield
    finally:
        gc.freeze()
