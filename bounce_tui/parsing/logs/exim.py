"""Exim's main log: "ID ** address R=router T=transport H=host [ip]: words", "==" for what waits."""

from typing import Final

from bounce_tui.model import Action
from bounce_tui.parsing.addresses import QUOTED
from bounce_tui.parsing.logs.entry import Entry, line_by_line
from bounce_tui.parsing.logs.fields import by_class, log_failure
from bounce_tui.parsing.public_address import public
from bounce_tui.regex import regex

NAME = "Exim"
MARKS = (" ** ", " == ", " => ", " -> ", " rejected ", " <= ", " defer (")

_ACTIONS: Final[dict[str, Action]] = {"**": "failed", "==": "delayed", "=>": "delivered", "->": "delivered"}
_ID = r"([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})"
_DELIVERY = regex(
    rf"(?:^|\s){_ID} (\*\*|==|=>|->) ({QUOTED}@\S{{1,255}}|\S{{1,320}})"
    r"(?: \([^()]{1,320}\))?(?: <([^<>]{1,320})>)?:?"
    r"((?: [A-Z]{1,3}=(?:\"[^\"]{0,400}\"|<[^<>]{0,320}>|\S{0,400})"
    r"(?: \[[0-9A-Fa-f.:]{3,45}\](?::\d{1,5})?)?)*)"
    r"(?::? (.*))?"
)
_HOST = regex(r" H=(\S{1,255} \[[0-9A-Fa-f.:]{3,45}\])")
_DEFER = regex(r"defer \(-?\d{1,4}\)(?: H=(\S{1,255} \[[0-9A-Fa-f.:]{3,45}\])(?::\d{1,5})?)?: ?")
# A line of the log of one message (exim -Mvl), which names no number.
_OF_MESSAGE = regex(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})? "
    rf"({QUOTED}@\S{{1,255}}|[^\s=]{{1,320}}@\S{{1,255}})((?: [RT]=\S{{1,100}}){{1,3}})"
    r" (?=defer \()"
)
_SENDER = regex(rf"(?:^|\s){_ID} <= (\S{{1,320}}) ")
_REFUSED = regex(
    r" H=.{0,300}?\[([0-9A-Fa-f.:]{3,45})\].{0,300}? F=<([^<>]{0,320})> (temporarily )?rejected"
    r" (?:after )?[A-Z]{4,8}(?: <([^<>]{1,320})>)?[^:]{0,100}: (.*)"
)
_LOGGED_IN = regex(r" A=\S{1,100}:\S")
"""Of a client that logged in, and so is a user of the server's own."""


def read(lines: list[str]) -> list[Entry]:
    """Deliveries and what became of them, refusals, and who sent what."""
    return line_by_line(_read, lines)


def _read(line: str) -> Entry | None:
    found = _DELIVERY.search(line)
    if found is not None:
        queue, mark, to, original, fields, words = found.groups()
        words = words or ""
        host = _HOST.search(fields)
        relay = host[1] if host is not None else None
        defer = _DEFER.match(words)
        if defer is not None:
            relay, words = defer[1] or relay, words[defer.end() :]
        return Entry(queue, log_failure(to, words, _ACTIONS[mark], original=original, relay=relay), line=line)
    refused = _REFUSED.search(line) if "rejected" in line else None
    if refused is not None:
        client, sender, waits, to, words = refused.groups()
        one = log_failure(to, words, "delayed" if waits else by_class(words))
        is_own = public(client) is None or _LOGGED_IN.search(line, 0, refused.start(2)) is not None
        return Entry("", one, sender or None, client, server=None if is_own else "", line=line)
    waiting = _OF_MESSAGE.search(line) if " defer (" in line else None
    if waiting is not None:
        defer = _DEFER.match(line, waiting.end())
        relay, words = (defer[1], line[defer.end() :]) if defer is not None else (None, line[waiting.end() :])
        return Entry("", log_failure(waiting[1], words, "delayed", relay=relay), line=line)
    sent = _SENDER.search(line)
    return Entry(sent[1], sender=sent[2]) if sent is not None and "@" in sent[2] else None
