"""Recipients whom a machine knows without a domain: its own users, and paths of machines ("host!user")."""

import re
from collections.abc import Iterable

from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_ENTRY = regex(
    r"^([ \t]{0,8})(<?)([\w.+'-]{1,64})(@[\w.-]{1,255}|)(>?)"
    r"([ \t]{1,8}\(|[ \t]{0,8}:[ \t]|[ \t]{1,8}-{1,2}[ \t]|\.{3}[ \t])(?=\S)",
    re.M,
)
"""A line that begins with a name or an address, and what parts it from the words about it."""


def whole_addresses(names: Iterable[str], report: Report) -> dict[str, str]:
    """For each of `names` without a domain the one address that begins with it among those that the returned
    message was for; else the name, which is all that the mail says."""
    bare = [name for name in names if "@" not in name]
    same: dict[str, list[str]] = {}
    for address in report.original_recipients if bare else ():
        same.setdefault(address.rpartition("@")[0].lower(), []).append(address)
    known = {name: same.get(name.lower(), []) for name in bare}
    return {name: found[0] if len(found) == 1 else name for name, found in known.items()}


def with_whole_names(words: str, report: Report, domain: str = "") -> str:
    """`words` with the whole address of each who stands by the name alone in a list of addresses, each with
    words behind it on its line: of those that the returned message was for, else at `domain`."""
    entries = list(_ENTRY.finditer(words))
    shapes = {_shape(entry) for entry in entries if entry[4]}
    bare = {entry[3] for entry in entries if not entry[4] and _shape(entry) in shapes}
    if not bare:
        return words
    known = whole_addresses(bare, report)
    if domain:
        known = {name: one if "@" in one else f"{name}@{domain}" for name, one in known.items()}

    def whole(entry: re.Match[str]) -> str:
        name = known.get(entry[3]) if not entry[4] and _shape(entry) in shapes else None
        return entry[0] if name is None else "".join((entry[1], entry[2], name, entry[5], entry[6]))

    return _ENTRY.sub(whole, words)


def _shape(entry: re.Match[str]) -> tuple[str, str, str]:
    return entry[1], entry[2], entry[6]
