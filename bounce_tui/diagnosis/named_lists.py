"""The blocklist that a reply names, so that the check asks that very list."""

import re
from collections.abc import Sequence

from bounce_tui.diagnosis.rule import NamedList

_ZONE = re.compile(
    r"(?:blocked|listed|found|rejected|blacklisted|listing|lookup|denied|gelistet|bloque|bloquead[oa])"
    r"[ :(]{1,3}(?:using|by|at|in|on|via|through|from|bei|par|por|en)[ :(]{1,3}((?:[a-z0-9_-]{1,63}\.){1,6}[a-z]{2,24})"
)
_LOOKS_LIKE_A_LIST = re.compile(
    r"(?:^|[.-])(?:[a-z0-9]{0,12}(?:bl|rbl|dnsbl|ubl|spam)[a-z0-9]{0,12}|psbl|zen|truncate|hostkarma)[.-]"
)


def named_list(text: str, lists: Sequence[NamedList]) -> NamedList | None:
    """The list named in the folded reply `text`: one of `lists` by its longest word, or any zone that
    the usual wording shows ("blocked using dnsbl.example.net"); None when there is none."""
    best: tuple[int, NamedList] | None = None
    for known in lists:
        for words in known.words:
            if words in text and (best is None or len(words) > best[0]):
                best = (len(words), known)
    if best is not None:
        return best[1]
    for found in _ZONE.finditer(text):
        zone = found[1]
        if _LOOKS_LIKE_A_LIST.search(zone) or found[0].startswith(("blocked using", "blocked by using")):
            return NamedList(name=zone, words=(zone,), check=f"dnsbl:{zone}")
    return None
