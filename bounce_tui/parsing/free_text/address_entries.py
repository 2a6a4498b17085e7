"""Whether lines that begin with an address are the entries of one list."""

import re
from collections.abc import Callable, Sequence

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.regex import regex

# A line that begins with an address, numbered or not: its indent, what opens the address, what follows it.
_ENTRY = regex(
    r"^([ \t]{0,40})(?:(?:[*>•·|-]{1,2}|\d{1,4}[.)])[ \t]{1,8})?([^\w\s]?)"
    r"([^\s<>@:;,]{1,64}@[^\s<>@:;,]{1,255})[>\"']?[ \t]*([^\w\n]?)",
    re.M,
)


def are_alike(found: Sequence[Failure], text: str, foreign: Callable[[str], bool]) -> bool:
    """True when the lines of `text` that begin with the addresses of `found` are all of one form, and no
    `foreign` address stands above them."""
    wanted = {(one.recipient or "").lower() for one in found}
    lines = [one for one in _ENTRY.finditer(text) if one[3].rstrip(".").lower() in wanted]
    if len({(len(line[1]), line[2], line[4]) for line in lines}) != 1:
        return False
    return not any(map(foreign, find_all(text[: lines[0].start()])))
