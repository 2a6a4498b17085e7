"""Exchange's message trace and tracking log: "Reason: [{LED=550 5.1.10 ...};{MSG=};{FQDN=host};{IP=...}]",
the last error of a delivery with who gave it."""

import re

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import by_class, log_failure
from bounce_tui.regex import regex

NAME = "Exchange"
MARKS = ("{LED=",)

_LAST_ERROR = regex(
    r"\{LED=([^{}]{1,4000})\}(?:;\{MSG=[^{}]{0,400}\})?(?:;\{FQDN=([^{}]{0,255})\})?(?:;\{IP=([^{}]{0,45})\})?"
)
_TO = regex(r"\brecipient ?address(?:es)?\W{1,40}?([^\s<>{}\",;]{1,64}@[^\s<>{}\",;]{1,255})", re.I)
_FROM = regex(r"\bsender ?address\W{1,40}?([^\s<>{}\",;]{1,64}@[^\s<>{}\",;]{1,255})", re.I)


def read(lines: list[str]) -> list[Entry]:
    """Each last error; whose it is stands in the same line, in one before, or in the error itself."""
    found = []
    to = sender = None
    for line in lines:
        told = last_error(line)
        named, sent = _TO.search(line), _FROM.search(line)
        to = named[1] if named is not None else to
        sender = sent[1] if sent is not None else sender
        if told is not None:
            words, relay = told
            one = log_failure(to or _only_one_in(words), words, by_class(words), relay=relay)
            found.append(Entry("", one, sender))
    return found


def last_error(text: str) -> tuple[str, str | None] | None:
    """The words of the last error that `text` tells, and who gave it."""
    told = _LAST_ERROR.search(text) if "{LED=" in text else None
    if told is None:
        return None
    words, host, ip = told.groups()
    return words, f"{host} [{ip}]" if host and ip else host


def _only_one_in(words: str) -> str | None:
    named = set(find_all(words))
    return named.pop() if len(named) == 1 else None
