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
_TO = regex(r"\brecipients?(?: ?address(?:es)?)?\W{1,40}?([^\s<>{}\",;]{1,64}@[^\s<>{}\",;]{1,255})", re.I)
_FROM = regex(r"\bsender(?: ?address)?\W{1,40}?([^\s<>{}\",;]{1,64}@[^\s<>{}\",;]{1,255})", re.I)


def read(lines: list[str]) -> list[Entry]:
    """Each last error; whose it is stands in the same line, in one before, or in the error itself."""
    found = []
    to = sender = None
    for line in lines:
        named, sent = list(_TO.finditer(line)), _FROM.search(line)
        sender = sent[1] if sent is not None else sender
        # A trace copied off a page may stand on one line with all its events.
        for error in _LAST_ERROR.finditer(line):
            above = [one[1] for one in named if one.start() < error.start()]
            to = above[-1] if above else to or (named[0][1] if named else None)
            words, relay = _told(error)
            one = log_failure(to or _only_one_in(words), words, by_class(words), relay=relay)
            found.append(Entry("", one, sender))
        to = named[-1][1] if named else to
    return found


def last_error(text: str) -> tuple[str, str | None] | None:
    """The words of the last error that `text` tells, and who gave it."""
    told = _LAST_ERROR.search(text) if "{LED=" in text else None
    return _told(told) if told is not None else None


def _told(error: re.Match[str]) -> tuple[str, str | None]:
    words, host, ip = error.groups()
    return words, f"{host} [{ip}]" if host and ip else host


def _only_one_in(words: str) -> str | None:
    named = set(find_all(words))
    return named.pop() if len(named) == 1 else None
