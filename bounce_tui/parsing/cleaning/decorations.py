"""Addresses freed of what a conversion of HTML to text, an editor or a chat wrote round them to make them
bold or slanted: "*bob@example.net*", "_bob@example.net_"."""

import re
from typing import Final

from bounce_tui.regex import regex

# A mark right behind an address: without one there is nothing to do, which is found out at each "@" alone.
_MARK_BEHIND: Final = re.compile(r"@[^\s<>@*_/~`|:,;]{1,255}[>:.,;]?[*_/~`]")
_MARKED: Final = regex(
    r"(?<![\w.@+=&/-])([*_/~`]{1,4})"
    r"(<?[^\s<>()\[\]*\"@:;,/]{1,64}@[^\s<>()\[\]*_/~`\"@:;,|]{1,255}>?(?: ?<mailto:[^<>\s]{3,320}>)?[:.,;]?)"
    r"([*_/~`]{1,4})(?![\w@])"
)


def undecorated(text: str) -> str:
    """`text` with its addresses bare of the marks that stand on both sides of them."""
    return _MARKED.sub(_bare, text) if _MARK_BEHIND.search(text) is not None else text


def _bare(marked: re.Match[str]) -> str:
    return marked[2] if marked[1] == marked[3][::-1] else marked[0]
